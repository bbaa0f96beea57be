import type { Actor } from './actor';
import { fieldClassOf, NO_FACTS, reading, scopesOf, weigh, type Facts, type Reading, type Withheld } from './decide';
import { ACCOUNTED, type ConsentScope, type FieldClass, type Grant } from './policy';
import { prohibitionOf, type ProhibitionName } from './prohibitions';

/** Why an actor may see a field of a record, or may not. */
export interface Explanation {
  readonly isAllowed: boolean;
  /** The class of what is missing; null where nothing is. */
  readonly reason: Withheld | null;
  readonly fieldClass: FieldClass;
  /** What a partner system needs among its scopes for it. */
  readonly scopes: readonly string[];
  /** The row of the table that opens it. */
  readonly grant: Grant | null;
  /** Every row that speaks of the field, with the first condition that fails, or null where all hold. */
  readonly weighed: readonly (readonly [Grant, Withheld | null])[];
  readonly prohibition: ProhibitionName | null;
  /** The consents that decide: of the rows that fail by nothing else. */
  readonly restsOn: readonly ConsentScope[];
  /** Said only where it decides: elsewhere it would tell that a program has the person. */
  readonly isFromPart2: boolean;
  /** What goes with it when it is shown: a row in the audit trail, and on the ledger when the words are another agency’s. */
  readonly isAccountedFor: boolean;
}

const isOutOfScope = (word: Reading): boolean => 'withheld' in word && word.withheld === 'SCOPE';
const isDecisive = (word: Reading): boolean => 'grant' in word || word.withheld === 'PROVENANCE';

type Weighed = Explanation['weighed'];

/** The consents that would let the words of a row through, whether they are there or not. */
const consentsOf = (weighed: Weighed, isFromPart2: boolean): ConsentScope[] => {
  const deciding = weighed.filter(([, failsBy]) => failsBy === null || ['CONSENT', 'PROVENANCE'].includes(failsBy));
  const named = deciding.flatMap(([{ consent, part2Consent, relation }]) => {
    if (consent !== undefined) return [consent];
    if (!isFromPart2 || relation === 'EMERGENCY') return [];
    return [part2Consent ?? 'TREATMENT_PAYMENT_OPERATIONS'];
  });
  return [...new Set(named)];
};

/** Null for a type or field that the table does not know. */
export const explain = (actor: Actor, resource: string, field: string, facts: Facts): Explanation | null => {
  const fieldClass = fieldClassOf(resource, field);
  if (fieldClass === undefined) return null;
  const word = reading(actor, resource, field, facts);
  const grant = 'grant' in word ? word.grant : null;
  // To whom the field is out of scope, the conditions that hold would tell of the record what the field may not.
  const weighed = weigh(actor, resource, field, isOutOfScope(word) ? NO_FACTS : facts);
  const isFromPart2 = isDecisive(word) && (facts.part2?.includes(fieldClass) ?? false);
  return {
    isAllowed: grant !== null,
    reason: 'withheld' in word ? word.withheld : null,
    fieldClass,
    scopes: scopesOf(resource, field),
    grant,
    weighed,
    restsOn: consentsOf(weighed, isFromPart2),
    prohibition: prohibitionOf(actor.role, fieldClass),
    isFromPart2,
    isAccountedFor: ACCOUNTED.has(fieldClass),
  };
};

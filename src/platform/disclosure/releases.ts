import type { Actor, ConsentScope, Facts, FieldClass, Grant, Source } from '../../access';

/** What was shown of the records of one type. */
interface Shown {
  readonly ids: Set<string>;
  readonly fields: Set<string>;
  readonly classes: Set<FieldClass>;
}
export type What = Readonly<Record<string, Readonly<Record<keyof Shown, string[]>>>>;

/** What one answer tells of one person or referral, in the words of one agency. */
export interface Told {
  readonly subjectType: string;
  readonly subjectId: string;
  /** The agency whose words they are; null where the record does not say. */
  readonly fromAgencyId: string | null;
  readonly what: What;
  /** The scopes of consent it rests on. */
  readonly consents: ConsentScope[];
  readonly isPart2: boolean;
}

/** One accounted value on its way out. */
export interface Release {
  readonly type: string;
  readonly field: string;
  readonly fieldClass: FieldClass;
  readonly grant: Grant;
  readonly facts: Facts;
  readonly row: Readonly<Record<string, unknown>>;
  readonly source: Source;
}

interface Telling {
  readonly subjectType: string;
  readonly subjectId: string;
  readonly fromAgencyId: string | null;
  readonly shown: Map<string, Shown>;
  readonly consents: Set<ConsentScope>;
  isPart2: boolean;
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const idsOf = (row: Release['row'], { idsIn }: Source): readonly string[] =>
  idsIn === undefined ? [text(row['id']) ?? []].flat() : (row[idsIn] as readonly string[]);

const sourceAgency = ({ row, source, fieldClass }: Release): string | null => {
  for (const property of source.from[fieldClass] ?? []) {
    const agencyId = text(row[property]);
    if (agencyId !== null) return agencyId;
  }
  return null;
};

/** Collects what one answer is about to tell, whichever resolver read it. Empties itself when asked. */
export class Releases {
  #tellings = new Map<string, Telling>();

  get isEmpty(): boolean {
    return this.#tellings.size === 0;
  }

  note(release: Release): void {
    const { type, field, fieldClass, grant, facts, row, source } = release;
    const subjectId = text(row[source.subjectIn]);
    if (subjectId === null) throw new Error(`${type}.${field} does not say whose record it is`);
    const telling = this.#tellingOf(source.subject, subjectId, sourceAgency(release));
    const shown = shownOf(telling, type);
    for (const id of idsOf(row, source)) shown.ids.add(id);
    shown.fields.add(field);
    shown.classes.add(fieldClass);
    if (grant.consent) telling.consents.add(grant.consent);
    if (!facts.part2?.includes(fieldClass)) return;
    telling.isPart2 = true;
    if (!grant.consent && grant.relation !== 'EMERGENCY') {
      telling.consents.add(grant.part2Consent ?? 'TREATMENT_PAYMENT_OPERATIONS');
    }
  }

  /** A look at the records of somebody, though there may be none: that it was made is noted as well. */
  look(subjectType: string, subjectId: string, type: string): Shown {
    return shownOf(this.#tellingOf(subjectType, subjectId, null), type);
  }

  /** Everything noted so far, once. */
  take(): Told[] {
    const tellings = [...this.#tellings.values()];
    this.#tellings = new Map();
    return tellings.map(({ shown, consents, ...telling }) => ({
      ...telling,
      what: Object.fromEntries(
        [...shown].map(([type, { ids, fields, classes }]) => [
          type,
          { ids: [...ids], fields: [...fields], classes: [...classes] },
        ]),
      ),
      consents: [...consents],
    }));
  }

  #tellingOf(subjectType: string, subjectId: string, fromAgencyId: string | null): Telling {
    const key = `${subjectId}:${fromAgencyId ?? ''}`;
    const known = this.#tellings.get(key);
    if (known) return known;
    const begun = { subjectType, subjectId, fromAgencyId, shown: new Map(), consents: new Set<ConsentScope>() };
    const telling: Telling = { ...begun, isPart2: false };
    this.#tellings.set(key, telling);
    return telling;
  }
}

const shownOf = ({ shown }: Telling, type: string): Shown => {
  const known = shown.get(type);
  if (known) return known;
  const begun: Shown = { ids: new Set(), fields: new Set(), classes: new Set() };
  shown.set(type, begun);
  return begun;
};

/** A disclosure is what an agency is told in the words of another. */
export const isDisclosure = (told: Told, { agencyId }: Actor): told is Told & { readonly fromAgencyId: string } =>
  told.fromAgencyId !== null && told.fromAgencyId !== agencyId;

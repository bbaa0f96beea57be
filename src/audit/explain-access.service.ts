import { Injectable } from '@nestjs/common';
import {
  explain,
  isOpenField,
  mayDo,
  mayRead,
  NO_FACTS,
  purposeOf,
  resources,
  type Actor,
  type ConsentScope,
  type Explanation,
  type Facts,
  type Withheld,
} from '../access';
import { StaffService } from '../agencies';
import { WeighedConsentsStore, type WeighedConsentRow } from '../consent';
import type { Reader } from '../platform/database/reader';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { badInput, type GraphqlContext } from '../platform/graphql';
import type { AccessExplanation, AccessRule, ExplainAccessArgs } from './explain-access.type';
import { ExplainedRecords, type Explained } from './explained-records';
import { openingRelations, weighedRelations } from './told-relations';

interface Deciding {
  readonly type: string;
  readonly record: Explained;
  readonly explanation: Explanation;
}

const OWN: Facts = { relations: ['OWN_AGENCY'], consents: [] };

/** Says what the policy says, with the facts of the record as the actor’s own reading finds them. */
@Injectable()
export class ExplainAccessService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly staff: StaffService,
    private readonly records: ExplainedRecords,
    private readonly consents: WeighedConsentsStore,
  ) {}

  /** Throws BAD_USER_INPUT for a type or field it cannot explain, and for a member who is not of the asking agency. */
  async explain({ reader, releases }: GraphqlContext, args: ExplainAccessArgs): Promise<AccessExplanation> {
    const actor = await this.actorOf(reader, args.membershipId ?? null);
    const asActor = actor === reader.actor ? reader : this.unitOfWork.reader(actor);
    const found = await this.records.find(asActor, args.type, args.id);
    // A record of which they see nothing sounds as one that never was.
    const record = found && seesSome(actor, args.type, found) ? found : null;
    const facts = record ?? NO_FACTS;
    const explanation = explain(actor, args.type, args.field, facts);
    if (!explanation) throw badInput('The type has no such field.', 'field', 'Send a field of that type.');
    // What the person agreed to is told, and whoever looks through another’s eyes does so.
    releases.look(args.type, args.id, 'AccessExplanation').ids.add(actor.membershipId);
    const weighed = record ? await this.weighed(asActor, { ...args, record, explanation }) : [];
    // Through another’s eyes nobody sees more than they may themselves.
    const visible = weighed.filter((row) => mayRead(reader.actor, 'WeighedConsent', 'id', row));
    const seen = visible.filter(({ scope }) => explanation.restsOn.includes(scope));
    const consents = facts.consents.filter(
      (scope) => visible.some((row) => row.scope === scope) || showsItself(explanation, scope),
    );
    const isOnFile = (scope: ConsentScope) => consents.includes(scope) || visible.some((row) => row.scope === scope);
    return {
      ...shown(args, { actor, facts: { ...facts, consents }, explanation }),
      relations:
        actor === reader.actor ? openingRelations(actor, args.type, facts) : weighedRelations(explanation, facts),
      weighedConsents: seen,
      consentsNotOnFile: explanation.restsOn.filter((scope) => !isOnFile(scope)),
    };
  }

  /** The consents that decide or are in force, as far as the actor’s agency may see them. */
  private async weighed(reader: Reader, { type, record, explanation }: Deciding): Promise<WeighedConsentRow[]> {
    const scopes = [...explanation.restsOn, ...record.consents];
    if (scopes.length === 0) return [];
    const personId = await this.records.personOf(reader, type, record);
    return personId === null ? [] : this.consents.of(reader, personId, scopes);
  }

  private async actorOf(reader: Reader, membershipId: string | null): Promise<Actor> {
    if (membershipId === null || membershipId === reader.actor.membershipId) return reader.actor;
    const mayAsk = mayDo(reader.actor, 'AccessExplanation', 'readOfMember', OWN);
    const member = mayAsk ? await this.staff.actor(reader, membershipId) : null;
    if (member) return member;
    throw badInput('No member whom you may ask for.', 'membershipId', 'Leave it out to ask for yourself.');
  }
}

const seesSome = (actor: Actor, type: string, facts: Facts): boolean =>
  Object.keys(resources[type]?.fields ?? {}).some(
    (field) => !isOpenField(type, field) && mayRead(actor, type, field, facts),
  );

/** What is shown by this consent alone tells that it is there, whoever keeps it. */
const showsItself = ({ isAllowed, grant, isFromPart2, restsOn }: Explanation, scope: ConsentScope): boolean =>
  isAllowed && (isFromPart2 || grant?.consent === scope) && restsOn.includes(scope);

const ruleOf = ([grant, failsBy]: readonly [Explanation['weighed'][number][0], Withheld | null]): AccessRule => ({
  relation: grant.relation,
  roles: grant.roles,
  classes: grant.classes,
  consent: grant.consent ?? null,
  purposes: grant.purposes ?? null,
  isOnlyWhileOpen: grant.onlyWhileOpen ?? false,
  redacts: grant.redacts ?? [],
  failsBy,
});

interface Weighed {
  readonly actor: Actor;
  readonly facts: Facts;
  readonly explanation: Explanation;
}

const shown = (
  { type, field }: ExplainAccessArgs,
  { actor, facts, explanation: { grant, weighed, restsOn: _, ...explanation } }: Weighed,
): Omit<AccessExplanation, 'relations' | 'weighedConsents' | 'consentsNotOnFile'> => ({
  ...explanation,
  type,
  field,
  rule: grant && ruleOf([grant, null]),
  considered: weighed.map(ruleOf),
  purpose: purposeOf(actor),
  consents: facts.consents,
});

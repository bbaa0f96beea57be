import { Injectable } from '@nestjs/common';
import {
  explain,
  mayDo,
  NO_FACTS,
  purposeOf,
  type Actor,
  type Explanation,
  type Facts,
  type Withheld,
} from '../access';
import { StaffService } from '../agencies';
import { ConsentsLoaders } from '../consent';
import { PeopleLoaders } from '../people';
import type { Reader } from '../platform/database/reader';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { badInput, type Loader } from '../platform/graphql';
import { ReferralsLoaders } from '../referrals';
import type { AccessExplanation, AccessRule, ExplainAccessArgs } from './explain-access.type';

const OWN: Facts = { relations: ['OWN_AGENCY'], consents: [] };

/** Says what the policy says, with the facts of the record as the actor’s own reading finds them. */
@Injectable()
export class ExplainAccessService {
  readonly #records: ReadonlyMap<string, Pick<Loader<string, Facts>, 'readBack'>>;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly staff: StaffService,
    people: PeopleLoaders,
    consents: ConsentsLoaders,
    referrals: ReferralsLoaders,
  ) {
    this.#records = new Map<string, Pick<Loader<string, Facts>, 'readBack'>>([
      ['Person', people.person],
      ['Episode', people.episode],
      ['Consent', consents.byId],
      ['Referral', referrals.referral],
      ['Offer', referrals.offer],
    ]);
  }

  /** Throws BAD_USER_INPUT for a type or field it cannot explain, and for a member who is not of the asking agency. */
  async explain(reader: Reader, args: ExplainAccessArgs, requestId: string): Promise<AccessExplanation> {
    const actor = await this.actorOf(reader, args.membershipId ?? null);
    const record = this.#records.get(args.type);
    if (!record) throw badInput('Records of this type are not explained.', 'type', `Send one of: ${this.types()}.`);
    const facts = (await record.readBack(this.unitOfWork.reader(actor), args.id)) ?? NO_FACTS;
    const explanation = explain(actor, args.type, args.field, facts);
    if (!explanation) throw badInput('The type has no such field.', 'field', 'Send a field of that type.');
    if (actor !== reader.actor) await this.noteOversight(reader.actor, args, requestId);
    return shown(args, { actor, facts, explanation });
  }

  private types(): string {
    return [...this.#records.keys()].join(', ');
  }

  private async actorOf(reader: Reader, membershipId: string | null): Promise<Actor> {
    if (membershipId === null || membershipId === reader.actor.membershipId) return reader.actor;
    const mayAsk = mayDo(reader.actor, 'AccessExplanation', 'readOfMember', OWN);
    const member = mayAsk ? await this.staff.actor(reader, membershipId) : null;
    if (member) return member;
    throw badInput('No member whom you may ask for.', 'membershipId', 'Leave it out to ask for yourself.');
  }

  /** Whoever looks through another’s eyes is on the trail. */
  private noteOversight(actor: Actor, { type, id, field, membershipId }: ExplainAccessArgs, requestId: string) {
    return this.unitOfWork.note(actor, { kind: 'READ', requestId, purpose: purposeOf(actor) }, [
      { action: 'explainAccess', subjectType: type, subjectId: id, details: { field, membershipId } },
    ]);
  }
}

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
  { actor, facts, explanation: { grant, weighed, ...explanation } }: Weighed,
): AccessExplanation => ({
  ...explanation,
  type,
  field,
  rule: grant && ruleOf([grant, null]),
  considered: weighed.map(ruleOf),
  purpose: purposeOf(actor),
  relations: facts.relations,
  consents: facts.consents,
});

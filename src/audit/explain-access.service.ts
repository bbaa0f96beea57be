import { Injectable } from '@nestjs/common';
import { explain, mayDo, purposeOf, type Actor, type Explanation, type Facts, type Withheld } from '../access';
import { StaffService } from '../agencies';
import type { Reader } from '../platform/database/reader';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { badInput, type GraphqlContext } from '../platform/graphql';
import type { AccessExplanation, AccessRule, ExplainAccessArgs } from './explain-access.type';
import { ExplainedRecords } from './explained-records';

const OWN: Facts = { relations: ['OWN_AGENCY'], consents: [] };

/** Says what the policy says, with the facts of the record as the actor’s own reading finds them. */
@Injectable()
export class ExplainAccessService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly staff: StaffService,
    private readonly records: ExplainedRecords,
  ) {}

  /** Throws BAD_USER_INPUT for a type or field it cannot explain, and for a member who is not of the asking agency. */
  async explain({ reader, releases }: GraphqlContext, args: ExplainAccessArgs): Promise<AccessExplanation> {
    const actor = await this.actorOf(reader, args.membershipId ?? null);
    const facts = await this.records.factsOf(this.unitOfWork.reader(actor), args.type, args.id);
    const explanation = explain(actor, args.type, args.field, facts);
    if (!explanation) throw badInput('The type has no such field.', 'field', 'Send a field of that type.');
    // What the person agreed to is told, and whoever looks through another’s eyes does so.
    releases.look(args.type, args.id, 'AccessExplanation').ids.add(actor.membershipId);
    return shown(args, { actor, facts, explanation });
  }

  private async actorOf(reader: Reader, membershipId: string | null): Promise<Actor> {
    if (membershipId === null || membershipId === reader.actor.membershipId) return reader.actor;
    const mayAsk = mayDo(reader.actor, 'AccessExplanation', 'readOfMember', OWN);
    const member = mayAsk ? await this.staff.actor(reader, membershipId) : null;
    if (member) return member;
    throw badInput('No member whom you may ask for.', 'membershipId', 'Leave it out to ask for yourself.');
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

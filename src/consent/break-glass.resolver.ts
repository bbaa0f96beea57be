import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access';
import { Agency, AgencyLoaders } from '../agencies';
import { Access } from '../platform/auth';
import {
  answer,
  commandOf,
  Ctx,
  CurrentActor,
  IdempotencyKey,
  resultOf,
  type GraphqlContext,
} from '../platform/graphql';
import { BreakGlassInput, EndBreakGlassInput } from './break-glass.inputs';
import { BreakGlassLoaders } from './break-glass.loaders';
import { BreakGlassService } from './break-glass.service';
import type { BreakGlassRow } from './break-glass.store';
import { BreakGlass, EmergencyRecord } from './break-glass.type';

const BreakGlassResult = resultOf(BreakGlass);

@Resolver(() => BreakGlass)
export class BreakGlassResolver {
  constructor(
    private readonly service: BreakGlassService,
    private readonly loaders: BreakGlassLoaders,
    private readonly agencies: AgencyLoaders,
  ) {}

  @Access({ resource: 'BreakGlass', command: 'open' })
  @Mutation(() => BreakGlassResult, {
    description:
      'Medical personnel open what a doctor needs of one person in a medical emergency, without consent (42 CFR 2.51). Only with the request header `handrail-purpose: MEDICAL_EMERGENCY`. Opens every record that is linked as this person’s (`linked`), the one that was found first. Lasts four hours where the operator laid down nothing else. The privacy officers of your agency and of every agency whose words are shown have it before them at once. Refused: EMERGENCY_INCOMPLETE names the missing element of 2.51(c); NOT_FOUND when the look-up finds nobody or more than one; FORBIDDEN without the purpose, and for partner systems. Every look-up is on the audit trail.',
  })
  async breakGlass(
    @Args('input') input: BreakGlassInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'breakGlass', input, key, answers: this.loaders.byId });
    return answer(await this.service.open(actor, input, command), this.loaders.byId(context));
  }

  @Access({ resource: 'BreakGlass', command: 'end' })
  @Mutation(() => BreakGlassResult, {
    description:
      'Ends a record opened in an emergency before its time: from the next statement on nothing of it shows, nor of what was opened with it (`linked`). Refused: ILLEGAL_TRANSITION when it has ended.',
  })
  async endBreakGlass(
    @Args('input') input: EndBreakGlassInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'endBreakGlass', input, key, answers: this.loaders.byId });
    return answer(await this.service.end(actor, input.breakGlassId, command), this.loaders.byId(context));
  }

  @Access({ resource: 'EmergencyRecord', command: 'read' })
  @Query(() => EmergencyRecord, {
    nullable: true,
    description:
      'What a doctor needs, as long as the emergency lasts; null before, after, and for every other agency. Fields show to requests with the purpose MEDICAL_EMERGENCY only.',
  })
  emergencyRecord(
    @Args('breakGlassId', { type: () => ID, description: 'From `breakGlass`.' }) breakGlassId: string,
    @Ctx() context: GraphqlContext,
  ) {
    return this.loaders.record(context).load(breakGlassId);
  }

  @ResolveField(() => EmergencyRecord, {
    nullable: true,
    description: 'The same as the query `emergencyRecord`; null once it has ended.',
  })
  record(@Parent() { id }: BreakGlassRow, @Ctx() context: GraphqlContext) {
    return this.loaders.record(context).load(id);
  }

  @ResolveField(() => [BreakGlass], {
    nullable: true,
    description:
      'Other records of the same person that were opened with it, as far as you may see that they were: each with an id, a `record` and a review of its own. All end together. Empty: the person is on file once.',
  })
  linked(@Parent() { id }: BreakGlassRow, @Ctx() context: GraphqlContext) {
    return this.loaders.linked(context).load(id);
  }

  @ResolveField(() => Agency, { nullable: true, description: 'The agency that opened it.' })
  agency(@Parent() { agencyId }: BreakGlassRow, @Ctx() context: GraphqlContext) {
    return this.agencies.byId(context).load(agencyId);
  }
}

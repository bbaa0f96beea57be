import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access';
import { Agency, AgencyLoaders } from '../agencies';
import { AnswerClockInput, answersOf, ClockAnswerEnum, type ClockAnswer } from '../clocks';
import { Access } from '../platform/auth';
import {
  answer,
  commandOf,
  ConnectionArgs,
  connectionOf,
  Ctx,
  CurrentActor,
  IdempotencyKey,
  resultOf,
  type GraphqlContext,
} from '../platform/graphql';
import { Clock, ClockBreaches } from './clock.type';
import { DueClocksService } from './due-clocks.service';
import type { BreachesRow, ClockRow } from './due-clocks.store';
import { Referral } from './referral.type';
import { ReferralsLoaders } from './referrals.loaders';

const ClockConnection = connectionOf(Clock);
const ClockResult = resultOf(Clock);

@Resolver(() => Clock)
export class DueClocksResolver {
  constructor(
    private readonly service: DueClocksService,
    private readonly loaders: ReferralsLoaders,
    private readonly agencies: AgencyLoaders,
  ) {}

  @Access({ resource: 'Clock', command: 'read' })
  @Query(() => Clock, {
    nullable: true,
    description: 'Something due on a referral; null when there is none that you may see.',
  })
  clock(@Args('id', { type: () => ID }) id: string, @Ctx() context: GraphqlContext) {
    return this.loaders.clock(context).load(id);
  }

  @Access({ resource: 'Clock', command: 'read' })
  @Query(() => ClockConnection, {
    description:
      'What is due and what is breached on referrals, the most urgent first: a program’s own, and for coordinators of all agencies they coordinate.',
  })
  dueClocks(@Args() args: ConnectionArgs, @Ctx() context: GraphqlContext) {
    return this.service.page(context.reader, args);
  }

  @Access({ resource: 'ClockBreaches', command: 'read' })
  @Query(() => [ClockBreaches], {
    description:
      'How the clocks that run, or ended in the last 30 days, were kept, by agency and kind: a program’s own, and for coordinators those on referrals they coordinate. At most 500 rows.',
  })
  clockBreaches(@Ctx() context: GraphqlContext) {
    return this.service.breaches(context.reader);
  }

  @Access({ resource: 'Clock', command: 'answer' })
  @Mutation(() => ClockResult, {
    description:
      'What was due has been done: the person was asked on day 30 or day 90, or, by the program that owes it, is still there. Refused: INVALID_INPUT for an answer of another kind of clock, FORBIDDEN for STAY_CONFIRMED of another agency, ILLEGAL_TRANSITION once it has ended.',
  })
  async answerClock(
    @Args('input') input: AnswerClockInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'answerClock', input, key, answers: this.loaders.clock });
    return answer(await this.service.answer(actor, input, command), this.loaders.clock(context));
  }

  @ResolveField(() => Referral, { nullable: true })
  referral(@Parent() { referralId }: ClockRow, @Ctx() context: GraphqlContext) {
    return referralId ? this.loaders.referral(context).load(referralId) : null;
  }

  @ResolveField(() => Agency, { nullable: true, description: 'Who has to do it.' })
  owner(@Parent() { ownerAgencyId }: ClockRow, @Ctx() context: GraphqlContext) {
    return this.agencies.byId(context).load(ownerAgencyId);
  }

  @ResolveField(() => [ClockAnswerEnum], {
    nullable: true,
    description:
      'What `answerClock` takes for it from your agency; empty: the step that is due ends it, or, for STAY_CONFIRMED, its owner’s answer.',
  })
  answers(@Parent() clock: ClockRow, @CurrentActor() actor: Actor): readonly ClockAnswer[] {
    return answersOf(clock, actor);
  }
}

@Resolver(() => ClockBreaches)
export class ClockBreachesResolver {
  constructor(private readonly agencies: AgencyLoaders) {}

  @ResolveField(() => Agency, { nullable: true, description: 'Whose clocks.' })
  agency(@Parent() { agencyId }: BreachesRow, @Ctx() context: GraphqlContext) {
    return this.agencies.byId(context).load(agencyId);
  }
}

import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access';
import { Agency, AgencyLoaders } from '../agencies';
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
import { ClocksLoaders } from './clocks.loaders';
import { AnswerClockInput, ClockSetting, RoomClock, SetClockInput } from './room-clock.type';
import { RoomClocksService } from './room-clocks.service';
import type { ClockSettingRow } from './room-clocks.store';

const RoomClockConnection = connectionOf(RoomClock);
const RoomClockResult = resultOf(RoomClock);
const ClockSettingResult = resultOf(ClockSetting);

@Resolver(() => RoomClock)
export class RoomClocksResolver {
  constructor(
    private readonly service: RoomClocksService,
    private readonly loaders: ClocksLoaders,
  ) {}

  @Access({ resource: 'RoomClock', command: 'read' })
  @Query(() => RoomClock, {
    nullable: true,
    description: 'Something due about your agency’s room; null when there is none.',
  })
  roomClock(@Args('id', { type: () => ID }) id: string, @Ctx() context: GraphqlContext) {
    return this.loaders.room(context).load(id);
  }

  @Access({ resource: 'RoomClock', command: 'read' })
  @Query(() => RoomClockConnection, {
    description:
      'What is due about your agency’s room, the most urgent first: counts to attest again, notices to the state.',
  })
  dueRoomClocks(@Args() args: ConnectionArgs, @Ctx() context: GraphqlContext) {
    return this.service.page(context.reader, args);
  }

  @Access({ resource: 'RoomClock', command: 'answer' })
  @Mutation(() => RoomClockResult, {
    description:
      'What was due has been done: the state was told that a program has reached 90 % of its capacity. Refused: INVALID_INPUT for an answer of another kind of clock, ILLEGAL_TRANSITION once it has ended.',
  })
  async answerRoomClock(
    @Args('input') input: AnswerClockInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'answerRoomClock', input, key, answers: this.loaders.room });
    return answer(await this.service.answer(actor, input, command), this.loaders.room(context));
  }
}

@Resolver(() => ClockSetting)
export class ClockSettingsResolver {
  constructor(
    private readonly service: RoomClocksService,
    private readonly loaders: ClocksLoaders,
    private readonly agencies: AgencyLoaders,
  ) {}

  @Access({ resource: 'ClockSetting', command: 'set' })
  @Mutation(() => ClockSettingResult, {
    description:
      'The operator sets another length of a clock for an agency or one of its programs. Clocks that run already keep theirs. Refused: INVALID_INPUT for a length or time that cannot be, NOT_FOUND for an agency or program that does not exist.',
  })
  async setClock(
    @Args('input') input: SetClockInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'setClock', input, key, answers: this.loaders.setting });
    return answer(await this.service.set(actor, input, command), this.loaders.setting(context));
  }

  @ResolveField(() => Agency, { nullable: true })
  agency(@Parent() { agencyId }: ClockSettingRow, @Ctx() context: GraphqlContext) {
    return this.agencies.byId(context).load(agencyId);
  }
}

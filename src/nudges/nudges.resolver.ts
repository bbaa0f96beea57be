import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access';
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
import { NudgeChannelEnum } from './nudge.enums';
import {
  ConfirmNudgeAddressInput,
  NudgeAddressInput,
  NudgeMessagesArgs,
  SetNudgeAddressInput,
  SetNudgePreferencesInput,
} from './nudge.inputs';
import { NudgeListsService } from './nudge-lists.service';
import type { NudgeMessageRow } from './nudge-messages.store';
import { NudgeSettingsService } from './nudge-settings.service';
import { Nudge, NudgeAddress, NudgeMessage, NudgeReach, NudgeSettings } from './nudge.type';
import { NudgesLoaders } from './nudges.loaders';

const NudgeConnection = connectionOf(Nudge);
const MessageConnection = connectionOf(NudgeMessage);
const SettingsResult = resultOf(NudgeSettings);

@Resolver(() => NudgeSettings)
export class NudgeSettingsResolver {
  constructor(
    private readonly service: NudgeSettingsService,
    private readonly loaders: NudgesLoaders,
  ) {}

  @Access({ resource: 'NudgeSettings', command: 'read' })
  @Query(() => NudgeSettings, { description: 'How you want to be told that something waits.' })
  nudgeSettings(@CurrentActor() { id }: Actor, @Ctx() context: GraphqlContext) {
    return this.loaders.settings(context).load(id);
  }

  @Access({ resource: 'NudgeSettings', command: 'setAddress' })
  @Mutation(() => SettingsResult, {
    description:
      'Sends a code to the address, which is used once `confirmNudgeAddress` has brought it back. Ten codes a day. Refused: INVALID_INPUT for what is no address or a channel that is not offered, FORBIDDEN after ten codes.',
  })
  async setNudgeAddress(
    @Args('input') input: SetNudgeAddressInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'setNudgeAddress', input, key, answers: this.loaders.settings });
    return answer(await this.service.setAddress(actor, input, command), this.loaders.settings(context));
  }

  @Access({ resource: 'NudgeSettings', command: 'confirmAddress' })
  @Mutation(() => SettingsResult, {
    description:
      'Brings the code back: from now on the address is used. Refused: INVALID_INPUT for another code, ILLEGAL_TRANSITION where none waits or after five tries.',
  })
  async confirmNudgeAddress(
    @Args('input') input: ConfirmNudgeAddressInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'confirmNudgeAddress', input, key, answers: this.loaders.settings });
    return answer(await this.service.confirm(actor, input, command), this.loaders.settings(context));
  }

  @Access({ resource: 'NudgeSettings', command: 'removeAddress' })
  @Mutation(() => SettingsResult, {
    description: 'Forgets an address; what is on its way to it is not sent. Refused: NOT_FOUND where there is none.',
  })
  async removeNudgeAddress(
    @Args('input') input: NudgeAddressInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'removeNudgeAddress', input, key, answers: this.loaders.settings });
    return answer(await this.service.remove(actor, input.channel, command), this.loaders.settings(context));
  }

  @Access({ resource: 'NudgeSettings', command: 'prefer' })
  @Mutation(() => SettingsResult, {
    description:
      'Sets channels, rhythm, quiet hours and language; what waits is told under the new wishes. Refused: INVALID_INPUT for half of the quiet hours or an unknown time zone.',
  })
  async setNudgePreferences(
    @Args('input') input: SetNudgePreferencesInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'setNudgePreferences', input, key, answers: this.loaders.settings });
    return answer(await this.service.prefer(actor, input, command), this.loaders.settings(context));
  }

  @ResolveField(() => [NudgeAddress], { nullable: true, description: 'Your addresses, at most one a channel.' })
  addresses(@Ctx() { reader }: GraphqlContext) {
    return this.service.addresses(reader);
  }

  @ResolveField(() => [NudgeChannelEnum], {
    nullable: true,
    description: 'The channels the operator has set a way for.',
  })
  offeredChannels() {
    return this.service.offered();
  }
}

@Resolver(() => Nudge)
export class NudgesResolver {
  constructor(private readonly lists: NudgeListsService) {}

  @Access({ resource: 'Nudge', command: 'read' })
  @Query(() => NudgeConnection, { description: 'What you were told waits for you, the newest first.' })
  nudges(@Args() args: ConnectionArgs, @Ctx() context: GraphqlContext) {
    return this.lists.own(context.reader, args);
  }
}

@Resolver(() => NudgeMessage)
export class NudgeMessagesResolver {
  constructor(private readonly lists: NudgeListsService) {}

  @Access({ resource: 'NudgeMessage', command: 'read' })
  @Query(() => MessageConnection, {
    description: 'Messages to the staff of your agency, the newest first. `states: [FAILED]` are those nobody got.',
  })
  nudgeMessages(@Args() args: NudgeMessagesArgs, @Ctx() context: GraphqlContext) {
    return this.lists.ofAgency(context.reader, args);
  }

  @Access({ resource: 'NudgeReach', command: 'read' })
  @Query(() => [NudgeReach], { description: 'Who of your agency can be told at all that something waits, by role.' })
  nudgeReach(@Ctx() context: GraphqlContext) {
    return this.lists.reach(context.reader);
  }

  @ResolveField(() => ID, { nullable: true, description: 'To whom, as `staff` lists them.' })
  staffMemberId(@Parent() { membershipId }: NudgeMessageRow): string {
    return membershipId;
  }

  @ResolveField(() => Boolean, { nullable: true, description: 'It carries the code that confirms the address.' })
  isCode(@Parent() { batchId }: NudgeMessageRow): boolean {
    return batchId === null;
  }
}

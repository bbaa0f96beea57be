import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../../access';
import { Program, ProgramLoaders } from '../../capacity';
import { Access } from '../../platform/auth';
import {
  answer,
  commandOf,
  Ctx,
  CurrentActor,
  IdempotencyKey,
  resultOf,
  type GraphqlContext,
} from '../../platform/graphql';
import { Referral } from '../referral.type';
import { ReferralsLoaders } from '../referrals.loaders';
import { bridgedUntil, missingInterim, type InterimServiceKind } from './engine/interim';
import { WaitlistCareService } from './waitlist-care.service';
import { InterimService, PlaceConsideration, WaitlistContact, WaitlistEntry } from './waitlist-entry.type';
import type { WaitlistEntryRow } from './waitlist-entries.store';
import { InterimServiceKindEnum } from './waitlist.enums';
import {
  RecordInterimServiceInput,
  RecordWaitlistContactInput,
  RemoveFromWaitlistInput,
  SetWaitlistContactInput,
  TransferWaitlistEntryInput,
} from './waitlist.inputs';
import { WaitlistLoaders } from './waitlist.loaders';
import { WaitlistRemovalService } from './waitlist-removal.service';
import { waitlistPacks } from './waitlist-rules';

const WaitlistEntryResult = resultOf(WaitlistEntry);

@Resolver(() => WaitlistEntry)
export class WaitlistResolver {
  constructor(
    private readonly care: WaitlistCareService,
    private readonly removal: WaitlistRemovalService,
    private readonly loaders: WaitlistLoaders,
    private readonly referrals: ReferralsLoaders,
    private readonly programs: ProgramLoaders,
  ) {}

  @Access({ resource: 'WaitlistEntry', command: 'recordInterimService' })
  @Mutation(() => WaitlistEntryResult, {
    description:
      'An interim service was given to a person who waits, or declined. The last one missing ends the clock of interim services; within 48 hours of the request it gives who injects 120 days to admission in place of 14 (45 CFR 96.126(b)). Refused: INVALID_INPUT for a time or result that cannot be, ILLEGAL_TRANSITION when nobody waits.',
  })
  async recordInterimService(
    @Args('input') input: RecordInterimServiceInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'recordInterimService', input, key, answers: this.loaders.ofReferral });
    return answer(await this.care.recordInterim(actor, input, command), this.loaders.ofReferral(context));
  }

  @Access({ resource: 'WaitlistEntry', command: 'recordContact' })
  @Mutation(() => WaitlistEntryResult, {
    description:
      'Somebody tried to reach a person who waits; the next attempt is due in its turn. Refused: ILLEGAL_TRANSITION when nobody waits.',
  })
  async recordWaitlistContact(
    @Args('input') input: RecordWaitlistContactInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'recordWaitlistContact', input, key, answers: this.loaders.ofReferral });
    const done = await this.care.recordContact(actor, input.referralId, input.outcome, command);
    return answer(done, this.loaders.ofReferral(context));
  }

  @Access({ resource: 'WaitlistEntry', command: 'setContact' })
  @Mutation(() => WaitlistEntryResult, {
    description: 'How a person who waits agreed to be reached. Refused: ILLEGAL_TRANSITION when nobody waits.',
  })
  async setWaitlistContact(
    @Args('input') input: SetWaitlistContactInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'setWaitlistContact', input, key, answers: this.loaders.ofReferral });
    return answer(await this.care.setContact(actor, input, command), this.loaders.ofReferral(context));
  }

  @Access({ resource: 'WaitlistEntry', command: 'remove' })
  @Mutation(() => WaitlistEntryResult, {
    description:
      'Takes a person off the waitlist without a place, which ends the referral. Refused: INVALID_INPUT while the reason lacks the attempts it needs, ILLEGAL_TRANSITION when nobody waits.',
  })
  async removeFromWaitlist(
    @Args('input') input: RemoveFromWaitlistInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'removeFromWaitlist', input, key, answers: this.loaders.ofReferral });
    const done = await this.removal.remove(actor, input.referralId, input.reason, command);
    return answer(done, this.loaders.ofReferral(context));
  }

  @Access({ resource: 'WaitlistEntry', command: 'transfer' })
  @Mutation(() => WaitlistEntryResult, {
    description:
      'The person agreed to a program farther away than they would go, within the reasonable distance of the state (45 CFR 96.126(c)). They keep their place in the order, and wait for programs near them as well; a place that is free goes to the list at once. Refused: NOT_ELIGIBLE when a rule about the person stands against it, NOT_FOUND for a program without pools, ILLEGAL_TRANSITION when nobody waits.',
  })
  async transferWaitlistEntry(
    @Args('input') input: TransferWaitlistEntryInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'transferWaitlistEntry', input, key, answers: this.loaders.ofReferral });
    const done = await this.care.transfer(actor, input.referralId, input.programId, command);
    return answer(done, this.loaders.ofReferral(context));
  }

  @ResolveField(() => Referral, { nullable: true })
  referral(@Parent() { referralId }: WaitlistEntryRow, @Ctx() context: GraphqlContext) {
    return this.referrals.referral(context).load(referralId);
  }

  @ResolveField(() => Program, {
    nullable: true,
    description: 'A program farther away that they agreed to; null: none.',
  })
  transferredTo(@Parent() { transferredToProgramId: id }: WaitlistEntryRow, @Ctx() context: GraphqlContext) {
    return id === null ? null : this.programs.byId(context).load(id);
  }

  @ResolveField(() => [InterimService], { nullable: true, description: 'Oldest first.' })
  interimServices(@Parent() { id }: WaitlistEntryRow, @Ctx() context: GraphqlContext) {
    return this.loaders.interimOf(context).load(id);
  }

  @ResolveField(() => [InterimServiceKindEnum], {
    nullable: true,
    description: 'What the checklist of the tier still lacks.',
  })
  async missingInterimServices(
    @Parent() entry: WaitlistEntryRow,
    @Ctx() context: GraphqlContext,
  ): Promise<InterimServiceKind[]> {
    const recorded = (await this.loaders.interimOf(context).load(entry.id)) ?? [];
    return missingInterim(entry.tier, recorded, rulesFor(entry).interim);
  }

  @ResolveField(() => Date, {
    nullable: true,
    description: 'Until when interim methadone or a three-day supply bridges the wait; null: neither was given.',
  })
  async bridgedUntil(@Parent() entry: WaitlistEntryRow, @Ctx() context: GraphqlContext): Promise<Date | null> {
    return bridgedUntil((await this.loaders.interimOf(context).load(entry.id)) ?? [], rulesFor(entry).interim);
  }

  @ResolveField(() => [WaitlistContact], { nullable: true, description: 'Attempts to reach them, oldest first.' })
  contacts(@Parent() { id }: WaitlistEntryRow, @Ctx() context: GraphqlContext) {
    return this.loaders.contactsOf(context).load(id);
  }

  @ResolveField(() => [PlaceConsideration], {
    nullable: true,
    description:
      'Places that opened while they waited, and why they went to somebody else; newest first, at most fifty.',
  })
  considerations(@Parent() { id }: WaitlistEntryRow, @Ctx() context: GraphqlContext) {
    return this.loaders.considerationsOf(context).load(id);
  }
}

/** The rules that held when they began to wait. */
const rulesFor = ({ senderState, since }: WaitlistEntryRow) => waitlistPacks().rulesOf(senderState, since);

@Resolver(() => PlaceConsideration)
export class PlaceConsiderationsResolver {
  constructor(private readonly programs: ProgramLoaders) {}

  @ResolveField(() => Program, { nullable: true, description: 'Whose place it was.' })
  program(@Parent() { programId }: { programId: string }, @Ctx() context: GraphqlContext) {
    return this.programs.byId(context).load(programId);
  }

  @ResolveField(() => Boolean, {
    nullable: true,
    description: 'The place went to this person: kept at once, or offered.',
  })
  isChosen(@Parent() { rules }: PlaceConsideration): boolean {
    return rules.length === 0;
  }
}

@Resolver(() => Referral)
export class ReferralWaitlistResolver {
  constructor(private readonly loaders: WaitlistLoaders) {}

  @ResolveField(() => WaitlistEntry, {
    nullable: true,
    description: 'The place of the person on the waitlist, also once it has ended; null where they never waited.',
  })
  waitlistEntry(@Parent() { id }: { id: string }, @Ctx() context: GraphqlContext) {
    return this.loaders.ofReferral(context).load(id);
  }
}

import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access';
import { Agency, AgencyLoaders } from '../agencies';
import { Hold, HoldLoaders, Program, ProgramLoaders } from '../capacity';
import { Consent, ConsentsLoaders } from '../consent';
import { emergencyInstruction, MatchingLoaders, MatchRun, UnmetNeed } from '../matching';
import { Episode, PeopleLoaders, Person } from '../people';
import { Ctx, CurrentActor, type GraphqlContext } from '../platform/graphql';
import { referralCommandsOf } from './allowed-actions';
import { HandOff } from './hand-off.type';
import { Offer } from './offer.type';
import { nextStepOf, type Missing, type Progress } from './progress';
import { MissingFactEnum, ProgressEnum } from './referral.enums';
import { Referral, ReferralChange, ReferralNeed } from './referral.type';
import { ReferralsLoaders } from './referrals.loaders';
import type { ReferralRow } from './referrals.store';
import { factsOf, runsTold, unmetNeedTold } from './searches-told';
import { receiptFor } from './valve';

/** What hangs on a referral. Each field passes the access table before its resolver runs. */
@Resolver(() => Referral)
export class ReferralFieldsResolver {
  constructor(
    private readonly loaders: ReferralsLoaders,
    private readonly agencies: AgencyLoaders,
    private readonly programs: ProgramLoaders,
    private readonly holds: HoldLoaders,
    private readonly people: PeopleLoaders,
    private readonly consentLoaders: ConsentsLoaders,
    private readonly matching: MatchingLoaders,
  ) {}

  @ResolveField(() => ProgressEnum, {
    nullable: true,
    description: 'Sent, acknowledged, closed: what every sender may know.',
  })
  progress(@Parent() referral: ReferralRow, @CurrentActor() actor: Actor): Progress {
    return receiptFor(actor, referral).progress;
  }

  @ResolveField(() => Date, {
    nullable: true,
    description: 'Null while anything may still happen; to a sender that withdrew, the time of that.',
  })
  closedAt(@Parent() referral: ReferralRow, @CurrentActor() actor: Actor): Date | null {
    return receiptFor(actor, referral).closedAt;
  }

  @ResolveField(() => [MissingFactEnum], {
    nullable: true,
    description:
      'Facts to send with `provideReferralInfo` before it goes on. Partner systems need `ReferralNeed:read` as well.',
  })
  missing(@Parent() referral: ReferralRow, @CurrentActor() actor: Actor): readonly Missing[] {
    return receiptFor(actor, referral).missing;
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'What the sender can do now, in one sentence. Partner systems need `ReferralNeed:read` as well.',
  })
  nextStep(@Parent() referral: ReferralRow, @CurrentActor() actor: Actor): string {
    const { progress, missing } = receiptFor(actor, referral);
    return nextStepOf(progress, missing);
  }

  @ResolveField(() => String, {
    nullable: true,
    description:
      'What to do at once where a red flag was seen; null otherwise. To the sender, until the referral has ended; everybody else reads it with the need (`need { emergencyInstruction }`). Partner systems need `ReferralNeed:read` as well.',
  })
  emergencyInstruction(@Parent() referral: ReferralRow): string | null {
    return emergencyInstruction(referral.redFlags);
  }

  @ResolveField(() => [String], {
    nullable: true,
    description:
      'Mutations you may call on this referral now. Where you may not know its state, what its progress alone allows.',
  })
  allowedActions(@Parent() referral: ReferralRow, @CurrentActor() actor: Actor): string[] {
    return referralCommandsOf(actor, referral);
  }

  @ResolveField(() => Agency, { nullable: true, description: 'The agency that submitted it.' })
  sender(@Parent() referral: ReferralRow, @Ctx() context: GraphqlContext) {
    return this.agencies.byId(context).load(referral.senderAgencyId);
  }

  @ResolveField(() => Person, { nullable: true })
  person(@Parent() referral: ReferralRow, @Ctx() context: GraphqlContext) {
    return this.people.person(context).load(referral.personId);
  }

  @ResolveField(() => Episode, { nullable: true })
  episode(@Parent() referral: ReferralRow, @Ctx() context: GraphqlContext) {
    return this.people.episode(context).load(referral.episodeId);
  }

  @ResolveField(() => ReferralNeed, { nullable: true })
  need(@Parent() referral: ReferralRow) {
    const { need, id, personId, senderAgencyId, redFlags } = referral;
    const told = { ...need, emergencyInstruction: emergencyInstruction(redFlags) };
    return { ...told, id, personId, senderAgencyId, ...factsOf(referral) };
  }

  @ResolveField(() => [Consent], { nullable: true, description: 'Consents that your agency recorded for this person.' })
  consents(@Parent() referral: ReferralRow, @Ctx() context: GraphqlContext) {
    return this.consentLoaders.byPerson(context).load(referral.personId);
  }

  @ResolveField(() => [Offer], {
    nullable: true,
    description: 'Offers of this referral that you may see, in the order they were made.',
  })
  offers(@Parent() referral: ReferralRow, @Ctx() context: GraphqlContext) {
    return this.loaders.offersOf(context).load(referral.id);
  }

  @ResolveField(() => Hold, { nullable: true, description: 'The place kept; null while none is.' })
  hold(@Parent() referral: ReferralRow, @Ctx() context: GraphqlContext) {
    return referral.holdId ? this.holds.byId(context).load(referral.holdId) : null;
  }

  @ResolveField(() => Program, { nullable: true, description: 'Where the person is to go, or was taken.' })
  destination(@Parent() referral: ReferralRow, @Ctx() context: GraphqlContext) {
    return referral.programId ? this.programs.byId(context).load(referral.programId) : null;
  }

  @ResolveField(() => [HandOff], {
    nullable: true,
    description: 'From one agency to the next, oldest first; empty while nobody was released.',
  })
  handOffs(@Parent() referral: ReferralRow, @Ctx() context: GraphqlContext) {
    return this.loaders.handOffsOf(context).load(referral.id);
  }

  @ResolveField(() => [ReferralChange], { nullable: true, description: 'Every step, oldest first.' })
  changes(@Parent() referral: ReferralRow, @Ctx() context: GraphqlContext) {
    return this.loaders.changesOf(context).load(referral.id);
  }

  @ResolveField(() => [MatchRun], {
    nullable: true,
    description:
      'How matching decided, newest first. To whom `offers` is withheld: the first search alone, and nothing of what programs answered.',
  })
  async matchRuns(@Parent() referral: ReferralRow, @Ctx() context: GraphqlContext, @CurrentActor() actor: Actor) {
    const runs = (await this.matching.matchRunsByReferral(context).load(referral.id)) ?? [];
    return runsTold(actor, referral, runs);
  }

  @ResolveField(() => UnmetNeed, {
    nullable: true,
    description: 'Why nobody could take the person, where that happened.',
  })
  async unmetNeed(@Parent() referral: ReferralRow, @Ctx() context: GraphqlContext) {
    const unmet = await this.matching.unmetNeedByReferral(context).load(referral.id);
    return unmet && unmetNeedTold(referral, unmet);
  }
}

import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access';
import { Access } from '../platform/auth';
import {
  answer,
  commandOf,
  connectionOf,
  ConnectionArgs,
  Ctx,
  CurrentActor,
  IdempotencyKey,
  keysetOf,
  pageOf,
  resultOf,
  type GraphqlContext,
} from '../platform/graphql';
import { OfferMakingService } from './offer-making.service';
import { ReferralEndingService } from './referral-ending.service';
import { ProvideReferralInfoInput, RequestReferralInfoInput } from './referral-info.inputs';
import { ReferralInfoService } from './referral-info.service';
import { ReferralIntakeService } from './referral-intake.service';
import { CancelReferralInput, OfferReferralInput } from './referral-steps.inputs';
import { Referral } from './referral.type';
import { ReferralsLoaders } from './referrals.loaders';
import { ReferralsService } from './referrals.service';
import { SubmitReferralInput } from './submit-referral.input';

const ReferralResult = resultOf(Referral);
const ReferralConnection = connectionOf(Referral);

/** Referrals as their senders and coordinators work with them. */
@Resolver(() => Referral)
export class ReferralsResolver {
  constructor(
    private readonly loaders: ReferralsLoaders,
    private readonly referrals: ReferralsService,
    private readonly intake: ReferralIntakeService,
    private readonly info: ReferralInfoService,
    private readonly making: OfferMakingService,
    private readonly ending: ReferralEndingService,
  ) {}

  @Access({ resource: 'Referral', command: 'read' })
  @Query(() => Referral, {
    nullable: true,
    description: 'One referral your agency takes part in; null for any other, existing or not.',
  })
  referral(@Args('id', { type: () => ID }) id: string, @Ctx() context: GraphqlContext) {
    return this.loaders.referral(context).load(id);
  }

  @Access({ resource: 'Referral', command: 'read' })
  @Query(() => ReferralConnection, {
    name: 'referrals',
    description: 'The referrals your agency takes part in, newest first.',
  })
  async page(@Args() args: ConnectionArgs, @Ctx() context: GraphqlContext) {
    const rows = await this.referrals.page(context.reader, keysetOf(args), args.first + 1);
    return pageOf(rows, args, ({ id, submittedAtText }) => ({ id, createdAt: submittedAtText }));
  }

  @Access({ resource: 'Referral', command: 'submit' })
  @Mutation(() => ReferralResult, {
    description:
      'Submits a referral. It is kept and routed in one go: to a program that takes referrals at once, or to up to three that are asked; or kept and asked about (`missing`, `nextStep`); red flags stop routing and `emergencyInstruction` says what to do. Refused: INVALID_INPUT for a pathway that agencies of your kind do not use, half a place, an unknown county, a birth date in the future or a consent that does not hold, FORBIDDEN for `levelsOfCare` from anyone but hospital and provider staff, NOT_FOUND for an episode that is not yours, ALREADY_EXISTS while your agency has a referral of the person, under any record that it knows to be theirs, whose `progress` is not CLOSED (details.referralId).',
  })
  async submitReferral(
    @Args('input') input: SubmitReferralInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const done = await this.intake.submit(
      actor,
      input,
      commandOf(context, { name: 'submitReferral', input, key, answers: this.loaders.referral }),
    );
    return answer(done, this.loaders.referral(context));
  }

  @Access({ resource: 'Referral', command: 'provideInfo' })
  @Mutation(() => ReferralResult, {
    description:
      'Sends facts that were missing. With nothing missing any more the referral goes on by itself. Refused: INVALID_INPUT for half a place or an unknown county.',
  })
  async provideReferralInfo(
    @Args('input') input: ProvideReferralInfoInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const done = await this.info.provideInfo(
      actor,
      input,
      commandOf(context, { name: 'provideReferralInfo', input, key, answers: this.loaders.referral }),
    );
    return answer(done, this.loaders.referral(context));
  }

  @Access({ resource: 'Referral', command: 'requestInfo' })
  @Mutation(() => ReferralResult, {
    description: 'A program that acknowledged the referral asks for facts. Its offer stays open and its clock runs on.',
  })
  async requestReferralInfo(
    @Args('input') input: RequestReferralInfoInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const done = await this.info.requestInfo(
      actor,
      input,
      commandOf(context, { name: 'requestReferralInfo', input, key, answers: this.loaders.referral }),
    );
    return answer(done, this.loaders.referral(context));
  }

  @Access({ resource: 'Offer', command: 'make' })
  @Mutation(() => ReferralResult, {
    description:
      'A coordinator puts the referral to a program of their choice. Hard rules still hold (NOT_ELIGIBLE names them in details.rules and details.findings, where you may read the need, as `matchRuns { whyNot }` does), and so does the order of those who wait for the place (OUT_OF_ORDER, see `outOfOrderReason`); at most three programs at once (OFFER_LIMIT). Refused as well: ALREADY_EXISTS while the program considers it, ILLEGAL_TRANSITION while facts are missing (details.missing), CONSENT_REQUIRED when the person took back the consent to treatment, payment and operations and none still in force speaks to the program’s agency.',
  })
  async offerReferral(
    @Args('input') input: OfferReferralInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'offerReferral', input, key, answers: this.loaders.referral });
    return answer(await this.making.make(actor, input, command), this.loaders.referral(context));
  }

  @Access({ resource: 'Offer', command: 'requestSecondLook' })
  @Mutation(() => ReferralResult, {
    description:
      'A coordinator asks a program that declined to look again, a lasting reason notwithstanding. Refused: ILLEGAL_TRANSITION unless the offer was declined; otherwise as with `offerReferral`.',
  })
  async requestSecondLook(
    @Args('id', { type: () => ID }) id: string,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const done = await this.making.requestSecondLook(
      actor,
      id,
      commandOf(context, { name: 'requestSecondLook', input: { id }, key, answers: this.loaders.referral }),
    );
    return answer(done, this.loaders.referral(context));
  }

  @Access({ resource: 'Referral', command: 'route' })
  @Mutation(() => ReferralResult, {
    description:
      'Has a waitlisted referral routed again, for example after room was posted. Refused: ILLEGAL_TRANSITION unless it is WAITLISTED.',
  })
  async routeReferral(
    @Args('id', { type: () => ID }) id: string,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const done = await this.making.reroute(
      actor,
      id,
      commandOf(context, { name: 'routeReferral', input: { id }, key, answers: this.loaders.referral }),
    );
    return answer(done, this.loaders.referral(context));
  }

  @Access({ resource: 'Referral', command: 'cancel' })
  @Mutation(() => ReferralResult, {
    description:
      'Ends a referral before arrival: offers are withdrawn and a kept place is given back. A sender that may not learn of an arrival may send it until the referral is closed to it; where the person has come, its own part ends and the program goes on. Refused: ILLEGAL_TRANSITION afterwards.',
  })
  async cancelReferral(
    @Args('input') input: CancelReferralInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'cancelReferral', input, key, answers: this.loaders.referral });
    return answer(
      await this.ending.cancel(actor, input.referralId, input.reason, command),
      this.loaders.referral(context),
    );
  }

  @Access({ resource: 'Referral', command: 'recall' })
  @Mutation(() => ReferralResult, {
    description:
      'The person takes the consent to be referred back: nothing more flows, offers are recalled, every consent ends. After an arrival as with `cancelReferral`.',
  })
  async recallReferral(
    @Args('id', { type: () => ID }) id: string,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    return answer(
      await this.ending.recall(
        actor,
        id,
        commandOf(context, { name: 'recallReferral', input: { id }, key, answers: this.loaders.referral }),
      ),
      this.loaders.referral(context),
    );
  }
}

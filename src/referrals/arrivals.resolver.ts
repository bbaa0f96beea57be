import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access';
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
import { AdmissionService } from './admission.service';
import { ArrivalService } from './arrival.service';
import { DischargeService } from './discharge.service';
import { ConsentRecordingService } from './consent-recording.service';
import {
  DischargePersonInput,
  ReceiveHandOffInput,
  ReleaseHandOffInput,
  ScheduleArrivalInput,
  TurnAwayInput,
} from './referral-steps.inputs';
import { answerOrReceipt } from './receipt';
import { Referral } from './referral.type';
import { ReferralsLoaders } from './referrals.loaders';
import { RecordConsentInput } from './submit-referral.input';

const ReferralResult = resultOf(Referral);

/** From acceptance to discharge. */
@Resolver(() => Referral)
export class ArrivalsResolver {
  constructor(
    private readonly loaders: ReferralsLoaders,
    private readonly arrivals: ArrivalService,
    private readonly admissions: AdmissionService,
    private readonly discharges: DischargeService,
    private readonly recording: ConsentRecordingService,
  ) {}

  @Access({ resource: 'Referral', command: 'schedule' })
  @Mutation(() => ReferralResult, {
    description:
      'Agrees on an arrival; the place is kept until then and one hour on top. Refused: INVALID_INPUT for a time that has passed or is more than 72 hours ahead, HOLD_EXPIRED when the place is no longer kept.',
  })
  async scheduleArrival(
    @Args('input') input: ScheduleArrivalInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'scheduleArrival', input, key, answers: this.loaders.referral });
    return answer(
      await this.arrivals.schedule(actor, input.referralId, input.arrivalAt, command),
      this.loaders.referral(context),
    );
  }

  @Access({ resource: 'Referral', command: 'recordConsent' })
  @Mutation(() => ReferralResult, {
    description:
      'A consent the person signed after the referral was sent, for example so that the sender may learn where they were taken. Takes effect at once. Refused: ILLEGAL_TRANSITION once the referral has ended, INVALID_INPUT for a signature in the future, an expired consent, or one that must name a team the sender does not have.',
  })
  async recordConsent(
    @Args('input') input: RecordConsentInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'recordConsent', input, key, answers: this.loaders.referral });
    return answer(await this.recording.record(actor, input, command), this.loaders.referral(context));
  }

  @Access({ resource: 'Referral', command: 'releaseHandOff' })
  @Mutation(() => ReferralResult, {
    description:
      'The sending side lets the person go. Whoever drives must know where to: CONSENT_REQUIRED when the person has not agreed that the sender may (OUTCOME_TO_SENDER). Refused as well: ILLEGAL_TRANSITION while no place is kept, ALREADY_EXISTS while the person is on the way. A sender that may not know either may say it once, from the acknowledgement on: it goes to the program that accepts, or into the file of the one the person is with.',
  })
  async releaseHandOff(
    @Args('input') input: ReleaseHandOffInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'releaseHandOff', input, key, answers: this.loaders.referral });
    return answer(
      await this.arrivals.releaseHandOff(actor, input.referralId, input, command),
      this.loaders.referral(context),
    );
  }

  @Access({ resource: 'Referral', command: 'receiveHandOff' })
  @Mutation(() => ReferralResult, {
    description:
      'The program takes the person over; that is their arrival. Refused: ILLEGAL_TRANSITION when nobody released the person (use `recordArrival`), HOLD_EXPIRED when the place is no longer kept.',
  })
  async receiveHandOff(
    @Args('input') input: ReceiveHandOffInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'receiveHandOff', input, key, answers: this.loaders.referral });
    return answer(
      await this.arrivals.receiveHandOff(actor, input.referralId, input.place, command),
      this.loaders.referral(context),
    );
  }

  @Access({ resource: 'Referral', command: 'recordArrival' })
  @Mutation(() => ReferralResult, {
    description:
      'The person has come, by whatever way; a hand-off under way is received with it. Refused: HOLD_EXPIRED when the place is no longer kept.',
  })
  async recordArrival(
    @Args('id', { type: () => ID }) id: string,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const done = await this.arrivals.recordArrival(
      actor,
      id,
      commandOf(context, { name: 'recordArrival', input: { id }, key, answers: this.loaders.referral }),
    );
    return answer(done, this.loaders.referral(context));
  }

  @Access({ resource: 'Referral', command: 'recordNoShow' })
  @Mutation(() => ReferralResult, {
    description:
      'The person did not come: the place is free again; the referral is routed once more, then closed. Refused: ILLEGAL_TRANSITION before the scheduled time. Fields are null once your part in it has ended.',
  })
  async recordNoShow(
    @Args('id', { type: () => ID }) id: string,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const done = await this.arrivals.recordNoShow(
      actor,
      id,
      commandOf(context, { name: 'recordNoShow', input: { id }, key, answers: this.loaders.referral }),
    );
    return answerOrReceipt(done, this.loaders.referral(context));
  }

  @Access({ resource: 'Referral', command: 'admit' })
  @Mutation(() => ReferralResult, { description: 'The person is admitted: the kept place becomes an occupied one.' })
  async admitPerson(
    @Args('id', { type: () => ID }) id: string,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const done = await this.admissions.admit(
      actor,
      id,
      commandOf(context, { name: 'admitPerson', input: { id }, key, answers: this.loaders.referral }),
    );
    return answer(done, this.loaders.referral(context));
  }

  @Access({ resource: 'Referral', command: 'turnAway' })
  @Mutation(() => ReferralResult, {
    description:
      'The person came and was not admitted: the place is free again and the referral goes on to another program. Where the agency of the program was closed, whoever coordinates says it (INVALID_INPUT for a reason that lasts). Fields are null once your part in it has ended.',
  })
  async turnPersonAway(
    @Args('input') input: TurnAwayInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'turnPersonAway', input, key, answers: this.loaders.referral });
    return answerOrReceipt(
      await this.admissions.turnAway(actor, input.referralId, input.reason, command),
      this.loaders.referral(context),
    );
  }

  @Access({ resource: 'Referral', command: 'discharge' })
  @Mutation(() => ReferralResult, {
    description:
      'The stay has ended. With a next level of care a new referral of the same episode is routed at once. Where the agency of the program was closed, whoever coordinates says it (INVALID_INPUT for a next level of care).',
  })
  async dischargePerson(
    @Args('input') input: DischargePersonInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const done = await this.discharges.discharge(
      actor,
      input,
      commandOf(context, { name: 'dischargePerson', input, key, answers: this.loaders.referral }),
    );
    return answer(done, this.loaders.referral(context));
  }
}

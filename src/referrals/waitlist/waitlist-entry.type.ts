import { OverdoseSignalEnum, type OverdoseSignal } from '../../overdoses';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Steps } from '../../platform/graphql';
import type { InterimResult, InterimServiceKind } from './engine/interim';
import type { PriorityTier } from './engine/order';
import type { ContactOutcome } from './engine/removal';
import {
  ContactOutcomeEnum,
  ContactWayEnum,
  InterimResultEnum,
  InterimServiceKindEnum,
  PriorityTierEnum,
  WaitEndEnum,
} from './waitlist.enums';
import type { ContactWay, WaitEnd } from './waitlist-words';

const waits = ({ endedAt }: { readonly endedAt: Date | null }): boolean => endedAt === null;

@ObjectType({ description: 'One interim service that was given, declined, or found not necessary.' })
export class InterimService {
  @Field(() => InterimServiceKindEnum, { description: 'What was given while the person waits.', nullable: true })
  service: InterimServiceKind;

  @Field(() => InterimResultEnum, { nullable: true })
  result: InterimResult;

  @Field(() => Date, {
    nullable: true,
    description: 'When it was given or offered: what the deadline of 48 hours goes by.',
  })
  givenAt: Date;

  @Field(() => Date, {
    nullable: true,
    description: 'When it was recorded, by the database’s clock; later than `givenAt` where it was recorded late.',
  })
  recordedAt: Date;
}

@ObjectType({ description: 'One attempt to reach a person who waits.' })
export class WaitlistContact {
  @Field(() => Date, { nullable: true, description: 'When it was recorded, by the database’s clock.' })
  at: Date;

  @Field(() => ContactOutcomeEnum, { nullable: true })
  outcome: ContactOutcome;
}

@ObjectType({
  description: 'A place that opened, and how this person fared. Nobody else who was considered shows in it.',
})
export class PlaceConsideration {
  @Field(() => Date, { nullable: true, description: 'When the place was given.' })
  at: Date;

  @Field(() => Int, { nullable: true, description: 'In the order of those who waited for this place; 1 is first.' })
  position: number;

  @Field(() => [String], {
    nullable: true,
    description:
      'Why they were passed over: rules of matching (MatchRule), or ALREADY_ASKED, BEFORE_THIS_PROGRAM, BEFORE_ANOTHER_PROGRAM, FACTS_MISSING. Empty where the place went to them.',
  })
  rules: string[];

  @Field(() => String, { nullable: true, description: 'The version of the state’s rules that ordered them.' })
  rulesVersion: string;
}

@ObjectType({
  description:
    'A person who waits for a place. There is one list for all programs within reach, in the order of 45 CFR 96.131; the id is the unique identifier of 45 CFR 96.126(b) and tells nothing of the person. Coordinators of the referral see it; a sender never does.',
})
@Steps({ recordInterimService: waits, recordContact: waits, setContact: waits, remove: waits, transfer: waits })
export class WaitlistEntry {
  @Field(() => ID, { nullable: true })
  id: string;

  @Field(() => PriorityTierEnum, { nullable: true, description: 'From the need; what is not known counts as no.' })
  tier: PriorityTier;

  @Field(() => Int, { nullable: true, description: 'Points of risk from the need; within a tier more come first.' })
  risk: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Points that overdoses on file add to the risk; they decide within a tier only, and exclude nobody.',
  })
  overdoseRisk: number;

  @Field(() => [OverdoseSignalEnum], { nullable: true, description: 'What of the overdoses on file adds to the risk.' })
  overdoseSignals: OverdoseSignal[];

  @Field(() => String, {
    nullable: true,
    description: 'The version of the state’s rules that tier and risk come from.',
  })
  rulesVersion: string;

  @Field(() => Date, {
    nullable: true,
    description: 'When treatment was asked for: what 48 hours, 14 and 120 days count from.',
  })
  requestedAt: Date;

  @Field(() => Date, { nullable: true, description: 'Since when they wait, for the order.' })
  since: Date;

  @Field(() => Date, {
    nullable: true,
    description: 'When the checklist of interim services was complete; null: it is not.',
  })
  interimCompletedAt: Date | null;

  @Field(() => ContactWayEnum, {
    nullable: true,
    description: 'How they agreed to be reached; null: nothing was agreed.',
  })
  contactWay: ContactWay | null;

  @Field(() => String, {
    nullable: true,
    description: 'What is needed to reach them, kept sealed; for those who may see who the person is.',
  })
  contactDetail: string | null;

  @Field(() => Date, { nullable: true, description: 'When they agreed to a program farther away; null: they did not.' })
  transferredAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'Null while they wait.' })
  endedAt: Date | null;

  @Field(() => WaitEndEnum, { nullable: true, description: 'Null while they wait.' })
  endReason: WaitEnd | null;
}

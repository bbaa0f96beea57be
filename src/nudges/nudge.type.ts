import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { always, Steps } from '../platform/graphql';
import { Roles, type MemberRole } from '../agencies';
import type { MessageChannel } from '../platform/messaging';
import {
  NudgeAddressStateEnum,
  NudgeChannelEnum,
  NudgeKindEnum,
  NudgeLanguageEnum,
  NudgeMessageCodeEnum,
  NudgeMessageStateEnum,
  NudgeRhythmEnum,
  type MessageCode,
} from './nudge.enums';
import type { NudgeAddressState } from './nudge.entity';
import type { NudgeKind } from './nudge-kinds';
import type { NudgeMessageState } from './nudge-message.machine';
import type { NudgeLanguage } from './nudge-texts';
import type { NudgeRhythm } from './nudge-times';

@ObjectType({ description: 'Where you are reached outside Handrail.' })
export class NudgeAddress {
  @Field(() => NudgeChannelEnum, { nullable: true })
  channel: MessageChannel | null;

  @Field(() => String, { nullable: true, description: 'Kept sealed, shown to you alone.' })
  address: string | null;

  @Field(() => NudgeAddressStateEnum, { nullable: true })
  state: NudgeAddressState | null;

  @Field(() => Date, { nullable: true, description: 'Until when the code that was sent holds; null where none waits.' })
  codeEndsAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it was set, confirmed or found broken.' })
  changedAt: Date | null;
}

@ObjectType({
  description:
    'How you want to be told that something waits: your own, at the agency you act for. Messages are fixed texts with a link to Handrail; what waits is in `nudges`.',
})
@Steps({ setAddress: always, confirmAddress: always, removeAddress: always, prefer: always })
export class NudgeSettings {
  @Field(() => NudgeLanguageEnum, { nullable: true })
  language: NudgeLanguage | null;

  @Field(() => NudgeRhythmEnum, { nullable: true })
  rhythm: NudgeRhythm | null;

  @Field(() => [NudgeChannelEnum], {
    nullable: true,
    description: 'By which of your confirmed addresses you are told.',
  })
  channels: MessageChannel[] | null;

  @Field(() => String, { nullable: true, description: 'Local time of day from which on only what is urgent is told.' })
  quietFrom: string | null;

  @Field(() => String, { nullable: true, description: 'When the quiet hours end.' })
  quietUntil: string | null;

  @Field(() => String, { nullable: true, description: 'IANA name of the zone the quiet hours are in.' })
  timeZone: string | null;
}

@ObjectType({
  description:
    'Something you were told waits for you. Kept for 30 days; of a notice to a school as long as the notice is there.',
})
export class Nudge {
  @Field(() => ID, { nullable: true })
  id: string | null;

  @Field(() => NudgeKindEnum, { nullable: true })
  kind: NudgeKind | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'The record: offer, referral, clock, case, notice or its receipt, review or request, exposure, agency, endpoint or alert, by kind.',
  })
  subjectId: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Told in quiet hours too.' })
  isUrgent: boolean | null;

  @Field(() => Date, { nullable: true, description: 'When it began to wait.' })
  createdAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When the message was made that says so.' })
  toldAt: Date | null;
}

@ObjectType({ description: 'How many people of one role at your agency have an address that works.' })
export class NudgeReach {
  @Field(() => Roles, { nullable: true })
  role: MemberRole | null;

  @Field(() => Int, { nullable: true, description: 'People who have the role now.' })
  members: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Of them with a confirmed address. 0: what waits for the role is told to nobody.',
  })
  reachable: number | null;
}

@ObjectType({
  description:
    'One message to one of your agency’s staff, for its admin: whether it arrived, and not what it was about. Kept for 30 days, failed ones for 90.',
})
export class NudgeMessage {
  @Field(() => ID, { nullable: true })
  id: string | null;

  @Field(() => NudgeChannelEnum, { nullable: true })
  channel: MessageChannel | null;

  @Field(() => NudgeMessageStateEnum, { nullable: true })
  state: NudgeMessageState | null;

  @Field(() => Date, { nullable: true, description: 'When it was made.' })
  createdAt: Date | null;

  @Field(() => Int, { nullable: true, description: 'Attempts so far.' })
  attempts: number | null;

  @Field(() => Date, { nullable: true, description: 'When it is tried again; null once it has ended.' })
  nextAttemptAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'Null while it is queued.' })
  endedAt: Date | null;

  @Field(() => NudgeMessageCodeEnum, { nullable: true, description: 'How the last attempt ended.' })
  lastCode: MessageCode | null;

  @Field(() => Int, { nullable: true, description: 'What SMTP or HTTP answered last. Nothing else of it is kept.' })
  lastStatus: number | null;
}

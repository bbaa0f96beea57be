import { ArgsType, Field, InputType } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsOptional, Length, Matches } from 'class-validator';
import { ConnectionArgs } from '../platform/graphql';
import type { MessageChannel } from '../platform/messaging';
import { NudgeChannelEnum, NudgeLanguageEnum, NudgeMessageStateEnum, NudgeRhythmEnum } from './nudge.enums';
import type { NudgeMessageState } from './nudge-message.machine';
import type { NudgeLanguage } from './nudge-texts';
import type { NudgeRhythm } from './nudge-times';

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const timeRule = { message: 'A time of day is written HH:MM.', context: { remedy: 'Send for example 22:00.' } };

@InputType({ description: 'One of your own addresses.' })
export class NudgeAddressInput {
  @Field(() => NudgeChannelEnum)
  channel: MessageChannel;
}

@InputType({ description: 'Where you want to be reached. It takes the place of your address of the same channel.' })
export class SetNudgeAddressInput extends NudgeAddressInput {
  @Field({
    description: 'An e-mail address, a phone number (without `+` read as North American) or the token of a device.',
  })
  @Length(3, 500)
  address: string;
}

@InputType({ description: 'The code that came by the address.' })
export class ConfirmNudgeAddressInput extends NudgeAddressInput {
  @Field({ description: 'Six digits. It ends after 15 minutes or five tries.' })
  @Matches(/^\d{6}$/, { message: 'A code is six digits.', context: { remedy: 'Send the code as it came.' } })
  code: string;
}

@InputType({ description: 'How you want to be told. All of it is set at once.' })
export class SetNudgePreferencesInput {
  @Field(() => [NudgeChannelEnum], { description: 'By which of your confirmed addresses; none: not at all.' })
  @ArrayMaxSize(3)
  @ArrayUnique()
  channels: MessageChannel[];

  @Field(() => NudgeLanguageEnum)
  language: NudgeLanguage;

  @Field(() => NudgeRhythmEnum)
  rhythm: NudgeRhythm;

  @Field(() => String, {
    nullable: true,
    description:
      'Local time of day from which on only what is urgent is told, such as 22:00. Left out: no quiet hours.',
  })
  @IsOptional()
  @Matches(TIME, timeRule)
  quietFrom?: string | null;

  @Field(() => String, { nullable: true, description: 'When they end; earlier than their beginning: the next day.' })
  @IsOptional()
  @Matches(TIME, timeRule)
  quietUntil?: string | null;

  @Field({ description: 'IANA name of the zone you live in, such as America/New_York.' })
  @Length(2, 60)
  timeZone: string;
}

@ArgsType()
export class NudgeMessagesArgs extends ConnectionArgs {
  @Field(() => [NudgeMessageStateEnum], { nullable: true, description: 'Only in these states; left out: all.' })
  @IsOptional()
  @ArrayMinSize(1)
  @ArrayMaxSize(4)
  @ArrayUnique()
  states?: NudgeMessageState[] | null;
}

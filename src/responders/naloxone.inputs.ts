import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { IsOptional, Max, Min } from 'class-validator';
import { CalendarDate, TextLength } from '../platform/graphql';
import type {
  CountReason,
  DiscardReason,
  NaloxoneProduct,
  NaloxoneUse,
  RestockDeclineReason,
} from './engine/vocabulary';
import {
  CountReasonEnum,
  DiscardReasonEnum,
  NaloxoneProductEnum,
  NaloxoneUseEnum,
  RestockDeclineReasonEnum,
} from './responders.enums';

const NUMBER_LIMIT = 60;
const DOSES_LIMIT = 10_000;
const USED_LIMIT = 50;
const LEVEL_LIMIT = 100_000;

@InputType({ description: 'Doses that came in, from wherever but a restock request.' })
export class ReceiveNaloxoneInput {
  @Field(() => NaloxoneProductEnum)
  product: NaloxoneProduct;

  @Field({
    description: `The number of the maker, as on the box, at most ${NUMBER_LIMIT} characters; no name of anybody.`,
  })
  @TextLength(1, NUMBER_LIMIT)
  lotNumber: string;

  @Field(() => CalendarDate, { description: 'Good through that day; not past, and within ten years.' })
  expiresOn: string;

  @Field(() => Int, { description: `Doses, not boxes: 1 to ${DOSES_LIMIT}.` })
  @Min(1)
  @Max(DOSES_LIMIT)
  doses: number;
}

@InputType({ description: 'Doses that were given or left.' })
export class UseNaloxoneInput {
  @Field(() => NaloxoneUseEnum, { description: 'What for.' })
  use: NaloxoneUse;

  @Field(() => Int, { description: `1 to ${USED_LIMIT}.` })
  @Min(1)
  @Max(USED_LIMIT)
  doses: number;

  @Field(() => ID, {
    nullable: true,
    description:
      'Which lot they are from; null: from what expires first. One past its date may be named: it was given.',
  })
  @IsOptional()
  lotId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'With REVERSAL: a report of your agency that they were for. The ledger shows that they are on a report, and to nobody which.',
  })
  @IsOptional()
  overdoseReportId?: string | null;
}

@InputType({ description: 'Doses of a lot that are thrown away or gone.' })
export class DiscardNaloxoneInput {
  @Field(() => ID, { description: 'Of your agency’s stock.' })
  lotId: string;

  @Field(() => Int, { description: `1 to ${DOSES_LIMIT}.` })
  @Min(1)
  @Max(DOSES_LIMIT)
  doses: number;

  @Field(() => DiscardReasonEnum)
  reason: DiscardReason;
}

@InputType({ description: 'A lot was counted.' })
export class CountNaloxoneInput {
  @Field(() => ID, { description: 'Of your agency’s stock.' })
  lotId: string;

  @Field(() => Int, { description: `Doses that are there: 0 to ${DOSES_LIMIT}.` })
  @Min(0)
  @Max(DOSES_LIMIT)
  doses: number;

  @Field(() => CountReasonEnum)
  reason: CountReason;
}

@InputType({ description: 'When your agency wants to be warned of a low stock.' })
export class SetNaloxoneLevelInput {
  @Field(() => Int, { nullable: true, description: `Doses, 1 to ${LEVEL_LIMIT}; null: the default of the house.` })
  @IsOptional()
  @Min(1)
  @Max(LEVEL_LIMIT)
  lowAt: number | null;
}

@InputType({ description: 'Doses that you ask another agency for.' })
export class RequestRestockInput {
  @Field(() => ID, { description: 'The agency that is to send them, for example public health.' })
  supplierId: string;

  @Field(() => NaloxoneProductEnum, { nullable: true, description: 'Null: any.' })
  @IsOptional()
  product?: NaloxoneProduct | null;

  @Field(() => Int, { description: `1 to ${DOSES_LIMIT}.` })
  @Min(1)
  @Max(DOSES_LIMIT)
  doses: number;
}

@InputType({ description: 'A request that your agency has a part in.' })
export class RestockInput {
  @Field(() => ID, { description: 'A request for naloxone that is open.' })
  requestId: string;
}

@InputType({ description: 'Doses of your own stock are on their way.' })
export class SendRestockInput extends RestockInput {
  @Field(() => Int, { description: 'As many as you send: not more than were asked for. From what expires first.' })
  @Min(1)
  @Max(DOSES_LIMIT)
  doses: number;
}

@InputType({ description: 'Your agency sends none.' })
export class DeclineRestockInput extends RestockInput {
  @Field(() => RestockDeclineReasonEnum, { description: 'Why nothing is sent; the asking agency sees it.' })
  because: RestockDeclineReason;
}

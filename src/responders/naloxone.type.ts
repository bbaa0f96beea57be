import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { CalendarDate, always, Steps, byMachine } from '../platform/graphql';
import type { MovementKind, NaloxoneProduct, RestockDeclineReason, StockWarningKind } from './engine/vocabulary';
import {
  MovementKindEnum,
  NaloxoneProductEnum,
  RestockDeclineReasonEnum,
  RestockStateEnum,
  StockWarningKindEnum,
} from './responders.enums';
import { restockMachine, type RestockState } from './restock.machine';

@ObjectType({
  description:
    'The naloxone that your agency has, all lots together. It names no person, and the entries of its ledger lead to none.',
})
@Steps({ use: always, receive: always, discard: always, count: always, setLevel: always })
export class NaloxoneStock {
  @Field(() => ID, { nullable: true, description: 'The id of the agency.' })
  id: string;

  @Field(() => Int, { nullable: true, description: 'Doses that may be given: on hand, and not past their date.' })
  usable: number;

  @Field(() => Int, { nullable: true, description: 'Of these, doses whose date is near.' })
  expiring: number;

  @Field(() => Int, { nullable: true, description: 'Doses past their date that are still on hand.' })
  expired: number;

  @Field(() => Int, { nullable: true, description: 'Below so many doses you want to be warned, without a spike.' })
  lowAt: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Below so many doses the stock is low now: `lowAt`, and several times that while a spike is open.',
  })
  level: number;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Your agency keeps its stock here: it has taken doses in, or said below how many it wants to be warned. False: elsewhere, so nothing is counted, and nothing is low.',
  })
  isKept: boolean;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Fewer than `level` may be given, of a stock that is kept here.',
  })
  isLow: boolean;

  @Field(() => Boolean, { nullable: true, description: 'A spike of overdoses is open that your agency was told of.' })
  isSpike: boolean;
}

@ObjectType({ description: 'Doses of one make, lot and date.' })
export class NaloxoneLot {
  @Field(() => ID, { nullable: true })
  id: string;

  @Field(() => NaloxoneProductEnum, { nullable: true })
  product: NaloxoneProduct;

  @Field(() => String, { nullable: true, description: 'The number of the maker, as on the box.' })
  lotNumber: string;

  @Field(() => CalendarDate, { nullable: true, description: 'Good through that day.' })
  expiresOn: string;

  @Field(() => Int, { nullable: true, description: 'Doses on hand. Never below zero.' })
  onHand: number;

  @Field(() => Boolean, { nullable: true, description: 'Past its date.' })
  isExpired: boolean;
}

@ObjectType({ description: 'One entry of the ledger of naloxone. All entries of a lot come to what is on hand.' })
export class NaloxoneMovement {
  @Field(() => ID, { nullable: true })
  id: string;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The day, by UTC. Not the minute: what was given to whom at that time is no part of a ledger.',
  })
  on: string;

  @Field(() => MovementKindEnum, { nullable: true })
  kind: MovementKind;

  @Field(() => String, {
    nullable: true,
    description:
      'What they were used for, or why they were thrown away or counted, as a code; null: came in or was sent.',
  })
  because: string | null;

  @Field(() => Int, { nullable: true, description: 'Doses; below zero: they went.' })
  change: number;

  @Field(() => Int, { nullable: true, description: 'Doses of the lot afterwards.' })
  onHand: number;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether they are tied to a report of an overdose. Which one, nobody is told.',
  })
  isOnReport: boolean;
}

@ObjectType({ description: 'Something of its stock that an agency is warned of.' })
export class StockWarning {
  @Field(() => StockWarningKindEnum, { nullable: true })
  kind: StockWarningKind;

  @Field(() => Int, { nullable: true, description: 'Doses that it is about, when it was raised.' })
  doses: number;

  @Field(() => Int, { nullable: true, description: 'Doses that were wanted then; null: it is about dates.' })
  level: number | null;

  @Field(() => Date, { nullable: true, description: 'When it was raised.' })
  raisedAt: Date;
}

@ObjectType({ description: 'Doses that one agency asks another for. Both see it.' })
@Steps<{ readonly state: RestockState }>({
  request: null,
  ...byMachine(restockMachine, 'send', 'receive', 'decline', 'cancel'),
})
export class RestockRequest {
  @Field(() => ID, { nullable: true })
  id: string;

  @Field(() => RestockStateEnum, { nullable: true })
  state: RestockState;

  @Field(() => NaloxoneProductEnum, { nullable: true, description: 'Null: any.' })
  product: NaloxoneProduct | null;

  @Field(() => Int, { nullable: true, description: 'Doses asked for.' })
  doses: number;

  @Field(() => Boolean, { nullable: true, description: 'Asked for while a spike was open.' })
  isSpike: boolean;

  @Field(() => Date, { nullable: true, description: 'When it was asked for.' })
  requestedAt: Date;

  @Field(() => Int, { nullable: true, description: 'Doses sent, which may be fewer; null: none yet.' })
  sentDoses: number | null;

  @Field(() => Date, { nullable: true, description: 'Null: not sent.' })
  sentAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it was received, declined or cancelled; null: open.' })
  endedAt: Date | null;

  @Field(() => RestockDeclineReasonEnum, { nullable: true, description: 'Null: not declined.' })
  because: RestockDeclineReason | null;
}

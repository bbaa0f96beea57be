import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { CalendarDate, byMachine, Steps } from '../platform/graphql';
import { custodyMachine, type CustodyState } from './custody.machine';
import type { AlertFinding, AlertKind, LabFinding, Shift } from './engine/vocabulary';
import {
  CustodyAlertFindingEnum,
  CustodyAlertKindEnum,
  CustodyStateEnum,
  LaboratoryFindingEnum,
  ShiftEnum,
} from './surrender.enums';

@ObjectType({
  description:
    'Drugs or equipment that were handed in. It names no person, and nothing in Handrail leads from it to a referral or back. Whoever holds its id sees where it is and on which shift it came; the property room sees the record.',
})
@Steps<{ readonly state: CustodyState; readonly laboratory: string | null }>({
  open: null,
  ...byMachine(custodyMachine, 'countersign', 'release', 'receive', 'receiveAtLaboratory'),
  ...byMachine(custodyMachine, 'releaseFromLaboratory', 'proposeDestruction', 'witnessDestruction'),
  recordResult: ({ state, laboratory }) =>
    laboratory !== null && custodyMachine.commands(state).includes('recordResult'),
})
export class Surrender {
  @Field(() => ID, { nullable: true })
  id: string;

  @Field(() => CustodyStateEnum, { nullable: true, description: 'Where it is.' })
  state: CustodyState;

  @Field(() => CalendarDate, { nullable: true, description: 'The day it came, by the shift.' })
  receivedOn: string;

  @Field(() => ShiftEnum, { nullable: true, description: 'The shift it came on.' })
  shift: Shift;

  @Field(() => Date, { nullable: true, description: 'To the millisecond; for the property room.' })
  openedAt: Date;

  @Field(() => String, {
    nullable: true,
    description: 'The promise that was shown before, text and number. The language it was shown in is not kept.',
  })
  promiseVersion: string;

  @Field(() => String, {
    nullable: true,
    description: 'The number of the property room, one of its own for every bag.',
  })
  propertyNumber: string;

  @Field(() => String, { nullable: true, description: 'The seal that is on it now.' })
  sealNumber: string;

  @Field(() => String, { nullable: true, description: 'What it looks like. Not what a laboratory says.' })
  description: string | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Bag, seal and content together, in grams, as sealed last.',
  })
  sealedGrossWeightGrams: number;

  @Field(() => String, { nullable: true, description: 'Where the last step was taken.' })
  place: string;

  @Field(() => String, { nullable: true, description: 'The laboratory that has or had it; null: none.' })
  laboratory: string | null;

  @Field(() => Date, { nullable: true, description: 'When its state has lasted too long; null: it may last.' })
  dueAt: Date | null;
}

@ObjectType({ description: 'One step of a chain of custody. Never changed.' })
export class CustodyEvent {
  @Field(() => ID, { nullable: true })
  id: string;

  @Field(() => Int, { nullable: true, description: 'From 1, without gaps.' })
  position: number;

  @Field(() => Date, { nullable: true, description: 'When, by the database’s clock.' })
  at: Date;

  @Field(() => String, { nullable: true, description: 'The step, for example `release`.' })
  command: string;

  @Field(() => CustodyStateEnum, { nullable: true, description: 'What it led to.' })
  state: CustodyState;

  @Field(() => String, { nullable: true, description: 'Who took or recorded it, as they were called then.' })
  byName: string;

  @Field(() => String, {
    nullable: true,
    description: 'Who gave or took it at the laboratory; null: the one who recorded it.',
  })
  otherName: string | null;

  @Field(() => String, { nullable: true, description: 'Where.' })
  place: string;

  @Field(() => String, { nullable: true, description: 'The seal as found; null: not looked at in this step.' })
  sealNumber: string | null;

  @Field(() => Float, { nullable: true, description: 'Grams as found; null: not weighed in this step.' })
  sealedGrossWeightGrams: number | null;

  @Field(() => [LaboratoryFindingEnum], { nullable: true, description: 'Of a result; null: this step is none.' })
  findings: LabFinding[] | null;

  @Field(() => String, { nullable: true, description: 'The laboratory’s own number, or how it was destroyed.' })
  reference: string | null;
}

@ObjectType({ description: 'Something in a chain of custody that has to be looked into.' })
@Steps<{ readonly finding: AlertFinding | null }>({
  answer: ({ finding }) => finding === null || finding === 'UNDER_INVESTIGATION',
})
export class CustodyAlert {
  @Field(() => ID, { nullable: true })
  id: string;

  @Field(() => CustodyAlertKindEnum, { nullable: true })
  kind: AlertKind;

  @Field(() => Int, { nullable: true, description: 'The step that raised it.' })
  position: number;

  @Field(() => Date, { nullable: true, description: 'When it was raised.' })
  raisedAt: Date;

  @Field(() => Date, { nullable: true, description: 'By when it has to be answered.' })
  dueAt: Date;

  @Field(() => Boolean, { nullable: true, description: 'Not answered, and the time is over.' })
  isOverdue: boolean;

  @Field(() => CustodyAlertFindingEnum, { nullable: true, description: 'Null: not answered.' })
  finding: AlertFinding | null;

  @Field(() => Date, { nullable: true, description: 'Null: not answered.' })
  answeredAt: Date | null;
}

@ObjectType({ description: 'Something that the promise does not cover.' })
export class PromiseExclusion {
  @Field({ description: 'For programs.' })
  code: string;

  @Field({ description: 'For people, word for word.' })
  text: string;
}

@ObjectType({
  description:
    'The no-arrest promise of your agency, to be shown whole, word for word, before anything is handed over.',
})
export class NoArrestPromise {
  @Field({ description: 'Text, number and language, for example `no-arrest/OH/1/en`: send it as `promiseVersion`.' })
  version: string;

  @Field({ description: 'BCP 47, for example `es`.' })
  language: string;

  @Field({ description: 'Heading.' })
  title: string;

  @Field({ description: 'What is promised.' })
  promise: string;

  @Field(() => [PromiseExclusion], { description: 'What is not; to be shown with it.' })
  exclusions: PromiseExclusion[];

  @Field({ description: 'SHA-256 of title, promise and exclusions, an empty line between them, hexadecimal.' })
  hash: string;
}

@ObjectType({ description: 'Whether a one-way token belongs to a surrender.' })
export class SlipCheck {
  @Field(() => Boolean, { nullable: true, description: 'Whether it is the token the surrender was opened with.' })
  isMatch: boolean;
}

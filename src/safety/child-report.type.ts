import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { byMachine, Steps } from '../platform/graphql';
import { caregiverMachine, type CaregiverState } from './caregiver.machine';
import {
  CaregiverCheckEnum,
  CaregiverStateEnum,
  CheckResultEnum,
  ChildConcernEnum,
  ChildOutcomeEnum,
  ChildReportStateEnum,
  RelationshipEnum,
} from './child-report.enums';
import { childReportMachine, type ChildReportState } from './child-report.machine';
import type { CaregiverCheck, CheckResult, ChildConcern, ChildOutcome, Relationship } from './engine/vocabulary';

@ObjectType({
  description:
    'A report of a child to child services: its own small object (42 CFR 2.12(c)(6)), which leads to no other record. Whoever reported sees that it was sent and received.',
})
@Steps<{ readonly state: ChildReportState }>({
  submit: null,
  ...byMachine(childReportMachine, 'receive', 'close', 'reopen'),
  proposeCaregiver: ({ state }) => state === 'RECEIVED',
})
export class ChildReport {
  @Field(() => ID, { nullable: true })
  id: string;

  @Field(() => Date, { nullable: true, description: 'When it was sent.' })
  reportedAt: Date;

  @Field(() => Date, { nullable: true, description: 'When child services took it; null: not yet.' })
  receivedAt: Date | null;

  @Field(() => ChildReportStateEnum, { nullable: true })
  state: ChildReportState;

  @Field(() => String, { nullable: true, description: 'As far as known.' })
  childName: string | null;

  @Field(() => Int, { nullable: true, description: 'In years, as far as known.' })
  ageYears: number | null;

  @Field(() => String, { nullable: true, description: 'Where the child is.' })
  place: string | null;

  @Field(() => [ChildConcernEnum], { nullable: true, description: 'Why.' })
  concerns: ChildConcern[];

  @Field(() => Boolean, { nullable: true, description: 'Somebody has to come now.' })
  isInDanger: boolean;

  @Field(() => Date, { nullable: true, description: 'When child services were done with it; null: not yet.' })
  closedAt: Date | null;

  @Field(() => ChildOutcomeEnum, { nullable: true, description: 'Null: not closed.' })
  outcome: ChildOutcome | null;
}

@ObjectType({ description: 'Somebody who may take a child in, and how far their vetting is.' })
@Steps<{ readonly state: CaregiverState }>(
  byMachine(caregiverMachine, 'check', 'clear', 'reject', 'place', 'endPlacement'),
)
export class CaregiverCandidate {
  @Field(() => ID, { nullable: true })
  id: string;

  @Field(() => String, { nullable: true, description: 'Their name.' })
  name: string | null;

  @Field(() => RelationshipEnum, { nullable: true })
  relationship: Relationship;

  @Field(() => CaregiverStateEnum, { nullable: true })
  state: CaregiverState;
}

@ObjectType({ description: 'A check of a caregiver, or a decision about them: by whom, when. Never changed.' })
export class CaregiverStep {
  @Field(() => ID, { nullable: true })
  id: string;

  @Field(() => Date, { nullable: true, description: 'When.' })
  at: Date;

  @Field(() => String, { nullable: true, description: 'Who, as they were called then.' })
  byName: string;

  @Field(() => String, { nullable: true, description: 'The step, for example `clear`.' })
  command: string;

  @Field(() => CaregiverStateEnum, { nullable: true, description: 'What it led to.' })
  state: CaregiverState;

  @Field(() => CaregiverCheckEnum, { nullable: true, description: 'Null: a decision.' })
  checkKind: CaregiverCheck | null;

  @Field(() => CheckResultEnum, { nullable: true, description: 'Null: a decision.' })
  result: CheckResult | null;
}

import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsOptional, Max, Min } from 'class-validator';
import { TextLength } from '../platform/graphql';
import {
  CaregiverCheckEnum,
  CheckResultEnum,
  ChildConcernEnum,
  ChildOutcomeEnum,
  RelationshipEnum,
} from './child-report.enums';
import type { CaregiverCheck, CheckResult, ChildConcern, ChildOutcome, Relationship } from './engine/vocabulary';

const NAME_LIMIT = 100;
const PLACE_LIMIT = 200;
const OLDEST = 21;
const CONCERNS = 8;

@InputType({
  description:
    'A report of one child under the law of the state. What you know yourself, and nothing out of a treatment record: that stays protected (42 CFR 2.12(c)(6)).',
})
export class ReportChildInput {
  @Field(() => ID, { description: 'The child services that it goes to.' })
  childServicesId: string;

  @Field(() => String, { nullable: true, description: `As far as known, at most ${NAME_LIMIT} characters.` })
  @IsOptional()
  @TextLength(1, NAME_LIMIT)
  childName?: string | null;

  @Field(() => Int, { nullable: true, description: `In years, 0 to ${OLDEST}, as far as known.` })
  @IsOptional()
  @Min(0)
  @Max(OLDEST)
  ageYears?: number | null;

  @Field({ description: `Where the child is, at most ${PLACE_LIMIT} characters.` })
  @TextLength(1, PLACE_LIMIT)
  place: string;

  @Field(() => [ChildConcernEnum], { description: `1 to ${CONCERNS}, each once.` })
  @ArrayMinSize(1)
  @ArrayMaxSize(CONCERNS)
  @ArrayUnique()
  concerns: ChildConcern[];

  @Field({ description: 'Somebody has to come now.' })
  isInDanger: boolean;

  @Field(() => ID, { nullable: true, description: 'The child’s school, as far as known.' })
  @IsOptional()
  schoolId?: string | null;
}

@InputType({ description: 'Child services are done with a report.' })
export class CloseChildReportInput {
  @Field(() => ID)
  reportId: string;

  @Field(() => ChildOutcomeEnum)
  outcome: ChildOutcome;
}

@InputType({ description: 'Somebody who may take the child in.' })
export class ProposeCaregiverInput {
  @Field(() => ID, { description: 'A report that your agency has received.' })
  reportId: string;

  @Field({ description: `At most ${NAME_LIMIT} characters.` })
  @TextLength(1, NAME_LIMIT)
  name: string;

  @Field(() => RelationshipEnum)
  relationship: Relationship;
}

@InputType({ description: 'A check that was made. The last result of each kind counts.' })
export class RecordCaregiverCheckInput {
  @Field(() => ID, { description: 'From `ChildReport.candidates`.' })
  candidateId: string;

  @Field(() => CaregiverCheckEnum, { description: 'What was looked at.' })
  checkKind: CaregiverCheck;

  @Field(() => CheckResultEnum)
  result: CheckResult;
}

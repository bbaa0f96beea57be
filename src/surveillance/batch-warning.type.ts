import { ArgsType, Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsOptional } from 'class-validator';
import { ConnectionArgs, CountyFips, Steps } from '../platform/graphql';
import type { BatchBasis, BatchContent, BatchForm, SoldAs } from './alert-reasons';
import { BatchBasisEnum, BatchContentEnum, BatchFormEnum, SoldAsEnum } from './surveillance.enums';

@ObjectType({
  description:
    'A batch that is stronger or other than expected. Told to the agencies at work in its counties and next to them. No person, no place below the county.',
})
@Steps<{ readonly withdrawnAt: Date | null }>({ issue: null, withdraw: ({ withdrawnAt }) => withdrawnAt === null })
export class BatchWarning {
  @Field(() => ID, { nullable: true })
  id: string;

  @Field(() => BatchBasisEnum, { nullable: true })
  basis: BatchBasis;

  @Field(() => [BatchContentEnum], {
    description: 'What it holds, in the order in which it was told; at least one.',
    nullable: true,
  })
  contents: BatchContent[];

  @Field(() => SoldAsEnum, { nullable: true, description: 'Null: not known.' })
  soldAs: SoldAs | null;

  @Field(() => BatchFormEnum, { nullable: true, description: 'Null: not known.' })
  form: BatchForm | null;

  @Field(() => Date, {
    description:
      'When it was issued, by the database’s clock; raised by a laboratory’s result: the Monday of its week.',
    nullable: true,
  })
  issuedAt: Date;

  @Field(() => Date, { nullable: true, description: 'It is in force until then.' })
  expiresAt: Date;

  @Field(() => Date, { nullable: true, description: 'Null: it was not withdrawn.' })
  withdrawnAt: Date | null;

  @Field(() => Boolean, { nullable: true, description: 'Neither expired nor withdrawn.' })
  isInForce: boolean;
}

@InputType({ description: 'What is known of a batch. At least what it holds, and where.' })
export class IssueBatchWarningInput {
  @Field(() => [String], {
    description: 'Five-digit FIPS codes of counties in which your agency works, or next to one; 1 to 20.',
  })
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ArrayUnique()
  @CountyFips({ each: true })
  countyFips: string[];

  @Field(() => BatchBasisEnum, { description: 'LABORATORY is for public-health departments.' })
  basis: BatchBasis;

  @Field(() => [BatchContentEnum], { description: '1 to 10; NOT_KNOWN where it is only stronger than usual.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(10)
  @ArrayUnique()
  contents: BatchContent[];

  @Field(() => SoldAsEnum, { nullable: true })
  @IsOptional()
  soldAs?: SoldAs | null;

  @Field(() => BatchFormEnum, { nullable: true })
  @IsOptional()
  form?: BatchForm | null;

  @Field(() => Date, { nullable: true, description: 'To come, at most 90 days away; null: in 14 days.' })
  @IsOptional()
  expiresAt?: Date | null;
}

@InputType({ description: 'Takes a warning back: it was wrong, or is out of date.' })
export class WithdrawBatchWarningInput {
  @Field(() => ID, { description: 'The warning, as `batchWarnings` lists it.' })
  warningId: string;
}

@ArgsType()
export class BatchWarningsArgs extends ConnectionArgs {
  @Field({ defaultValue: true, description: 'True: only those in force.' })
  isInForce: boolean = true;
}

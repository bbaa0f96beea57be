import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { IsOptional, Max, Min } from 'class-validator';

@InputType({ description: 'What is to change. What is left out stays as it is; at least one change must be named.' })
export class SetHoldQuotaInput {
  @Field(() => ID, { description: 'The agency that sends referrals.' })
  agencyId: string;

  @Field(() => Int, {
    nullable: true,
    description: 'Referrals counted at a time, 1 to 1,000,000. With a share of 100 the largest figure means: no quota.',
  })
  @IsOptional()
  @Min(1)
  @Max(1_000_000)
  activeHolds?: number | null;

  @Field(() => Int, { nullable: true, description: 'Share of one pool’s staffed places, in percent, 1 to 100.' })
  @IsOptional()
  @Min(1)
  @Max(100)
  poolSharePercent?: number | null;
}

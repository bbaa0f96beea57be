import { ArgsType, Field } from '@nestjs/graphql';
import { IsOptional } from 'class-validator';
import { ConnectionArgs } from '../platform/graphql';

@ArgsType()
export class OverdoseReportsArgs extends ConnectionArgs {
  @Field(() => Date, { nullable: true, description: 'Only overdoses from this moment on.' })
  @IsOptional()
  from?: Date | null;

  @Field(() => Date, { nullable: true, description: 'Only overdoses before this moment.' })
  @IsOptional()
  until?: Date | null;
}

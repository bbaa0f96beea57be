import { Field, ID, InputType } from '@nestjs/graphql';

@InputType({ description: 'Two records of one person, both known to your agency.' })
export class MergePersonsInput {
  @Field(() => ID, { description: 'One record; which of the two is named first makes no difference.' })
  personId: string;

  @Field(() => ID, { description: 'The other record of the same person.' })
  samePersonId: string;
}

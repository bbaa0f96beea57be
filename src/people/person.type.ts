import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { Sex } from '../kernel/vocabulary';
import { CalendarDate, SexEnum } from '../platform/graphql';

@ObjectType({
  description:
    'The one who needs help. Shown only to agencies that took them in, accepted them, or have their consent.',
})
export class Person {
  @Field(() => ID, { nullable: true })
  id: string;

  @Field(() => String, { nullable: true, description: 'Given name, as told at intake.' })
  givenName: string | null;

  @Field(() => String, { nullable: true, description: 'Family name, as told at intake.' })
  familyName: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'As told at intake; null: not known.' })
  birthDate: string | null;

  @Field(() => SexEnum, { nullable: true, description: 'As told at intake; null: not known.' })
  sex: Sex | null;

  @Field(() => String, { nullable: true, description: 'Telephone number to reach the person, as told at intake.' })
  phone: string | null;

  @Field(() => String, { nullable: true, description: 'Preferred language, BCP 47, for example `en` or `es`.' })
  language: string;
}

import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { AgencyKind } from '../kernel/vocabulary';
import { AgencyKindEnum, always, Steps } from '../platform/graphql';

@ObjectType({ description: 'An organisation that takes part: police, hospital, treatment provider, school and so on.' })
@Steps({ create: null, update: always, activate: always })
export class Agency {
  @Field(() => ID, { description: 'Its key everywhere in Handrail.' })
  id: string;

  @Field({ description: 'As the agency calls itself, at most 200 characters.' })
  name: string;

  @Field(() => AgencyKindEnum, { description: 'Decides which roles it may give; never changes.' })
  kind: AgencyKind;

  @Field({ description: 'Where its office is: USPS code of the state or territory, for example `OH`.' })
  state: string;

  @Field(() => String, { nullable: true, description: 'Number for other agencies to call, as the agency writes it.' })
  phone: string | null;

  @Field({ description: 'False once the operator has closed it: its members cannot sign in.' })
  isActive: boolean;
}

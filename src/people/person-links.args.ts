import { ArgsType, Field } from '@nestjs/graphql';
import { ConnectionArgs } from '../platform/graphql';
import { PersonLinkStateEnum } from './person-link.enums';
import type { PersonLinkState } from './person-link.machine';

@ArgsType()
export class PersonLinksArgs extends ConnectionArgs {
  @Field(() => PersonLinkStateEnum, {
    defaultValue: 'OPEN',
    description: 'OPEN: those that wait for somebody to decide.',
  })
  state: PersonLinkState = 'OPEN';
}

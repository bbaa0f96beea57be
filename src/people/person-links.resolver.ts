import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access';
import { Access } from '../platform/auth';
import {
  answer,
  commandOf,
  connectionOf,
  Ctx,
  CurrentActor,
  IdempotencyKey,
  resultOf,
  type GraphqlContext,
} from '../platform/graphql';
import { MergePersonsInput } from './merge-persons.input';
import { strengthOf } from './match-strength';
import { PeopleLoaders } from './people.loaders';
import { PersonLinkCommandsService } from './person-link-commands.service';
import type { PersonLinkCommand } from './person-link.machine';
import { PersonLink, PersonLinkDecision } from './person-link.type';
import { PersonLinksArgs } from './person-links.args';
import { PersonLinksService } from './person-links.service';
import type { PersonRow } from './people.store';
import type { PersonLinkRow } from './person-links.store';
import { reasonOf } from './linkage/conflict-words';
import { Person } from './person.type';

const PersonLinkResult = resultOf(PersonLink);
const PersonLinkConnection = connectionOf(PersonLink);
const id = () =>
  Args('linkId', { type: () => ID, description: 'A pair that your agency knows both of, as `personLinks` lists it.' });

/** Who is who, as people decide it. */
@Resolver(() => PersonLink)
export class PersonLinksResolver {
  constructor(
    private readonly links: PersonLinksService,
    private readonly commands: PersonLinkCommandsService,
    private readonly loaders: PeopleLoaders,
  ) {}

  @Access({ resource: 'PersonLink', command: 'read' })
  @Query(() => PersonLinkConnection, {
    description:
      'Pairs of records, both known to your agency, that are one person or may be; the latest found first. OPEN ones wait for a decision.',
  })
  personLinks(@Args() args: PersonLinksArgs, @Ctx() context: GraphqlContext) {
    return this.links.page(context.reader, args);
  }

  @Access({ resource: 'PersonLink', command: 'confirm' })
  @Mutation(() => PersonLinkResult, {
    description:
      'An OPEN pair is one person. Refused: ILLEGAL_TRANSITION when somebody has decided; CONSENT_REQUIRED when one of the two is known to a Part 2 program and the person has not agreed.',
  })
  confirmLink(
    @id() linkId: string,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    return this.decide(context, actor, { linkId, step: 'confirm', name: 'confirmLink', key });
  }

  @Access({ resource: 'PersonLink', command: 'reject' })
  @Mutation(() => PersonLinkResult, {
    description:
      'An OPEN pair is two people: Handrail does not propose it again. Refused: ILLEGAL_TRANSITION when somebody has decided.',
  })
  rejectLink(
    @id() linkId: string,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    return this.decide(context, actor, { linkId, step: 'reject', name: 'rejectLink', key });
  }

  @Access({ resource: 'PersonLink', command: 'split' })
  @Mutation(() => PersonLinkResult, {
    description:
      'A LINKED pair is two people after all. Whatever was counted or joined on its strength is counted and joined anew. Refused: ILLEGAL_TRANSITION unless it is LINKED.',
  })
  splitPersons(
    @id() linkId: string,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    return this.decide(context, actor, { linkId, step: 'split', name: 'splitPersons', key });
  }

  @Access({ resource: 'PersonLink', command: 'reopen' })
  @Mutation(() => PersonLinkResult, {
    description:
      'Takes the decision about a pair back; it is OPEN again, and what was decided stays on file. Refused: ILLEGAL_TRANSITION when it is OPEN.',
  })
  reopenLink(
    @id() linkId: string,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    return this.decide(context, actor, { linkId, step: 'reopen', name: 'reopenLink', key });
  }

  @Access({ resource: 'PersonLink', command: 'merge' })
  @Mutation(() => PersonLinkResult, {
    description:
      'Says that two records are one person. Both records stay as they are and as they are shown. Refused: INVALID_INPUT for one record twice; NOT_FOUND unless your agency knows both; ILLEGAL_TRANSITION when the pair is LINKED, or REJECTED and not reopened; CONSENT_REQUIRED as `confirmLink`.',
  })
  async mergePersons(
    @Args('input') input: MergePersonsInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.link;
    const command = commandOf(context, { name: 'mergePersons', input, key, answers });
    return answer(await this.commands.merge(actor, input, command), answers(context));
  }

  @ResolveField(() => Person, { nullable: true })
  person(@Parent() { leftPersonId }: PersonLinkRow, @Ctx() context: GraphqlContext) {
    return this.loaders.person(context).load(leftPersonId);
  }

  @ResolveField(() => Person, { nullable: true })
  otherPerson(@Parent() { rightPersonId }: PersonLinkRow, @Ctx() context: GraphqlContext) {
    return this.loaders.person(context).load(rightPersonId);
  }

  @ResolveField()
  strength(@Parent() { probability, conflict }: PersonLinkRow) {
    return strengthOf({ probability, conflict });
  }

  @ResolveField()
  conflict(@Parent() { conflict }: PersonLinkRow) {
    return conflict === null ? null : reasonOf(conflict);
  }

  @ResolveField(() => [PersonLinkDecision], { nullable: true })
  decisions(@Parent() { id: linkId }: PersonLinkRow, @Ctx() context: GraphqlContext) {
    return this.loaders.decisions(context).load(linkId);
  }

  private async decide(context: GraphqlContext, actor: Actor, { linkId, step, name, key }: Asked) {
    const answers = this.loaders.link;
    const command = commandOf(context, { name, input: { linkId }, key, answers });
    return answer(await this.commands.decide(actor, { linkId, step }, command), answers(context));
  }
}

@Resolver(() => Person)
export class PersonRecordsResolver {
  constructor(private readonly loaders: PeopleLoaders) {}

  @ResolveField(() => [PersonLink], {
    nullable: true,
    description:
      'Other records known to your agency that are this person, or may be: look here after you have sent somebody in. What other agencies have on file shows nowhere.',
  })
  links(@Parent() { id: personId }: PersonRow, @Ctx() context: GraphqlContext) {
    return this.loaders.linksOf(context).load(personId);
  }
}

interface Asked {
  readonly linkId: string;
  readonly step: Exclude<PersonLinkCommand, 'merge'>;
  readonly name: string;
  readonly key: string | null;
}

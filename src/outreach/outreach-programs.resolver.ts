import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access';
import { Agency, AgencyLoaders } from '../agencies';
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
import {
  CreateOutreachProgramInput,
  JoinOutreachTeamInput,
  OutreachProgramsArgs,
  UpdateOutreachProgramInput,
} from './outreach-program.inputs';
import { OutreachProgram, OutreachTeamMember } from './outreach-program.type';
import { OutreachLoaders } from './outreach.loaders';
import { OutreachProgramsService } from './outreach-programs.service';
import { isPlain } from './telling-words';
import type { OutreachProgramRow } from './outreach-programs.store';

const OutreachProgramResult = resultOf(OutreachProgram);
const OutreachProgramConnection = connectionOf(OutreachProgram);

@Resolver(() => OutreachProgram)
export class OutreachProgramsResolver {
  constructor(
    private readonly service: OutreachProgramsService,
    private readonly loaders: OutreachLoaders,
    private readonly agencies: AgencyLoaders,
  ) {}

  @Access({ resource: 'OutreachProgram', command: 'read' })
  @Query(() => OutreachProgram, { nullable: true, description: 'One outreach program; null when there is none.' })
  outreachProgram(@Args('id', { type: () => ID }) id: string, @Ctx() context: GraphqlContext) {
    return this.loaders.program(context).load(id);
  }

  @Access({ resource: 'OutreachProgram', command: 'read' })
  @Query(() => OutreachProgramConnection, {
    description:
      'Outreach programs, or the one that looks after a county: who goes to see people after an overdose there.',
  })
  outreachPrograms(@Args() args: OutreachProgramsArgs, @Ctx() context: GraphqlContext) {
    return this.service.page(context.reader, args);
  }

  @Access({ resource: 'OutreachProgram', command: 'create' })
  @Mutation(() => OutreachProgramResult, {
    description:
      'An outreach team starts a program. Refused: INVALID_INPUT for words that tell a stranger why somebody came, an unknown county or agency, ALREADY_EXISTS for a county that another program looks after, FORBIDDEN for anyone but coordinators and admins of outreach teams.',
  })
  async createOutreachProgram(
    @Args('input') input: CreateOutreachProgramInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.program;
    const command = commandOf(context, { name: 'createOutreachProgram', input, key, answers });
    return answer(await this.service.create(actor, input, command), answers(context));
  }

  @Access({ resource: 'OutreachProgram', command: 'update' })
  @Mutation(() => OutreachProgramResult, {
    description:
      'Changes a program your agency leads. Refused as with `createOutreachProgram`; NOT_FOUND for another’s.',
  })
  async updateOutreachProgram(
    @Args('input') input: UpdateOutreachProgramInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.program;
    const command = commandOf(context, { name: 'updateOutreachProgram', input, key, answers });
    return answer(await this.service.update(actor, input, command), answers(context));
  }

  @Access({ resource: 'OutreachProgram', command: 'join' })
  @Mutation(() => OutreachProgramResult, {
    description:
      'The admin of an agency agrees that it works in the team of a program that asked it, or leaves the team. Refused: NOT_FOUND where it was not asked.',
  })
  async joinOutreachTeam(
    @Args('input') input: JoinOutreachTeamInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.program;
    const command = commandOf(context, { name: 'joinOutreachTeam', input, key, answers });
    return answer(await this.service.join(actor, input, command), answers(context));
  }

  @ResolveField(() => Agency, { nullable: true })
  agency(@Parent() { agencyId }: OutreachProgramRow, @Ctx() context: GraphqlContext) {
    return this.agencies.byId(context).load(agencyId);
  }

  @ResolveField()
  doorWords(@Parent() { doorWords }: OutreachProgramRow): string | null {
    return doorWords !== null && isPlain(doorWords) ? doorWords : null;
  }
}

@Resolver(() => OutreachTeamMember)
export class OutreachTeamMembersResolver {
  constructor(private readonly agencies: AgencyLoaders) {}

  @ResolveField(() => Agency, { nullable: true })
  agency(@Parent() { agencyId }: OutreachProgramRow['team'][number], @Ctx() context: GraphqlContext) {
    return this.agencies.byId(context).load(agencyId);
  }
}

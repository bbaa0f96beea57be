import { Args, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access';
import { Access } from '../platform/auth';
import {
  answer,
  commandOf,
  Ctx,
  CurrentActor,
  IdempotencyKey,
  resultOf,
  type GraphqlContext,
} from '../platform/graphql';
import { CaregiversService } from './caregivers.service';
import { ProposeCaregiverInput, RecordCaregiverCheckInput } from './child-report.inputs';
import { CaregiverCandidate, CaregiverStep } from './child-report.type';
import { ChildReportsLoaders } from './child-reports.loaders';
import type { CaregiverRow } from './child-reports.store';

const CaregiverResult = resultOf(CaregiverCandidate);

@Resolver(() => CaregiverCandidate)
export class CaregiversResolver {
  constructor(
    private readonly service: CaregiversService,
    private readonly loaders: ChildReportsLoaders,
  ) {}

  @Access({ resource: 'ChildReport', command: 'proposeCaregiver' })
  @Mutation(() => CaregiverResult, {
    description: 'Names somebody who may take the child in. Refused: ILLEGAL_TRANSITION unless the report is RECEIVED.',
  })
  async proposeCaregiver(
    @Args('input') input: ProposeCaregiverInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.candidate;
    const command = commandOf(context, { name: 'proposeCaregiver', input, key, answers });
    return answer(await this.service.propose(actor, input, command), answers(context));
  }

  @Access({ resource: 'CaregiverCandidate', command: 'check' })
  @Mutation(() => CaregiverResult, {
    description:
      'Records a check that was made, and puts whoever was cleared back to being checked. Of whoever has the child: one that does not pass is told to child services at once, and takes a closed report in hand again.',
  })
  async recordCaregiverCheck(
    @Args('input') input: RecordCaregiverCheckInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.candidate;
    const command = commandOf(context, { name: 'recordCaregiverCheck', input, key, answers });
    return answer(await this.service.check(actor, input, command), answers(context));
  }

  @Access({ resource: 'CaregiverCandidate', command: 'clear' })
  @Mutation(() => CaregiverResult, {
    description:
      'Decides that they may take the child in. Refused: NOT_ELIGIBLE while a check is missing or has not passed (details.missing).',
  })
  async clearCaregiver(
    @Args('id', { type: () => ID }) id: string,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.candidate;
    const command = commandOf(context, { name: 'clearCaregiver', input: { id }, key, answers });
    return answer(await this.service.clear(actor, id, command), answers(context));
  }

  @Access({ resource: 'CaregiverCandidate', command: 'reject' })
  @Mutation(() => CaregiverResult, { description: 'Decides that they may not, for good.' })
  async rejectCaregiver(
    @Args('id', { type: () => ID }) id: string,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.candidate;
    const command = commandOf(context, { name: 'rejectCaregiver', input: { id }, key, answers });
    return answer(await this.service.reject(actor, id, command), answers(context));
  }

  @Access({ resource: 'CaregiverCandidate', command: 'place' })
  @Mutation(() => CaregiverResult, {
    description:
      'Decides that the child goes to them. Refused: ILLEGAL_TRANSITION unless they are CLEARED and the report is in hand, ALREADY_EXISTS while the child is with somebody else.',
  })
  async placeChild(
    @Args('id', { type: () => ID }) id: string,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.candidate;
    const command = commandOf(context, { name: 'placeChild', input: { id }, key, answers });
    return answer(await this.service.place(actor, id, command), answers(context));
  }

  @Access({ resource: 'CaregiverCandidate', command: 'endPlacement' })
  @Mutation(() => CaregiverResult, {
    description:
      'The child is with them no more; they are vetted anew before the next time. The report is in hand again (RECEIVED) if it was closed, and child services are told at once that the child is with nobody.',
  })
  async endPlacement(
    @Args('id', { type: () => ID }) id: string,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.candidate;
    const command = commandOf(context, { name: 'endPlacement', input: { id }, key, answers });
    return answer(await this.service.endPlacement(actor, id, command), answers(context));
  }

  @ResolveField(() => [CaregiverStep], {
    nullable: true,
    description:
      'What your agency checked and decided of somebody of this name in other reports: by whom, when, in order; among it refusals (`reject`), checks that did not pass, and ends of placements. Titles, words of kin and middle names do not count; a Jr. and a Sr. of one name are told together. One name may be two people: look before you rely on it.',
  })
  earlier(@Parent() { id }: CaregiverRow, @Ctx() context: GraphqlContext) {
    return this.loaders.earlierStepsOf(context).load(id);
  }

  @ResolveField(() => [CaregiverStep], {
    nullable: true,
    description: 'Who checked and decided what, when, in order; fewer than 100.',
  })
  history(@Parent() { id }: CaregiverRow, @Ctx() context: GraphqlContext) {
    return this.loaders.stepsOf(context).load(id);
  }
}

import {
  Args,
  Field,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Parent,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import type { Actor } from '../access';
import { Agency, AgencyLoaders } from '../agencies';
import { Access } from '../platform/auth';
import {
  always,
  answer,
  commandOf,
  Ctx,
  CurrentActor,
  IdempotencyKey,
  resultOf,
  Steps,
  type GraphqlContext,
} from '../platform/graphql';
import type { AlertActionCommand } from './alert-action.machine';
import { ChooseNeighbourAlertsInput } from './alerts.inputs';
import { AlertsService } from './alerts.service';
import type { AlertActionRow } from './alerts.store';
import type { NeighbourChoice } from './engine/neighbour-choice';
import { placeClockOf } from './place-clocks';
import { shownMoment, TO_ANALYSTS } from './shown-counts';
import { AlertAction } from './spike-alert.type';
import { NeighbourChoiceEnum } from './surveillance.enums';
import { SurveillanceLoaders } from './surveillance.loaders';

@InputType({ description: 'An action that your agency was asked for.' })
class AlertActionInput {
  @Field(() => ID, { description: 'The action, as `SpikeAlert.actions` lists it.' })
  actionId: string;
}

@ObjectType({ description: 'What your agency hears of alerts in counties next to its own.' })
@Steps({ choose: always })
class AlertChoice {
  @Field(() => NeighbourChoiceEnum, {
    description: 'What is told of counties next to your own; ALL until chosen otherwise.',
    nullable: true,
  })
  neighbours: NeighbourChoice;

  @Field(() => Date, { nullable: true, description: 'When it was last chosen.' })
  changedAt: Date;
}

const AlertActionResult = resultOf(AlertAction);
const AlertChoiceResult = resultOf(AlertChoice);
const refusals =
  'Refused: NOT_FOUND for what another agency was asked, ILLEGAL_TRANSITION once it has ended, or to take it once its alert has.';

@Resolver(() => AlertAction)
export class AlertActionsResolver {
  constructor(
    private readonly service: AlertsService,
    private readonly loaders: SurveillanceLoaders,
    private readonly agencies: AgencyLoaders,
  ) {}

  @Access({ resource: 'AlertAction', command: 'take' })
  @Mutation(() => AlertActionResult, { description: `Your agency is at it. ${refusals}` })
  takeAlertAction(
    @Args('input') input: AlertActionInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    return this.step('take', { input, key, actor, context });
  }

  @Access({ resource: 'AlertAction', command: 'complete' })
  @Mutation(() => AlertActionResult, { description: `It is done. ${refusals}` })
  completeAlertAction(
    @Args('input') input: AlertActionInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    return this.step('complete', { input, key, actor, context });
  }

  @Access({ resource: 'AlertAction', command: 'decline' })
  @Mutation(() => AlertActionResult, { description: `There is nothing to do for your agency. ${refusals}` })
  declineAlertAction(
    @Args('input') input: AlertActionInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    return this.step('decline', { input, key, actor, context });
  }

  @ResolveField(() => Date, {
    nullable: true,
    description: `When it was asked, or last changed; ${TO_ANALYSTS}.`,
  })
  changedAt(@Parent() { countyFips, changedAt }: AlertActionRow, @CurrentActor() actor: Actor): Date {
    return shownMoment(actor, changedAt, placeClockOf(countyFips));
  }

  @ResolveField(() => Agency, { nullable: true, description: 'Whom it was asked of.' })
  agency(@Parent() { agencyId }: AlertActionRow, @Ctx() context: GraphqlContext) {
    return this.agencies.byId(context).load(agencyId);
  }

  private async step(step: AlertActionCommand, { input, key, actor, context }: Asked) {
    const command = commandOf(context, { name: `${step}AlertAction`, input, key, answers: this.loaders.action });
    return answer(await this.service.step(actor, input.actionId, step, command), this.loaders.action(context));
  }
}

interface Asked {
  readonly input: AlertActionInput;
  readonly key: string | null;
  readonly actor: Actor;
  readonly context: GraphqlContext;
}

@Resolver(() => AlertChoice)
export class AlertChoicesResolver {
  constructor(
    private readonly service: AlertsService,
    private readonly loaders: SurveillanceLoaders,
  ) {}

  @Access({ resource: 'AlertChoice', command: 'read' })
  @Query(() => AlertChoice, { nullable: true, description: 'What your agency hears of neighbouring counties.' })
  alertChoice(@CurrentActor() { agencyId }: Actor, @Ctx() context: GraphqlContext) {
    return this.loaders.choice(context).load(agencyId);
  }

  @Access({ resource: 'AlertChoice', command: 'choose' })
  @Mutation(() => AlertChoiceResult, {
    description: 'Chooses what your agency hears of neighbouring counties. Refused: FORBIDDEN for other roles.',
  })
  async chooseNeighbourAlerts(
    @Args('input') input: ChooseNeighbourAlertsInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'chooseNeighbourAlerts', input, key, answers: this.loaders.choice });
    return answer(await this.service.choose(actor, input, command), this.loaders.choice(context));
  }
}

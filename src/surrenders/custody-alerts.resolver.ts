import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access';
import { Access } from '../platform/auth';
import {
  answer,
  commandOf,
  ConnectionArgs,
  connectionOf,
  Ctx,
  CurrentActor,
  IdempotencyKey,
  resultOf,
  type GraphqlContext,
} from '../platform/graphql';
import { CustodyAlertsService } from './custody-alerts.service';
import type { CustodyAlertRow } from './custody-alerts.store';
import { AnswerCustodyAlertInput } from './surrender.inputs';
import { CustodyAlert, Surrender } from './surrender.type';
import { SurrendersLoaders } from './surrenders.loaders';

const CustodyAlertResult = resultOf(CustodyAlert);
const CustodyAlertConnection = connectionOf(CustodyAlert);

@Resolver(() => CustodyAlert)
export class CustodyAlertsResolver {
  constructor(
    private readonly service: CustodyAlertsService,
    private readonly loaders: SurrendersLoaders,
  ) {}

  @Access({ resource: 'CustodyAlert', command: 'read' })
  @Query(() => CustodyAlertConnection, {
    description: 'What in your property room has to be looked into and was not, the most urgent first.',
  })
  custodyAlerts(@Args() args: ConnectionArgs, @CurrentActor() actor: Actor) {
    return this.service.open(actor, args);
  }

  @Access({ resource: 'CustodyAlert', command: 'answer' })
  @Mutation(() => CustodyAlertResult, {
    description:
      'Says what came of looking into an alert. Refused: ILLEGAL_TRANSITION when it was answered for good, by whoever came first.',
  })
  async answerCustodyAlert(
    @Args('input') input: AnswerCustodyAlertInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.alert;
    const command = commandOf(context, { name: 'answerCustodyAlert', input, key, answers });
    return answer(await this.service.answer(actor, input, command), answers(context));
  }

  @ResolveField(() => Surrender, { nullable: true })
  surrender(@Parent() { surrenderId }: CustodyAlertRow, @Ctx() context: GraphqlContext) {
    return this.loaders.surrender(context).load(surrenderId);
  }
}

import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/auth';
import { ConnectionArgs, connectionOf, Ctx, type GraphqlContext } from '../../platform/graphql';
import { Referral } from '../referral.type';
import { ReferralsLoaders } from '../referrals.loaders';
import { CoordinatorQueueService } from './coordinator-queue.service';
import type { QueueRow } from './coordinator-queue.store';
import { QueueItem, QueueReasonEnum } from './queue-item.type';
import { reasonsOfNeed, type QueueReason } from './queue-reasons';

const QueueItemConnection = connectionOf(QueueItem);

@Resolver(() => QueueItem)
export class CoordinatorQueueResolver {
  constructor(
    private readonly service: CoordinatorQueueService,
    private readonly loaders: ReferralsLoaders,
  ) {}

  @Access({ resource: 'QueueItem', command: 'read' })
  @Query(() => QueueItemConnection, {
    description:
      'What needs a human among the referrals you coordinate, the most urgent reason first, and within it who asked for treatment first.',
  })
  coordinatorQueue(@Args() args: ConnectionArgs, @Ctx() context: GraphqlContext) {
    return this.service.page(context.reader, args);
  }

  @ResolveField(() => [QueueReasonEnum], {
    nullable: true,
    description:
      'Of `reasons` those that tell nothing of the need, the most urgent first; the order goes by them where `reasons` is withheld.',
  })
  careReasons(@Parent() { reasons }: QueueRow): QueueReason[] {
    return reasons.filter((reason) => !reasonsOfNeed.includes(reason));
  }

  @ResolveField(() => Referral, { nullable: true })
  referral(@Parent() { id }: QueueRow, @Ctx() context: GraphqlContext) {
    return this.loaders.referral(context).load(id);
  }
}

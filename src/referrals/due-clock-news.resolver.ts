import { Resolver, Subscription } from '@nestjs/graphql';
import type { Actor } from '../access';
import { ClockNews } from '../clocks';
import { Access } from '../platform/auth';
import { CurrentActor, type GraphqlContext } from '../platform/graphql';
import type { News } from '../platform/live';
import { Clock } from './clock.type';
import { ReferralsLoaders } from './referrals.loaders';

@Resolver()
export class DueClockNewsResolver {
  constructor(
    private readonly news: ClockNews,
    private readonly loaders: ReferralsLoaders,
  ) {}

  @Access({ resource: 'Clock', command: 'read' })
  @Subscription(() => Clock, {
    nullable: true,
    description:
      'What is due on referrals, whenever it comes near its deadline, passes it or goes to the next to be told: a program’s own, and for coordinators of all agencies they coordinate. Several at once are one event.',
    resolve(this: DueClockNewsResolver, { id }: News, _args: object, context: GraphqlContext) {
      return this.loaders.clock(context).load(id);
    },
  })
  clockChanged(@CurrentActor() actor: Actor) {
    return this.news.watchReferrals(actor);
  }
}

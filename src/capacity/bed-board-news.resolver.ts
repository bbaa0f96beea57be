import { Args, Resolver, Subscription } from '@nestjs/graphql';
import { Access } from '../platform/auth';
import type { GraphqlContext } from '../platform/graphql';
import type { News } from '../platform/live';
import { BedBoardNews } from './bed-board-news';
import { WatchedBoardArgs } from './bed-pool.inputs';
import { BedPool } from './bed-pool.type';
import { BedPoolLoaders } from './capacity.loaders';

@Resolver()
export class BedBoardNewsResolver {
  constructor(
    private readonly news: BedBoardNews,
    private readonly loaders: BedPoolLoaders,
  ) {}

  @Access({ resource: 'BedPool', command: 'read' })
  @Subscription(() => BedPool, {
    nullable: true,
    description:
      'Pools whose counts, census or facts changed, closed ones included, as they are when the event is sent: at most one event a pool and second, the newest. Without arguments, of everybody; with several, of pools that meet them all. A census that ages is not an event: read `freshUntil`. Neither is an admission: as many places are free as before.',
    resolve(this: BedBoardNewsResolver, { id }: News, _args: object, context: GraphqlContext) {
      return this.loaders.byId(context).load(id);
    },
  })
  bedBoardChanged(@Args() board: WatchedBoardArgs) {
    return this.news.watch(board);
  }
}

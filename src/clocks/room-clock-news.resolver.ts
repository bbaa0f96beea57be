import { Resolver, Subscription } from '@nestjs/graphql';
import type { Actor } from '../access';
import { Access } from '../platform/auth';
import { CurrentActor, type GraphqlContext } from '../platform/graphql';
import type { News } from '../platform/live';
import { ClockNews } from './clock-news';
import { ClocksLoaders } from './clocks.loaders';
import { RoomClock } from './room-clock.type';

@Resolver()
export class RoomClockNewsResolver {
  constructor(
    private readonly news: ClockNews,
    private readonly loaders: ClocksLoaders,
  ) {}

  @Access({ resource: 'RoomClock', command: 'read' })
  @Subscription(() => RoomClock, {
    nullable: true,
    description:
      'What is due about your agency’s room, whenever it comes near its deadline, passes it or goes to the next to be told: “is this count still right?” is one of them. Several at once are one event.',
    resolve(this: RoomClockNewsResolver, { id }: News, _args: object, context: GraphqlContext) {
      return this.loaders.room(context).load(id);
    },
  })
  roomClockChanged(@CurrentActor() actor: Actor) {
    return this.news.watchRoom(actor);
  }
}

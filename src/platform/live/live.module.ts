import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Answers } from './answers';
import { Connections } from './connections';
import { Entrance } from './entrance';
import { LiveFeed } from './live-feed';
import { LiveServer } from './live-server';
import { LIVE_SETTINGS, type LiveSettings } from './live-settings';
import { Subscriptions } from './subscriptions';
import { Topics } from './topics';

/** GraphQL subscriptions: news for people at work, over WebSockets. Rooms add their kinds of news to `Topics`. */
@Global()
@Module({})
export class LiveModule {
  static register(settings: LiveSettings): DynamicModule {
    return {
      module: LiveModule,
      providers: [
        { provide: LIVE_SETTINGS, useValue: settings },
        Topics,
        LiveFeed,
        Connections,
        Answers,
        Entrance,
        Subscriptions,
        LiveServer,
      ],
      exports: [Topics, Connections],
    };
  }
}

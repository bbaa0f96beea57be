import { Module, type DynamicModule } from '@nestjs/common';
import { OutboundHttp, type OutboundSettings } from './outbound-http';

/** The way out, injectable everywhere: `constructor(private readonly outbound: OutboundHttp)`. */
@Module({})
export class OutboundModule {
  static register(settings: OutboundSettings): DynamicModule {
    return {
      module: OutboundModule,
      global: true,
      providers: [{ provide: OutboundHttp, useFactory: () => new OutboundHttp(settings) }],
      exports: [OutboundHttp],
    };
  }
}

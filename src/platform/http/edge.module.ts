import { Module, type DynamicModule } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module';
import type { AccessPolicy } from '../auth/access-policy';
import type { AuthSettings } from '../auth/issuers';
import { GraphqlModule } from '../graphql/graphql.module';
import type { GraphqlSettings } from '../graphql/graphql.options';
import { HealthModule } from '../health/health.module';
import { LimitsModule, type LimitSettings } from '../limits';
import { OutboundModule, type OutboundSettings } from '../outbound';
import { LoggingModule, type LoggingSettings } from '../logging/logging.module';

export interface EdgeSettings extends GraphqlSettings, LoggingSettings {
  readonly auth: AuthSettings;
  /** The budgets as they stand when left out. */
  readonly limits?: LimitSettings;
  /** Nobody may be called when left out. */
  readonly outbound?: OutboundSettings;
}

const NOBODY: OutboundSettings = { hosts: [], privateRanges: [], mayUseLoopback: false };

/**
 * Everything between the network and the features. Expects `UnitOfWork`, and `READINESS_CHECKS` if there are any, from
 * global modules. `policy` is a seam for specs.
 */
@Module({})
export class EdgeModule {
  static register(settings: EdgeSettings, policy?: AccessPolicy): DynamicModule {
    return {
      module: EdgeModule,
      imports: [
        LoggingModule.register(settings),
        OutboundModule.register(settings.outbound ?? NOBODY),
        LimitsModule.register(settings.limits ?? { percent: 100 }),
        AuthModule.register(settings.auth, policy),
        GraphqlModule.register(settings),
        HealthModule,
      ],
    };
  }
}

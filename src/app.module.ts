import { Module, type DynamicModule } from '@nestjs/common';
import { AgenciesModule } from './agencies';
import { AuditModule } from './audit';
import { CapacityModule } from './capacity';
import { ClocksModule } from './clocks';
import { ConsentModule } from './consent';
import { MatchingModule } from './matching';
import { NudgesModule } from './nudges';
import { OutreachModule } from './outreach';
import { OverdosesModule } from './overdoses';
import { PeopleModule } from './people';
import { AuditTrailModule } from './platform/audit/audit.module';
import { SettingsModule, type Settings } from './platform/config';
import { DatabaseModule } from './platform/database/database.module';
import type { ClockOffset } from './platform/database/session';
import { EncryptionModule } from './platform/encryption/encryption.module';
import { EdgeModule } from './platform/http';
import { JobsModule } from './platform/jobs/jobs.module';
import { LiveModule } from './platform/live';
import { MessagingModule } from './platform/messaging';
import { InboundModule, WebhooksModule } from './partners';
import { ReadinessModule } from './readiness.module';
import { ReferralsModule } from './referrals';
import { ReportsModule } from './reports';
import { SurveillanceModule } from './surveillance';
import { ResourcesModule } from './resources';
import { RespondersModule } from './responders';
import { SafetyModule } from './safety';
import { SurrendersModule } from './surrenders';

/** Every feature, by name: the only file that knows them all. */
export const FEATURES = [
  AgenciesModule,
  ClocksModule,
  PeopleModule,
  CapacityModule,
  ConsentModule,
  OverdosesModule,
  MatchingModule,
  ResourcesModule,
  ReferralsModule,
  WebhooksModule,
  OutreachModule,
  SurrendersModule,
  SafetyModule,
  SurveillanceModule,
  RespondersModule,
  ReportsModule,
  InboundModule,
  AuditModule,
  NudgesModule,
];

@Module({})
export class AppModule {
  /** The whole application. `clock` moves the database’s time, for tests. */
  static with(settings: Settings, clock?: ClockOffset): DynamicModule {
    return {
      module: AppModule,
      imports: [
        SettingsModule.holding(settings),
        DatabaseModule.with(clock),
        JobsModule,
        AuditTrailModule,
        EncryptionModule,
        MessagingModule,
        ReadinessModule,
        EdgeModule.register({
          introspection: settings.hasIntrospection,
          logLevel: settings.logLevel,
          outbound: settings.outbound,
          limits: { percent: settings.rateLimitPercent },
          auth: {
            audience: settings.audience ?? '',
            issuers: settings.issuers,
            developmentKeysDir: settings.hasDevelopmentKeys ? settings.dataDir : null,
          },
        }),
        LiveModule.register({
          introspection: settings.hasIntrospection,
          origins: settings.liveOrigins,
          trustedProxies: settings.trustedProxies,
          maxConnections: settings.liveConnections,
          // A third of what requests and news share.
          answersAtOnce: Math.max(1, Math.floor(settings.databasePoolSize / 3)),
        }),
        ...FEATURES,
      ],
    };
  }
}

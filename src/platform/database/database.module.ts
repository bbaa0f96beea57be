import { Global, Injectable, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { AuditJournal, journalBeside } from '../audit/audit-journal';
import { AuditKeys } from '../audit/audit-keys';
import { AuditWriter } from '../audit/audit-writer';
import { developmentAuditKeys } from '../audit/development-audit-keys';
import { Settings } from '../config';
import { PgBossJobWriter } from '../jobs/pg-boss-job-writer';
import { ReleaseLog } from '../disclosure/release-log';
import { Flusher, JobWriter } from './flusher';
import { Pools } from './pools';
import { ClockOffset } from './session';
import { UnitOfWork } from './unit-of-work';

/** The database’s own time, as it is. */
class NoClockOffset extends ClockOffset {
  interval(): string {
    return '';
  }
}

@Injectable()
class DatabaseShutdown implements OnApplicationShutdown {
  constructor(private readonly pools: Pools) {}

  onApplicationShutdown(): Promise<void> {
    return this.pools.close();
  }
}

const connect = (settings: Settings): Promise<Pools> => {
  const { databaseUrl: app, commandDatabaseUrl: commands, databasePoolSize, databaseWaitMs } = settings;
  if (app === undefined || commands === undefined) {
    throw new Error('the addresses of the database must be known before the application is made');
  }
  return Pools.open({ app, commands }, { poolSize: databasePoolSize, waitMs: databaseWaitMs });
};

const auditKeysOf = ({ auditKeys, dataDir }: Settings): AuditKeys =>
  new AuditKeys(auditKeys ?? developmentAuditKeys(dataDir));

const journalOf = ({ auditAnchorFile }: Settings): AuditJournal => new AuditJournal(journalBeside(auditAnchorFile));

@Global()
@Module({})
export class DatabaseModule {
  /** `clock` moves the database’s time, for tests. */
  static with(clock: ClockOffset = new NoClockOffset()): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [
        { provide: Pools, useFactory: connect, inject: [Settings] },
        { provide: JobWriter, useClass: PgBossJobWriter },
        { provide: ClockOffset, useValue: clock },
        { provide: AuditKeys, useFactory: auditKeysOf, inject: [Settings] },
        { provide: AuditJournal, useFactory: journalOf, inject: [Settings] },
        AuditWriter,
        ReleaseLog,
        Flusher,
        UnitOfWork,
        DatabaseShutdown,
      ],
      exports: [Pools, UnitOfWork, AuditKeys, AuditWriter, ReleaseLog],
    };
  }
}

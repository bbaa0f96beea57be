import { Global, Inject, Injectable, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { AuditKeys } from '../audit/audit-keys';
import { AuditWriter } from '../audit/audit-writer';
import { developmentAuditKeys } from '../audit/development-audit-keys';
import { Settings } from '../config';
import { PgBossJobWriter } from '../jobs/pg-boss-job-writer';
import { ReleaseLog } from '../disclosure/release-log';
import { openDataSource, poolOf } from './data-source';
import { Flusher, JobWriter } from './flusher';
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
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  async onApplicationShutdown(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}

const connect = ({ databaseUrl, databasePoolSize, databaseWaitMs }: Settings): Promise<DataSource> => {
  if (databaseUrl === undefined) {
    throw new Error('the address of the database must be known before the application is made');
  }
  return openDataSource(databaseUrl, { poolSize: databasePoolSize, waitMs: databaseWaitMs });
};

const auditKeysOf = ({ auditKeys, dataDir }: Settings): AuditKeys =>
  new AuditKeys(auditKeys ?? developmentAuditKeys(dataDir));

@Global()
@Module({})
export class DatabaseModule {
  /** `clock` moves the database’s time, for tests. */
  static with(clock: ClockOffset = new NoClockOffset()): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [
        { provide: DataSource, useFactory: connect, inject: [Settings] },
        { provide: Pool, useFactory: poolOf, inject: [DataSource] },
        { provide: JobWriter, useClass: PgBossJobWriter },
        { provide: ClockOffset, useValue: clock },
        { provide: AuditKeys, useFactory: auditKeysOf, inject: [Settings] },
        AuditWriter,
        ReleaseLog,
        Flusher,
        UnitOfWork,
        DatabaseShutdown,
      ],
      exports: [DataSource, Pool, UnitOfWork, AuditKeys, AuditWriter, ReleaseLog],
    };
  }
}

import { Global, Inject, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { Settings } from '../config';
import { PgBossJobWriter } from '../jobs/pg-boss-job-writer';
import { openDataSource, poolOf } from './data-source';
import { Flusher, JobWriter } from './flusher';
import { ClockOffset } from './session';
import { UnitOfWork } from './unit-of-work';

/** The database’s own time, as it is. */
@Injectable()
export class NoClockOffset extends ClockOffset {
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

@Global()
@Module({
  providers: [
    { provide: DataSource, useFactory: (settings: Settings) => openDataSource(settings.databaseUrl, settings.databasePoolSize), inject: [Settings] },
    { provide: Pool, useFactory: poolOf, inject: [DataSource] },
    { provide: JobWriter, useClass: PgBossJobWriter },
    { provide: ClockOffset, useClass: NoClockOffset },
    Flusher,
    UnitOfWork,
    DatabaseShutdown,
  ],
  exports: [DataSource, UnitOfWork],
})
export class DatabaseModule {}

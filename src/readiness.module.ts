import { Global, Module } from '@nestjs/common';
import { Pool } from 'pg';
import { Settings } from './platform/config';
import { isMigrated, isReachable } from './platform/database/readiness';
import { READINESS_CHECKS, type ReadinessCheck } from './platform/health';
import { JobWorker } from './platform/jobs/job-worker';

const checks = (pool: Pool, worker: JobWorker, settings: Settings): ReadinessCheck[] => [
  { name: 'database', check: () => isReachable(pool) },
  { name: 'migrations', check: () => isMigrated(pool) },
  ...(settings.hasWorker ? [{ name: 'worker', check: () => Promise.resolve(worker.isRunning()) }] : []),
];

@Global()
@Module({
  providers: [{ provide: READINESS_CHECKS, useFactory: checks, inject: [Pool, JobWorker, Settings] }],
  exports: [READINESS_CHECKS],
})
export class ReadinessModule {}

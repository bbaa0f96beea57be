import { Global, Module } from '@nestjs/common';
import { Pool } from 'pg';
import { Settings } from './platform/config';
import { isMigrated, isReachable } from './platform/database/readiness';
import { KeyRing } from './platform/encryption/key-ring';
import { READINESS_CHECKS, type ReadinessCheck } from './platform/health';
import { JobWorker } from './platform/jobs/job-worker';

const checks = (pool: Pool, worker: JobWorker, settings: Settings, keys: KeyRing): ReadinessCheck[] => [
  { name: 'database', check: () => isReachable(pool) },
  { name: 'migrations', check: () => isMigrated(pool) },
  { name: 'field-keys', check: () => Promise.resolve(keys.isLoaded()) },
  ...(settings.hasWorker ? [{ name: 'worker', check: () => Promise.resolve(worker.isRunning()) }] : []),
];

@Global()
@Module({
  providers: [{ provide: READINESS_CHECKS, useFactory: checks, inject: [Pool, JobWorker, Settings, KeyRing] }],
  exports: [READINESS_CHECKS],
})
export class ReadinessModule {}

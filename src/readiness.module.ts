import { Global, Module } from '@nestjs/common';
import { Settings } from './platform/config';
import { Pools } from './platform/database/pools';
import { isMigrated, isReachable } from './platform/database/readiness';
import { KeyRing } from './platform/encryption/key-ring';
import { READINESS_CHECKS, type ReadinessCheck } from './platform/health';
import { JobWorker } from './platform/jobs/job-worker';

const checks = (pools: Pools, worker: JobWorker, settings: Settings, keys: KeyRing): ReadinessCheck[] => [
  { name: 'database', check: async () => (await isReachable(pools.app)) && (await isReachable(pools.commands)) },
  { name: 'migrations', check: () => isMigrated(pools.app) },
  { name: 'field-keys', check: () => Promise.resolve(keys.isLoaded()) },
  ...(settings.hasWorker ? [{ name: 'worker', check: () => Promise.resolve(worker.isRunning()) }] : []),
];

@Global()
@Module({
  providers: [{ provide: READINESS_CHECKS, useFactory: checks, inject: [Pools, JobWorker, Settings, KeyRing] }],
  exports: [READINESS_CHECKS],
})
export class ReadinessModule {}

import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { Logger } from 'nestjs-pino';
import { AppModule } from './app.module';
import { checkProduction } from './check-production';
import { openDatabase, startUpon, type OpenDatabase } from './open-database';
import { settingsFrom } from './platform/config';
import { JobWorker } from './platform/jobs/job-worker';
import { closeAtStop, stopOnSignals } from './stop-in-time';

/** `npm run worker`: the same modules without HTTP; runs the jobs until it is told to stop. */
const startWorker = async (): Promise<void> => {
  stopOnSignals();
  await startUpon(await openDatabase(settingsFrom(process.env, 'work')), work);
};

const work = async ({ settings }: OpenDatabase): Promise<void> => {
  const app = await NestFactory.createApplicationContext(AppModule.with(settings), {
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  app.useLogger(app.get(Logger));
  await checkProduction(app, settings);
  const worker = app.get(JobWorker);
  worker.start(settings.commandDatabaseUrl ?? '');
  closeAtStop(async () => {
    await worker.stop();
    await app.close();
  });
};

startWorker().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module';
import { checkProduction } from './check-production';
import { settingsFrom, type Settings } from './platform/config';
import { createHttpApp } from './platform/http';
import { UnitOfWork } from './platform/database/unit-of-work';
import { JobWorker } from './platform/jobs/job-worker';
import { openDatabase, startUpon, type OpenDatabase } from './open-database';
import { closeAtStop, stopOnSignals } from './stop-in-time';
import { NudgeAddressesStore } from './nudges';
import { giveSampleAddresses, loadSampleRegion, refreshSampleCensus } from './sample';

/**
 * `npm start`: the API, and the worker beside it unless HANDRAIL_WORKER is off. Outside production it brings its own
 * PostgreSQL, migrates, and fills an empty database with the sample region.
 */
export const startApi = async (environment: NodeJS.ProcessEnv): Promise<void> => {
  stopOnSignals();
  await startUpon(await openDatabase(settingsFrom(environment, 'serve')), async (database) => {
    await startUpon(await openApi(database), serve);
  });
};

interface OpenApi {
  readonly app: NestFastifyApplication;
  readonly settings: Settings;
  close(): Promise<void>;
}

const openApi = async ({ settings }: OpenDatabase): Promise<OpenApi> => {
  const app = await createHttpApp(AppModule.with(settings), settings);
  const worker = app.get(JobWorker);
  const close = async (): Promise<void> => {
    await worker.stop();
    await app.close();
  };
  closeAtStop(close);
  return { app, settings, close };
};

const serve = async ({ app, settings }: OpenApi): Promise<void> => {
  await checkProduction(app, settings);
  if (settings.hasSampleRegion) {
    await loadSampleRegion(app.get(UnitOfWork));
    await refreshSampleCensus(app.get(UnitOfWork));
    await giveSampleAddresses(app.get(UnitOfWork), app.get(NudgeAddressesStore));
  }
  // Rooms say what the worker has to do as they are initialised: one that began before would do the rest never.
  await app.init();
  if (settings.hasWorker) app.get(JobWorker).start(settings.commandDatabaseUrl ?? '');
  await app.listen(settings.port, settings.host);
  process.stdout.write(welcome(`http://${settings.host}:${settings.port}`, settings.hasSampleRegion));
};

const welcome = (address: string, hasSampleRegion: boolean): string =>
  [
    '',
    `Handrail is ready at ${address}/graphql (POST). Health: ${address}/readyz`,
    ...(hasSampleRegion
      ? [
          '  npm run walkthrough             plays a referral from submission to admission, as the sample users',
          '  npm run token -- officer        prints a bearer token of a sample user',
          '  schema.graphql and docs/api.md  say what can be asked',
          `  ${address}/outbox  shows what staff would have been sent`,
        ]
      : []),
    '',
  ].join('\n');

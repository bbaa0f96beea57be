import { AppModule } from './app.module';
import { checkProduction } from './check-production';
import { settingsFrom } from './platform/config';
import { createHttpApp } from './platform/http';
import { UnitOfWork } from './platform/database/unit-of-work';
import { JobWorker } from './platform/jobs/job-worker';
import { openDatabase } from './open-database';
import { stopInTime } from './stop-in-time';
import { NudgeAddressesStore } from './nudges';
import { giveSampleAddresses, loadSampleRegion, refreshSampleCensus } from './sample';

/**
 * `npm start`: the API, and the worker beside it unless HANDRAIL_WORKER is off. Outside production it brings its own
 * PostgreSQL, migrates, and fills an empty database with the sample region.
 */
export const startApi = async (environment: NodeJS.ProcessEnv): Promise<void> => {
  const asked = settingsFrom(environment, 'serve');
  const database = await openDatabase(asked);
  const { settings } = database;
  const app = await createHttpApp(AppModule.with(settings), settings);
  await checkProduction(app, settings);
  const worker = app.get(JobWorker);
  let isStopping = false;
  const stop = async (): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    await stopInTime(async () => {
      await worker.stop();
      await app.close();
      await database.close();
    });
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
  if (settings.hasSampleRegion) {
    await loadSampleRegion(app.get(UnitOfWork));
    await refreshSampleCensus(app.get(UnitOfWork));
    await giveSampleAddresses(app.get(UnitOfWork), app.get(NudgeAddressesStore));
  }
  // Rooms say what the worker has to do as they are initialised: one that began before would do the rest never.
  await app.init();
  if (settings.hasWorker) worker.start(settings.commandDatabaseUrl ?? '');
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

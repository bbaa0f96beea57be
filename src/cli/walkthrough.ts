import 'reflect-metadata';
import { settingsFrom } from '../platform/config';
import { samplePrograms, type SampleProgramName } from '../sample';
import { Cast } from './walkthrough/cast';
import { Client } from './walkthrough/client';
import { treatmentGoesOn } from './walkthrough/scenes/after-detox';
import { declineGoesToTheNext } from './walkthrough/scenes/decline';
import { missingFactsAreAskedFor, redFlagsStopRouting, unmetNeedIsExplained } from './walkthrough/scenes/hard-cases';
import { censusCannotTakeTheKeptPlace, officerRefers, personIsHandedOver } from './walkthrough/scenes/main-job';
import { partnerStaysInItsScopes } from './walkthrough/scenes/partner';
import { officerAsksForRoom, providersPostCensus } from './walkthrough/scenes/room';
import { strangersSeeNothing } from './walkthrough/scenes/strangers';
import { Stage } from './walkthrough/stage';

const programs = Object.keys(samplePrograms) as SampleProgramName[];
const roomEverywhere = (cast: Cast): Promise<number[]> => Promise.all(programs.map((name) => cast.roomAt(name)));

const play = async (cast: Cast, stage: Stage): Promise<void> => {
  await providersPostCensus(cast, stage);
  const before = await roomEverywhere(cast);
  await officerAsksForRoom(cast, stage);
  const referral = await officerRefers(cast, stage);
  await censusCannotTakeTheKeptPlace(cast, stage);
  await strangersSeeNothing(cast, stage, referral);
  await personIsHandedOver(cast, stage, referral);
  await treatmentGoesOn(cast, stage, referral);
  await declineGoesToTheNext(cast, stage);
  await redFlagsStopRouting(cast, stage);
  await missingFactsAreAskedFor(cast, stage);
  await unmetNeedIsExplained(cast, stage);
  await partnerStaysInItsScopes(cast, stage);
  stage.heading('At the end');
  const after = await roomEverywhere(cast);
  stage.check(
    after.join() === before.join(),
    `no place is lost or doubled: ${after.join(', ')} free, as before`,
    before,
  );
};

/** `npm run walkthrough`: plays the main job against a running server as the sample users. Exit code 1 if anything did not hold. */
const run = async (): Promise<void> => {
  const settings = settingsFrom(process.env, 'work');
  const url = process.env['HANDRAIL_URL'] ?? `http://127.0.0.1:${settings.port}`;
  const client = new Client({ url, dataDir: settings.dataDir, audience: settings.audience ?? '' });
  if (!(await client.isReady())) {
    throw new Error(`No Handrail answers at ${url}. Start one with npm start, or name it in HANDRAIL_URL.`);
  }
  const stage = new Stage((line) => void process.stdout.write(`${line}\n`));
  await play(new Cast(client), stage);
  stage.heading(`${stage.held} steps held, ${stage.failed} did not.`);
  if (stage.failed > 0) process.exitCode = 1;
};

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

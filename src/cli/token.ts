import 'reflect-metadata';
import { mintDevelopmentToken } from '../platform/auth';
import { settingsFrom } from '../platform/config';
import { isSampleUser, sampleClaims, sampleUserNames } from '../sample';

/** Below the longest life a token may have, whatever second it is made in. */
const LIFE_SECONDS = 55 * 60;
const REFUSAL = 'Tokens of sample users are made in development only.';

/** `npm run token -- <sample user>`: prints a bearer token and nothing else. Needs the data directory, no server. */
const run = async (name: string | undefined): Promise<string> => {
  if (process.env['NODE_ENV'] === 'production') throw new Error(REFUSAL);
  const settings = settingsFrom(process.env, 'work');
  if (!settings.hasDevelopmentKeys) throw new Error(REFUSAL);
  if (name === undefined || !isSampleUser(name)) {
    throw new Error(`Name one of the sample users: ${sampleUserNames.join(', ')}.`);
  }
  return mintDevelopmentToken(settings.dataDir, settings.audience ?? '', sampleClaims(name), LIFE_SECONDS);
};

run(process.argv[2]).then(
  (token) => process.stdout.write(`${token}\n`),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);

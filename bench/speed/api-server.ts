import 'reflect-metadata';
import { startApi } from '../../src/start-api';

// Libraries run as in production (NODE_ENV of the process); only the settings are told that this is development, because production
// takes tokens of real identity providers only.
startApi({ ...process.env, NODE_ENV: 'development' }).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
process.once('disconnect', () => process.exit(0));

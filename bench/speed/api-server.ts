import 'reflect-metadata';
import { startApi } from '../../src/start-api';
import { isWall, walls, WITHOUT } from '../walls/walls';

const without = process.env[WITHOUT];
if (isWall(without)) walls[without]();

// Libraries run as in production (NODE_ENV of the process); only the settings are told that this is development, because production
// takes tokens of real identity providers only.
// Eight clients ask as fast as they can, each as one person: nobody is turned away, and everything is counted all the same.
startApi({ ...process.env, NODE_ENV: 'development', RATE_LIMIT_PERCENT: '100000' }).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
process.once('disconnect', () => process.exit(0));

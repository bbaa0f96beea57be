import 'reflect-metadata';
import { startApi } from './start-api';

startApi(process.env).catch((error: unknown) => {
  // Settings errors name the variable and the remedy; anything else shows its message and nothing of the environment.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});

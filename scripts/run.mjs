import { launch } from './launch.mjs';

const [name, ...args] = process.argv.slice(2);
if (name === undefined || !/^[a-z][a-z-]*$/.test(name)) {
  console.error(
    'Usage: node scripts/run.mjs <program> [arguments], for example: migrate, worker, token, schema, bench',
  );
  process.exit(2);
}
await launch(name === 'bench' ? 'bench/index.js' : `src/cli/${name}.js`, args);

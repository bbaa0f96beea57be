import { launch } from './launch.mjs';

const [name, ...args] = process.argv.slice(2);
if (name === undefined || !/^[a-z][a-z-]*$/.test(name)) {
  console.error(
    'Usage: node scripts/run.mjs <program> [arguments], for example: migrate, worker, token, schema, bench',
  );
  process.exit(2);
}
/** Programs that stand elsewhere than `src/cli`. */
const places = {
  bench: 'bench/index.js',
  'evaluate-linkage': 'bench/evaluate-linkage.js',
  'evaluate-reports': 'bench/evaluate-reports.js',
  'evaluate-spikes': 'bench/evaluate-spikes.js',
  torture: 'torture/index.js',
  worker: 'src/worker.js',
};
await launch(places[name] ?? `src/cli/${name}.js`, args);

import { evaluateFile } from './spikes/evaluate';
import { BadOption, optionsOf, usage } from './spikes/options';
import { readEvents } from './spikes/read-events';
import { study } from './spikes/study';

/** Plays a file of events through spike detection as if each row had just come in. One JSON object on standard output. */
const main = async (): Promise<void> => {
  const options = optionsOf(process.argv.slice(2));
  if (options === null) {
    process.stderr.write(`${usage}\n`);
    return;
  }
  const answer = 'study' in options ? await study(options) : evaluateFile(await readEvents(options), options);
  process.stdout.write(`${JSON.stringify(answer, null, 1)}\n`);
};

// Whoever reads may have had enough: head, or a pager that was left.
process.stdout.on('error', () => process.exit());

main().catch((error: unknown) => {
  const code = error instanceof BadOption ? `${error.code} ` : '';
  process.stderr.write(`${code}${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

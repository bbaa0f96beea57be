import { evaluateFiles } from './linkage/evaluate-files';
import { evaluateGenerated } from './linkage/generated/evaluate-generated';
import { questionOf, usage } from './linkage/options';
import { Problem } from './linkage/problem';

/** Exactly one JSON object on standard output; whatever else there is to say goes to standard error. */
const main = (args: readonly string[]): void => {
  const question = questionOf(args);
  if (question === null) return void process.stderr.write(`${usage}\n`);
  const report = question.kind === 'FILES' ? evaluateFiles(question) : evaluateGenerated(question.people);
  process.stdout.write(`${JSON.stringify(report)}\n`);
};

try {
  main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  process.stderr.write(`${error.code}: ${error.message}\n${error.code === 'BAD_ARGUMENT' ? `\n${usage}\n` : ''}`);
  process.exitCode = 1;
}

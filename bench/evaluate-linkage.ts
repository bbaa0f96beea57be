import { evaluateFiles } from './linkage/evaluate-files';
import { evaluateGenerated } from './linkage/generated/evaluate-generated';
import { evaluateLookup } from './linkage/generated/evaluate-lookup';
import { questionOf, usage, type FileQuestion, type GeneratedQuestion } from './linkage/options';
import { Problem } from './linkage/problem';

const answerTo = (question: FileQuestion | GeneratedQuestion): object => {
  if (question.kind === 'FILES') return evaluateFiles(question);
  return question.kind === 'LOOKUP' ? evaluateLookup(question.people) : evaluateGenerated(question.people);
};

/** Exactly one JSON object on standard output; whatever else there is to say goes to standard error. */
const main = (args: readonly string[]): void => {
  const question = questionOf(args);
  if (question === null) return void process.stderr.write(`${usage}\n`);
  const report = answerTo(question);
  process.stdout.write(`${JSON.stringify(report)}\n`);
};

try {
  main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  process.stderr.write(`${error.words}\n${error.code === 'BAD_ARGUMENT' ? `\n${usage}\n` : ''}`);
  process.exitCode = 1;
}

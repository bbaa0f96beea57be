import 'reflect-metadata';
import { evaluateFiles } from './linkage/evaluate-files';
import { evaluateGenerated } from './linkage/generated/evaluate-generated';
import { evaluateLookup } from './linkage/generated/evaluate-lookup';
import { evaluateRegister } from './linkage/register/evaluate-register';
import { questionOf, usage, type FileQuestion, type GeneratedQuestion } from './linkage/options';
import { Problem } from './linkage/problem';

const answerTo = (question: FileQuestion | GeneratedQuestion): object | Promise<object> => {
  if (question.kind === 'FILES') return evaluateFiles(question);
  if (question.kind === 'REGISTER') return evaluateRegister(question.people);
  return question.kind === 'LOOKUP' ? evaluateLookup(question.people) : evaluateGenerated(question.people);
};

/** Exactly one JSON object on standard output; whatever else there is to say goes to standard error. */
const main = async (args: readonly string[]): Promise<void> => {
  const question = questionOf(args);
  if (question === null) return void process.stderr.write(`${usage}\n`);
  const report = await answerTo(question);
  process.stdout.write(`${JSON.stringify(report)}\n`);
};

main(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof Problem)) throw error;
  process.stderr.write(`${error.words}\n${error.code === 'BAD_ARGUMENT' ? `\n${usage}\n` : ''}`);
  process.exitCode = 1;
});

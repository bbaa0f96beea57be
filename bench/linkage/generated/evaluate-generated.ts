import { evaluateRows, type FileReport } from '../evaluate-files';
import type { EvaluatedRow } from '../read-file';
import { Town, type Person } from './people';
import { Clerk } from './slips';

/** Two files of so many rows as two clerks wrote them; half of the people are in both, often without their relatives. */
export const generatedFiles = (rows: number): readonly [EvaluatedRow[], EvaluatedRow[]] => {
  const town = new Town(2026);
  const people = town.people(Math.ceil(rows * 1.5)).map((person, at) => ({ person, at }));
  // One of three people is in the first file only, one in the second, one in both.
  const inFirst = people.filter(({ at }) => at % 3 !== 1).slice(0, rows);
  const inSecond = people.filter(({ at }) => at % 3 !== 0).slice(0, rows);
  const written = (file: readonly { readonly person: Person; readonly at: number }[], seed: number): EvaluatedRow[] => {
    const clerk = new Clerk(town, seed);
    return file.map(({ person, at }) => ({ record: clerk.write(person), truth: String(at) }));
  };
  return [written(inFirst, 3), written(inSecond, 4)];
};

export const evaluateGenerated = (rows: number): FileReport => {
  const [first, second] = generatedFiles(rows);
  return evaluateRows(first, second, performance.now());
};

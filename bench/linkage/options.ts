import { parseArgs } from 'node:util';
import { linkageFields, type LinkageField } from '../../src/people/linkage/engine/linkage-record';
import { Problem } from './problem';

export interface MappedColumn {
  readonly column: string;
  readonly field: LinkageField;
}

export interface FileQuestion {
  readonly kind: 'FILES';
  /** One or two. */
  readonly files: readonly string[];
  readonly map: readonly MappedColumn[];
  /** Column that says who is who; without it nothing is measured but time and counts. */
  readonly truth: string | null;
}

/** Nothing to read: people are made up. */
export interface GeneratedQuestion {
  /** Two files of so many rows, half of the people in both; or single lookups among so many people. */
  readonly kind: 'GENERATED' | 'LOOKUP';
  readonly people: number;
}

export const usage = `Usage: npm run --silent evaluate:linkage -- --file a.csv [--file b.csv] --map column=field,… [--truth column]
       npm run --silent evaluate:linkage -- --generated 10000
       npm run --silent evaluate:linkage -- --lookup 1000000

  --file    a file with a header line; one is searched for doubles, two are linked with each other
  --map     which column holds which field; may be repeated. Two columns may make one field
            fields: ${linkageFields.join(', ')}
  --truth   column that says who is who; of values such as rec-123-dup-0 the number counts
  --generated  make up two files of so many rows, in households, half of the people in both, and link them
  --lookup     make up so many people and time single lookups among them`;

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    options: {
      file: { type: 'string', multiple: true, default: [] },
      map: { type: 'string', multiple: true, default: [] },
      truth: { type: 'string' },
      generated: { type: 'string' },
      lookup: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  }).values;

const valuesOf = (args: readonly string[]): ReturnType<typeof parse> => {
  try {
    return parse(args);
  } catch (error) {
    throw new Problem('BAD_ARGUMENT', error instanceof Error ? error.message : String(error));
  }
};

const isField = (name: string): name is LinkageField => linkageFields.some((field) => field === name);

const mappedColumn = (text: string): MappedColumn => {
  const at = text.lastIndexOf('=');
  const [column, field] = [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  if (at < 0 || column === '' || field === '') {
    throw new Problem('BAD_ARGUMENT', `--map takes column=field, not “${text}”.`);
  }
  if (isField(field)) return { column, field };
  throw new Problem('UNKNOWN_FIELD', `There is no field “${field}”; there are ${linkageFields.join(', ')}.`);
};

const mapOf = (texts: readonly string[]): MappedColumn[] => {
  const map = texts.flatMap((text) => text.split(',').filter((part) => part.trim() !== '')).map(mappedColumn);
  if (map.length === 0) throw new Problem('BAD_ARGUMENT', 'Say which column holds which field: --map column=field,…');
  return map;
};

const MOST_PEOPLE = 1_000_000;

const generatedQuestion = (kind: GeneratedQuestion['kind'], text: string): GeneratedQuestion => {
  const people = Number(text);
  if (Number.isInteger(people) && people >= 100 && people <= MOST_PEOPLE) return { kind, people };
  throw new Problem('BAD_ARGUMENT', `How many people: a whole number from 100 to ${MOST_PEOPLE}, not “${text}”.`);
};

/** What the command line asks for; `null`: only for help. Throws `Problem`. */
export const questionOf = (args: readonly string[]): FileQuestion | GeneratedQuestion | null => {
  const { file: files, map, truth, generated, lookup, ...rest } = valuesOf(args);
  if (rest.help) return null;
  const asked = [files.length > 0, generated !== undefined, lookup !== undefined].filter(Boolean).length;
  if (asked > 1) throw new Problem('BAD_ARGUMENT', '--file, --generated and --lookup are three questions: ask one.');
  if (generated !== undefined) return generatedQuestion('GENERATED', generated);
  if (lookup !== undefined) return generatedQuestion('LOOKUP', lookup);
  if (files.length < 1 || files.length > 2) throw new Problem('BAD_ARGUMENT', 'Give one or two files: --file a.csv');
  return { kind: 'FILES', files, map: mapOf(map), truth: truth?.trim() ?? null };
};

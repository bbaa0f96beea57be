import { parseArgs } from 'node:util';
import { linkageFields, type LinkageField } from '../../src/people/linkage/engine/linkage-record';
import { Problem } from './problem';

export interface MappedColumn {
  readonly column: string;
  readonly field: LinkageField;
  /** Position of the file it holds for; `null`: for each that has such a column. */
  readonly file: number | null;
}

/** Which column says who is who. */
export type TruthColumn = Omit<MappedColumn, 'field'>;

export interface FileQuestion {
  readonly kind: 'FILES';
  /** One or two. */
  readonly files: readonly string[];
  readonly map: readonly MappedColumn[];
  /** One for each file, in their order; none: nothing is measured but time and counts. */
  readonly truth: readonly string[];
}

/** Nothing to read: people are made up. */
export interface GeneratedQuestion {
  /** Two files of so many rows, half of the people in both; or single lookups among so many people, in memory or in the product. */
  readonly kind: 'GENERATED' | 'LOOKUP' | 'REGISTER';
  readonly people: number;
}

export const usage = `Usage: npm run --silent evaluate:linkage -- --file a.csv [--file b.csv] --map column=field,… [--truth column]
       npm run --silent evaluate:linkage -- --generated 10000
       npm run --silent evaluate:linkage -- --lookup 1000000
       npm run --silent evaluate:linkage -- --register 100000

  --file    a file with a header line; one is searched for doubles, two are linked with each other
  --map     which column holds which field; may be repeated. Two columns may make one field. Upper and lower case are one.
            For one of two files only, put its number in front: 2:name=familyName
            fields: ${linkageFields.join(', ')}
  --truth   column that says who is who; of values such as rec-123-dup-0 the number counts. Of two files with columns of
            their own: 1:id,2:person
  --generated  make up two files of so many rows, in households, half of the people in both, and link them
  --lookup     make up so many people and time single lookups among them
  --register   the same in the product: intakes among so many people on file, on a throw-away PostgreSQL`;

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    options: {
      file: { type: 'string', multiple: true, default: [] },
      map: { type: 'string', multiple: true, default: [] },
      truth: { type: 'string', multiple: true, default: [] },
      generated: { type: 'string' },
      lookup: { type: 'string' },
      register: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  }).values;

const valuesOf = (args: readonly string[]): ReturnType<typeof parse> => {
  try {
    return parse(args);
  } catch (error) {
    const message = (error as Error).message.replace(/\.?$/, '.');
    throw new Problem('BAD_ARGUMENT', 'the command line', message, 'See --help for the options there are.');
  }
};

/** `2:name` is of the second file. */
const placedColumn = (text: string): TruthColumn => {
  const [, number, column] = /^(?:([12]):)?(.*)$/s.exec(text) as unknown as [string, string | undefined, string];
  return { column: column.trim(), file: number === undefined ? null : Number(number) - 1 };
};

const mappedColumn = (text: string): MappedColumn => {
  const at = text.lastIndexOf('=');
  const [left, field] = [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  const { column, file } = placedColumn(left);
  if (at < 0 || column === '' || field === '') {
    throw new Problem('BAD_ARGUMENT', '--map', `“${text}” says no column and field.`, 'Send column=field.');
  }
  const known = linkageFields.find((one) => one.toLowerCase() === field.toLowerCase());
  if (known !== undefined) return { column, field: known, file };
  const remedy = `Use one of ${linkageFields.join(', ')}.`;
  throw new Problem('UNKNOWN_FIELD', '--map', `There is no field “${field}”.`, remedy);
};

const mapOf = (texts: readonly string[]): MappedColumn[] => {
  const map = texts.flatMap((text) => text.split(',').filter((part) => part.trim() !== '')).map(mappedColumn);
  if (map.length > 0) return map;
  throw new Problem('BAD_ARGUMENT', '--map', 'No column is told to hold any field.', 'Send --map column=field,…');
};

const optionOf = { GENERATED: '--generated', LOOKUP: '--lookup', REGISTER: '--register' } as const;
const MOST_PEOPLE = 1_000_000;

const generatedQuestion = (kind: GeneratedQuestion['kind'], text: string): GeneratedQuestion => {
  const people = Number(text);
  if (Number.isInteger(people) && people >= 100 && people <= MOST_PEOPLE) return { kind, people };
  const remedy = `Send a whole number from 100 to ${MOST_PEOPLE}.`;
  const option = optionOf[kind];
  throw new Problem('BAD_ARGUMENT', option, `“${text}” is no number of people.`, remedy);
};

const filesIn = (files: readonly string[]): readonly string[] => {
  if (files.length === 1 || files.length === 2) return files;
  throw new Problem('BAD_ARGUMENT', '--file', `There are ${files.length} files.`, 'Send one or two: --file a.csv');
};

const refuseStray = (option: '--map' | '--truth', files: readonly string[], columns: readonly TruthColumn[]): void => {
  const stray = columns.find(({ file }) => file !== null && file >= files.length);
  if (stray === undefined) return;
  const message = `“${String((stray.file ?? 0) + 1)}:${stray.column}” is of a file that is not there.`;
  throw new Problem('BAD_ARGUMENT', option, message, 'Send a second --file, or leave its number out.');
};

const mapFor = (files: readonly string[], texts: readonly string[]): readonly MappedColumn[] => {
  const map = mapOf(texts);
  refuseStray('--map', files, map);
  return map;
};

const badTruth = (message: string, remedy: string): Problem => new Problem('BAD_ARGUMENT', '--truth', message, remedy);

/** The column of each file; none: the truth is not told. */
const truthFor = (files: readonly string[], texts: readonly string[]): readonly string[] => {
  const columns = texts.flatMap((text) => text.split(/,(?=\s*[12]:)/)).map((text) => placedColumn(text.trim()));
  if (columns.length === 0) return [];
  if (columns.some(({ column }) => column === '')) {
    throw badTruth('It names no column.', 'Send the name of a column, or leave it out.');
  }
  refuseStray('--truth', files, columns);
  return files.map((_, number) => {
    const own = columns.filter(({ file }) => file === number);
    const [column, more] = own.length > 0 ? own : columns.filter(({ file }) => file === null);
    if (column !== undefined && more === undefined) return column.column;
    const message = `It names ${column === undefined ? 'no column' : 'two columns'} of file ${number + 1}.`;
    throw badTruth(message, 'Send one for each file: --truth 1:id,2:person.');
  });
};

/** What the command line asks for; `null`: only for help. Throws `Problem`. */
export const questionOf = (args: readonly string[]): FileQuestion | GeneratedQuestion | null => {
  const { file: files, map, truth, generated, lookup, register, ...rest } = valuesOf(args);
  if (rest.help) return null;
  const given = [generated, lookup, register].filter((one) => one !== undefined).length;
  const asked = given + Number(files.length > 0);
  if (asked > 1) {
    const message = '--file, --generated, --lookup and --register are questions of their own.';
    throw new Problem('BAD_ARGUMENT', 'the command line', message, 'Ask one of them.');
  }
  if (generated !== undefined) return generatedQuestion('GENERATED', generated);
  if (lookup !== undefined) return generatedQuestion('LOOKUP', lookup);
  if (register !== undefined) return generatedQuestion('REGISTER', register);
  return { kind: 'FILES', files: filesIn(files), map: mapFor(files, map), truth: truthFor(files, truth) };
};

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluateFiles, type FilesReport } from '../../bench/linkage/evaluate-files';
import { evaluateGenerated } from '../../bench/linkage/generated/evaluate-generated';
import { evaluateLookup } from '../../bench/linkage/generated/evaluate-lookup';
import { questionOf, type FileQuestion } from '../../bench/linkage/options';
import { Problem } from '../../bench/linkage/problem';
import { isThorough } from '../setup/thorough';

const shared = join(__dirname, '../../../shared/data/linkage');
const hasShared = existsSync(join(shared, 'dataset4a.csv'));
const withShared = hasShared ? it : it.skip;
if (!hasShared) console.warn('Skipped: FEBRL and fake_1000 are not in ../shared/data/linkage.');

const febrlMap =
  'given_name=givenName,surname=familyName,street_number=houseNumber,address_1=street,suburb=city,' +
  'postcode=postalCode,state=state,date_of_birth=birthDate';
const fakeMap = 'first_name=givenName,surname=familyName,dob=birthDate,city=city,email=email';

const folder = mkdtempSync(join(tmpdir(), 'linkage-'));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, ...lines: readonly string[]): string => {
  const file = join(folder, name);
  writeFileSync(file, lines.join('\n'));
  return file;
};

const evaluate = (...args: readonly string[]): FilesReport => evaluateFiles(questionOf(args) as FileQuestion);

const problemOf = (run: () => unknown): string | undefined => {
  try {
    run();
  } catch (error) {
    // Each names the option and says what to send instead.
    if (error instanceof Problem) {
      return /^[A-Z_]+: (--\w+|the command line): .+\. .+$/.test(error.words) ? error.code : error.words;
    }
    throw error;
  }
  return undefined;
};

const someMap = 'first=givenName,last=familyName,born=birthDate,place=city';
const rows = [
  'rec-1-org,"Annabel, M.",Hernandez,1980-02-03,Dayton',
  'rec-2-org,Zoraida,Okonkwo,03/14/1955,Lima',
  'rec-3-org,Benedict,Lindqvist,19671130,Xenia',
  'rec-4-org,Philippa,Marchetti,1991-07-22,Troy',
  'rec-5-org,Thaddeus,Vandermeer,1949-10-09,Piqua',
];

describe('evaluation of linkage', () => {
  it('reads files as they come: any column order, quotes, a byte order mark, several ways to write a date', () => {
    const a = write('a.csv', '\uFEFFid,first,last,born,place', ...rows);
    const b = write(
      'b.csv',
      'place; born; id; last; first',
      'Dayton;02/03/1980;rec-1-dup-0;Hernandes;Annabel',
      'Lima;1955-03-14;rec-2-dup-0;Okonkwo;Zoraida',
    );
    const report = evaluate('--file', a, '--file', b, '--map', someMap, '--truth', 'id');
    expect(report).toMatchObject({
      records: 7,
      truePairs: 2,
      linkedPairs: 2,
      precision: 1,
      recall: 1,
      f1: 1,
      reviewShare: 0,
    });
    expect(report.candidatePairs).toBeGreaterThanOrEqual(2);
  });

  it('takes headers in any case, files with headers of their own, and what spreadsheets call Unicode', () => {
    const a = write('k.csv', 'ID,FIRST,Last,Born,Place', ...rows);
    const b = join(folder, 'l.csv');
    const text = [
      'id last family born place',
      'rec-2-dup-0 Zoraida Okonkwo 1955-03-14 Lima',
      'REC-3-dup-1 Benedict Lindqvist 1967-11-30 Xenia',
    ]
      .map((line) => line.replaceAll(' ', '\t'))
      .join('\n');
    writeFileSync(b, Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(text, 'utf16le')]));
    const map = '1:first=GIVENNAME,1:last=familyName,2:last=givenName,family=familyName,born=birthDate,place=city';
    const report = evaluate('--file', a, '--file', b, '--map', map, '--truth', 'id');
    expect(report).toMatchObject({ records: 7, truePairs: 2, recall: 1, precision: 1 });
    const swapped = join(folder, 'm.csv');
    writeFileSync(swapped, Buffer.concat([Buffer.of(0xfe, 0xff), Buffer.from(text, 'utf16le').swap16()]));
    expect(evaluate('--file', a, '--file', swapped, '--map', map, '--truth', 'id')).toMatchObject({ recall: 1 });
  });

  it('reads days before months where the file does, words for nothing, old spreadsheets, and spaces in headers', () => {
    const a = write('n.csv', 'id,First Name,LAST-name,born,place', ...rows);
    const b = join(folder, 'o.csv');
    const lines = [
      'id,first_name,last name, Born ,place\r',
      'rec-1-dup-0,Annabel,Hernandez,03/02/1980,NULL\r',
      'rec-2-dup-0,Zoraida,Okonkwo,14/03/1955,nan\r',
      'rec-3-dup-0,Benedict,Lindqvist,30-11-67,"Xenia, é"\r',
      '\r',
      'rec-6-org,Null,Null,20/05/1990,Troy,too,many',
    ];
    writeFileSync(b, Buffer.from(lines.join('\n'), 'latin1'));
    const map = 'first name=givenName,LAST_NAME=familyName,born=birthDate,place=city';
    const report = evaluate('--file', a, '--file', b, '--map', map, '--truth', 'ID');
    expect(report).toMatchObject({ records: 9, truePairs: 3, linkedPairs: 3, precision: 1, recall: 1 });
  });

  it('takes a birth date from three columns, more words for nothing, and numbers that became fractions', () => {
    const a = write('q.csv', 'id,first,last,born,place', ...rows);
    const b = write(
      'r.csv',
      'id,first,last,day,month,year,place,zip',
      'rec-1-dup-0,Annabel,Hernandez,3,2,1980,Unknown,45402.0',
      'rec-2-dup-0,Zoraida,Okonkwo,14,03,1955.0,Lima,n/a',
      'rec-3-dup-0,Benedict,Lindqvist,30,11,1967,--,UNK',
      'rec-6-org,Unknown,Nobody,,,,,',
    );
    const map = `${someMap},day=birthDate,month=birthDate,year=birthDate,zip=postalCode`;
    const report = evaluate('--file', a, '--file', b, '--map', map, '--truth', 'id');
    expect(report).toMatchObject({
      truePairs: 3,
      linkedPairs: 3,
      precision: 1,
      recall: 1,
      fieldsOfOneFile: ['postalCode'],
    });
  });

  it('reads on after quotes that do not close, and says which rows it left out and how many dates it cannot read', () => {
    const a = write('u.csv', 'id,first,last,born,place', ...rows);
    const b = write(
      'v.csv',
      'id,first,last,born,place',
      'rec-1-dup-0,Annabel,"Hernandez,29254,Dayton',
      'rec-2-dup-0,Zoraida,Okonkwo"",20162,5" Lima',
      'rec-4-dup-0,"Philippa,Marchetti,33441,"Troy, Ohio"',
      'rec-3-dup-0,Benedict,Lindqvist,24806,"Xenia, ""O"""',
      'rec-5-dup-0,Thaddeus,Vandermeer,the ninth,Piqua',
    );
    const report = evaluate('--file', a, '--file', b, '--map', someMap, '--truth', 'id');
    expect(report).toMatchObject({ records: 9, truePairs: 4, linkedPairs: 4, recall: 1, unreadDates: 1 });
    expect(report).toMatchObject({ rowsLeftOut: 1, leftOut: [{ file: b, line: 4 }] });
  });

  it('is wrong about nobody where it links nobody, and misses nobody where there is nobody to find', () => {
    const file = write('p.csv', 'id,first,last,born,place', ...rows);
    const report = evaluate('--file', file, '--map', someMap, '--truth', 'id');
    expect(report).toMatchObject({ linkedPairs: 0, precision: 1, recall: 1, f1: 1, reviewShare: 0 });
  });

  it('takes a link for neither right nor wrong where nobody says who a side is', () => {
    const a = write('w.csv', 'id,first,last,born,place', ...rows);
    const again = rows.map((row) => row.replace('-org', '-dup-0'));
    const blank = [...again.slice(0, 3), ...again.slice(3).map((row) => row.replace(/^[^,]*/, ''))];
    const b = write('x.csv', 'person,first,last,born,place', ...blank);
    const asked = ['--file', a, '--file', b, '--map', someMap, '--truth'];
    const figures = { truePairs: 3, linkedPairs: 5, pairsOfUnknownTruth: 2, precision: 1, recall: 1, f1: 1 };
    expect(evaluate(...asked, '1:id,2:person')).toMatchObject(figures);
    expect(evaluate(...asked, 'id', '--truth', '2:person')).toMatchObject(figures);
    const problems = ['1:id', '1:id,2:', 'id,2:person,2:id', '2:id'].map((truth) =>
      problemOf(() => evaluate(...asked, truth)),
    );
    expect(problems).toEqual(['BAD_ARGUMENT', 'BAD_ARGUMENT', 'BAD_ARGUMENT', 'BAD_ARGUMENT']);
    const one = ['--file', a, '--map', someMap, '--truth'];
    expect(problemOf(() => evaluate(...one, '2:id'))).toBe('BAD_ARGUMENT');
    expect(problemOf(() => evaluate(...asked, 'id'))).toBe('UNKNOWN_COLUMN');
  });

  it('measures nothing where nothing is known of the truth', () => {
    const report = evaluate('--file', write('c.csv', 'id,first,last,born,place', ...rows), '--map', someMap);
    expect(report).toMatchObject({ precision: null, recall: null, f1: null });
  });

  it('takes columns of two names for one field, and a whole address in one column', () => {
    const a = write('d.csv', 'first,last,address', 'Ann,Lee,"12 Main St, Dayton, OH 45401"', 'Bob,Roe,', 'Cy,Poe,"x"');
    const b = write('e.csv', 'name,last,address', 'Ann,Lee,12 Main Street Dayton 45401');
    const map = 'first=givenName,name=givenName,last=familyName,address=street';
    expect(evaluate('--file', a, '--file', b, '--map', map).records).toBe(4);
  });

  it('refuses with a code what it cannot answer', () => {
    const file = write('f.csv', 'first,last', 'Ann,Lee');
    const problems: readonly (readonly [string, readonly string[]])[] = [
      ['BAD_ARGUMENT', ['--file', file]],
      ['BAD_ARGUMENT', ['--map', 'first=givenName']],
      ['BAD_ARGUMENT', ['--file', file, '--map', 'givenName']],
      ['BAD_ARGUMENT', ['--colour', 'red']],
      ['BAD_ARGUMENT', ['--lookup', 'many']],
      ['BAD_ARGUMENT', ['--lookup', '1000', '--generated', '1000']],
      ['BAD_ARGUMENT', ['--file', file, '--file', file, '--file', file, '--map', 'first=givenName']],
      ['UNKNOWN_FIELD', ['--file', file, '--map', 'first=nickname']],
      ['UNKNOWN_COLUMN', ['--file', file, '--map', 'frist=givenName']],
      ['UNKNOWN_COLUMN', ['--file', file, '--map', 'first=givenName', '--truth', 'id']],
      ['FILE_NOT_READABLE', ['--file', join(folder, 'none.csv'), '--map', 'first=givenName']],
      ['FILE_EMPTY', ['--file', write('g.csv', 'first,last'), '--map', 'first=givenName']],
      ['BAD_ARGUMENT', ['--file', file, '--map', '2:first=givenName']],
      ['BAD_ARGUMENT', ['--file', file, '--map', 'first=givenName', '--truth', ' ']],
      ['BAD_ARGUMENT', ['--file', file, '--file', file, '--map', '1:first=givenName']],
      ['AMBIGUOUS_COLUMN', ['--file', write('i.csv', 'FIRST,First', 'Ann,Lee'), '--map', 'first=givenName']],
      ['AMBIGUOUS_COLUMN', ['--file', write('s.csv', 'a,a', 'Ann,Lee'), '--map', 'a=givenName']],
      ['FILE_NOT_CSV', ['--file', write('t.csv', '"a,b', 'Ann,Lee'), '--map', 'a=givenName']],
      [
        'TRUTH_EMPTY',
        ['--file', write('j.csv', 'first,id', 'Ann,', 'Bo,'), '--map', 'first=givenName', '--truth', 'id'],
      ],
      ['FILE_EMPTY', ['--file', write('h.csv', ''), '--map', 'first=givenName']],
    ];
    for (const [code, args] of problems) {
      expect([args.at(-1), problemOf(() => evaluate(...args))]).toEqual([args.at(-1), code]);
    }
  });

  it('keeps made-up relatives apart', () => {
    const { precision, recallWithReview } = evaluateGenerated(800);
    expect(precision).toBeGreaterThanOrEqual(0.99);
    expect(recallWithReview).toBeGreaterThanOrEqual(0.9);
  });

  it('finds people in a made-up register', () => {
    const { linkedShare, foundShare, wrongLinks } = evaluateLookup(5000);
    // A slip in the given name goes to a human: it may be a twin’s.
    expect(linkedShare).toBeGreaterThanOrEqual(0.86);
    expect(foundShare).toBeGreaterThanOrEqual(0.97);
    expect(wrongLinks).toBeLessThanOrEqual(2);
  });
});

describe('linkage on real benchmarks, at the shipped thresholds', () => {
  const file = (name: string): string[] => ['--file', join(shared, name)];
  const febrl = (...names: readonly string[]): FilesReport =>
    evaluate(...names.flatMap(file), '--map', febrlMap, '--truth', 'rec_id');

  const small = [['FEBRL 1', ['dataset1.csv'], 0.985]] as const;
  // Ten times as large: for the long run.
  const large = [
    ['FEBRL 2', ['dataset2.csv'], 0.99],
    ['FEBRL 4', ['dataset4a.csv', 'dataset4b.csv'], 0.985],
  ] as const;
  withShared.each([...small, ...(isThorough ? large : [])])('%s', (_, names, leastF1) => {
    const { precision, f1, recallWithReview } = febrl(...names);
    expect(precision).toBeGreaterThanOrEqual(0.995);
    expect(f1).toBeGreaterThanOrEqual(leastF1);
    expect(recallWithReview).toBeGreaterThanOrEqual(0.99);
  });

  withShared('fake_1000', () => {
    const { precision, f1 } = evaluate(...file('fake_1000.csv'), '--map', fakeMap, '--truth', 'cluster');
    expect(precision).toBeGreaterThanOrEqual(0.99);
    expect(f1).toBeGreaterThanOrEqual(0.93);
  });
});

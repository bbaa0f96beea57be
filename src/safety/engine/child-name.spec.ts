import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TellingWords } from '../../kernel/plain-words';
import { readRules } from '../../platform/config';
import { mayBeName } from './child-name';

const NAMES = join(__dirname, '../../../../shared/data/names');
const isThere = existsSync(NAMES);

const list = readRules('telling-words.json') as TellingWords;

describe('a child’s name', () => {
  it.each([
    ...[
      'José María de la Cruz-O’Neill Jr.',
      'Nguyễn Thị Minh Khai',
      'Nguyen The Anh',
      'X Æ A-Xii',
      'X',
      'Sukarno',
      '阮氏明開',
    ],
    ...[
      'محمد علي',
      'Ng’ang’a wa Thiong’o',
      'St. John-Smythe',
      'Ma. Fe',
      'DeShawn LaToya McDonald',
      'Baby Girl Hurt',
      'Mom Sok',
    ],
    ...['Ana Sobrino', 'Jo Needleman', 'Max Sheriff', 'Luca Policelli', 'Will May', 'An Do', 'Her Son', 'In-Su Port'],
    ...['Rehab Hassan', 'Sam Weed', 'Nguyễn Văn Na', 'Ana Papa', 'Kit House', 'Анна Петрова', 'J. R. Smith'],
    ...['Rip Torn', 'RIP TORN', 'Doa Aziz', 'Ana Hurt', 'Ana Blue', 'Ana Lips', 'Jude Law', 'Ana Sick', 'Ana Parent'],
    ...['Ana Nine', 'Ana Medić', 'Ana Blood', 'Rosa Peace', 'Ana Dadfar', 'Ana Onfire', 'R. I. Peters'],
    ...['Pedro de Alcântara João Carlos Leopoldo Salvador', 'Keihanaikukauakahihuliheekahaunaele', 'Ann Dadson'],
    ...['Er Li', 'ANA ER', 'E. R. Peters', 'Ed Ramos', 'Be Nguyen', 'Ana Kind'],
  ])('may be %s', (name) => {
    expect(mayBeName(name, list)).toBe(true);
  });

  it.each([
    ...[
      'Anna mom overdosed',
      'AnnaMomOverdosed',
      'Anna-Mom-Narcan',
      'annaoverdosedkitchen',
      'Anna’overdose',
      'Ánna Överdosed',
    ],
    ...[
      'Anna her father died',
      'Anna found in the kitchen',
      'The boy is Anna',
      'Anna. Police',
      'Policía Ana',
      'mamá Ana',
      'Heroína',
    ],
    ...[
      'Anna took pills',
      'Stefania. Bruised',
      'Anna . . Bo',
      'A B C D E F G H I',
      'a'.repeat(37),
      '...',
      ' ',
      '',
      'Anna 7',
    ],
    ...['Ana Sobrino OD', 'Ana O.D.', 'OD', 'Od', 'Ana Od', 'Ana O D', 'Meth', 'Ana Meth', 'Ana Crack', 'Ana meth lab'],
    ...[
      'Ana lost her mum',
      'Ana orphaned',
      'Ana, widow',
      'Ana widow',
      'Ana coroner',
      'Ana funeral',
      'Ana deceased',
      'Ana huérfana',
    ],
    ...['ana lopez momdied', 'Ana Blue Lips', 'Ana R I P', 'Ana R.I.P.', 'Ana RIP', 'Ana D.O.A.', 'Ana Heart Attack'],
    ...['Ana Paramedics', 'Ana Nine One One', 'Ana Nine-One-One', 'Ana Sick Parent', 'Ana Stepbrother', 'Ana Intox'],
    ...['Ana Tased', 'Ana Hostage', 'Ana paramédico', 'dadarrested Ana'],
    ...['Ana perdió mamá', 'Ana mummy', 'Ana with her aunt', 'Ana uncle', 'Ana viuda', 'Ana placement', 'Orphan Ana'],
    ...['Ana house raid', 'Ana sexual assault', 'Ana CPS', 'Ana C.P.S.', 'Ana C P S', 'Ana stabbed', 'Ana burned'],
    ...['Ana ICE detained', 'Ana murder witness', 'Ana papa se murio', 'Ana murió', 'Аna ОD', 'Ana ОД', 'Αнна Петрова'],
    ...['Ana ᴏᴅ', 'Ana ＯＤ', 'Weed', 'Ana weed', 'ANA WEED', 'Ana María Weed', 'AnaWeed', 'Weed Ana', 'Weed Weed'],
    ...[
      'Ana Rehab',
      'Rehab',
      'Dea',
      'Ana DEA',
      'Ana AA',
      'Ana MAT',
      'Ana N.A.',
      'Ana drogado',
      'Ana policeman',
      'Ana Pill',
    ],
    ...['Ana ER', 'Ana S.O.S', 'Ana SOS', 'Ana ED', 'Ana sad today be kind', 'Ana sad be kind', 'Ana upset'],
    ...['a\u0301\u0301\u0301\u0301', 'Anna\nBo', 'Needles Anna', 'Anna was at home', 'Droga', 'Sobriety', 'Narco'],
  ])('is not %s', (name) => {
    expect(mayBeName(name, list)).toBe(false);
  });

  const named = isThere ? it : it.skip;
  named(`is every name of a census${isThere ? '' : ' (not there: ../shared/data/names)'}`, () => {
    const files = ['female-first-names.csv', 'male-first-names.csv', 'last-names.csv'];
    const names = files.flatMap((file) =>
      readFileSync(join(NAMES, file), 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split(',')[0] as string),
    );
    expect(names.length).toBeGreaterThan(10_000);
    // A family whose name tells by itself is known for one behind a given name.
    expect(names.filter((name) => !mayBeName(name, list))).toEqual(['Weed']);
    expect(names.filter((name) => name !== 'Ana' && !mayBeName(`Ana ${name}`, list))).toEqual([]);
  });
});

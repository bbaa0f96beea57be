import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  hasRecordId,
  isByChance,
  isNoNumber,
  namesSomebody,
  tellsResult,
  tiesToPerson,
  type DescriptionWords,
} from './untied';

const rules = JSON.parse(
  readFileSync(join(__dirname, '../../../rules/description-words.json'), 'utf8'),
) as DescriptionWords;
const ID = '01906f2a-5b3c-7d1e-8f00-0123456789ab';

describe('what is said of something handed in', () => {
  it.each([
    ID,
    `for ${ID.toUpperCase()}.`,
    `referral:${ID.replaceAll('-', '')}`,
    ID.replaceAll('-', ' '),
    ID.replaceAll('-', '–'),
    ID.split('').join('\u200b'),
    'mail ana@example.org',
  ])('does not name a record: %s', (text) => {
    expect([hasRecordId(text), tiesToPerson(text)]).toEqual([true, true]);
  });

  it.each([
    'call (614) 555-0100',
    '614-555-0100',
    '+1 614.555.0100',
    '+16145550100',
    '900-12-3456',
    'DOB 1/2/80',
    'born 1980',
  ])('does not name a person by number: %s', (text) => {
    expect([hasRecordId(text), tiesToPerson(text)]).toEqual([false, true]);
  });

  it.each([
    'one bag, white powder',
    'sealed 2026-11-30 14:05, seal 0012345678',
    'box 12, shelf 614, row 5550100',
    'a'.repeat(64),
    'P-2026-001-1234',
    'Bornholm ceramic jar, blue',
    '30 tablets, 30 mg, blue, M on one side',
    'unopened box of test strips',
    'yellow lab dog toy, hollow',
  ])('may be what is seen: %s', (text) => {
    expect([hasRecordId(text), tiesToPerson(text), tellsResult(text, rules)]).toEqual([false, false, false]);
  });

  it.each([
    'white powder, tested positive for fentanyl',
    'GC-MS: 40 %',
    'powder, NIK test blue',
    'laboratory says caffeine',
    'bag of heroin',
    'F E N T A N Y L powder',
    'probably meth',
    'tablets labelled heroin, tested',
    'powder, no label, heroin',
    'unlabelled heroin',
    'heroin, without any label',
    'heroin, label missing',
    'label torn off, heroin',
    'bag of heroin, property label 12',
    'blue tablets marked M on one side and 30 on the other, and a bag of heroin',
    ...[
      'some dope',
      'bag of smack',
      'fetty',
      'tranq dope',
      'crack rocks',
      'black tar',
      'coke residue',
      'weed',
      'two percs',
    ],
    ...[
      'the label says nothing, heroin',
      'heroin, label on bag',
      'heroin, label on the bag',
      'label peeled off, xanax bars',
    ],
    ...['pills from an unlabeled bottle, xanax', 'no label, oxycodone', 'carfent', 'oxy 30s', 'blue fetties', 'H, 2 g'],
    ...['two points of ice', 'gear', 'Ice', 'magic mushrooms', 'bag of H'],
    ...['opioid powder', 'molly', 'ecstasy tablets', 'chiva', 'blues'],
    ...['test strip turned one line', 'powder; strip showed one line', 'strip: two lines', 'negative for F'],
    ...['boy and girl in 2 bags', 'tar', 'Tar, 2 pieces', 'sticky black tar in foil', 'white girl, 1 g', 'F, 3 g'],
  ])('is neither test nor guess: %s', (text) => {
    expect(tellsResult(text, rules)).toBe(true);
  });

  it.each([
    'five fentanyl patches, unopened',
    'vial labeled KETAMINE',
    'two boxes of fentanyl transdermal patches',
    'oxycodone bottle, 12 tablets',
    'fentanyl patches in bag',
    '12 tablets, property label 12, oxycodone bottle',
    'dried mushrooms, brown',
    'two bags',
    'fishing gear bag, black',
    ...['used test strip, in wrapper', 'white powder, 2 bags', 'coke can, empty', 'tar paper roll', 'snow globe'],
    'tablet with one line across',
    '12345',
    '…',
  ])('may be read from a label: %s', (text) => {
    expect(tellsResult(text, rules)).toBe(false);
  });

  it.each([
    ...[
      'P-2026-001-1234',
      'S 0012345678',
      'EVIDENCE 12',
      'Property no. 7',
      'Seal-A17',
      'RCSO-4',
      'FCSO-4',
      'TOLEDOPD 12',
      'EXHIBIT12',
      'Voucher 3',
      'deadbeef12',
      'P-2026-J-1985',
      'LAB-1',
      'S',
      '12/3',
    ],
    ...['none', 'seal missing', 'Illegible', 'bag 3 of 5', 'Locker 12, shelf 4', '5550100', 'a1b2c3d4'],
  ])('may be a number: %s', (text) => {
    expect(namesSomebody(text)).toBe(false);
  });

  it.each([
    ...[
      'Smith 12',
      'ANA PAZ 12',
      'john',
      'P-12 (Ana)',
      '614-555-0100',
      '(614) 555-0100',
      '900-12-3456',
      'DOB 1/2/80',
      ID,
    ],
    ...['DOE-J-1985', 'KOWALSKI77', 'SMITH 12', '12SMITH', 'smith12', 'Doe J 2004'],
    ...['P-1 for Mr Paz', 'Núñez-7', 'ana@example.org'],
  ])('is no number that names somebody: %s', (text) => {
    expect(namesSomebody(text)).toBe(true);
  });

  it('stands for a number, or says that there is none', () => {
    const none = ['none', 'Missing', 'no seal', 'seal missing', 'N/A', '-', '…', '0', '000', '0-0', 'seal 0'];
    expect(none.filter((text) => !isNoNumber(text))).toEqual([]);
    expect(['S-12', 'S', 'OPEN-12', 'NOLAN', '٣', '10', 'S-0'].filter(isNoNumber)).toEqual([]);
  });

  it('has a token that was drawn or computed', () => {
    expect(['0'.repeat(64), 'aB'.repeat(32), '0123456'.repeat(9)].filter(isByChance)).toEqual([]);
    expect(isByChance('01234567'.repeat(8))).toBe(true);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasRecordId, tellsResult, tiesToPerson, type DescriptionWords } from './untied';

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
  ])('is neither test nor guess: %s', (text) => {
    expect(tellsResult(text, rules)).toBe(true);
  });

  it.each(['five fentanyl patches, unopened', 'vial labeled KETAMINE', 'oxycodone bottle, 12 tablets', '12345', '…'])(
    'may be read from a label: %s',
    (text) => {
      expect(tellsResult(text, rules)).toBe(false);
    },
  );
});

import { adapterFrom } from './adapter';
import { adapterNames, adapterOf } from './shipped-adapters';

const least = {
  name: 'county',
  version: '1',
  key: ['id'],
  occurredAt: { columns: ['at'], formats: ['yyyy-MM-dd HH:mm'], zone: 'America/New_York', isMidnightUnknown: false },
  county: { fixed: '39141' },
  isFatal: { fixed: false },
  isNaloxoneGiven: { column: 'naloxone', values: { Y: true, N: false } },
};

describe('an adapter of a county', () => {
  it('needs seven parts', () => {
    expect(adapterFrom(least)).toMatchObject({ ...least, assumes: [], hasRowsPerVictim: false });
    expect(adapterFrom({ ...least, key: undefined, county: undefined })).toMatch(/^key: name/);
    expect(adapterFrom({ name: 'county' })).toBe('lacks version, key, occurredAt, county, isFatal, isNaloxoneGiven');
    expect(adapterFrom([])).toMatch(/^lacks/);
    expect(adapterFrom(null)).toBe('is no JSON object');
  });

  it.each([
    [
      { transport: { column: 'end', values: { TAKEN: 'TRANSPORTD' } } },
      /^transport: “TRANSPORTD” is none of TRANSPORTED, /,
    ],
    [{ substances: { columns: ['drug'], values: {}, otherwise: 'HERION' } }, /^substances: “HERION”/],
    [{ doses: { column: 'n', by: { column: 'by', values: {}, blank: 'FIRE' } } }, /^doses.by: “FIRE”/],
    [{ sex: { column: 'sex', values: { F: 'F' } } }, /^sex: “F” is none of/],
    [{ isFatal: { column: 'dead', values: { Y: 'yes' } } }, /^isFatal: “yes” is none of true, false/],
    [{ exclude: [{ column: 'end', startsWith: ['dup'], reason: 'DOUBLE' }] }, /^exclude: “DOUBLE”/],
    [{ occurredAt: { ...least.occurredAt, zone: 'Eastern' } }, /^occurredAt: there is no such zone/],
  ])('is told what is wrong before any row is read: %j', (change, words) => {
    expect(adapterFrom({ ...least, ...change })).toMatch(words);
  });

  it('is refused by name as those that ship are taken', () => {
    for (const name of adapterNames()) expect(adapterOf(name).name).toBe(name);
    expect(() => adapterOf('nowhere.json')).toThrow(/There is no adapter/);
  });
});

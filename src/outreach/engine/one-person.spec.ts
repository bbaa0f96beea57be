import fc from 'fast-check';
import { personsOfRows, type NamedEvent } from './one-person';

const overdose = (id: string, persons: string[], traits: Partial<NamedEvent> = {}): NamedEvent => ({
  ...{ id, kind: 'SURVIVOR', week: '2026-03-02', persons },
  ...traits,
});

describe('whose row an overdose is on', () => {
  it('is the row of whoever is named, and of nobody where nobody is', () => {
    expect([...personsOfRows([overdose('1', ['b']), overdose('2', ['a']), overdose('3', [])])]).toEqual([
      ['1', ['b']],
      ['2', ['a']],
      ['3', []],
    ]);
  });

  it('is one row for all names that overdoses of the week tie together, of one kind', () => {
    const told = [
      overdose('1', ['c']),
      overdose('2', ['b', 'c']),
      overdose('3', ['a', 'b']),
      overdose('4', ['c'], { week: '2026-03-09' }),
      overdose('5', ['c'], { kind: 'FAMILY' }),
    ];
    expect([...personsOfRows(told).values()]).toEqual([
      ['a', 'b', 'c'],
      ['a', 'b', 'c'],
      ['a', 'b', 'c'],
      ['c'],
      ['c'],
    ]);
  });

  it('does not depend on the order in which overdoses are told', () => {
    const anyEvents = fc.array(fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 2 }), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(anyEvents, (names) => {
        const events = names.map((persons, at) => overdose(String(at), persons));
        const [there, back] = [personsOfRows(events), personsOfRows([...events].reverse())];
        for (const { id, persons } of events) {
          expect(there.get(id)).toEqual(back.get(id));
          expect(there.get(id)).toEqual(expect.arrayContaining([...persons]));
        }
      }),
    );
  });
});

import fc from 'fast-check';
import { custodyMachine, type CustodyCommand, type CustodyState } from '../custody.machine';
import { CustodyRules, custodyRules } from '../custody-rules';
import { NoArrestPromises, noArrestPromises } from '../no-arrest-promises';
import { brokenBy, waitsForAnswers, type Link, type Taking } from './chain';
import { differences, isWeightDifferent } from './differences';
import { dueAt, leftBehind, overdueAlert } from './due';
import { isSamePair, type Hand } from './hands';
import { maySamePersonHave } from './names';
import { promiseFor } from './promise';
import { dateOf, shiftOf } from './shift';

const hours = { day: 7, evening: 15, night: 23 };
const ZONE = 'America/New_York';

describe('the shift something came on', () => {
  it.each([
    ['2026-03-02T11:59:59Z', '2026-03-01', 'NIGHT'],
    ['2026-03-02T12:00:00Z', '2026-03-02', 'DAY'],
    ['2026-03-02T19:59:00Z', '2026-03-02', 'DAY'],
    ['2026-03-02T20:00:00Z', '2026-03-02', 'EVENING'],
    ['2026-03-03T04:00:00Z', '2026-03-02', 'NIGHT'],
    // Summer time begins: the hour of the place counts.
    ['2026-03-08T11:00:00Z', '2026-03-08', 'DAY'],
    ['2026-01-01T07:00:00Z', '2025-12-31', 'NIGHT'],
  ])('at %s is that of %s, %s', (at, date, shift) => {
    expect(shiftOf(new Date(at), ZONE, hours)).toEqual({ date, shift });
  });
});

describe('two people', () => {
  const account = (accountId: string): Hand => ({ accountId, name: 'J. Smith' });
  const outsider = (name: string): Hand => ({ accountId: null, name });
  const pair = (command: CustodyCommand, state: CustodyState, hand: Hand, ...earlier: Hand[]) =>
    isSamePair(command, state, { hand, earlier });

  it('are told apart by their accounts, whatever they are called', () => {
    expect(pair('receive', 'IN_TRANSIT', account('a'), account('a'))).toBe(true);
    expect(pair('receive', 'IN_TRANSIT', account('a'), account('b'), account('a'))).toBe(false);
    expect(pair('countersign', 'OPENED', account('a'), account('a'))).toBe(true);
  });

  it('are told apart by name where one has no account', () => {
    expect(pair('receiveAtLaboratory', 'IN_TRANSIT', outsider(' j.  SMITH'), account('a'))).toBe(true);
    expect(pair('receive', 'IN_TRANSIT', account('a'), outsider('A. Chemist'))).toBe(false);
  });

  it('and a third see a destruction', () => {
    expect(pair('witnessDestruction', 'TO_BE_DESTROYED', account('a'), account('b'), account('a'))).toBe(false);
    expect(pair('witnessDestruction', 'WITNESSED_ONCE', account('a'), account('b'), account('a'))).toBe(true);
    expect(pair('release', 'HELD', account('a'), account('a'))).toBe(false);
  });
});

describe('a name', () => {
  it.each([
    ['J. Smith', 'J Smith'],
    ['SMITH, J', 'j. smith'],
    ['Jane Q. Smith', 'Smith, Jane'],
    ['José Núñez', 'Nunez Jose'],
    ['Jørgen Łukasz Æbelø', 'Jorgen Lukasz Aebelo'],
    ['Sgt. Jane O’Brien', "Det. Jane O'Brien"],
    ['Jo De La Cruz', 'Jo Delacruz'],
    ['J. S.', 'Jane Smith'],
    ['Chief', 'chief.'],
    ['阮氏明', '阮氏明'],
  ])('%s may be %s', (one, other) => {
    expect([maySamePersonHave(one, other), maySamePersonHave(other, one)]).toEqual([true, true]);
  });

  it.each([
    ['Jane Smith', 'John Smith'],
    ['J. Smith', 'J. Jones'],
    ['John Smith Jr.', 'John Smith Sr.'],
    ['Sample officer', 'Sample chemist'],
    ['J. Smith-Jones', 'John Smith Taylor'],
    ['…', 'Smith'],
  ])('%s is not %s', (one, other) => {
    expect([maySamePersonHave(one, other), maySamePersonHave(other, one)]).toEqual([false, false]);
  });
});

describe('the chain from hand to hand', () => {
  const at = new Date('2026-03-02T12:00:00Z');
  const link = (command: Link['command'], accountId: string | null, changes: Partial<Link> = {}): Link => ({
    ...{ command, accountId, name: 'N', place: 'Furnace', reference: null, at },
    ...changes,
  });
  const taking = (command: CustodyCommand, accountId: string, changes: Partial<Taking> = {}): Taking => ({
    ...{ command, accountId, place: 'Furnace', reference: null, at, from: 'HELD', zone: ZONE },
    ...changes,
  });

  it('is broken by whoever gives away or lays out what they never received', () => {
    const chain = [link('recordResult', 'k'), link('receive', 'a'), link('release', 'o'), link('open', 'o')];
    expect(brokenBy(taking('release', 'a'), chain)).toEqual([]);
    expect(brokenBy(taking('release', 'o'), chain)).toEqual(['CUSTODY_GAP']);
    expect(brokenBy(taking('proposeDestruction', 'k'), chain)).toEqual(['CUSTODY_GAP']);
    expect(brokenBy(taking('release', 'k', { from: 'TO_BE_DESTROYED' }), [link('proposeDestruction', 'k')])).toEqual(
      [],
    );
    expect(brokenBy(taking('receive', 'x', { from: 'IN_TRANSIT' }), chain)).toEqual([]);
    expect(brokenBy(taking('release', 'a'), [])).toEqual(['CUSTODY_GAP']);
  });

  it('ends before two who saw the same', () => {
    const burnt = { from: 'WITNESSED_ONCE', reference: 'Incinerated.' } as const;
    const first = link('witnessDestruction', 'a', { reference: 'incinerated', place: 'furnace ' });
    const second = (changes: Partial<Taking> = {}) =>
      brokenBy(taking('witnessDestruction', 'b', { ...burnt, ...changes }), [first]);
    expect(second()).toEqual([]);
    expect(second({ reference: 'dissolved' })).toEqual(['WITNESSES_DIFFER']);
    expect(second({ reference: null })).toEqual(['WITNESSES_DIFFER']);
    expect(second({ place: 'Yard' })).toEqual(['WITNESSES_DIFFER']);
    expect(second({ at: new Date('2026-03-03T12:00:00Z') })).toEqual(['WITNESSES_DIFFER']);
    expect(second({ from: 'TO_BE_DESTROYED', reference: 'dissolved' })).toEqual([]);
    expect(brokenBy(taking('witnessDestruction', 'b', burnt), [])).toEqual([]);
    expect(dateOf(new Date('2026-03-03T04:59:00Z'), ZONE)).toBe('2026-03-02');
  });

  it('waits for answers before what nobody takes back', () => {
    const commands = custodyMachine.states.flatMap((state) => custodyMachine.commands(state));
    expect(new Set(commands.filter(waitsForAnswers))).toEqual(new Set(['proposeDestruction', 'witnessDestruction']));
  });
});

describe('what the scale and the seal say', () => {
  const tolerance = { grams: 0.2, percent: 1 };

  it('is the same within what scales differ by, whichever of the two is more', () => {
    expect(isWeightDifferent(10, 10.2, tolerance)).toBe(false);
    expect(isWeightDifferent(10, 9.799, tolerance)).toBe(true);
    expect(isWeightDifferent(1000, 1010, tolerance)).toBe(false);
    expect(isWeightDifferent(1000, 1010.001, tolerance)).toBe(true);
  });

  it('does not depend on which is the record, but for a part of the weight', () => {
    const grams = fc.integer({ min: 1, max: 10_000_000 }).map((milligrams) => milligrams / 1000);
    const exact = { grams: 0.5, percent: 0 };
    fc.assert(
      fc.property(grams, grams, (one, other) =>
        expect(isWeightDifferent(one, other, exact)).toBe(isWeightDifferent(other, one, exact)),
      ),
    );
  });

  it('raises each of the two for itself', () => {
    const recorded = { sealNumber: 'A-1', sealedGrossWeightGrams: 10 };
    expect(differences(recorded, { ...recorded, sealNumber: ' A-1 ' }, tolerance)).toEqual([]);
    expect(differences(recorded, { sealNumber: 'A-2', sealedGrossWeightGrams: 12 }, tolerance)).toEqual([
      'SEAL_DIFFERS',
      'WEIGHT_DIFFERS',
    ]);
  });
});

describe('a state that lasts too long', () => {
  const asOf = new Date('2026-03-02T12:00:00Z');
  const { stateMinutes } = custodyRules();

  it('is raised once its time is over, and not where it may last', () => {
    expect(dueAt('HELD', asOf, stateMinutes)).toBeNull();
    expect(dueAt('IN_TRANSIT', asOf, stateMinutes)).toEqual(new Date('2026-03-02T16:00:00Z'));
    expect(overdueAlert('IN_TRANSIT', null, asOf)).toBeNull();
    expect(overdueAlert('IN_TRANSIT', new Date(asOf.getTime() + 1), asOf)).toBeNull();
    expect(overdueAlert('IN_TRANSIT', asOf, asOf)).toBe('NOT_RECEIVED');
    expect(overdueAlert('HELD', asOf, asOf)).toBeNull();
  });

  it('is raised at the latest when it is left, and a bag that comes back without a result at once', () => {
    const later = new Date(asOf.getTime() + 1);
    const at = (dueOf: Date | null) => ({ state: 'AT_LABORATORY', dueAt: dueOf }) as const;
    expect(leftBehind('releaseFromLaboratory', at(later), asOf)).toBe('RESULT_OVERDUE');
    expect(leftBehind('releaseFromLaboratory', at(null), asOf)).toBeNull();
    expect(leftBehind('recordResult', at(later), asOf)).toBeNull();
    expect(leftBehind('recordResult', at(asOf), asOf)).toBe('RESULT_OVERDUE');
    expect(leftBehind('receive', { state: 'IN_TRANSIT', dueAt: asOf }, asOf)).toBe('NOT_RECEIVED');
  });

  it('has a name for every state with a time', () => {
    const timed = custodyMachine.states.filter((state) => stateMinutes[state] !== null);
    expect(timed.filter((state) => overdueAlert(state, asOf, asOf) === null)).toEqual([]);
  });
});

describe('the chain', () => {
  it('ends destroyed and nowhere else, whatever the steps', () => {
    const commands = [...new Set(custodyMachine.states.flatMap((state) => custodyMachine.commands(state)))];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...commands), { maxLength: 30 }), (steps) => {
        const end = steps.reduce<CustodyState>((state, step) => {
          const to = custodyMachine.next(state, step);
          return typeof to === 'string' ? to : state;
        }, 'OPENED');
        expect(custodyMachine.isFinal(end)).toBe(end === 'DESTROYED');
      }),
    );
  });
});

describe('rules of the property room', () => {
  const good = custodyRules();
  it.each([
    ['a state without minutes', { stateMinutes: { ...good.stateMinutes, OPENED: 0 } }, /OPENED/],
    ['a time for what may last', { stateMinutes: { ...good.stateMinutes, HELD: 5 } }, /HELD may last/],
    ['no time for alerts', { alertMinutes: 1.5 }, /alertMinutes/],
    ['a negative tolerance', { weightTolerance: { grams: -1, percent: 0 } }, /negative/],
    ['shifts out of order', { shiftHours: { day: 9, evening: 8, night: 23 } }, /out of order/],
  ])('stop the start with %s', (_what, changes, message) => {
    expect(() => new CustodyRules({ ...good, ...changes })).toThrow(message);
  });
});

describe('the promise', () => {
  const wording = { title: 'T', promise: 'P', exclusions: [{ code: 'C', text: 'X' }] };
  const text = (of: string, number = 1, isCurrent = true) => ({ of, number, isCurrent, languages: { en: wording } });
  const agency = { id: 'agency-1', state: 'OH' };

  it('is that of the agency’s own programme, else of its state, else the default', () => {
    const texts = [text('DEFAULT'), text('OH'), text('agency-1', 2)];
    const version = (count: number) =>
      new NoArrestPromises({ texts: texts.slice(0, count) }).current(agency, 'en')?.version;
    expect([1, 2, 3].map(version)).toEqual(['no-arrest/DEFAULT/1/en', 'no-arrest/OH/1/en', 'no-arrest/agency-1/2/en']);
  });

  it('is none where there is no text', () => {
    expect(promiseFor([text('DEFAULT', 1, false)], agency)).toBeNull();
  });

  it('is kept without the language, which could tell who it was shown to', () => {
    const promises = noArrestPromises();
    expect(promises.attested(agency, 'no-arrest/DEFAULT/1/es', true)).toBe('no-arrest/DEFAULT/1');
    expect(promises.current(agency, 'tlh')).toBeNull();
    expect(promises.languagesOf(agency)).toEqual(['en', 'es']);
  });

  it.each([
    ['no default', [text('OH')]],
    ['two current ones', [text('DEFAULT'), text('DEFAULT', 2)]],
    ['a version twice', [text('DEFAULT'), text('DEFAULT', 1, false)]],
    ['a text that is not whole', [{ ...text('DEFAULT'), languages: { en: { ...wording, promise: ' ' } } }]],
    ['no exclusions', [{ ...text('DEFAULT'), languages: { en: { ...wording, exclusions: [] } } }]],
  ])('stops the start with %s', (_what, texts) => {
    expect(() => new NoArrestPromises({ texts })).toThrow('rules/no-arrest-promises.json');
  });
});

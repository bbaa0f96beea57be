import fc from 'fast-check';
import { answeredAt, callBackAfter, dueAnew, flagTimes, LATE_MINUTES, timesOf, type SoFar } from './case-times';
import { isMoreThan, mayLeave } from './left-behind';
import { placeOnRows, type KnownRow, type PlacedEvent } from './place-on-rows';
import { isContact } from './vocabulary';
import { wantedClocks } from './wanted-clocks';
import { firstHolding, nextHolding, stepsTo, type Held } from './who-looks-after';
import { outreachCaseMachine } from '../outreach-case.machine';
import { addMinutes } from '../../kernel/clock';

const kindOf = (key: string): string => key.slice(0, 1);
const event = (id: string, key: string, rowId: string | null = null): PlacedEvent => ({ id, key, rowId });
const row = (id: string, key: string, work = 0): KnownRow => ({ id, key, kind: kindOf(key), work });

describe('overdoses on rows', () => {
  it('begins a row for each key', () => {
    const { rowOf, voided } = placeOnRows([event('a', 'S1'), event('b', 'S1'), event('c', 'S2')], [], kindOf);
    expect([...rowOf]).toEqual([
      ['S1', null],
      ['S2', null],
    ]);
    expect(voided.size).toBe(0);
  });

  it('keeps a row that stays, and lets it go along where all of it goes', () => {
    const stays = placeOnRows([event('a', 'S1', 'r1'), event('b', 'S2', 'r1')], [row('r1', 'S1')], kindOf);
    expect([...stays.rowOf]).toEqual([
      ['S1', 'r1'],
      ['S2', null],
    ]);
    const moves = placeOnRows([event('a', 'S2', 'r1')], [row('r1', 'S1')], kindOf);
    expect(moves.rowOf.get('S2')).toBe('r1');
  });

  it('goes on with the row on which more was done, then the one of the key, then the fuller, then the first', () => {
    const both = [event('a', 'S1', 'r1'), event('b', 'S1', 'r2')];
    const worked = placeOnRows(both, [row('r1', 'S1', 0), row('r2', 'S9', 3)], kindOf);
    expect([worked.rowOf.get('S1'), [...worked.voided]]).toEqual(['r2', [['r1', 'S1']]]);
    expect(placeOnRows(both, [row('r2', 'S9'), row('r1', 'S1')], kindOf).rowOf.get('S1')).toBe('r1');
    const fuller = [...both, event('c', 'S1', 'r2')];
    expect(placeOnRows(fuller, [row('r1', 'S8'), row('r2', 'S9')], kindOf).rowOf.get('S1')).toBe('r2');
    expect(placeOnRows(both, [row('r2', 'S9'), row('r1', 'S8')], kindOf).rowOf.get('S1')).toBe('r1');
    expect(placeOnRows(both, [row('r1', 'S8'), row('r2', 'S9')], kindOf).rowOf.get('S1')).toBe('r1');
    const apart = [event('a', 'S2', 'r1'), event('b', 'S3', 'r1')];
    expect(placeOnRows(apart, [row('r1', 'S1')], kindOf).rowOf.get('S2')).toBe('r1');
    expect(placeOnRows([...apart].reverse(), [row('r1', 'S1')], kindOf).rowOf.get('S2')).toBe('r1');
  });

  it('never makes a survivor’s row a family’s', () => {
    const { rowOf, voided } = placeOnRows([event('a', 'F1', 'r1')], [row('r1', 'S1', 4)], kindOf);
    expect([rowOf.get('F1'), voided.get('r1')]).toEqual([null, 'F1']);
  });

  it('ends a row of which nothing is left', () => {
    expect([...placeOnRows([], [row('r1', 'S1')], kindOf).voided]).toEqual([['r1', null]]);
  });

  it('is a partition, whatever came before: one row a key, no row twice, no row lost', () => {
    const ids = ['r0', 'r1', 'r2', 'r3'];
    const keys = fc.constantFrom('S1', 'S2', 'S3', 'F1');
    const arranged = fc.record({
      events: fc.array(fc.record({ key: keys, rowId: fc.option(fc.constantFrom(...ids)) }), { maxLength: 8 }),
      rows: fc.array(fc.record({ key: keys, work: fc.nat(4) }), { minLength: 4, maxLength: 4 }),
    });
    fc.assert(
      fc.property(arranged, ({ events, rows }) => {
        const known = rows.map(({ key, work }, at) => row(ids[at] ?? '', key, work));
        const placed = events.map(({ key, rowId }, at) => event(`e${at}`, key, rowId));
        const { rowOf, voided } = placeOnRows(placed, known, kindOf);
        const kept = [...rowOf.values()].filter((id) => id !== null);
        expect(new Set(kept).size).toBe(kept.length);
        expect([...kept, ...voided.keys()].sort()).toEqual(ids);
        expect([...rowOf.keys()].sort()).toEqual([...new Set(events.map(({ key }) => key))].sort());
        for (const [key, id] of rowOf) {
          if (id !== null) expect(known.find((one) => one.id === id)?.kind).toBe(kindOf(key));
        }
      }),
    );
  });
});

const at = (hour: number): Date => addMinutes(new Date('2026-11-02T00:00:00Z'), hour * 60);
const lengths = {
  dueAt: (start: Date) => addMinutes(start, 72 * 60),
  stopAt: (start: Date) => addMinutes(start, 168 * 60),
};
const heard = (occurred: number, recorded = occurred) => ({ occurredAt: at(occurred), recordedAt: at(recorded) });

describe('times of a case', () => {
  it('are due from the first overdose and end after the last', () => {
    const times = timesOf([heard(10), heard(0)], lengths, null);
    expect(times).toEqual({ firstAt: at(0), lastAt: at(10), dueAt: at(72), stopAt: at(178) });
  });

  it('give whoever hears late a day, and never more than there is', () => {
    expect(timesOf([heard(0, 60)], lengths, null).dueAt).toEqual(at(60 + LATE_MINUTES / 60));
    expect(timesOf([heard(0, 160)], lengths, null).dueAt).toEqual(at(168));
    const short = { ...lengths, stopAt: (start: Date) => addMinutes(start, 60) };
    expect(timesOf([heard(0)], short, null).dueAt).toEqual(at(1));
  });

  it('run from the discharge of a patient, and give whoever is asked late a day', () => {
    const flagged = (now: number, within = lengths) => flagTimes(at(0), at(now), within);
    expect(flagged(-10)).toEqual({ dueAt: at(72), stopAt: at(168) });
    expect(flagged(90)).toEqual({ dueAt: at(114), stopAt: at(168) });
    expect(flagged(160)).toEqual({ dueAt: at(184), stopAt: at(184) });
    const short = { ...lengths, stopAt: (start: Date) => addMinutes(start, 60) };
    expect(flagged(-30, short)).toEqual({ dueAt: at(1), stopAt: at(1) });
  });

  it('are due anew for what happened after the person was reached', () => {
    expect(timesOf([heard(0), heard(40)], lengths, at(20)).dueAt).toEqual(at(112));
    expect(timesOf([heard(0), heard(40)], lengths, at(50)).dueAt).toEqual(at(72));
  });

  const last = { lastAt: at(50), stopAt: at(200) };
  const soFar = (more: Partial<SoFar>): SoFar => ({
    ...{ kind: 'SURVIVOR', state: 'REACHED', lastAt: at(0), reachedAt: null, closedAt: null, endReason: null },
    ...{ triedAt: null, parted: null, ...more },
  });
  const because = (more: Partial<SoFar>, now = 100) => dueAnew(soFar(more), last, at(now));

  it('come up again after another overdose than the contact, the attempt or the end answered', () => {
    expect(because({ reachedAt: at(40) })).toBe('ANOTHER_OVERDOSE');
    expect(because({ reachedAt: at(50) })).toBeNull();
    expect(because({})).toBeNull();
    expect(because({ state: 'TRIED', triedAt: at(40) })).toBe('ANOTHER_OVERDOSE');
    expect(because({ state: 'TRIED', triedAt: at(60) })).toBeNull();
    // Closed on the day after, of an overdose that nobody had heard of.
    expect(because({ state: 'CLOSED', reachedAt: at(40), closedAt: at(60) })).toBe('ANOTHER_OVERDOSE');
    expect(because({ state: 'CLOSED', reachedAt: at(55), closedAt: at(60) })).toBeNull();
    expect(because({ state: 'CLOSED', reachedAt: at(10), closedAt: at(60), endReason: 'UNSAFE' })).toBeNull();
    expect(because({ state: 'CLOSED', closedAt: at(40), endReason: 'UNSAFE' })).toBe('ANOTHER_OVERDOSE');
    expect([because({ state: 'OPEN' }), because({ kind: 'AT_RISK', reachedAt: at(40) })]).toEqual([null, null]);
  });

  it('come up again where time ended them and there is time after all, and never once it is over or nobody may come', () => {
    expect(because({ state: 'CLOSED', closedAt: at(60), endReason: 'NOT_TRIED_IN_TIME' })).toBe('MORE_TIME');
    expect(because({ state: 'CLOSED', closedAt: at(40), endReason: 'OPTED_OUT' })).toBeNull();
    // Said to have died, and overdosed since.
    expect(because({ state: 'CLOSED', closedAt: at(40), endReason: 'DECEASED' })).toBe('ANOTHER_OVERDOSE');
    expect(because({ reachedAt: at(40) }, 200)).toBeNull();
  });

  it('come up again where what was done may have been done for somebody else', () => {
    expect(because({ reachedAt: at(60), parted: at(55) })).toBe('PERSON_PARTED');
    expect(because({ state: 'CLOSED', reachedAt: at(60), closedAt: at(70), parted: at(65) })).toBe('PERSON_PARTED');
    expect(because({ reachedAt: at(60), parted: at(65) })).toBeNull();
    expect(because({ state: 'TRIED', triedAt: at(60), parted: at(55) })).toBeNull();
  });

  it('keep the time that the latest contact named, whenever another one is told', () => {
    type Before = Parameters<typeof callBackAfter>[0];
    const promised = { reachedAt: at(40), callBackAt: at(90) };
    const after = (hours: number, isAsked: boolean, callBackAt: Date | null = null, before: Before = promised) =>
      callBackAfter(before, { at: at(hours), isAsked, callBackAt });
    expect([after(30, false), after(30, true), after(30, true, at(70))]).toEqual([at(90), at(90), at(90)]);
    expect([after(40, false), after(50, false), after(50, true, at(70))]).toEqual([null, null, at(70)]);
    // Asked again without a time: the one that lies ahead stands, and one that has come was kept.
    expect([after(50, true), after(90, true)]).toEqual([at(90), null]);
    const unpromised = { ...promised, callBackAt: null };
    const first = { reachedAt: null, callBackAt: null };
    expect([after(1, true, at(70), first), after(1, true, null, first)]).toEqual([at(70), null]);
    expect([after(30, true, at(70), unpromised), after(50, true, null, unpromised)]).toEqual([null, null]);
  });

  it('are due from what nobody has answered', () => {
    const since = (more: Partial<SoFar>) => answeredAt(soFar(more));
    expect(since({ state: 'OPEN', triedAt: at(3), reachedAt: at(2) })).toEqual(at(3));
    expect([since({ state: 'OPEN', reachedAt: at(2) }), since({ state: 'OPEN' })]).toEqual([at(2), null]);
  });
});

describe('whose a case is', () => {
  const held = (state: Held['state'], programId: string | null, more: Partial<Held> = {}): Held => ({
    ...{ state, programId, toProgramId: null, isSettled: false, ...more },
  });

  it('is of the place, handed to the home; of the one that there is; of nobody', () => {
    expect(firstHolding({ here: 'a', home: 'b' })).toEqual({ programId: 'a', toProgramId: 'b' });
    expect(firstHolding({ here: 'a', home: 'a' })).toEqual({ programId: 'a', toProgramId: null });
    expect(firstHolding({ here: 'a', home: null })).toEqual({ programId: 'a', toProgramId: null });
    expect(firstHolding({ here: null, home: 'b' })).toEqual({ programId: 'b', toProgramId: null });
    expect(firstHolding({ here: null, home: null })).toEqual({ programId: null, toProgramId: null });
  });

  it('moves with what is told until somebody took it, or reached the person', () => {
    const places = { here: 'a', home: 'b' };
    expect(nextHolding(held('OPEN', 'a'), places)).toEqual({ programId: 'a', toProgramId: 'b' });
    expect(nextHolding(held('OPEN', 'a', { isSettled: true }), places)).toEqual({ programId: 'a', toProgramId: null });
    expect(nextHolding(held('UNASSIGNED', null, { isSettled: true }), places).programId).toBe('a');
    expect(nextHolding(held('REACHED', 'a'), places).toProgramId).toBeNull();
    expect(nextHolding(held('TRIED', 'z'), { here: null, home: null }).programId).toBe('z');
  });

  it('gets there step by step', () => {
    const steps = (from: Held, programId: string | null, toProgramId: string | null = null) =>
      stepsTo(from, { programId, toProgramId });
    expect(steps(held('OPEN', 'a'), 'a')).toEqual([]);
    expect(steps(held('OPEN', 'a'), 'a', 'b')).toEqual(['handOver']);
    expect(steps(held('UNASSIGNED', null), 'a')).toEqual(['assign']);
    const over = held('HANDED_OVER', 'a', { toProgramId: 'b' });
    expect([steps(over, 'a'), steps(over, 'c'), steps(over, 'a', 'c')]).toEqual([
      ['takeBack'],
      ['takeBack', 'assign'],
      ['takeBack', 'handOver'],
    ]);
  });
});

it('says the most that may be left: the policy, and nothing where the family may not know', () => {
  expect(mayLeave('BAG', null, 'NO_ONE_HOME')).toBe('BAG');
  expect(mayLeave('BAG', false, 'NO_ONE_HOME')).toBe('NEVER');
  expect(mayLeave('BAG', false, 'ENGAGED')).toBe('BAG');
  const third = ([null, false, true] as const).map((aware) => mayLeave('BAG', aware, 'THIRD_PARTY_ONLY'));
  expect(third).toEqual(['NEVER', 'NEVER', 'BAG']);
  for (const result of ['MOVED', 'INVALID_ADDRESS'] as const) expect(mayLeave('BAG', true, result)).toBe('NEVER');
  expect([isMoreThan('BAG', 'PLAIN_CARD'), isMoreThan('NEVER', 'NEVER')]).toEqual([true, false]);
  expect([isContact('ENGAGED'), isContact('MOVED')]).toEqual([true, false]);
});

it('has a clock that ends every state that has not ended', () => {
  const running = outreachCaseMachine.states.filter((state) => !['CLOSED', 'VOID'].includes(state));
  for (const state of outreachCaseMachine.states) {
    const clocks = wantedClocks('SURVIVOR', state).map(({ clock }) => clock);
    expect(clocks.includes('OUTREACH_STOP')).toBe(running.includes(state));
    expect(outreachCaseMachine.commands(state).includes('stop')).toBe(running.includes(state));
  }
  expect(wantedClocks('FAMILY', 'OPEN').map(({ clock }) => clock)).toEqual([
    'OUTREACH_FAMILY_VISIT',
    'OUTREACH_FAMILY_STOP',
  ]);
});

import type { History } from '../history/history';
import { Book } from './book';
import { ledgerOf } from './ledger';
import { waitlist } from './waitlist';

const [POOL, PROGRAM] = ['pool', 'program'];
const nothing: History = { calls: [], reads: [], faults: [], recoveries: [], sightings: [], samples: 0 };

interface Someone {
  readonly tier?: string;
  readonly risk?: number;
  readonly since?: string;
  readonly endedAt?: string | null;
}
const entry = (id: string, { tier = 'OTHER', risk = 0, since = '2026-11-30T10:00:00Z', endedAt = null }: Someone) => ({
  ...{ referral_id: `of ${id}`, tier, risk, overdose_risk: 0, since, ended_at: endedAt },
});
const referral = (id: string, state: string, need: object = {}) => ({
  state,
  hold_id: null,
  person_id: `person ${id}`,
  need,
});

/** People who wait, each of a transaction of their own, and a pool with two places of which one is free. */
const waiting = (people: Readonly<Record<string, Someone>>, free = 1): Book => {
  const book = new Book().write('0', 'bed_pool', POOL, { staffed: 2, occupied: 2 - free, held: 0 });
  for (const [id, someone] of Object.entries(people)) {
    const xid = `wait ${id}`;
    book
      .write(xid, 'referral', `of ${id}`, referral(id, 'WAITLISTED'))
      .write(xid, 'waitlist_entry', id, entry(id, someone));
  }
  return book;
};
const offer = (book: Book, xid: string, id: string, { state = 'PENDING', program_id = PROGRAM } = {}): Book =>
  book.write(xid, 'offer', `${program_id} to ${id}`, { referral_id: `of ${id}`, program_id, state });
interface Giving {
  /** By entry; none: nothing stands against it. */
  readonly rules?: Readonly<Record<string, string[]>>;
  /** Who is asked; the last in order unless said. */
  readonly to?: string;
}
/** The place is put to these, in this order, and the last gets it. */
const give = (book: Book, ids: readonly string[], { rules = {}, to = ids.at(-1) }: Giving = {}): Book => {
  ids.forEach((id, n) => {
    const row = { run_id: 'run', program_id: PROGRAM, entry_id: id, referral_id: `of ${id}`, position: n + 1 };
    book.write('give', 'place_consideration', `put to ${id}`, { ...row, rules: rules[id] ?? [] });
  });
  return offer(book, 'give', to ?? '');
};
const found = (book: Book): string[] => {
  const facts = book.facts();
  return waitlist(nothing, facts, ledgerOf(facts)).map(({ what }) => what);
};

const two = { pregnant: { tier: 'PREGNANT' }, other: {} };

describe('the order of those who wait', () => {
  it('holds where the first gets the place, and where a rule stands against whoever comes first', () => {
    expect(found(give(waiting(two), ['pregnant']))).toEqual([]);
    expect(found(give(waiting(two), ['pregnant', 'other'], { rules: { pregnant: ['SEX'] } }))).toEqual([]);
    const asked = offer(waiting(two), 'before', 'pregnant', { state: 'DECLINED' });
    expect(found(give(asked, ['pregnant', 'other'], { rules: { pregnant: ['ALREADY_ASKED'] } }))).toEqual([]);
    const elsewhere = offer(waiting(two), 'before', 'pregnant', { program_id: 'another' });
    expect(found(give(elsewhere, ['pregnant', 'other'], { rules: { pregnant: ['BEFORE_ANOTHER_PROGRAM'] } }))).toEqual(
      [],
    );
    const here = offer(waiting(two), 'before', 'pregnant');
    expect(found(give(here, ['pregnant', 'other'], { rules: { pregnant: ['BEFORE_THIS_PROGRAM'] } }))).toEqual([]);
  });

  it('is broken by whoever is not looked at and comes first: by tier, risk, time or, of equals, id', () => {
    const missed = ['waited, came first and was not looked at'];
    expect(found(give(waiting(two), ['other']))).toEqual(missed);
    expect(found(give(waiting({ risky: { risk: 3 }, other: {} }), ['other']))).toEqual(missed);
    expect(found(give(waiting({ patient: { since: '2026-11-29T10:00:00Z' }, other: {} }), ['other']))).toEqual(missed);
    expect(found(give(waiting({ a: {}, b: {} }), ['b']))).toEqual(missed);
    expect(found(give(waiting({ a: {}, b: {} }), ['a']))).toEqual([]);
  });

  it('does not ask after somebody who has stopped waiting, or whose wait was changing just then', () => {
    const ended = waiting(two).write(
      'ends',
      'waitlist_entry',
      'pregnant',
      entry('pregnant', { tier: 'PREGNANT', endedAt: 'now' }),
    );
    expect(found(give(ended, ['other']))).toEqual([]);
    const placed = waiting(two).write('ends', 'referral', 'of pregnant', referral('pregnant', 'ACCEPTED'));
    expect(found(give(placed, ['other']))).toEqual([]);
    // Ended while the other looked: seen or not, nobody can tell.
    const underWay = waiting(two)
      .write('give', 'job', 'x', {})
      .write('ends', 'waitlist_entry', 'pregnant', entry('pregnant', { tier: 'PREGNANT', endedAt: 'now' }));
    expect(found(give(underWay, ['other']))).toEqual([]);
    // Begun to wait after it had looked.
    const later = give(waiting({ other: {} }), ['other']).write(
      'late',
      'waitlist_entry',
      'pregnant',
      entry('pregnant', { tier: 'PREGNANT' }),
    );
    expect(found(later)).toEqual([]);
  });

  it('is broken by a wrong row, by a rule that nothing stands behind, and by a place that went to another', () => {
    expect(found(give(waiting(two), ['other', 'pregnant'], { rules: { other: ['SEX'] } }))).toEqual([
      'came first and was looked at later',
    ]);
    const unfounded = 'was passed over without a rule that stands against it';
    expect(found(give(waiting(two), ['pregnant', 'other']))).toEqual([unfounded]);
    for (const one of ['ALREADY_ASKED', 'BEFORE_THIS_PROGRAM', 'BEFORE_ANOTHER_PROGRAM']) {
      expect(found(give(waiting(two), ['pregnant', 'other'], { rules: { pregnant: [one] } }))).toEqual([unfounded]);
    }
    const wrong = 'a place went to somebody other than the first in order';
    expect(found(give(waiting(two), ['pregnant'], { to: 'other' }))).toEqual([wrong]);
    expect(found(give(waiting(two), ['pregnant'], { rules: { pregnant: ['SEX'] } }))).toEqual([wrong]);
  });
});

describe('a place that is taken at once', () => {
  /** Somebody comes to the pool, takes a place and never waited. */
  const come = (book: Book, need: object = {}): Book => {
    book.write('come', 'referral', 'of new', referral('new', 'SUBMITTED', need));
    offer(book, 'come', 'new');
    const before = book.changes.findLast(({ table }) => table === 'bed_pool')?.after as { held: number };
    book.write('come', 'bed_pool', POOL, { ...before, held: before.held + 1 });
    return book.write('come', 'hold', 'hold', { pool_id: POOL, referral_id: 'of new', state: 'ACTIVE' });
  };
  const past = (free: number, ahead: number) => [
    `took one of ${free} free places past ${ahead} who wait, come first and could have it`,
  ];

  it('goes past nobody of a higher tier who could have it', () => {
    expect(found(come(waiting(two)))).toEqual(past(1, 1));
    expect(found(come(waiting(two, 2)))).toEqual([]);
    const three = { ...two, injecting: { tier: 'INJECTING' } };
    expect(found(come(waiting(three, 2)))).toEqual(past(2, 2));
    expect(found(come(waiting(three, 2), { injects: true }))).toEqual([]);
    expect(found(come(waiting(two), { pregnant: true }))).toEqual([]);
    expect(found(come(waiting(two), { pregnant: true, injects: true }))).toEqual([]);
  });

  it('may go past whoever the program has heard of, and where the pool was changing meanwhile', () => {
    expect(found(come(offer(waiting(two), 'before', 'pregnant', { state: 'DECLINED' })))).toEqual([]);
    const again = waiting(two).write('before', 'referral', 'earlier', referral('pregnant', 'CLOSED'));
    expect(found(come(again))).toEqual([]);
    const counted = come(
      waiting(two)
        .write('come', 'job', 'x', {})
        .write('census', 'bed_pool', POOL, { staffed: 3, occupied: 2, held: 0 }),
    );
    expect(found(counted)).toEqual([]);
  });

  it('is not asked about where it was accepted from an offer, and within a tier not where somebody chose', () => {
    const accepted = offer(waiting(two), 'asked', 'other')
      .write('accept', 'bed_pool', POOL, { staffed: 2, occupied: 1, held: 1 })
      .write('accept', 'hold', 'hold', { pool_id: POOL, referral_id: 'of other', state: 'ACTIVE' });
    expect(found(accepted)).toEqual([]);
    const again = (people: Readonly<Record<string, Someone>>) =>
      offer(waiting(people), 'again', 'other')
        .write('again', 'bed_pool', POOL, { staffed: 2, occupied: 1, held: 1 })
        .write('again', 'hold', 'hold', { pool_id: POOL, referral_id: 'of other', state: 'ACTIVE' });
    const equals = { first: { since: '2026-11-29T10:00:00Z' }, other: {} };
    expect(found(again(equals))).toEqual(past(1, 1));
    expect(found(again(equals).say('again', 'program.chosen', 'of other'))).toEqual([]);
    expect(found(again(two).say('again', 'program.chosen', 'of other'))).toEqual(past(1, 1));
  });
});

import type { Attempt, Call, Facts, History } from '../history/history';
import { Book, event } from './book';
import { check } from './check';

const POOL = 'pool';
const place = (held: number, occupied = 0) => ({ staffed: 2, occupied, held });
const hold = (state: string) => ({ pool_id: POOL, referral_id: 'referral', state });
const offer = (state: string) => ({ referral_id: 'referral', state });
/** A pool, and an offer accepted at it by request `a.1`. */
const accepted = (): Book =>
  new Book()
    .write('1', 'bed_pool', POOL, place(0))
    .write('2', 'referral', 'referral', { state: 'OFFERED', hold_id: null })
    .write('2', 'referral_change', 'c1', {
      referral_id: 'referral',
      command: 'offer',
      from_state: null,
      to_state: 'OFFERED',
    })
    .write('2', 'offer', 'offer', offer('PENDING'))
    .say('2', 'offer.made', 'offer')
    .tell('2', 'e1', 1)
    .write('3', 'hold', 'hold', hold('ACTIVE'))
    .write('3', 'bed_pool', POOL, place(1))
    .write('3', 'offer', 'offer', offer('ACCEPTED'))
    .write('3', 'referral', 'referral', { state: 'ACCEPTED', hold_id: 'hold' })
    .write('3', 'referral_change', 'c2', {
      referral_id: 'referral',
      command: 'accept',
      from_state: 'OFFERED',
      to_state: 'ACCEPTED',
    })
    .say('3', 'hold.made', 'hold', 'a.1')
    .say('3', 'offer.accepted', 'offer', 'a.1')
    .tell('3', 'e2', 2)
    .write('4', 'outbox_event', 'e1', event(1, 'soon'))
    .write('5', 'outbox_event', 'e2', event(2, 'later'));

const attempt = (n: number, changes: Partial<Attempt> = {}): Attempt => ({
  ...{
    requestId: `a.${n}`,
    api: 'api-1',
    from: n * 10,
    to: n * 10 + 5,
    end: 'ok',
    status: 200,
    code: null,
    id: 'offer',
  },
  ...changes,
});
const lost = { end: 'lost', status: 0, code: 'ECONNRESET', id: null } as const;
const refused = { end: 'refused', code: 'NO_CAPACITY', id: null } as const;

const accepting = (...attempts: Attempt[]): Call => ({
  ...{ key: 'a', person: 'provider-1', command: 'acceptOffer', subjectId: 'offer' },
  attempts,
});
const seen = (changes: Partial<History> = {}): History => ({
  ...{ calls: [accepting(attempt(1))], reads: [], faults: [], recoveries: [], sightings: [], samples: 1 },
  ...changes,
});

const rulesOf = (history: History, facts: Facts): string[] => [
  ...new Set(check(history, facts).map(({ rule }) => rule)),
];

describe('the checker', () => {
  it('finds nothing wrong with what is right', () => {
    expect(check(seen(), accepted().facts())).toEqual([]);
    const healed = seen({ calls: [accepting(attempt(1, lost), attempt(2), attempt(3))] });
    expect(check(healed, accepted().facts())).toEqual([]);
  });

  it('finds a pool that was out of bounds for one transaction, though it is not any more', () => {
    const book = accepted().write('6', 'bed_pool', POOL, place(3)).write('7', 'bed_pool', POOL, place(1));
    expect(rulesOf(seen(), book.facts())).toContain('room');
    expect(rulesOf(seen({ sightings: [{ at: 1, poolId: POOL, what: 'held 3' }] }), accepted().facts())).toEqual([
      'room',
    ]);
  });

  it('finds a double booking: a place that two holds keep', () => {
    const book = accepted()
      .write('6', 'hold', 'second', { ...hold('ACTIVE'), referral_id: 'other' })
      .say('6', 'hold.made', 'second')
      .tell('6', 'e3', 3)
      .write('7', 'outbox_event', 'e3', event(3, 'last'));
    expect(rulesOf(seen(), book.facts())).toEqual(['counters', 'places']);
  });

  it('finds a counter that moved without a hold, a census or a discharge', () => {
    const book = accepted().write('6', 'bed_pool', POOL, place(0));
    expect(rulesOf(seen(), book.facts())).toEqual(['counters']);
    const vacated = accepted().write('6', 'bed_pool', POOL, place(1, 1));
    expect(rulesOf(seen(), vacated.facts())).toEqual(['counters']);
  });

  it('takes a census and a discharge for what they are', () => {
    const book = accepted()
      .write('6', 'census', 'census', { pool_id: POOL, staffed: 5, occupied: 3 })
      .write('6', 'bed_pool', POOL, { staffed: 5, occupied: 3, held: 1 })
      .write('7', 'bed_pool', POOL, { staffed: 5, occupied: 2, held: 1 })
      .say('7', 'place.vacated', POOL);
    expect(check(seen(), book.facts())).toEqual([]);
  });

  it('finds a lost update: an acknowledged state that was overwritten', () => {
    const book = accepted().write('6', 'offer', 'offer', offer('PENDING'));
    expect(rulesOf(seen(), book.facts())).toEqual(['ends', 'all-or-none']);
  });

  it('finds a row that is not as it was written last, and one that followed from another version than the last', () => {
    const facts = accepted().facts();
    const rows = facts.rows.map((one) => (one.table === 'offer' ? { ...one, row: offer('PENDING') } : one));
    expect(rulesOf(seen(), { ...facts, rows })).toEqual(['succession']);
    const changes = facts.changes.filter(({ xid, table }) => !(xid === '2' && table === 'offer'));
    expect(rulesOf(seen(), { ...facts, changes })).toContain('succession');
  });

  it('finds an acknowledged change that is not there, as after a server that forgot its last moments', () => {
    expect(rulesOf(seen({ calls: [accepting(attempt(9))] }), accepted().facts())).toEqual(['acknowledged']);
  });

  it('finds an acknowledgement whose transaction changed something else', () => {
    const book = accepted().say('8', 'offer.noticed', 'offer', 'b.1');
    const call = { ...accepting(attempt(1, { requestId: 'b.1' })), key: 'b' };
    expect(rulesOf(seen({ calls: [call] }), book.facts())).toEqual(['acknowledged']);
  });

  it('finds a refusal that had an effect, and one key that had two', () => {
    expect(rulesOf(seen({ calls: [accepting(attempt(1, refused))] }), accepted().facts())).toEqual(['acknowledged']);
    const twice = accepted().say('8', 'offer.accepted', 'offer', 'a.2');
    expect(rulesOf(seen({ calls: [accepting(attempt(1), attempt(2))] }), twice.facts())).toEqual(['once']);
  });

  it('finds one key that was answered differently', () => {
    const other = seen({ calls: [accepting(attempt(1), attempt(2, { id: 'another' }))] });
    expect(rulesOf(other, accepted().facts())).toEqual(['once']);
    expect(rulesOf(seen({ calls: [accepting(attempt(1), attempt(2, refused))] }), accepted().facts())).toEqual([
      'once',
    ]);
    // Refused first and done later is what a place that opened looks like.
    expect(check(seen({ calls: [accepting(attempt(0, refused), attempt(1))] }), accepted().facts())).toEqual([]);
  });

  it('finds what is half done: a state without its entry, a referral unlike its history, a step without news', () => {
    const silent = accepted().write('6', 'referral', 'referral', { state: 'SCHEDULED', hold_id: 'hold' });
    expect(rulesOf(seen(), silent.facts())).toEqual(['all-or-none']);
    const facts = accepted().facts();
    const untold = { ...facts, changes: facts.changes.filter(({ table, id }) => !(table === 'job' && id === 'e2')) };
    expect(rulesOf(seen(), untold)).toEqual(['all-or-none']);
    const unsaid = { ...facts, entries: facts.entries.filter(({ action }) => action !== 'hold.made') };
    expect(rulesOf(seen(), unsaid)).toEqual(['all-or-none']);
  });

  it('finds a lost event, whether it was deleted or never told', () => {
    expect(rulesOf(seen(), accepted().write('6', 'outbox_event', 'e2', null).facts())).toContain('succession');
    const book = accepted().say('6', 'referral.scheduled', 'referral');
    expect(rulesOf(seen(), book.facts())).toEqual(['news']);
  });

  it('finds news out of order, and a delivery that was undone', () => {
    const late = accepted().tell('6', 'e0', 0).write('7', 'outbox_event', 'e0', event(0, 'at last'));
    expect(rulesOf(seen(), late.facts())).toEqual(['order']);
    expect(rulesOf(seen(), accepted().write('6', 'outbox_event', 'e2', event(2)).facts())).toEqual(['order']);
  });

  it('finds what was accepted and expired as well', () => {
    const book = accepted()
      .write('6', 'offer', 'offer', offer('EXPIRED'))
      .say('6', 'offer.expired', 'offer')
      .tell('6', 'e3', 3);
    expect(rulesOf(seen(), book.facts())).toContain('ends');
  });

  it('finds a place kept for a referral that has ended, and a referral whose place is gone', () => {
    const book = accepted()
      .write('6', 'referral', 'referral', { state: 'CANCELLED', hold_id: null })
      .write('6', 'referral_change', 'c3', {
        referral_id: 'referral',
        command: 'cancel',
        from_state: 'ACCEPTED',
        to_state: 'CANCELLED',
      })
      .tell('6', 'e3', 3);
    expect(rulesOf(seen(), book.facts())).toEqual(['places']);
  });

  it('finds 500s, unreadable answers and requests that nobody answers, and no more than that', () => {
    const ending = (end: Attempt['end'], code: string) =>
      seen({ reads: [{ person: 'officer', attempt: attempt(7, { end, code, status: 500 }) }] });
    expect(rulesOf(ending('fault', 'INTERNAL_SERVER_ERROR'), accepted().facts())).toEqual(['codes']);
    expect(rulesOf(ending('lost', 'TIMEOUT'), accepted().facts())).toEqual(['codes']);
    expect(check(ending('lost', 'ECONNRESET'), accepted().facts())).toEqual([]);
    expect(check(ending('retry', 'RETRY_LATER'), accepted().facts())).toEqual([]);
  });

  it('finds a request whose answer nobody ever knew', () => {
    expect(rulesOf(seen({ calls: [accepting(attempt(1, lost))] }), accepted().facts())).toEqual(['answered']);
  });

  it('finds a process that did not stop when it was told to', () => {
    const faults = [{ name: 'roll-over', detail: 'api-1 HAD TO BE KILLED after 60000 ms', from: 1, to: 2 }];
    expect(rulesOf(seen({ faults }), accepted().facts())).toEqual(['stops']);
  });

  it('finds a webhook that nobody took, and one that came after later news', () => {
    const webhooks = ['a', 'b', 'c'].map((id) => ({ id, state: 'DELIVERED', subjectId: 'offer' }));
    const about = (taken: string[]) => rulesOf(seen(), accepted().facts({ webhooks, taken }));
    expect(about(['a', 'b', 'c'])).toEqual([]);
    expect(about(['a', 'b'])).toEqual(['webhooks']);
    expect(about(['b', 'a', 'c'])).toEqual(['webhooks']);
    const skipped = webhooks.map((one) => (one.id === 'c' ? { ...one, state: 'SKIPPED' } : one));
    expect(check(seen(), accepted().facts({ webhooks: skipped, taken: ['a', 'b'] }))).toEqual([]);
  });

  it('finds what has not come to rest, and a trail that is not whole', () => {
    const left = [{ what: 'an advisory lock', id: '7' }];
    expect(rulesOf(seen(), accepted().facts({ leftovers: left }))).toEqual(['rest']);
    expect(rulesOf(seen(), accepted().facts({ trail: '1 thing is wrong' }))).toEqual(['trail']);
  });
});

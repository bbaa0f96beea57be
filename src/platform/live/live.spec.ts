import { setTimeout as pause } from 'node:timers/promises';
import type { DeliveredEvent } from '../outbox/subscribers';
import type { Reader } from '../database/reader';
import { Connection } from './connection';
import { Mailbox } from './mailbox';
import { Pacer } from './pacer';
import { Topics } from './topics';
import { Turns } from '../jobs/turns';

const MOVED = new Set(['moved']);

describe('a mailbox', () => {
  const open = () => {
    const ended = jest.fn();
    return { ended, mailbox: new Mailbox('mine', ended) };
  };
  const idOf = async (mailbox: Mailbox<string>) => (await mailbox.next()).value?.id;

  it('keeps each record once, oldest first, and takes one again that was read', async () => {
    const { mailbox } = open();
    expect(['a', 'b', 'a'].map((id) => mailbox.put(id, MOVED))).toEqual([true, true, false]);
    expect(await mailbox.next()).toEqual({ done: false, value: { id: 'a', names: MOVED, watch: 'mine' } });
    expect(mailbox.put('a', MOVED)).toBe(true);
    expect([await idOf(mailbox), await idOf(mailbox)]).toEqual(['b', 'a']);
  });

  it('gives many at once, and takes back what was not sent', async () => {
    const { mailbox } = open();
    for (const id of ['a', 'b', 'c']) mailbox.put(id, MOVED);
    const [first, second] = await mailbox.take(2);
    expect([first?.id, second?.id]).toEqual(['a', 'b']);
    mailbox.put('a', MOVED);
    if (first) mailbox.putBack(first);
    const rest = await mailbox.take(9);
    expect(rest.map(({ id }) => id)).toEqual(['c', 'a']);
    expect(rest[1]).toBe(first);
  });

  it('keeps the names of all events that came together, also with what it takes back', async () => {
    const { mailbox } = open();
    mailbox.put('a', MOVED);
    mailbox.put('a', new Set(['ended']));
    const [first] = await mailbox.take(1);
    expect([...(first?.names ?? [])]).toEqual(['moved', 'ended']);
    mailbox.put('a', new Set(['begun']));
    if (first) mailbox.putBack(first);
    const [again] = await mailbox.take(1);
    expect(again).toBe(first);
    expect([...(again?.names ?? [])]).toEqual(['moved', 'ended', 'begun']);
  });

  it('wakes who waits, with news or with the end', async () => {
    const { mailbox, ended } = open();
    const waiting = idOf(mailbox);
    mailbox.put('a', MOVED);
    expect(await waiting).toBe('a');
    const last = mailbox.next();
    await mailbox.return();
    expect(await last).toEqual({ done: true, value: undefined });
    expect(mailbox.put('b', MOVED)).toBe(false);
    expect(ended).toHaveBeenCalledTimes(1);
  });

  it('has a bound, and says when it is reached, also to who asks later', async () => {
    const { mailbox, ended } = open();
    const full = jest.fn();
    for (let i = 0; i < 500; i++) mailbox.put(String(i), MOVED);
    expect(ended).not.toHaveBeenCalled();
    expect(mailbox.put('one more', MOVED)).toBe(false);
    mailbox.whenFull(full);
    expect([full, ended].map((heard) => heard.mock.calls.length)).toEqual([1, 1]);
    expect((await mailbox.next()).done).toBe(true);
  });
});

describe('a pacer', () => {
  it('lets the first through, and then the newest once an interval', async () => {
    const told: string[] = [];
    const pacer = new Pacer(60);
    const offer = (id: string, what: string): void => {
      pacer.offer(id, () => told.push(what));
    };
    for (const n of [1, 2, 3]) offer('a', `a${n}`);
    offer('b', 'b1');
    expect(told).toEqual(['a1', 'b1']);
    await pause(90);
    expect(told).toEqual(['a1', 'b1', 'a3']);
    offer('a', 'a4');
    await pause(70);
    expect(told).toEqual(['a1', 'b1', 'a3', 'a4']);
  });
});

describe('turns', () => {
  it('let so many work at once, the others in order, and survive failure', async () => {
    const turns = new Turns(2);
    let [working, most] = [0, 0];
    const order: number[] = [];
    const work = (n: number) =>
      turns.run(async () => {
        most = Math.max(most, ++working);
        await pause(5);
        working -= 1;
        order.push(n);
        if (n === 1) throw new Error('broken');
      });
    await Promise.allSettled([0, 1, 2, 3, 4].map(work));
    expect({ most, order }).toEqual({ most: 2, order: [0, 1, 2, 3, 4] });
  });
});

describe('a connection', () => {
  it('ends with a client that has gone while it was written to, as no fault', async () => {
    const terminate = jest.fn();
    const send = jest.fn((_: string, taken: (error?: Error) => void) => {
      taken(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    });
    const socket = { on: jest.fn(), readyState: 1, OPEN: 1, send, terminate };
    const connection = new Connection(socket as never, '', {} as never, null);
    await connection.send('news');
    await connection.send('more');
    expect([terminate.mock.calls.length, send.mock.calls.length, connection.isOpen]).toEqual([1, 1, false]);
  });
});

describe('a topic', () => {
  const event = (subjectId: string): DeliveredEvent => ({
    ...{ id: subjectId, name: 'changed', at: new Date(0), agencyId: 'x', subjectType: 'Thing', subjectId, payload: {} },
  });

  it('reads facts once for all, tells who wants it, and reads nothing while nobody waits', async () => {
    const topics = new Topics();
    const facts = jest.fn((_reader: Reader, ids: readonly string[]) =>
      Promise.resolve(new Map(ids.filter((id) => id !== 'gone').map((id) => [id, id.length]))),
    );
    const about = ({ subjectId }: DeliveredEvent) => (subjectId === 'other' ? null : subjectId);
    const topic = topics.add({ name: 'thingChanged', about, facts });
    const reader = {} as Reader;
    await topics.hear(reader, [event('one')]);
    expect(facts).not.toHaveBeenCalled();
    const all = topic.watch(() => true, null);
    const long = topic.watch((length) => length > 3, null);
    await topics.hear(reader, ['one', 'other', 'three', 'gone', 'one'].map(event));
    expect(facts).toHaveBeenCalledTimes(1);
    expect(facts).toHaveBeenCalledWith(reader, ['one', 'three', 'gone']);
    expect([(await all.next()).value?.id, (await all.next()).value?.id]).toEqual(['one', 'three']);
    expect((await long.next()).value?.id).toBe('three');
    await all.return();
    await long.return();
    await topics.hear(reader, [event('one')]);
    expect(facts).toHaveBeenCalledTimes(1);
  });
});

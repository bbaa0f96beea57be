import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { Tasks } from '../../src/platform/jobs/tasks';
import { OutboxDelivery } from '../../src/platform/outbox/outbox-delivery';
import { Subscribers } from '../../src/platform/outbox/subscribers';
import { NaloxoneWatchService } from '../../src/responders/naloxone-watch.service';
import { SpikesService } from '../../src/surveillance/spikes.service';
import { buildReferral, buildRegion } from '../builders/referrals';
import { openApp, type TestApp } from '../setup/app';

describe('news whose task is gone', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openApp();
  });
  afterAll(() => app.close());

  it('is delivered by the sweep, in its order, and once its task has had its time', async () => {
    const { officer } = await buildRegion(app);
    const heard: string[] = [];
    for (const name of ['referral.submitted', 'referral.offered']) {
      app.app.get(Subscribers).on(name, (event) => {
        heard.push(event.name);
        return Promise.resolve();
      });
    }
    await buildReferral(app, officer);
    await app.owner(`delete from pgboss.job where name = 'tasks'`);
    await app.app.get(Tasks).sweep();
    expect(heard).toEqual([]);
    app.clock.advance(1);
    await app.app.get(Tasks).sweep();
    expect(heard).toEqual(['referral.submitted', 'referral.offered']);
    expect(await app.owner('select id from outbox_event where delivered_at is null')).toEqual([]);
    await app.app.get(Tasks).sweep();
    expect(heard).toHaveLength(2);
  });

  it('of a place whose time is up is needed by nobody: it is given free behind more of those that cannot be than one look takes', async () => {
    const { officer, programs } = await buildRegion(app, [{ staffed: 300, program: { acceptanceMode: 'INSTANT' } }]);
    const referralId = await buildReferral(app, officer);
    const held = async () =>
      (await app.owner<{ state: string }>('select state from hold where referral_id = $1', [referralId]))[0]?.state;
    expect(await held()).toBe('ACTIVE');
    // Of no referral, as a fault might leave them.
    const orphans = `with made as (
      insert into hold (id, pool_id, referral_id, agency_id, state, ends_at)
      select gen_random_uuid(), pool_id, gen_random_uuid(), agency_id, state, ends_at - interval '1 minute' from hold, generate_series(1, 101)
      where referral_id = $1 returning 1)
      update bed_pool set held = held + 101 where id = $2`;
    await app.owner(orphans, [referralId, programs[0]?.pool.id]);
    await app.owner(`delete from pgboss.job where name = 'tasks'`);
    app.clock.advance(24 * 60);
    await app.app.get(Tasks).sweep();
    expect(await held()).toBe('EXPIRED');
  });

  it('and what is looked at from time to time is, behind more that fails than one look takes', async () => {
    const { officer } = await buildRegion(app);
    const past = (minutes: number) => `now() - interval '${minutes} minutes'`;
    await app.owner(
      `with copies as (
         insert into agency select (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(), 'name', 'Stuck ' || n))).*
         from agency a, generate_series(1, 51) n where a.id = $1 returning id)
       insert into naloxone_level (agency_id, low_at, look_at) select id, 77777, ${past(9)} from copies union all select $1, 5, ${past(1)}`,
      [officer.agencyId],
    );
    await app.owner(
      `insert into spike_alert (county_fips, opened_at, last_spike_at, peak_p, look_at)
       select lpad(n::text, 5, '9'), now(), now(), 0, ${past(9)} from generate_series(1, 51) n
       union all select '39141', ${past(9000)}, ${past(9000)}, 0, ${past(1)}`,
    );
    await app.owner(`create function stuck() returns trigger language plpgsql as $$ begin raise 'stuck'; end $$`);
    await app.owner(
      'create trigger stuck before update on naloxone_level for each row when (old.low_at = 77777) execute function stuck()',
    );
    const logged = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    for (const one of [NaloxoneWatchService, SpikesService]) {
      await app.app
        .get(one)
        .sweep()
        .catch(() => undefined);
    }
    logged.mockRestore();
    const due = (table: string, where: string) =>
      app.owner(`select 1 from ${table} where ${where} and look_at <= now()`);
    expect(await due('naloxone_level', 'low_at = 5')).toEqual([]);
    expect(await due('spike_alert', "county_fips = '39141'")).toEqual([]);
    expect(await due('naloxone_level', 'low_at = 77777')).toHaveLength(51);
    await app.owner(
      `drop function stuck cascade; delete from naloxone_level; delete from spike_alert where county_fips like '99%'`,
    );
  });
});

describe('news of several records', () => {
  let app: TestApp;
  let delivery: OutboxDelivery;
  const heard: string[] = [];
  /** What a subscriber does with an event of this name, before it counts as heard. */
  const reactions = new Map<string, () => Promise<void>>();

  beforeAll(async () => {
    app = await openApp();
    delivery = app.app.get(OutboxDelivery);
    for (const name of ['slow', 'first', 'second', 'third']) {
      app.app.get(Subscribers).on(name, async () => {
        await reactions.get(name)?.();
        heard.push(name);
      });
    }
  });
  beforeEach(() => {
    heard.length = 0;
    reactions.clear();
  });
  afterAll(() => app.close());

  const writeOne = async (subjectId: string, name: string, payload: object = {}): Promise<string> => {
    const [row] = await app.owner<{ id: string }>(
      `insert into outbox_event (id, at, agency_id, name, subject_type, subject_id, payload)
       values (gen_random_uuid(), clock_timestamp(), gen_random_uuid(), $1, 'Test', $2, $3) returning id`,
      [name, subjectId, payload],
    );
    return row?.id ?? '';
  };
  const write = async (subjectId: string, ...names: string[]): Promise<string[]> => {
    const ids: string[] = [];
    for (const name of names) ids.push(await writeOne(subjectId, name));
    return ids;
  };
  const delivered = async (): Promise<number> =>
    (await app.owner('select 1 from outbox_event where delivered_at is not null')).length;

  it('goes its way while a subscriber still has to do with another record', async () => {
    let letGo = (): void => undefined;
    reactions.set('slow', () => new Promise((resolve) => (letGo = resolve)));
    const before = await delivered();
    const [held = ''] = await write(randomUUID(), 'slow');
    const [first = '', second = ''] = await write(randomUUID(), 'first', 'second');
    const all = delivery.deliver([held, first, second]);
    const [own] = await delivery.deliver([second]);
    expect(own).toMatchObject({ status: 'fulfilled' });
    expect(heard).toEqual(['first', 'second']);
    expect(await delivered()).toBe(before + 2);
    letGo();
    expect((await all).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
  });

  it('comes in the order of its record, whoever asks for what at once, and once from one process', async () => {
    const ids = await write(randomUUID(), 'first', 'second', 'third');
    reactions.set('first', () => new Promise((resolve) => setTimeout(resolve, 50)));
    await Promise.all([...ids].reverse().map((id) => delivery.deliver([id])));
    expect(heard).toEqual(['first', 'second', 'third']);
  });

  it('stops at what fails, and goes on from there', async () => {
    const ids = await write(randomUUID(), 'first', 'second', 'third');
    const other = await write(randomUUID(), 'first');
    reactions.set('second', () => Promise.reject(new Error('not now')));
    const ended = await delivery.deliver([...ids, ...other]);
    expect(ended.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'fulfilled']);
    expect(heard.toSorted()).toEqual(['first', 'first']);
    reactions.clear();
    await delivery.deliver(ids);
    expect(heard.toSorted()).toEqual(['first', 'first', 'second', 'third']);
  });

  it('comes in order where records of one referral take turns', async () => {
    const [referralId, offerId] = [randomUUID(), randomUUID()];
    const made = await writeOne(offerId, 'first', { referralId });
    const accepted = await writeOne(referralId, 'second', { offerId });
    const ended = await writeOne(randomUUID(), 'third', { referralId });
    await Promise.all([ended, accepted, made].map((id) => delivery.deliver([id])));
    expect(heard).toEqual(['first', 'second', 'third']);
  });

  it('is delivered by the sweep behind more lines than it takes at once, in which something always fails', async () => {
    reactions.set('second', () => Promise.reject(new Error('never')));
    await app.owner(
      `insert into outbox_event (id, at, agency_id, name, subject_type, subject_id, payload)
       select gen_random_uuid(), clock_timestamp(), gen_random_uuid(), case n when 120 then 'first' else 'second' end, 'Test',
         gen_random_uuid(), '{}'
       from generate_series(0, 120) as n`,
    );
    app.clock.advance(1);
    await expect(delivery.sweep()).rejects.toThrow('never');
    await expect(delivery.sweep()).rejects.toThrow('never');
    expect(heard).toEqual(['first']);
    await app.owner(`delete from outbox_event where name = 'second'`);
  });

  it('is delivered by the sweep before what a file caused, however much and however old that is', async () => {
    await app.owner(
      `insert into outbox_event (id, at, agency_id, name, subject_type, subject_id, payload, is_bulk)
       select gen_random_uuid(), clock_timestamp(), gen_random_uuid(), case n when 120 then 'first' else 'second' end, 'Test',
         gen_random_uuid(), '{}', n < 120
       from generate_series(0, 120) as n`,
    );
    app.clock.advance(1);
    await delivery.sweep();
    expect(heard).toEqual(['first']);
    app.clock.advance(10);
    await delivery.sweep();
    await delivery.sweep();
    expect(heard).toHaveLength(121);
  });
});

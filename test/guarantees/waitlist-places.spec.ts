import { AcceptanceService } from '../../src/referrals/acceptance.service';
import { OfferResponseService } from '../../src/referrals/offer-response.service';
import { PlaceFillingService } from '../../src/referrals/waitlist/place-filling.service';
import { Tasks } from '../../src/platform/jobs/tasks';
import { WaitlistPacks, waitlistPacks } from '../../src/referrals/waitlist/waitlist-rules';
import { consent } from '../../src/cli/walkthrough/people';
import { buildActor } from '../builders/agencies';
import { buildOverdoseReport } from '../builders/overdoses';
import { done, offerAt } from '../builders/referrals';
import type { TestApp } from '../setup/app';
import { INSTANT, WaitlistWorld, type Place } from '../setup/waitlist-world';

const command = { name: 'test' };
describe('a place that opens', () => {
  let world: WaitlistWorld;
  let app: TestApp;
  beforeAll(async () => {
    world = await WaitlistWorld.open();
    app = world.app;
  });
  beforeEach(() => world.begin());
  afterAll(() => world.close());

  const wait = (need: Parameters<WaitlistWorld['wait']>[0] = {}, isWoman = need.pregnant === true) =>
    world.wait(need, { person: { sex: isWoman ? 'FEMALE' : 'MALE' } });

  it('is given with others behind the news that came meanwhile, and none is left over', async () => {
    const { pool } = await world.program({ program: INSTANT });
    const all = [await wait(), await wait(), await wait()];
    await world.open(pool.id, 3);
    await world.get(PlaceFillingService).fill(pool.id, 2);
    expect(await world.statesOf(...all)).toEqual(['ACCEPTED', 'ACCEPTED', 'WAITLISTED']);
    await app.runDue();
    expect(await world.statesOf(...all)).toEqual(['ACCEPTED', 'ACCEPTED', 'ACCEPTED']);
    const tasks = () =>
      app.owner(`select 1 from pgboss.job where data->>'task' = 'fill-places' and data->>'poolId' = $1`, [pool.id]);
    expect(await tasks()).toHaveLength(1);
  });

  it('goes at once to the first in order at a program that takes people at once', async () => {
    const { pool } = await world.program({ program: INSTANT });
    const [other, injecting, pregnant] = [await wait(), await wait({ injects: true }), await wait({ pregnant: true })];
    expect(await world.statesOf(other, injecting, pregnant)).toEqual(['WAITLISTED', 'WAITLISTED', 'WAITLISTED']);
    await world.open(pool.id, 1);
    await world.fill(pool.id);
    expect(await world.statesOf(other, injecting, pregnant)).toEqual(['WAITLISTED', 'WAITLISTED', 'ACCEPTED']);
    await world.open(pool.id, 1);
    await world.fill(pool.id);
    expect(await world.statesOf(other, injecting, pregnant)).toEqual(['WAITLISTED', 'ACCEPTED', 'ACCEPTED']);
  });

  it('goes within a tier to whoever overdosed, also while they wait, before any other of it and after every higher tier', async () => {
    const { pool } = await world.program({ program: INSTANT });
    const medic = await buildActor(app.database, 'EMS', 'MEDIC');
    const birthDate = '1984-05-17';
    const [name, overdosed] = ['Waitina', { familyName: 'Overlong', birthDate, sex: 'FEMALE' } as const];
    const waits = (givenName: string, more: object = {}) =>
      world.wait({}, { person: { ...overdosed, givenName, ...more } });
    const earlier = await waits('Somebodyelse', { familyName: 'Quitedifferent', birthDate: '1991-12-01' });
    const known = await waits(name);
    const injecting = await wait({ injects: true }, true);
    const report = {
      where: { countyFips: '39141' },
      transport: 'REFUSED',
      person: { ...overdosed, givenName: name },
    } as const;
    await buildOverdoseReport(app, medic, report);
    await app.runDue();
    const entry =
      'select risk, overdose_risk as more, overdose_signals as signals, overdose_agency_id as who from waitlist_entry where referral_id = $1';
    expect(await app.owner(entry, [known])).toMatchObject([
      { more: 3, signals: ['RECENT_OVERDOSE', 'REFUSED_TRANSPORT'], who: medic.agencyId },
    ]);
    expect(await app.owner(entry, [earlier])).toMatchObject([{ more: 0, signals: [] }]);
    for (const left of [
      ['WAITLISTED', 'WAITLISTED', 'ACCEPTED'],
      ['WAITLISTED', 'ACCEPTED', 'ACCEPTED'],
    ]) {
      await world.open(pool.id, 1);
      await world.fill(pool.id);
      expect(await world.statesOf(earlier, known, injecting)).toEqual(left);
    }
    const ask = await app.as(world.region.coordinator);
    const asked = `query ($id: ID!) { referral(id: $id) { waitlistEntry { risk overdoseRisk overdoseSignals withheld { field reason } } } }`;
    const { data } = await ask<{ referral: { waitlistEntry: object } }>(asked, { id: known });
    expect(data?.referral.waitlistEntry).toMatchObject({
      ...{ overdoseRisk: null, overdoseSignals: null },
      withheld: expect.arrayContaining([{ field: 'overdoseRisk', reason: 'CONSENT' }]) as object,
    });
    const asOfficer = await app.as(world.region.officer);
    await asOfficer('mutation ($input: RecordConsentInput!) { recordConsent(input: $input) { __typename } }', {
      input: { referralId: earlier, consent: consent('IDENTITY_TO_COORDINATOR') },
    });
    const shown = await ask<{ referral: { waitlistEntry: object } }>(asked, { id: earlier });
    expect(shown.data?.referral.waitlistEntry).toMatchObject({ overdoseRisk: 0, overdoseSignals: [] });
  });

  it('is offered to one at a time at a program that reviews, and goes on when the answer is no', async () => {
    const { pool, intake } = await world.program({});
    const [later, first] = [await wait(), await wait({ injects: true })];
    await world.open(pool.id, 1);
    await world.fill(pool.id);
    await world.fill(pool.id);
    expect(await world.statesOf(later, first)).toEqual(['WAITLISTED', 'OFFERED']);
    const offerId = await offerAt(app, first, intake.agencyId);
    done(await world.get(OfferResponseService).decline(intake, offerId, 'STAFFING', command));
    await app.runDue();
    expect(await world.statesOf(later, first)).toEqual(['OFFERED', 'WAITLISTED']);
    done(await world.get(AcceptanceService).accept(intake, await offerAt(app, later, intake.agencyId), command));
    expect(await world.statesOf(later, first)).toEqual(['ACCEPTED', 'WAITLISTED']);
  });

  it('is not taken by a new referral while somebody waits for it who comes first, whether or not news of it came', async () => {
    const { pool } = await world.program({ program: INSTANT });
    const first = await wait({ injects: true });
    await world.open(pool.id, 1);
    // Nobody has heard of the place yet.
    const newcomer = await wait();
    expect(await world.statesOf(first, newcomer)).toEqual(['WAITLISTED', 'WAITLISTED']);
    await world.get(Tasks).sweep();
    expect(await world.statesOf(first, newcomer)).toEqual(['ACCEPTED', 'WAITLISTED']);
  });

  it('is taken by a new referral that comes first itself, or where there is more room than those ahead can claim', async () => {
    const { pool } = await world.program({ sexes: ['FEMALE'], program: INSTANT });
    const man = await wait({ injects: true });
    const woman = await wait({ injects: true }, true);
    await world.open(pool.id, 1);
    const pregnant = await wait({ pregnant: true });
    expect(await world.statesOf(man, woman, pregnant)).toEqual(['WAITLISTED', 'WAITLISTED', 'ACCEPTED']);
    await world.open(pool.id, 2);
    const second = await wait({}, true);
    expect(await world.statesOf(man, woman, second)).toEqual(['WAITLISTED', 'WAITLISTED', 'ACCEPTED']);
    await world.fill(pool.id);
    expect(await world.statesOf(man, woman)).toEqual(['WAITLISTED', 'ACCEPTED']);
    const [passed] = await app.owner<{ rules: string[] }>(
      'select rules from place_consideration where referral_id = $1 and pool_id = $2',
      [man, pool.id],
    );
    expect(passed?.rules).toEqual(['SEX']);
  });

  it('goes in the order that the state of the program lays down', async () => {
    const rules = waitlistPacks().rulesOf('OH', new Date());
    const packs = jest.spyOn(WaitlistPacks.prototype, 'rulesOf');
    packs.mockImplementation((state) => (state === 'VT' ? { ...rules, order: [...rules.order].reverse() } : rules));
    const { pool } = await world.program({ program: { ...INSTANT, state: 'VT' } });
    const [pregnant, other] = [await wait({ pregnant: true }), await wait()];
    await world.open(pool.id, 1);
    await world.fill(pool.id);
    packs.mockRestore();
    expect(await world.statesOf(pregnant, other)).toEqual(['WAITLISTED', 'ACCEPTED']);
  });

  it('is given though another, that is looked at before it, cannot be', async () => {
    const all = [await world.program({ program: INSTANT }), await world.program({ program: INSTANT })].map(
      ({ pool }) => pool.id,
    );
    const [stuck = '', other = ''] = all.sort();
    const ids = [await wait(), await wait()];
    for (const id of [stuck, other]) await world.open(id, 1);
    await app.owner(`create function stuck() returns trigger language plpgsql as $$ begin raise 'stuck'; end $$`);
    await app.owner(
      `create trigger stuck before insert on place_consideration for each row when (new.pool_id = '${stuck}') execute function stuck()`,
    );
    await expect(world.get(PlaceFillingService).sweep()).rejects.toThrow('stuck');
    await app.owner('drop function stuck cascade');
    expect(await world.statesOf(...ids)).toEqual(['ACCEPTED', 'WAITLISTED']);
  });

  it('goes to who waits longest among equals, and who did not come to one begins anew', async () => {
    const { pool } = await world.program({ program: INSTANT });
    const [absent, patient] = [await wait(), await wait()];
    await world.open(pool.id, 1);
    await world.fill(pool.id);
    await world.open(pool.id, 0);
    expect(await world.statesOf(absent, patient)).toEqual(['ACCEPTED', 'WAITLISTED']);
    app.clock.advance(121);
    await app.runDue();
    expect(await world.statesOf(absent, patient)).toEqual(['WAITLISTED', 'ACCEPTED']);
  });

  interface Waiter {
    readonly id: string;
    /** Less is first. */
    readonly rank: number;
    readonly isWoman: boolean;
  }
  const RANK_OF_TIER = { both: 0, pregnant: 1, injecting: 2, other: 3 } as const;
  const tierOf = (isPregnant: boolean, isInjecting: boolean): keyof typeof RANK_OF_TIER => {
    if (isPregnant) return isInjecting ? 'both' : 'pregnant';
    return isInjecting ? 'injecting' : 'other';
  };
  /** People of every tier and both risks, one after the other. */
  const crowd = async (size: number): Promise<Waiter[]> => {
    const waiters: Waiter[] = [];
    for (let n = 0; n < size; n++) {
      const [isPregnant, isInjecting, isAtRisk] = [n % 7 === 0, n % 3 === 0, n % 2 === 1];
      const isWoman = isPregnant || n % 5 < 3;
      const lastUse = isAtRisk ? 'WITHIN_24_HOURS' : 'LONGER';
      const id = await wait({ pregnant: isPregnant, injects: isInjecting, lastUse }, isWoman);
      const rank = RANK_OF_TIER[tierOf(isPregnant, isInjecting)] * 10_000 + (isAtRisk ? 0 : 1_000) + n;
      waiters.push({ id, rank, isWoman });
    }
    return waiters.sort((one, other) => one.rank - other.rank);
  };

  /** The place each waiting person got, and everything it needs to say whether somebody was passed over. */
  const held = () =>
    app.owner<{ referralId: string; poolId: string; position: number; rules: string[] }>(
      `select referral_id as "referralId", pool_id as "poolId", position, rules from place_consideration`,
    );

  it('is one of fifty that open at once for two hundred: nobody twice, nobody out of order among those a program can take', async () => {
    const women = await world.program({ sexes: ['FEMALE'], program: INSTANT });
    const anybody = await Promise.all(Array.from({ length: 4 }, () => world.program({ program: INSTANT })));
    const all = [women, ...anybody].map(({ pool }) => pool.id);
    const order = await crowd(200);
    for (const id of all) await world.open(id, 10);
    const others = [await app.beside(), await app.beside()];
    const fillers = [app.app, ...others].map((one) => one.get(PlaceFillingService));
    await Promise.all(fillers.flatMap((filler) => all.map((id) => filler.fill(id))));
    await Promise.all(others.map((one) => one.close()));
    const states = new Map(
      (
        await app.owner<{ id: string } & Place>(
          'select id, state, program_id as "programId" from referral where id = any($1)',
          [order.map(({ id }) => id)],
        )
      ).map((row) => [row.id, row]),
    );
    const placed = order.filter(({ id }) => states.get(id)?.state === 'ACCEPTED');
    expect(placed).toHaveLength(50);
    const [pools] = await app.owner<{ held: number; most: number }>(
      'select sum(held)::int as held, max(held)::int as most from bed_pool where id = any($1)',
      [all],
    );
    expect(pools).toEqual({ held: 50, most: 10 });
    // The rule’s text: whoever got a place comes before everybody of those the program can take who got none.
    const firstLeft = order.findIndex(({ id }) => states.get(id)?.state === 'WAITLISTED');
    const [womenLeft] = order.filter(({ id, isWoman }) => isWoman && states.get(id)?.state === 'WAITLISTED');
    for (const one of placed) {
      const isAtWomens = states.get(one.id)?.programId === women.pool.programId;
      const left = isAtWomens ? womenLeft : order[firstLeft];
      expect(one.rank).toBeLessThan(left?.rank ?? Infinity);
    }
    const given = (await held()).filter(({ poolId, rules }) => all.includes(poolId) && rules.length === 0);
    expect(given).toHaveLength(50);
  });
});

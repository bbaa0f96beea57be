import { isRefusal } from '../../src/kernel/refusal';
import { Tasks } from '../../src/platform/jobs/tasks';
import { AcceptanceService } from '../../src/referrals/acceptance.service';
import { ArrivalService } from '../../src/referrals/arrival.service';
import { OfferExpiryService } from '../../src/referrals/offer-expiry.service';
import { buildReferral, buildRegion, buildSubmission, done, offerAt, type Region } from '../builders/referrals';
import { openApp, type TestApp } from '../setup/app';
import { inDepth } from '../setup/thorough';

const command = { name: 'race' };
/** Twice what the pool of connections serves: the rest would only wait for one, on a busy machine until it is refused. */
const AT_ONCE = 20;

describe('what is scarce', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openApp();
  });
  afterAll(() => app.close());

  const pool = async (id: string) =>
    (
      await app.owner<{ staffed: number; occupied: number; held: number }>(
        'select staffed, occupied, held from bed_pool where id = $1',
        [id],
      )
    )[0];
  const states = async (table: 'offer' | 'referral' | 'hold', ids: readonly string[], column = 'id') => {
    const rows = await app.owner<{ state: string; n: number }>(
      `select state, count(*)::int as n from ${table} where ${column} = any($1::uuid[]) group by 1`,
      [ids],
    );
    return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
  };
  const inBatches = async <T, R>(items: readonly T[], size: number, work: (item: T) => Promise<R>): Promise<R[]> => {
    const results: R[] = [];
    for (let i = 0; i < items.length; i += size) {
      results.push(...(await Promise.all(items.slice(i, i + size).map(work))));
    }
    return results;
  };

  it('gives ten places to exactly ten of three hundred acceptances', async () => {
    const region = await buildRegion(app, [{ staffed: 10 }]);
    const [program] = region.programs;
    if (!program) throw new Error('no program');
    const referrals = await inBatches(Array.from({ length: 300 }), AT_ONCE, () => buildReferral(app, region.officer));
    const offers = await app.owner<{ id: string }>(
      "select id from offer where referral_id = any($1::uuid[]) and state = 'PENDING'",
      [referrals],
    );
    expect(offers.length).toBe(300);
    const acceptance = app.app.get(AcceptanceService);
    const results = await inBatches(offers, AT_ONCE, ({ id }) => acceptance.accept(program.intake, id, command));
    const refusals = results.filter(isRefusal);
    expect(results.length - refusals.length).toBe(10);
    expect(new Set(refusals.map(({ code }) => code))).toEqual(new Set(['NO_CAPACITY']));
    expect(await pool(program.pool.id)).toEqual({ staffed: 10, occupied: 0, held: 10 });
    expect(await states('hold', referrals, 'referral_id')).toEqual({ ACTIVE: 10 });
    expect(await states('referral', referrals)).toEqual({ ACCEPTED: 10, OFFERED: 290 });
    expect(await states('offer', referrals, 'referral_id')).toEqual({ ACCEPTED: 10, PENDING: 290 });
  });

  it('is asked of three programs at a time, however many are chosen', async () => {
    const region = await buildRegion(app, [{}, {}, {}, {}]);
    const preferredProgramIds = region.programs.map(({ pool: { programId } }) => programId);
    const referralId = await buildReferral(app, region.officer, buildSubmission({}, { preferredProgramIds }));
    const asked = async () =>
      (
        await app.owner<{ programId: string }>(
          `select program_id as "programId" from offer where referral_id = $1 and state = 'PENDING'`,
          [referralId],
        )
      ).map(({ programId }) => programId);
    const before = await asked();
    expect(before).toHaveLength(3);
    const ask = await app.as(region.coordinator);
    const choose = async (programId: string | undefined) => {
      const { data, errors } = await ask<{ offerReferral: { code?: string; remedy?: string } }>(
        `mutation ($input: OfferReferralInput!) {
          offerReferral(input: $input) { ... on Referral { id } ... on Refused { code remedy } } }`,
        { input: { referralId, programId } },
      );
      expect(errors).toEqual([]);
      return data?.offerReferral;
    };
    const fourth = preferredProgramIds.find((id) => !before.includes(id));
    expect(await choose(fourth)).toEqual({ code: 'OFFER_LIMIT', remedy: expect.stringMatching(/Wait for an answer/) });
    expect(await choose(before[0])).toMatchObject({ code: 'ALREADY_EXISTS' });
    expect((await asked()).sort()).toEqual([...before].sort());
  });

  it('lets one of three programs win, and withdraws the others with it', async () => {
    const region = await buildRegion(app, [
      { levelOfCare: 'ASAM_3_5' },
      { levelOfCare: 'ASAM_3_5' },
      { levelOfCare: 'ASAM_3_5' },
    ]);
    const acceptance = app.app.get(AcceptanceService);
    for (let round = 0; round < 10; round++) {
      const submission = buildSubmission(
        {},
        { preferredProgramIds: region.programs.map(({ pool: { programId } }) => programId), maxDistanceKm: 5 },
      );
      const id = await buildReferral(app, region.officer, submission);
      const live = await app.owner<{ id: string; agencyId: string }>(
        'select id, agency_id as "agencyId" from offer where referral_id = $1',
        [id],
      );
      expect(live.length).toBe(3);
      const intakeOf = (agencyId: string) => region.programs.find(({ intake }) => intake.agencyId === agencyId)?.intake;
      const answers = await Promise.all(
        live.map((offer) => {
          const intake = intakeOf(offer.agencyId);
          if (!intake) throw new Error('an offer at a stranger');
          return acceptance.accept(intake, offer.id, command);
        }),
      );
      expect(answers.filter((answer) => !isRefusal(answer)).length).toBe(1);
      expect(await states('offer', [id], 'referral_id')).toEqual({ ACCEPTED: 1, WITHDRAWN: 2 });
      const held = await app.owner<{ n: number }>(
        "select count(*)::int as n from hold where referral_id = $1 and state = 'ACTIVE'",
        [id],
      );
      expect(held[0]?.n).toBe(1);
      await app.owner('update bed_pool set staffed = staffed + 1 where program_id = any($1::uuid[])', [
        region.programs.map(({ pool: { programId } }) => programId),
      ]);
    }
  });

  const RACES = 400;
  /** The first of them: half have time enough, half are too late, whatever the machine. */
  const ACCEPTANCES = RACES + AT_ONCE;
  it(`decides ${RACES} acceptances racing the end of their offers one way each`, async () => {
    const region = await buildRegion(app, [{ staffed: 1000, levelOfCare: 'ASAM_3_1' }]);
    const [program] = region.programs as [Region['programs'][0]];
    const [acceptance, responses] = [app.app.get(AcceptanceService), app.app.get(OfferExpiryService)];
    const submission = buildSubmission({}, { preferredProgramIds: [program.pool.programId] });
    const referrals = await inBatches(Array.from({ length: ACCEPTANCES }), AT_ONCE, () =>
      buildReferral(app, region.officer, submission),
    );
    const offers = await inBatches(referrals, AT_ONCE, (id) => offerAt(app, id, program.intake.agencyId));
    let turn = 0;
    const race = async (id: string): Promise<string> => {
      // Half start together, in either order, and the database decides who is served first; a quarter each starts late.
      const round = turn++ % 4;
      const late = (isLate: boolean) => new Promise((resolve) => setTimeout(resolve, isLate ? 40 : 0));
      const answer = async () => {
        await late(round === 2);
        return acceptance.accept(program.intake, id, command);
      };
      const silence = async () => {
        await late(round === 3);
        return responses.expire(id, program.intake.agencyId);
      };
      const isSilenceFirst = round % 2 === 1;
      const before = isSilenceFirst ? silence() : undefined;
      const [accepted] = await Promise.all([answer(), before ?? silence()]);
      return isRefusal(accepted) ? accepted.code : 'ACCEPTED';
    };
    const outcomes: string[] = [];
    for (let n = 0; n < offers.length; n += AT_ONCE) {
      const some = offers.slice(n, n + AT_ONCE);
      const left =
        n === 0
          ? "case array_position($1::uuid[], id) % 2 when 0 then interval '1 hour' else interval '0' end"
          : "interval '60 milliseconds' * random()";
      await app.owner(`update offer set decide_by = clock_timestamp() + ${left} where id = any($1::uuid[])`, [some]);
      outcomes.push(...(await Promise.all(some.map(race))));
    }
    const accepted = outcomes.filter((outcome) => outcome === 'ACCEPTED').length;
    expect(new Set(outcomes)).toEqual(new Set(['ACCEPTED', 'HOLD_EXPIRED']));
    // What both left to the worker: refused as too late, and looked at before its end.
    await inBatches(offers, AT_ONCE, (id) => responses.expire(id, program.intake.agencyId));
    const ended = await states('offer', offers);
    expect([ended['ACCEPTED'] ?? 0, ended['EXPIRED'] ?? 0]).toEqual([accepted, ACCEPTANCES - accepted]);
    const holds = await app.owner<{ n: number }>(
      "select count(*)::int as n from hold where pool_id = $1 and state = 'ACTIVE'",
      [program.pool.id],
    );
    expect([holds[0]?.n, (await pool(program.pool.id))?.held]).toEqual([accepted, accepted]);
  });

  const ARRIVALS = inDepth(60, 200);
  it(`decides ${ARRIVALS} arrivals racing the end of their holds one way each`, async () => {
    const region = await buildRegion(app, [{ staffed: 1000, levelOfCare: 'ASAM_2_5' }]);
    const [program] = region.programs as [Region['programs'][0]];
    const [acceptance, arrivals] = [app.app.get(AcceptanceService), app.app.get(ArrivalService)];
    const submission = buildSubmission({}, { preferredProgramIds: [program.pool.programId] });
    const referrals = await inBatches(Array.from({ length: ARRIVALS }), AT_ONCE, () =>
      buildReferral(app, region.officer, submission),
    );
    await inBatches(referrals, AT_ONCE, async (id) =>
      done(await acceptance.accept(program.intake, await offerAt(app, id, program.intake.agencyId), command)),
    );
    const holds = await app.owner<{ id: string; referralId: string }>(
      'update hold set ends_at = clock_timestamp() + interval \'40 milliseconds\' * random() where referral_id = any($1::uuid[]) returning id, referral_id as "referralId"',
      [referrals],
    );
    const outcomes = await inBatches(holds, AT_ONCE, async ({ id, referralId }) => {
      const [arrived] = await Promise.all([
        arrivals.recordArrival(program.intake, referralId, command),
        arrivals.expireHold(id, referralId, program.intake.agencyId),
      ]);
      return isRefusal(arrived) ? arrived.code : 'ARRIVED';
    });
    // What both left to the worker; the news of some thousand steps is nothing to this.
    await app.app.get(Tasks).sweep();
    const arrivedCount = outcomes.filter((outcome) => outcome === 'ARRIVED').length;
    const lost = new Set(outcomes.filter((outcome) => outcome !== 'ARRIVED'));
    expect([...lost].filter((code) => code !== 'HOLD_EXPIRED')).toEqual([]);
    const held = await states(
      'hold',
      holds.map(({ id }) => id),
    );
    expect([held['ACTIVE'] ?? 0, held['EXPIRED'] ?? 0]).toEqual([arrivedCount, ARRIVALS - arrivedCount]);
    const active = await app.owner<{ n: number }>(
      "select count(*)::int as n from hold where pool_id = $1 and state = 'ACTIVE'",
      [program.pool.id],
    );
    expect((await pool(program.pool.id))?.held).toBe(active[0]?.n);
  });
});

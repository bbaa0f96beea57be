import { OfferResponseService } from '../../src/referrals/offer-response.service';
import { ReferralInfoService } from '../../src/referrals/referral-info.service';
import { PlaceFillingService } from '../../src/referrals/waitlist/place-filling.service';
import type { PoolTraits } from '../builders/capacity';
import {
  buildProgramOf,
  buildReferral,
  buildRegion,
  buildSubmission,
  done,
  offerAt,
  type Region,
} from '../builders/referrals';
import { openApp, type TestApp } from '../setup/app';

const command = { name: 'test' };
const INSTANT = { acceptanceMode: 'INSTANT', freshnessMinutes: 1440 } as const;

describe('people who wait', () => {
  let app: TestApp;
  let region: Region;
  /** Far from those of the test before. */
  let latitude = 20;
  beforeAll(async () => {
    app = await openApp();
  });
  beforeEach(async () => {
    latitude += 2;
    region = await buildRegion(app, []);
  });
  afterAll(() => app.close());

  const fill = (poolId: string) => app.app.get(PlaceFillingService).fill(poolId);
  const program = ({ program: more, ...traits }: PoolTraits) =>
    buildProgramOf(app, { staffed: 0, ...traits, program: { latitude, ...more } });
  const wait = (need: Parameters<typeof buildSubmission>[1] = {}, sender = region.officer) =>
    buildReferral(app, sender, buildSubmission({}, { latitude, ...need }));
  const open = (poolId: string, places: number) =>
    app.owner('update bed_pool set staffed = occupied + held + $2 where id = $1', [poolId, places]);
  const placeOf = async (id: string) =>
    (
      await app.owner<{ state: string; programId: string | null }>(
        'select state, program_id as "programId" from referral where id = $1',
        [id],
      )
    )[0]!;
  const statesOf = (...ids: string[]) => Promise.all(ids.map(async (id) => (await placeOf(id)).state));

  it('are given a place in their turn also while another program has asked for facts of them, unless a doctor comes first', async () => {
    const review = await program({});
    const [later, first] = [await wait(), await wait({ injects: true })];
    await open(review.pool.id, 1);
    await fill(review.pool.id);
    expect(await statesOf(later, first)).toEqual(['WAITLISTED', 'OFFERED']);
    const asked = await offerAt(app, first, review.intake.agencyId);
    done(await app.app.get(OfferResponseService).acknowledge(review.intake, asked, command));
    const ask = async (...missing: ('PAYER' | 'MEDICAL_CLEARANCE')[]) =>
      done(await app.app.get(ReferralInfoService).requestInfo(review.intake, { referralId: first, missing }, command));
    await ask('PAYER');
    expect(await statesOf(later, first)).toEqual(['WAITLISTED', 'NEEDS_INFO']);
    // A program that reviews as well does not hear of whom the other considers, and the row says so.
    const other = await program({});
    await open(other.pool.id, 1);
    await fill(other.pool.id);
    expect(await statesOf(later, first)).toEqual(['OFFERED', 'NEEDS_INFO']);
    const rulesAt = async (poolId: string) =>
      (
        await app.owner<{ rules: string[] }>(
          'select rules from place_consideration where referral_id = $1 and pool_id = $2',
          [first, poolId],
        )
      ).map(({ rules }) => rules);
    expect(await rulesAt(other.pool.id)).toEqual([['BEFORE_ANOTHER_PROGRAM']]);
    const [near, far] = [await program({ program: INSTANT }), await program({ program: INSTANT })];
    await ask('MEDICAL_CLEARANCE');
    await open(near.pool.id, 1);
    await fill(near.pool.id);
    expect(await rulesAt(near.pool.id)).toEqual([['FACTS_MISSING']]);
    expect(await statesOf(later, first)).toEqual(['ACCEPTED', 'NEEDS_INFO']);
    const cleared = { referralId: first, isMedicallyCleared: true, notKnown: [] };
    done(await app.app.get(ReferralInfoService).provideInfo(region.officer, cleared, command));
    expect((await placeOf(first)).state).toBe('NEEDS_INFO');
    await open(other.pool.id, 0);
    await open(far.pool.id, 1);
    // Nor does somebody new go past them.
    expect((await placeOf(await wait())).state).toBe('WAITLISTED');
    await fill(far.pool.id);
    expect(await placeOf(first)).toEqual({ state: 'ACCEPTED', programId: far.pool.programId });
    expect(
      await app.owner(`select 1 from clock where referral_id = $1 and kind = 'INFO_PROVIDED' and ended_at is null`, [
        first,
      ]),
    ).toEqual([]);
  });
});

import { asOwner } from '../builders/agencies';
import { buildReferral, buildRegion, type Region } from '../builders/referrals';
import { openApp, type TestApp } from '../setup/app';

describe('a referral beyond its sender’s quota of places', () => {
  let app: TestApp;
  // A database for each: whoever waits after one test comes first in the next.
  beforeEach(async () => {
    app = await openApp();
  });
  afterEach(() => app.close());

  const limit = (agencyId: string, activeHolds: number) =>
    asOwner(
      app.database,
      `with worker as (select set_config('role', 'handrail_worker', true))
       insert into hold_quota select $1, $2, 100 from worker`,
      [agencyId, activeHolds],
    );
  const states = async (referrals: readonly string[]) => {
    const rows = await app.owner<{ state: string; n: number }>(
      'select state, count(*)::int as n from referral where id = any($1::uuid[]) group by 1',
      [referrals],
    );
    return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
  };
  /** 25 under way at a time, more than there are connections. */
  const submit = async (region: Region, times: number): Promise<string[]> => {
    const referrals: string[] = [];
    const lane = async (): Promise<void> => {
      while (turns-- > 0) referrals.push(await buildReferral(app, region.officer));
    };
    let turns = times;
    await Promise.all(Array.from({ length: 25 }, lane));
    return referrals;
  };

  it('waits: a hundred at once, ten allowed, ten places kept', async () => {
    const region = await buildRegion(app, [{ staffed: 200, program: { acceptanceMode: 'INSTANT' } }]);
    await limit(region.officer.agencyId, 10);
    const referrals = await submit(region, 100);
    expect(await states(referrals)).toEqual({ ACCEPTED: 10, WAITLISTED: 90 });
    const holds = await app.owner<{ n: number }>(
      `select count(*)::int as n from hold h join referral r on r.id = h.referral_id
       where r.sender_agency_id = $1 and h.state = 'ACTIVE'`,
      [region.officer.agencyId],
    );
    expect(holds[0]?.n).toBe(10);
    const reasons = await app.owner<{ code: string; scope: string; n: number }>(
      `select details ->> 'code' as code, details ->> 'scope' as scope, count(*)::int as n from audit_entry
       where action = 'hold.refused' and details ->> 'referralId' = any($1::text[]) group by 1, 2`,
      [referrals],
    );
    expect(reasons).toEqual([{ code: 'HOLD_QUOTA', scope: 'AGENCY', n: 90 }]);
  });

  it('is put to a program that decides itself, which the quota does not bind', async () => {
    const region = await buildRegion(app, [
      { staffed: 20, program: { acceptanceMode: 'INSTANT' } },
      { staffed: 20, program: { acceptanceMode: 'REVIEW' } },
    ]);
    await limit(region.officer.agencyId, 1);
    expect(await states(await submit(region, 3))).toEqual({ ACCEPTED: 1, OFFERED: 2 });
  });
});

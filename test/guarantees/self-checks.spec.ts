import { AuditSealer } from '../../src/platform/audit/audit-sealer';
import { registry } from '../../src/platform/health';
import { SelfChecks } from '../../src/platform/jobs/self-checks';
import { AcceptanceService } from '../../src/referrals/acceptance.service';
import { buildReferral, buildRegion, done, offerAt, type Region } from '../builders/referrals';
import { openApp, type TestApp } from '../setup/app';

/** Unsealed entries as an administrator moves them: nobody else can. */
const entriesAt = (at: string): string =>
  `alter table audit_entry disable trigger append_only;
   update audit_entry set at = ${at} where xid >= coalesce((select max(xid_to) from audit_block), '0'::xid8);
   alter table audit_entry enable always trigger append_only`;

describe('the self-check', () => {
  let app: TestApp;
  let region: Region;
  beforeAll(async () => {
    app = await openApp();
    region = await buildRegion(app);
  });
  afterAll(() => app.close());

  /** The checks that find something now, with how much. */
  const broken = async (): Promise<Record<string, number>> => {
    await app.app.get(SelfChecks).run();
    const { values } = (await registry.getMetricsAsJSON()).find(({ name }) => name === 'handrail_broken_promises')!;
    return Object.fromEntries(
      values.filter(({ value }) => value > 0).map(({ labels, value }) => [labels['check'], value]),
    );
  };

  const accept = async (): Promise<{ referralId: string; offerId: string }> => {
    const referralId = await buildReferral(app, region.officer);
    const [program] = region.programs;
    const offerId = await offerAt(app, referralId, program!.pool.agencyId);
    done(await app.app.get(AcceptanceService).accept(program!.intake, offerId, { name: 'acceptOffer' }));
    await app.runDue();
    return { referralId, offerId };
  };

  it('finds nothing where all is well', async () => {
    await accept();
    await buildReferral(app, region.officer);
    await app.runDue();
    expect(await broken()).toEqual({});
  });

  it.each([
    [
      'pools-in-step',
      'update bed_pool set held = held - 1 where held > 0',
      'update bed_pool set held = held + 1 where held < 2',
    ],
    [
      'holds-end',
      `update hold set ends_at = clock_timestamp() - interval '6 minutes' where state = 'ACTIVE'`,
      `update hold set ends_at = clock_timestamp() + interval '1 hour' where state = 'ACTIVE'`,
    ],
    [
      'offers-end',
      `update offer set decide_by = clock_timestamp() - interval '6 minutes' where state = 'PENDING'`,
      `update offer set decide_by = clock_timestamp() + interval '1 hour' where state = 'PENDING'`,
    ],
    [
      'offers-are-open',
      `update offer set state = 'PENDING', ended_at = null where state = 'ACCEPTED'`,
      `update offer set state = 'ACCEPTED', ended_at = clock_timestamp() where referral_id in (select id from referral where state = 'ACCEPTED')`,
    ],
    [
      'clocks-watched',
      `update clock set next_step_at = clock_timestamp() - interval '6 minutes' where next_step_at is not null`,
      `update clock set next_step_at = due_at where next_step_at is not null`,
    ],
    [
      'clocks-watched',
      `update clock set due_at = due_at - interval '1 year', next_step_at = null where ended_at is null`,
      `update clock set due_at = due_at + interval '1 year', next_step_at = due_at + interval '1 year' where ended_at is null`,
    ],
    [
      'referrals-go-on',
      `update referral set state = 'SUBMITTED' where state = 'OFFERED'`,
      `update referral set state = 'OFFERED' where state = 'SUBMITTED'`,
    ],
    [
      'referrals-go-on',
      `update referral set state = 'WAITLISTED' where state = 'OFFERED'`,
      `update referral set state = 'OFFERED' where state = 'WAITLISTED'`,
      'referrals-as-told',
    ],
    [
      'referrals-watched',
      `update referral set state = 'NEEDS_INFO' where state = 'OFFERED'`,
      `update referral set state = 'OFFERED' where state = 'NEEDS_INFO'`,
    ],
    [
      'referrals-as-told',
      `update referral set state = 'SCHEDULED' where state = 'ACCEPTED'`,
      `update referral set state = 'ACCEPTED' where state = 'SCHEDULED'`,
    ],
    [
      'referrals-go-on',
      `update offer set state = 'EXPIRED', ended_at = clock_timestamp() where state = 'PENDING'`,
      `update offer set state = 'PENDING', ended_at = null where state = 'EXPIRED'`,
    ],
    [
      'events-delivered',
      `update outbox_event set delivered_at = null, at = clock_timestamp() - interval '6 minutes' where position = 1`,
      `update outbox_event set delivered_at = clock_timestamp() where position = 1`,
    ],
    [
      'events-in-line',
      `update outbox_event set fed = null, at = clock_timestamp() - interval '2 minutes' where position = 1`,
      `update outbox_event set fed = 0 where position = 1`,
    ],
    [
      'spikes-judged',
      `insert into spike_cause (county_fips, since, is_taken_back, at) select '39061', t, false, t from (select clock_timestamp() - interval '6 minutes') as c(t)`,
      'delete from spike_cause',
    ],
    [
      'tasks-done',
      `insert into pgboss.job (name, data) values ('failed-tasks', '{"task":"expire-hold"}')`,
      `delete from pgboss.job where name = 'failed-tasks'`,
    ],
  ])('%s: finds what somebody broke, and that it was mended', async (check, breakIt, mendIt, also = check) => {
    await app.owner('update outbox_event set fed = position where fed is null');
    await app.owner(breakIt);
    expect(await broken()).toEqual({ [check]: expect.any(Number), [also]: expect.any(Number) });
    await app.owner(mendIt);
    expect(await broken()).toEqual({});
  });

  it('audit-sealed: finds what nobody sealed, and that it was mended', async () => {
    await app.app.get(AuditSealer).seal();
    await buildReferral(app, region.officer);
    await app.owner(entriesAt("at - interval '3 minutes'"));
    expect(await broken()).toEqual({ 'audit-sealed': expect.any(Number) });
    await app.owner(entriesAt("at + interval '3 minutes'"));
    expect(await broken()).toEqual({});
  });

  it('finds a place kept for a referral that has ended, and a referral whose place is gone', async () => {
    const { referralId } = await accept();
    await app.owner(
      `update referral set state = 'CANCELLED', closed_at = clock_timestamp(), hold_id = null where id = $1`,
      [referralId],
    );
    expect(await broken()).toEqual({ 'holds-have-referrals': 1 });
    await app.owner(
      `update referral set state = 'ACCEPTED', closed_at = null, hold_id = (select id from hold where referral_id = $1) where id = $1`,
      [referralId],
    );
    expect(await broken()).toEqual({});
    await app.owner(
      `with ended as (update hold set state = 'RELEASED', ended_at = clock_timestamp() where referral_id = $1 returning pool_id)
       update bed_pool b set held = held - 1 from ended where b.id = ended.pool_id`,
      [referralId],
    );
    expect(await broken()).toEqual({ 'referrals-have-places': 1 });
  });
});

import type { Actor } from '../../src/access';
import type { AgencyKind } from '../../src/kernel/vocabulary';
import type { Role } from '../../src/access';
import { buildAgency, buildStaff } from '../builders/agencies';
import { buildBedPool } from '../builders/capacity';
import { buildOverdoseReport } from '../builders/overdoses';
import { buildQuietYear } from '../builders/surveillance';
import { openApp, type Ask, type TestApp } from '../setup/app';

/** Hamilton County, Ohio, of some 800,000; Butler is next to it, Ross is not. Montgomery County, Kentucky, holds Mount Sterling. */
const HAMILTON = '39061';
const BUTLER = '39017';
const MONTGOMERY = '21173';

const ALERTS = `query ($isOpen: Boolean) { spikeAlerts(isOpen: $isOpen) { nodes {
  id state openedAt closedAt isNeighbour county { fips } publicText openedBecause openedDespite { id dismissedBecause }
  latest { isSpike reasons notes leadingHours windows { hours count expected p } streams { stream count } cluster { radiusKm } }
  actions { id kind state agency { id } }
} } }`;
interface Alert {
  readonly id: string;
  readonly state: string;
  readonly closedAt: string | null;
  readonly isNeighbour: boolean;
  readonly county: { readonly fips: string };
  readonly publicText: string;
  readonly latest: {
    readonly isSpike: boolean;
    readonly windows: readonly { readonly hours: number; readonly count: number | null; readonly p: number | null }[];
  };
  readonly actions: readonly {
    readonly id: string;
    readonly kind: string;
    readonly state: string;
    readonly agency: { readonly id: string };
  }[];
}

describe('a potent batch', () => {
  let app: TestApp;
  const staffOf = async (kind: AgencyKind, role: Role, jurisdictions: readonly string[]): Promise<Actor> =>
    buildStaff(app.database, await buildAgency(app.database, { kind, jurisdictions }), role);
  const alertsOf = async (actor: Actor, isOpen: boolean | null = null): Promise<readonly Alert[]> => {
    const { data, errors } = await (await app.as(actor))<{ spikeAlerts: { nodes: Alert[] } }>(ALERTS, { isOpen });
    expect(errors).toEqual([]);
    return data?.spikeAlerts.nodes ?? [];
  };
  /** As many overdoses as one call can bring, told by medics and police in turn, minutes before now by the database’s clock. */
  const overdoses = async (
    reporters: readonly Actor[],
    countyFips: string,
    minutesAgo: readonly number[],
  ): Promise<void> => {
    const now = Date.now() + parseInt(app.clock.interval(), 10) * 60_000;
    for (const [at, minutes] of minutesAgo.entries()) {
      await buildOverdoseReport(app, reporters[at % reporters.length] as Actor, {
        occurredAt: new Date(now - minutes * 60_000),
        where: { countyFips },
        isFatal: at % 9 === 8,
      });
    }
    await app.runDue();
  };

  /** A day of many: all but the last written as they stand on file, the last told, so that the county is looked at once. */
  const dayOf = async (reporter: Actor, countyFips: string, count: number): Promise<void> => {
    const until = new Date(Date.now() + parseInt(app.clock.interval(), 10) * 60_000 - 60_000);
    await buildQuietYear(app, { countyFips, events: count - 1, days: 1, until });
    await overdoses([reporter], countyFips, [0.5]);
  };
  /** Days in which nothing is reported. */
  const quietFor = async (hours: number): Promise<void> => {
    for (let hour = 0; hour < hours; hour += 12) {
      app.clock.advance(720);
      await app.runDue();
    }
  };

  beforeAll(async () => {
    app = await openApp();
  });
  afterAll(() => app.close());

  it('of 174 in six days in a county of five a day is noticed within the first dozen, told around, worked on, and over when it is quiet', async () => {
    await buildQuietYear(app, { countyFips: HAMILTON, events: 1800, days: 360 });
    const [officer, medic, coordinator, neighbour, school, analyst] = await Promise.all([
      staffOf('LAW_ENFORCEMENT', 'OFFICER', [HAMILTON]),
      staffOf('EMS', 'MEDIC', [HAMILTON]),
      staffOf('OUTREACH_TEAM', 'COORDINATOR', [HAMILTON]),
      staffOf('LAW_ENFORCEMENT', 'OFFICER', [BUTLER]),
      staffOf('SCHOOL', 'SCHOOL_LIAISON', [HAMILTON]),
      staffOf('PUBLIC_HEALTH', 'ANALYST', [HAMILTON]),
    ]);
    const far = await staffOf('LAW_ENFORCEMENT', 'OFFICER', ['39141']);
    const deaf = await staffOf('OUTREACH_TEAM', 'COORDINATOR', [BUTLER]);
    const choice = 'mutation { chooseNeighbourAlerts(input: { neighbours: NONE }) { __typename } }';
    expect((await (await app.as(deaf))(choice)).errors).toEqual([]);
    const pool = await buildBedPool(app.database, { staffed: 10, occupied: 4 });
    const second = await buildBedPool(app.database, { programId: pool.programId });
    await app.owner('insert into agency_jurisdiction (agency_id, county_fips) values ($1, $2)', [
      pool.agencyId,
      HAMILTON,
    ]);
    const intake = await buildStaff(app.database, { id: pool.agencyId, kind: 'TREATMENT_PROVIDER' }, 'PROVIDER_STAFF');

    await overdoses([medic, officer], HAMILTON, [170, 150, 130]);
    expect(await alertsOf(officer)).toEqual([]);
    await overdoses([medic, officer], HAMILTON, [115, 100, 86, 75, 60, 47, 33, 20, 8]);

    const [alert, ...more] = await alertsOf(officer);
    expect(more).toEqual([]);
    expect(alert).toMatchObject({
      state: 'OPEN',
      isNeighbour: false,
      county: { fips: HAMILTON },
      latest: { isSpike: true },
    });
    expect(alert?.latest.windows[0]).toMatchObject({ hours: 6, count: 12 });
    expect(alert?.publicText).toMatch(/Hamilton County, Ohio/);
    expect(alert?.publicText).not.toMatch(/\b12\b/);

    expect(await alertsOf(neighbour)).toMatchObject([{ id: alert?.id, isNeighbour: true }]);
    expect([...(await alertsOf(far)), ...(await alertsOf(deaf))]).toEqual([]);
    const bySchool = await (await app.as(school))(ALERTS, {});
    expect(bySchool.errors[0]?.extensions['code']).toBe('FORBIDDEN');
    expect((await alertsOf(analyst))[0]?.latest.windows).toBeNull();

    const mine = (actor: Actor) =>
      alert?.actions.filter(({ agency }) => agency.id === actor.agencyId).map(({ kind }) => kind);
    expect(mine(officer)).toEqual(['RESTOCK_NALOXONE']);
    expect(mine(medic)).toEqual(['ALERT_CREWS', 'RESTOCK_NALOXONE']);
    expect(mine(coordinator)).toEqual(['RESTOCK_NALOXONE', 'SURGE_OUTREACH']);
    expect(mine(intake)).toEqual(['CALL_UP_BEDS']);
    await worked(coordinator, officer, alert as Alert);

    await bedsCounted(intake, [pool, second]);

    await sixDays(officer, medic, alert as Alert);
    await drawn(coordinator, analyst);
  });

  /** Every pool, one after the other: the last census answers what was asked. */
  const bedsCounted = async (intake: Actor, pools: readonly { readonly id: string }[]): Promise<void> => {
    const census = `mutation ($input: PostCensusInput!) { postCensus(input: $input) { __typename } }`;
    const states: string[] = [];
    for (const { id } of pools) {
      const counted = { source: 'STAFF', pools: [{ poolId: id, staffed: 12, occupied: 4 }] };
      expect((await (await app.as(intake))(census, { input: counted })).errors).toEqual([]);
      await app.runDue();
      const [alert] = await alertsOf(intake);
      const mine = alert?.actions.filter(({ agency }) => agency.id === intake.agencyId) ?? [];
      states.push(...mine.map(({ kind, state }) => `${kind} ${state}`));
    }
    expect(states).toEqual(['CALL_UP_BEDS ASKED', 'CALL_UP_BEDS DONE']);
  };

  /** A dozen on the first evening, and 162 more in the six days after: still one alert, as high as they are, and over at the end. */
  const sixDays = async (officer: Actor, medic: Actor, { id }: Alert): Promise<void> => {
    for (let day = 0; day < 6; day += 1) {
      app.clock.advance(24 * 60);
      await dayOf(medic, HAMILTON, 27);
    }
    const [worst, ...others] = await alertsOf(officer);
    expect(others).toEqual([]);
    expect(worst).toMatchObject({ id, state: 'OPEN' });
    expect(worst?.latest.windows.find(({ hours }) => hours === 72)?.count).toBeGreaterThan(70);
    await quietFor(108);
    expect(await alertsOf(officer, true)).toEqual([]);
    expect(await alertsOf(officer, false)).toMatchObject([{ id, state: 'QUIET' }]);
  };

  /** The chart of the county and its past are for those who answer the alert; who publishes counts reads them in reports. */
  const drawn = async (coordinator: Actor, analyst: Actor): Promise<void> => {
    const chart = async (actor: Actor) =>
      (await app.as(actor))<{ spikeChart: { svg: string } }>(
        '{ spikeChart(countyFips: "39061", days: 30) { ... on SpikeChart { svg } ... on Refused { code } } }',
      );
    const { data } = await chart(coordinator);
    expect(data?.spikeChart.svg).toMatch(/^<svg/);
    expect(data?.spikeChart.svg).toMatch(/<title>[\d-]+: 27/);
    const until = app.clock.now().getTime() - 60_000;
    const played = (await replayed(coordinator, until - 15 * 86_400_000, until)).data?.replaySpikes;
    expect(played?.events).toBeGreaterThan(170);
    expect(played?.alerts.length).toBeGreaterThan(0);
    const tomorrow = await replayed(coordinator, until, until + 3 * 86_400_000);
    expect(tomorrow.data?.replaySpikes).toEqual({ code: 'INVALID_INPUT', field: 'until' });

    // An empty day and one that is not, a day at a time, would date each overdose.
    const day = await replayed(analyst, until - 86_400_000, until);
    for (const { errors } of [await chart(analyst), day]) expect(errors[0]?.extensions['code']).toBe('FORBIDDEN');
    await timed(analyst);
  };

  const replayed = async (actor: Actor, from: number, until: number) =>
    (await app.as(actor))<{
      replaySpikes: {
        events: number | null;
        alerts: { raisedAt: string; windows: { count: number | null }[] }[];
      };
    }>(
      `query ($from: DateTime!, $until: DateTime!) { replaySpikes(countyFips: "39061", from: $from, until: $until) {
         ... on SpikeReplay { events alerts { raisedAt windows { count } } } ... on Refused { code field } } }`,
      { from: new Date(from), until: new Date(until) },
    );

  /** An analyst who asks again and again learns of no report by its moment, and nothing of what was counted. */
  const timed = async (analyst: Actor): Promise<void> => {
    interface Told {
      readonly id: string;
      readonly openedAt: string;
      readonly lastSpikeAt: string;
      readonly latest: Record<string, unknown>;
      readonly actions: readonly { readonly changedAt: string }[];
    }
    const { data } = await (
      await app.as(analyst)
    )<{ spikeAlerts: { nodes: Told[]; pageInfo: { endCursor: string } } }>(
      '{ spikeAlerts { nodes { id openedAt lastSpikeAt actions { changedAt } latest { asOf windowsEnd dataAgeHours p notes streams { stream } } } pageInfo { endCursor } } }',
    );
    if (data === null) throw new Error('no alerts');
    const [alert] = data.spikeAlerts.nodes as [Told];
    const days = [alert.openedAt, alert.lastSpikeAt, ...alert.actions.map(({ changedAt }) => changedAt)];
    for (const day of days) expect(day).toMatch(/T05:00:00\.000Z$/);
    // Neither the id nor the cursor tells the moment.
    expect(alert.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    expect(Buffer.from(data.spikeAlerts.pageInfo.endCursor, 'base64url').toString()).toMatch(/T00:00:00Z/);
    expect(Object.values(alert.latest).filter((one) => one !== null)).toEqual([]);
  };

  /** Who was asked takes it, and nobody else. */
  const worked = async (coordinator: Actor, officer: Actor, alert: Alert): Promise<void> => {
    const surge = alert.actions.find(({ kind }) => kind === 'SURGE_OUTREACH')?.id;
    const step = async (actor: Actor, name: string) => {
      const { data } = await (
        await app.as(actor)
      )<Record<string, { code?: string; state?: string }>>(
        `mutation ($input: AlertActionInput!) { step: ${name}(input: $input) { ... on AlertAction { state } ... on Refused { code } } }`,
        { input: { actionId: surge } },
      );
      return data?.['step'];
    };
    expect(await step(officer, 'takeAlertAction')).toEqual({ code: 'NOT_FOUND' });
    expect(await step(coordinator, 'takeAlertAction')).toEqual({ state: 'TAKEN' });
    expect(await step(coordinator, 'completeAlertAction')).toEqual({ state: 'DONE' });
    expect(await step(coordinator, 'declineAlertAction')).toEqual({ code: 'ILLEGAL_TRANSITION' });
  };

  it('in a town of 6,900 with two a month is noticed at the fourth of eighteen, and over when it is quiet', async () => {
    await buildQuietYear(app, { countyFips: MONTGOMERY, events: 24, days: 360 });
    const [officer, medic] = await Promise.all([
      staffOf('LAW_ENFORCEMENT', 'OFFICER', [MONTGOMERY]),
      staffOf('EMS', 'MEDIC', [MONTGOMERY]),
    ]);
    await overdoses([medic, officer], MONTGOMERY, [110, 90, 71]);
    expect(await alertsOf(officer)).toEqual([]);
    await mistaken(medic, MONTGOMERY);
    expect(await alertsOf(officer, true)).toHaveLength(1);
    // One agency’s reports are never taken for one overdose, however near.
    await overdoses(
      [medic],
      MONTGOMERY,
      Array.from({ length: 14 }, (_, n) => 49 - n * 3.3),
    );
    const [alert, ...more] = await alertsOf(officer, true);
    expect(more).toEqual([]);
    expect(alert?.latest.windows[0]?.count).toBe(18);
    await quietFor(108);
    expect(await alertsOf(officer)).toMatchObject([{ id: alert?.id, state: 'QUIET' }]);

    await overdoses([medic, officer], MONTGOMERY, [60, 45, 33, 21, 12]);
    const [next] = await alertsOf(officer, true);
    await dismissed(officer, medic, next as Alert);
  });

  /** One more, told with a day of last month: nothing follows until whoever told it corrects it. */
  const mistaken = async (medic: Actor, countyFips: string): Promise<void> => {
    const now = Date.now() + parseInt(app.clock.interval(), 10) * 60_000;
    const traits = { occurredAt: new Date(now - 31 * 86_400_000), where: { countyFips } };
    const reportId = await buildOverdoseReport(app, medic, traits);
    await app.runDue();
    expect(await alertsOf(medic)).toEqual([]);
    const { data } = await (
      await app.as(medic)
    )(
      'mutation ($input: CorrectOverdoseReportInput!) { correctOverdoseReport(input: $input) { ... on OverdoseReport { id } ... on Refused { code field } } }',
      { input: { reportId, because: 'MISTAKE', occurredAt: new Date(now - 50 * 60_000) } },
    );
    expect(data).toEqual({ correctOverdoseReport: { id: reportId } });
    await app.runDue();
  };

  /** A human of the county may end it; what it rested on opens no other, and a much stronger burst does at once. */
  const dismissed = async (officer: Actor, medic: Actor, alert: Alert): Promise<void> => {
    const coordinator = await staffOf('OUTREACH_TEAM', 'COORDINATOR', [MONTGOMERY]);
    const analyst = await staffOf('PUBLIC_HEALTH', 'ANALYST', [MONTGOMERY]);
    const dismiss = `mutation ($input: DismissSpikeAlertInput!) { dismissSpikeAlert(input: $input) { ... on SpikeAlert { state dismissedBecause } ... on Refused { code } } }`;
    const input = { alertId: alert.id, reason: 'EXERCISE' };
    const by = async (ask: Ask) =>
      (await ask<{ dismissSpikeAlert: object }>(dismiss, { input })).data?.dismissSpikeAlert;
    // Told when it opened; whoever joins later is told by the next spike.
    await overdoses([medic], MONTGOMERY, [1]);
    // An analyst is not shown what it rests on, and ends nothing for the county.
    for (const other of [officer, analyst]) {
      const refused = await (await app.as(other))(dismiss, { input });
      expect(refused.errors[0]?.extensions['code']).toBe('FORBIDDEN');
    }
    expect(await by(await app.as(coordinator))).toEqual({ state: 'DISMISSED', dismissedBecause: 'EXERCISE' });
    expect(await by(await app.as(coordinator))).toEqual({ code: 'ILLEGAL_TRANSITION' });
    // Nothing is asked for any more.
    const asked = alert.actions.find(({ agency }) => agency.id === officer.agencyId)?.id;
    const take = 'mutation ($input: AlertActionInput!) { takeAlertAction(input: $input) { ... on Refused { code } } }';
    const taken = await (await app.as(officer))<object>(take, { input: { actionId: asked } });
    expect(taken.data).toEqual({ takeAlertAction: { code: 'ILLEGAL_TRANSITION' } });
    await overdoses([medic], MONTGOMERY, [0.5]);
    await heldBack(officer, alert.id);
    app.clock.advance(61);
    await app.runDue();
    await heldBack(officer, alert.id);
    await overdoses(
      [medic],
      MONTGOMERY,
      Array.from({ length: 8 }, (_, n) => 9 - n),
    );
    expect(await alertsOf(officer, true)).toMatchObject([
      { openedBecause: 'STRONGER', openedDespite: { id: alert.id, dismissedBecause: 'EXERCISE' } },
    ]);
    expect(await isLookedAt(alert.id)).toBe(false);
  };

  /** Nothing is opened; whoever reads the dismissed alert sees that it goes on, and it is looked at until it is free. */
  const heldBack = async (officer: Actor, id: string): Promise<void> => {
    expect(await alertsOf(officer, true)).toEqual([]);
    const [alert] = await alertsOf(officer);
    expect(alert).toMatchObject({ id, state: 'DISMISSED', openedDespite: null, latest: { isSpike: true } });
    expect(alert?.latest).toMatchObject({ notes: expect.arrayContaining(['HELD_BACK']) as unknown });
    expect(alert?.latest.windows[0]?.count).toBe(7);
    expect(await isLookedAt(id)).toBe(true);
  };
  const isLookedAt = async (id: string): Promise<unknown> =>
    (await app.owner<{ at: Date | null }>('select look_at as at from spike_alert where id = $1', [id]))[0]?.at !== null;
});

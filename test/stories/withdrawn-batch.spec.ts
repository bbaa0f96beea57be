import { Logger } from '@nestjs/common';
import type { Actor, Role } from '../../src/access';
import type { AgencyKind } from '../../src/kernel/vocabulary';
import { SpikesService } from '../../src/surveillance/spikes.service';
import { buildAgency, buildStaff } from '../builders/agencies';
import { buildOverdoseReport } from '../builders/overdoses';
import { buildQuietYear } from '../builders/surveillance';
import { openApp, type TestApp } from '../setup/app';

/** Bath, Carter and Bourbon County, Kentucky; Ross and Pike County, Ohio; Hamilton County with Butler next to it. */
const [BATH, CARTER, BOURBON, ROSS, PIKE, HAMILTON, BUTLER] = [
  '21011',
  '21043',
  '21017',
  '39141',
  '39131',
  '39061',
  '39017',
] as const;

describe('an alert or a warning', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openApp();
  });
  afterAll(() => app.close());

  it('is over when its reports are taken back, and not before', async () => {
    await buildQuietYear(app, { countyFips: BATH, events: 24, days: 360 });
    const agency = await buildAgency(app.database, { kind: 'EMS', jurisdictions: [BATH] });
    const medic = await buildStaff(app.database, agency, 'MEDIC');
    const reports: string[] = [];
    for (const minutes of [110, 90, 71, 50, 30, 10]) {
      const occurredAt = new Date(Date.now() - minutes * 60_000);
      reports.push(await buildOverdoseReport(app, medic, { occurredAt, where: { countyFips: BATH } }));
    }
    await app.runDue();
    const ask = await app.as(medic);
    const states = async (): Promise<string[]> => {
      const { data } = await ask<{ spikeAlerts: { nodes: { state: string }[] } }>(
        '{ spikeAlerts { nodes { state } } }',
      );
      return data?.spikeAlerts.nodes.map(({ state }) => state) ?? [];
    };
    expect(await states()).toEqual(['OPEN']);
    const retract = `mutation ($input: RetractOverdoseReportInput!) { retractOverdoseReport(input: $input) { ... on Refused { code field } } }`;
    const takenBack = async (reportId: string): Promise<void> => {
      const { data, errors } = await ask<object>(retract, { input: { reportId, because: 'ENTERED_IN_ERROR' } });
      expect([data, errors]).toEqual([{ retractOverdoseReport: {} }, []]);
      await app.runDue();
    };
    // Four of six are left, and would have raised it.
    for (const one of reports.slice(0, 2)) await takenBack(one);
    expect(await states()).toEqual(['OPEN']);
    for (const one of reports.slice(2)) await takenBack(one);
    expect(await states()).toEqual(['WITHDRAWN']);
  });

  it('is over when its reports are corrected to another county, whose own alert opens', async () => {
    const medic = await medicOf([ROSS, PIKE]);
    const reports = await reportedIn(medic, ROSS, 20);
    expect(await alertsOf(medic)).toEqual([`OPEN in ${ROSS}`]);
    await corrected(medic, reports, () => ({ where: { countyFips: PIKE } }));
    expect(await alertsOf(medic)).toEqual([`OPEN in ${PIKE}`, `WITHDRAWN in ${ROSS}`]);
  });

  it('is over when its reports are corrected to another month, and not before', async () => {
    await buildQuietYear(app, { countyFips: CARTER, events: 24, days: 360 });
    const medic = await medicOf([CARTER]);
    const reports = await reportedIn(medic, CARTER, 6);
    const earlier = (n: number) => ({ occurredAt: new Date(Date.now() - (20 + 3 * n) * 86_400_000) });
    // Four of six are left, and would have raised it.
    await corrected(medic, reports.slice(0, 2), earlier);
    expect(await alertsOf(medic)).toEqual([`OPEN in ${CARTER}`]);
    await corrected(medic, reports.slice(2, 3), earlier);
    expect(await alertsOf(medic)).toEqual([`WITHDRAWN in ${CARTER}`]);
    // A fourth again, and then without an hour: it counts with its day.
    await corrected(medic, reports.slice(2, 3), () => ({ occurredAt: new Date(Date.now() - 60_000) }));
    expect(await alertsOf(medic)).toEqual([`OPEN in ${CARTER}`, `WITHDRAWN in ${CARTER}`]);
    await corrected(medic, reports.slice(2, 3), () => ({ isTimeKnown: false }));
    expect(await alertsOf(medic)).toEqual([`OPEN in ${CARTER}`, `WITHDRAWN in ${CARTER}`]);
  });

  it('opens within the day where a medic tells the day alone', async () => {
    await buildQuietYear(app, { countyFips: BOURBON, events: 24, days: 360 });
    const medic = await medicOf([BOURBON]);
    const where = { countyFips: BOURBON };
    // Where their day began in Kentucky, on its standard time.
    const day = Math.floor((Date.now() - 5 * 3_600_000) / 86_400_000) * 86_400_000 + 5 * 3_600_000;
    for (let n = 0; n < 6; n += 1) {
      await buildOverdoseReport(app, medic, { occurredAt: new Date(day), isTimeKnown: false, where });
    }
    await app.runDue();
    expect(await alertsOf(medic)).toEqual([`OPEN in ${BOURBON}`]);
  });

  it('is of a batch by name of what it holds, to those around', async () => {
    const [issuer, neighbour, far] = await Promise.all([
      staffOf('LAW_ENFORCEMENT', 'OFFICER', [HAMILTON]),
      staffOf('HOSPITAL', 'HOSPITAL_STAFF', [BUTLER]),
      staffOf('HOSPITAL', 'HOSPITAL_STAFF', [ROSS]),
    ]);
    const issue = `mutation ($input: IssueBatchWarningInput!) { issueBatchWarning(input: $input) { ... on BatchWarning { id isInForce } ... on Refused { code field } } }`;
    const input = {
      countyFips: [HAMILTON],
      basis: 'FIELD',
      contents: ['CARFENTANIL'],
      soldAs: 'HEROIN',
      form: 'POWDER',
    };
    const ask = await app.as(issuer);
    const issued = await ask<{ issueBatchWarning: { id: string } }>(issue, { input });
    expect(issued.data?.issueBatchWarning).toMatchObject({ isInForce: true });
    const unknown = await ask<{ issueBatchWarning: object }>(issue, { input: { ...input, countyFips: ['39999'] } });
    expect(unknown.data?.issueBatchWarning).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'input.countyFips[0]',
    });
    const refused = async (change: object, actor = issuer) =>
      (await (await app.as(actor))<{ issueBatchWarning: object }>(issue, { input: { ...input, ...change } })).data
        ?.issueBatchWarning;
    // Ross County is not next to Hamilton County; Butler County is.
    expect(await refused({ countyFips: [BUTLER, ROSS] })).toEqual({
      ...{ code: 'INVALID_INPUT', field: 'input.countyFips[1]' },
    });
    expect(await refused({ basis: 'LABORATORY' })).toEqual({ code: 'FORBIDDEN', field: 'input.basis' });
    const analyst = await staffOf('PUBLIC_HEALTH', 'ANALYST', ['39001']);
    expect(await refused({ basis: 'LABORATORY' }, analyst)).toMatchObject({ field: 'input.countyFips[0]' });
    expect(await refused({ basis: 'LABORATORY', countyFips: ['39001'] }, analyst)).toMatchObject({ isInForce: true });
    const warnings = `{ batchWarnings { nodes { id contents soldAs counties { fips } publicText(language: es) } } }`;
    const seen = async (actor: Actor) =>
      (await (await app.as(actor))<{ batchWarnings: { nodes: object[] } }>(warnings)).data?.batchWarnings.nodes;
    expect(await seen(neighbour)).toMatchObject([{ contents: ['CARFENTANIL'], counties: [{ fips: HAMILTON }] }]);
    expect(await seen(far)).toEqual([]);
    const withdraw = `mutation ($input: WithdrawBatchWarningInput!) { withdrawBatchWarning(input: $input) { ... on BatchWarning { isInForce } ... on Refused { code } } }`;
    const warningId = issued.data?.issueBatchWarning.id;
    const taken = async (actor: Actor) =>
      (await (await app.as(actor))<{ withdrawBatchWarning: object }>(withdraw, { input: { warningId } })).data
        ?.withdrawBatchWarning;
    expect(await taken(neighbour)).toEqual({ code: 'NOT_FOUND' });
    expect(await taken(issuer)).toEqual({ isInForce: false });
    expect(await seen(neighbour)).toEqual([]);
  });

  const staffOf = async (kind: AgencyKind, role: Role, jurisdictions: readonly string[]): Promise<Actor> =>
    buildStaff(app.database, await buildAgency(app.database, { kind, jurisdictions }), role);
  const medicOf = (jurisdictions: string[]): Promise<Actor> => staffOf('EMS', 'MEDIC', jurisdictions);

  /** Reports of the last two hours, told and judged. */
  const reportedIn = async (medic: Actor, countyFips: string, many: number): Promise<string[]> => {
    const reports: string[] = [];
    for (let n = many; n > 0; n -= 1) {
      const occurredAt = new Date(Date.now() - ((n * 110) / many) * 60_000);
      reports.push(await buildOverdoseReport(app, medic, { occurredAt, where: { countyFips } }));
    }
    await app.runDue();
    return reports;
  };

  const corrected = async (medic: Actor, reports: string[], change: (n: number) => object): Promise<void> => {
    const ask = await app.as(medic);
    const correct = `mutation ($input: CorrectOverdoseReportInput!) { correctOverdoseReport(input: $input) { ... on OverdoseReport { id } ... on Refused { code field } } }`;
    for (const [n, reportId] of reports.entries()) {
      const { data } = await ask<object>(correct, { input: { reportId, because: 'MISTAKE', ...change(n) } });
      expect(data).toEqual({ correctOverdoseReport: { id: reportId } });
    }
    await app.runDue();
  };

  const alertsOf = async (medic: Actor): Promise<string[]> => {
    const { data } = await (
      await app.as(medic)
    )<{ spikeAlerts: { nodes: { state: string; county: { fips: string } }[] } }>(
      '{ spikeAlerts { nodes { state county { fips } } } }',
    );
    return (data?.spikeAlerts.nodes ?? []).map(({ state, county }) => `${state} in ${county.fips}`).sort();
  };

  const told = (countyFips: string, reports: number) =>
    app.owner(
      `insert into spike_cause (county_fips, since, is_taken_back, at)
       select $1, now() - n * interval '1 hour', false, now() from generate_series(1, $2::int) n`,
      [countyFips, reports],
    );
  const count = async (table: string, countyFips: string): Promise<number> =>
    (await app.owner(`select 1 from ${table} where county_fips = $1`, [countyFips])).length;

  it('judges a county once, however much it was told, whoever looks at the same time', async () => {
    await told('39067', 300);
    const spikes = app.app.get(SpikesService);
    await Promise.all([spikes.judgeWaiting(), spikes.judgeWaiting(), spikes.judgeWaiting()]);
    expect([await count('spike_verdict', '39067'), await count('spike_cause', '39067')]).toEqual([1, 0]);
    expect(await spikes.judgeWaiting()).toBe(false);
  });

  it('is not forgotten where a look fails, and holds up no other county', async () => {
    await app.owner(`create function stuck() returns trigger language plpgsql as $$ begin raise 'stuck'; end $$`);
    await app.owner(
      `create trigger stuck before insert on spike_verdict for each row when (new.county_fips = '39069') execute function stuck()`,
    );
    await told('39069', 2);
    await told('39071', 2);
    const logged = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    await expect(app.app.get(SpikesService).judgeWaiting()).rejects.toThrow();
    logged.mockRestore();
    expect([await count('spike_cause', '39069'), await count('spike_cause', '39071')]).toEqual([2, 0]);
    expect(await count('spike_verdict', '39071')).toBe(1);
    await app.owner('drop function stuck cascade');
  });
});

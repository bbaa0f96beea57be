import { buildAgency, buildStaff } from '../builders/agencies';
import { buildOverdoseReport } from '../builders/overdoses';
import { buildQuietYear } from '../builders/surveillance';
import { openApp, type TestApp } from '../setup/app';

/** Bath County, Kentucky. */
const BATH = '21011';

describe('an alert that nobody stands by', () => {
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
});

import type { Actor } from '../../src/access';
import { keysOf } from '../../src/kernel/vocabulary';
import { reportDefinitions, reportKinds } from '../../src/reports/report-kinds';
import { buildActor } from '../builders/agencies';
import { buildQuietYear } from '../builders/surveillance';
import { openApp, type Answer, type TestApp } from '../setup/app';

interface Figure {
  readonly measure: string;
  readonly of: string;
  readonly count: number | null;
}
interface Report {
  readonly lines: readonly Figure[];
  readonly hidden: number;
  readonly csv: string;
  readonly chart: string;
  readonly definition: string;
  readonly denominator: string;
  readonly asOf: string;
}

const REPORT = `query ($kind: ReportKind!, $year: Int!, $countyFips: String, $by: ReportBy!) {
  report(kind: $kind, year: $year, countyFips: $countyFips, by: $by) {
    ... on Report { lines { measure of count } hidden csv chart definition denominator asOf }
    ... on Refused { code field remedy }
  } }`;

describe('reports', () => {
  let app: TestApp;
  let analyst: Actor;
  const year = new Date().getUTCFullYear();

  const ask = async (variables: object, actor = analyst): Promise<Answer<{ report: Report }>> =>
    (await app.as(actor))(REPORT, { year, by: 'YEAR', ...variables });
  const figures = async (variables: object): Promise<Report> => {
    const { data, errors } = await ask(variables);
    expect(errors).toEqual([]);
    if (data === null) throw new Error('no report');
    return data.report;
  };
  const count = (report: Report, measure: string, of = 'Y') =>
    report.lines.find((line) => line.measure === measure && line.of === of)?.count;

  beforeAll(async () => {
    app = await openApp();
    analyst = await buildActor(app.database, 'PUBLIC_HEALTH', 'ANALYST');
    const days = (Date.now() - Date.UTC(year, 0, 10)) / 86_400_000;
    await buildQuietYear(app, { countyFips: '39061', events: 300, days });
    await buildQuietYear(app, { countyFips: '39141', events: 7, days });
    await app.owner(
      "update overdose_event set is_fatal = true where id in (select id from overdose_event where county_fips = '39061' limit 40)",
    );
  });
  afterAll(() => app.close());

  it('answer in every kind, by every period and fact it has, with its definition and its age', async () => {
    for (const kind of keysOf(reportKinds)) {
      for (const by of ['MONTH', 'QUARTER', 'YEAR', ...reportDefinitions[kind].groups]) {
        const report = await figures({ kind, by });
        expect(report).toMatchObject({ definition: reportDefinitions[kind].definition });
        expect(new Date(report.asOf).getTime()).toBeGreaterThan(Date.UTC(year, 0, 1));
        expect(report.chart).toMatch(/^<svg/);
        expect(report.csv.split('\r\n')).toHaveLength(report.lines.length + 2);
      }
    }
  });

  it('count every overdose once, and hide the small county with what would give it away', async () => {
    const everywhere = await figures({ kind: 'OVERDOSES' });
    const large = await figures({ kind: 'OVERDOSES', countyFips: '39061' });
    const small = await figures({ kind: 'OVERDOSES', countyFips: '39141' });
    expect(count(small, 'EVENTS')).toBeNull();
    // Two counties and a total: one of the other two figures goes with the small one.
    expect([count(everywhere, 'EVENTS'), count(large, 'EVENTS')].filter((one) => one === null)).toHaveLength(1);
    expect([307, null]).toContain(count(everywhere, 'EVENTS'));
    expect([300, null]).toContain(count(large, 'EVENTS'));
    expect(count(everywhere, 'DEATHS')).toBe(40);
  });

  it('show no figure from 1 to 10 to anybody, in no kind, by nothing', async () => {
    for (const kind of keysOf(reportKinds)) {
      for (const countyFips of [null, '39061', '39141']) {
        for (const by of ['MONTH', 'QUARTER', ...reportDefinitions[kind].groups]) {
          const { lines, hidden } = await figures({ kind, countyFips, by });
          expect(lines.filter((line) => line.count !== null && line.count > 0 && line.count < 11)).toEqual([]);
          expect(hidden).toBe(lines.filter((line) => line.count === null).length);
        }
      }
    }
  });

  it('do not follow what happens while they are asked', async () => {
    const before = await figures({ kind: 'NALOXONE' });
    await buildQuietYear(app, { countyFips: '39061', events: 1, days: 1 });
    expect((await figures({ kind: 'NALOXONE' })).lines).toEqual(before.lines);
    app.clock.advance(61);
    expect((await figures({ kind: 'NALOXONE' })).lines).not.toEqual(before.lines);
  });

  it('refuse what cannot be counted, by name', async () => {
    const refused = async (variables: object) => (await ask({ kind: 'OVERDOSES', ...variables })).data?.report;
    for (const never of [year + 1, 1999, 0, -1, 10_000, 2_147_483_647, -2_147_483_648]) {
      expect(await refused({ year: never })).toMatchObject({ code: 'INVALID_INPUT', field: 'year' });
    }
    expect(await refused({ countyFips: '39999' })).toMatchObject({ code: 'INVALID_INPUT', field: 'countyFips' });
    expect(await refused({ by: 'PAYER' })).toMatchObject({
      field: 'by',
      remedy: 'Send MONTH, QUARTER, YEAR or SUBSTANCE, AGE, SEX.',
    });
  });

  it('are not for those who work with people', async () => {
    const officer = await buildActor(app.database, 'LAW_ENFORCEMENT', 'OFFICER');
    expect((await ask({ kind: 'OVERDOSES' }, officer)).errors[0]?.extensions['code']).toBe('FORBIDDEN');
  });
});

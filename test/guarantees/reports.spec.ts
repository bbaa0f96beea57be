import { Client } from 'pg';
import type { Actor } from '../../src/access';
import { keysOf } from '../../src/kernel/vocabulary';
import { reportDefinitions } from '../../src/reports/report-definitions';
import { reportKinds } from '../../src/reports/report-kinds';
import { buildActor } from '../builders/agencies';
import { buildPath, FOUND_IN } from '../builders/reports';
import { buildQuietYear } from '../builders/surveillance';
import { openApp, type Answer, type TestApp } from '../setup/app';

interface Figure {
  readonly measure: string;
  readonly of: string;
  readonly count: number | null;
  readonly countYearBefore: number | null;
}
interface Report {
  readonly lines: readonly Figure[];
  readonly hidden: number;
  readonly csv: string;
  readonly chart: string;
  readonly definition: string;
  readonly denominator: string;
  readonly asOf: string;
  readonly from: string;
  readonly until: string;
  readonly dataAgeMinutes: number;
}

const REPORT = `query ($kind: ReportKind!, $year: Int!, $countyFips: String, $by: ReportBy!) {
  report(kind: $kind, year: $year, countyFips: $countyFips, by: $by) {
    ... on Report { lines { measure of count countYearBefore } hidden csv chart definition denominator asOf from until dataAgeMinutes }
    ... on Refused { code field remedy }
  } }`;

describe('reports', () => {
  let app: TestApp;
  let analyst: Actor;
  /** The next one, in which it is July: the first days of a year have no year to count. */
  const year = new Date().getUTCFullYear() + 1;
  const threeDaysAgo = (): Date => new Date(app.clock.now().getTime() - 3 * 86_400_000);

  const ask = async (variables: object, actor = analyst): Promise<Answer<{ report: Report }>> =>
    (await app.as(actor))(REPORT, { year, by: 'YEAR', ...variables });
  const figures = async (variables: object): Promise<Report> => {
    const { data, errors } = await ask(variables);
    expect(errors).toEqual([]);
    if (data === null) throw new Error('no report');
    return data.report;
  };
  /** What is answered while a new edition is being made. */
  const whileNoneIsKept = async (work: () => Promise<Report>): Promise<Report> => {
    const behind = new Client({ connectionString: app.database.ownerUrl });
    await behind.connect();
    await behind.query('begin; lock table report_edition in share row exclusive mode');
    try {
      return await work();
    } finally {
      await behind.end();
    }
  };
  const count = (report: Report, measure: string, of = 'Y') =>
    report.lines.find((line) => line.measure === measure && line.of === of)?.count;

  beforeAll(async () => {
    app = await openApp();
    app.clock.advanceTo(new Date(Date.UTC(year, 6, 15, 17)));
    analyst = await buildActor(app.database, 'PUBLIC_HEALTH', 'ANALYST');
    await buildQuietYear(app, { countyFips: '39061', events: 300, days: 180, until: threeDaysAgo() });
    await buildQuietYear(app, { countyFips: '39141', events: 7, days: 180, until: threeDaysAgo() });
    await app.owner(
      "update overdose_event set is_fatal = true where id in (select id from overdose_event where county_fips = '39061' limit 40)",
    );
  });
  afterAll(() => app.close());

  it('answer in every kind, by every period and fact it has, with its definition and its age', async () => {
    for (const kind of keysOf(reportKinds)) {
      for (const by of ['YEAR', ...reportDefinitions[kind].groups]) {
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
    const ask = await app.as(analyst);
    const CSV = `query ($kind: ReportKind!, $year: Int!, $countyFips: String, $by: ReportBy!) {
      report(kind: $kind, year: $year, countyFips: $countyFips, by: $by) { ... on Report { csv } } }`;
    for (const kind of keysOf(reportKinds).filter((one) => one !== 'SPIKES')) {
      for (const by of ['MONTH', 'QUARTER', ...reportDefinitions[kind].groups]) {
        const variables = { kind, year, by, countyFips: by === 'QUARTER' ? null : '39141' };
        const { data } = await ask<{ report: { csv: string } }>(CSV, variables);
        const counts = (data?.report.csv ?? '')
          .split('\r\n')
          .slice(1, -1)
          .map((line) => line.split(',')[5]);
        expect(counts.filter((one) => Number(one) > 0 && Number(one) < 11)).toEqual([]);
      }
    }
  });

  it('follow people from the overdose to day 90, with times, by who they are, and put the year before beside it', async () => {
    const at = new Date(Date.UTC(year - 2, 5, 10, 15));
    const far = {
      noContact: 40,
      contact: 20,
      referred: 15,
      offered: 20,
      accepted: 25,
      arrived: 12,
      admitted: 30,
      day30: 13,
      day90: 35,
    };
    await buildPath(app, '39061', at, far);
    const before = new Date(Date.UTC(year - 3, 5, 20));
    await buildQuietYear(app, { countyFips: '39061', events: 30, days: 30, until: before });
    await app.owner(
      "update overdose_event set suspected_substances = '{HEROIN}' where occurred_at between $1::timestamptz - interval '1 month' and $1",
      [before],
    );
    const of = (kind: string, by = 'YEAR') => figures({ kind, by, year: year - 2 });
    const path = await of('EVENT_PATH');
    expect(
      ['SURVIVED', 'CONTACTED', 'REFERRED', 'OFFERED', 'ACCEPTED', 'ARRIVED', 'ADMITTED', 'DAY_30', 'DAY_90'].map(
        (step) => count(path, step),
      ),
    ).toEqual([210, 170, 150, 135, 115, 90, 78, 48, 35]);
    expect(count(await of('EVENT_PATH', 'TIME_TO_CONTACT'), 'SURVIVED', '1_TO_4_HOURS')).toBe(170);
    expect(count(await of('EVENT_PATH', 'TIME_TO_REFERRAL'), 'REFERRED', '4_TO_24_HOURS')).toBe(150);
    expect(count(await of('EVENT_PATH', 'RACE'), 'ADMITTED', 'BLACK')).toBe(78);
    expect(count(await of('EVENT_PATH', 'PAYER'), 'SURVIVED', 'UNKNOWN')).toBe(60);
    expect(count(await of('REFERRAL_PATH', 'PAYER'), 'SUBMITTED', 'MEDICAID')).toBe(150);
    expect(count(await of('REFERRAL_PATH', 'TIME_TO_ACCEPTANCE'), 'ACCEPTED', 'UNDER_1_HOUR')).toBe(115);
    const offers = (await of('OFFERS', 'PROGRAM')).lines.filter(({ of: program }) =>
      program.startsWith('Paint Creek, '),
    );
    expect(Object.fromEntries(offers.map(({ measure, count: n }) => [measure, n]))).toMatchObject({
      ACCEPTED: 115,
      DECLINED_NO_PLACE: 20,
      DECLINED: 20,
      MISSED: 25,
      CAME: 90,
    });
    expect(count(await of('WAITLIST', 'TIME_WAITED'), 'PLACED', '1_TO_4_HOURS')).toBe(48);
    const clocks = await of('CLOCKS');
    // Each offer had both clocks, and nothing of them is told beside the offers: OFFERS hides what they would give away.
    expect([count(clocks, 'FOLLOW_UP_DAY_30_MET'), count(clocks, 'FOLLOW_UP_DAY_90')]).toEqual([48, 35]);
    expect(count(clocks, 'OFFER_ACKNOWLEDGED_MET')).toBe(count(await of('OFFERS'), 'OFFERS'));
    expect(count(await of('CAPACITY', 'LEVEL_OF_CARE'), 'STAFFED', 'ASAM_3_7')).toBe(80);
    const doses = await of('NALOXONE_STOCK', 'PRODUCT');
    const naloxone = ['RECEIVED', 'USED', 'USED_TIMES'].map((measure) => count(doses, measure, 'NASAL_4_MG'));
    expect(naloxone).toEqual([100, 40, 20]);
    const after = await figures({ kind: 'OVERDOSES', year: year - 1 });
    expect(after.lines.find(({ measure }) => measure === 'SURVIVED')).toMatchObject({ count: 0, countYearBefore: 210 });
    expect(after.from.slice(0, 10)).toBe(`${year - 1}-01-01`);
    expect(after.dataAgeMinutes).toBeLessThan(60);
  });

  it('count substances year on year, missed people, breached clocks and unmet need by rule and place', async () => {
    // What `buildPath` wrote for the test above, counted by hand; and 30 overdoses of opioids in the year before.
    const of = (kind: string, by: string, countyFips?: string) => figures({ kind, by, countyFips, year: year - 2 });
    const substances = (await of('OVERDOSES', 'SUBSTANCE')).lines.filter(({ measure }) => measure === 'EVENTS');
    expect(substances.map(({ of: one, count: now, countYearBefore: before }) => [one, now, before])).toEqual([
      ['OPIOIDS', 145, 30],
      ['STIMULANTS', 65, 0],
    ]);
    const missed = await of('NO_SHOWS', 'PATHWAY');
    expect(['MISSED', 'NEVER_MISSED'].map((measure) => count(missed, measure, 'NALOXONE_PLUS'))).toEqual([25, 90]);
    const clocks = await of('CLOCKS', 'YEAR');
    expect(['MET', 'BREACHED', 'OTHER'].map((end) => count(clocks, `OFFER_DECIDED_${end}`))).toEqual([115, 20, 0]);
    const unmet = async (countyFips: string) => {
      const { lines } = await of('UNMET_NEED', 'RULE', countyFips);
      return lines.flatMap(({ measure, of: rule, count: n }) => (n === 0 ? [] : [[measure, rule, n]]));
    };
    expect(await unmet('39061')).toEqual([
      ['UNMET', 'AGE', 15],
      ['STILL_UNMET', 'AGE', 15],
    ]);
    expect(await unmet(FOUND_IN)).toEqual([
      ['UNMET', 'LOCATION', 20],
      ['FOUND_LATER', 'LOCATION', 20],
    ]);
  });

  it('show no total of what another report of the same overdoses hides', async () => {
    // Two months, one of them small: a report that shows the quarter hides the other month, and all reports hide the same.
    const before = year - 5;
    const until = (month: number) => new Date(Date.UTC(before, month, 20));
    await buildQuietYear(app, { countyFips: '39001', events: 6, days: 6, until: until(0) });
    await buildQuietYear(app, { countyFips: '39001', events: 40, days: 10, until: until(1) });
    await app.owner(
      `update overdose_event set is_fatal = true where id in (
         select id from overdose_event where county_fips = '39001' and occurred_at < $1 order by id limit 3)`,
      [new Date(Date.UTC(before, 1, 1))],
    );
    const known = new Map<string, number | null>();
    const asked = ['OVERDOSES', 'NALOXONE', 'EVENT_PATH'].flatMap((kind) =>
      ['MONTH', 'QUARTER', 'YEAR'].map((by) => ({ kind, by, countyFips: '39001', year: before })),
    );
    for (const variables of asked) {
      for (const { measure, of, count: seen } of (await figures(variables)).lines) {
        const key = `${measure} ${of}`;
        expect([variables.kind, key, seen]).toEqual([variables.kind, key, known.has(key) ? known.get(key) : seen]);
        known.set(key, seen);
      }
    }
    expect(known.get('EVENTS M01')).toBeNull();
    expect(known.get('DEATHS M01')).toBeNull();
    expect([known.get('EVENTS M02'), known.get('EVENTS Q1')]).toContain(null);
  });

  it('draw spikes beside the overdoses and the year before', async () => {
    const { chart } = await figures({ kind: 'SPIKES', by: 'MONTH', countyFips: '39061' });
    expect(chart).toMatch(/Overdoses a month, the year before/);
    expect(chart).toContain('Bars: events a month, the last month so far. Shaded');
    expect(chart).toContain('No line: nothing is known of the year before.');
    // The year before that, events were counted from June on: there the line begins.
    const later = await figures({ kind: 'SPIKES', by: 'MONTH', year: year - 1 });
    expect(later.chart).toContain('The line over 7 months: the year before.');
  });

  it('tell nothing of months to come, and what is hidden of the year before', async () => {
    const report = await figures({ kind: 'OVERDOSES', by: 'MONTH' });
    const months = new Set(report.lines.map(({ of }) => of));
    expect(months.size).toBe(7);
    expect(report.until).toBe(report.asOf);
    expect(new Set(report.lines.map(({ countYearBefore }) => countYearBefore))).toEqual(new Set([null]));
    const flags = (csv: string) =>
      new Set([...csv.matchAll(/,(true|false),(\d*),(true|false),/g)].map(([, , , is]) => is));
    expect(report.csv).toContain(',count_year_before,is_year_before_hidden,counted_at,');
    expect(flags(report.csv)).toEqual(new Set(['false']));
    const after = await figures({ kind: 'OVERDOSES', by: 'MONTH', countyFips: '39001', year: year - 4 });
    expect(flags(after.csv)).toEqual(new Set(['true', 'false']));
  });

  it('stay the same for a week, whatever comes in and whichever process is asked, and until the next is made', async () => {
    const before = await figures({ kind: 'NALOXONE' });
    await buildQuietYear(app, { countyFips: '39061', events: 30, days: 1, until: threeDaysAgo() });
    expect((await figures({ kind: 'NALOXONE' })).lines).toEqual(before.lines);
    const other = await app.beside();
    const { data } = await (
      await app.as(analyst, other)
    )<{ report: Report }>(REPORT, { kind: 'NALOXONE', year, by: 'YEAR' });
    await other.close();
    expect([data?.report.lines, data?.report.asOf]).toEqual([before.lines, before.asOf]);
    app.clock.advance(7 * 24 * 60);
    const told = await whileNoneIsKept(() => figures({ kind: 'NALOXONE' }));
    expect([told.lines, told.asOf, told.dataAgeMinutes]).toEqual([before.lines, before.asOf, 7 * 24 * 60]);
    let after = told;
    while (after.asOf === told.asOf) after = await figures({ kind: 'NALOXONE' });
    expect(after.lines).not.toEqual(before.lines);
    expect(after.dataAgeMinutes).toBe(0);
  });

  it('are worked out once for all who ask at the same time', async () => {
    const asked = await Promise.all([1, 2, 3].map(() => figures({ kind: 'CLOCKS', year: year - 5 })));
    expect(new Set(asked.map(({ asOf }) => asOf)).size).toBe(1);
  });

  it('refuse what cannot be counted, by name', async () => {
    const refused = async (variables: object) => (await ask({ kind: 'OVERDOSES', ...variables })).data?.report;
    for (const never of [year + 1, 1999, 0, -1, 10_000, 2_147_483_647, -2_147_483_648]) {
      expect(await refused({ year: never })).toMatchObject({ code: 'INVALID_INPUT', field: 'year' });
    }
    expect(await refused({ countyFips: '39999' })).toMatchObject({ code: 'INVALID_INPUT', field: 'countyFips' });
    expect(await refused({ by: 'DOSES' })).toMatchObject({
      field: 'by',
      remedy: 'Send MONTH, QUARTER, YEAR or SUBSTANCE, AGE, SEX, RACE, PAYER.',
    });
  });

  it('are not for those who work with people', async () => {
    const officer = await buildActor(app.database, 'LAW_ENFORCEMENT', 'OFFICER');
    expect((await ask({ kind: 'OVERDOSES' }, officer)).errors[0]?.extensions['code']).toBe('FORBIDDEN');
  });
});

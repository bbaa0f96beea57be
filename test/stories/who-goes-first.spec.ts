import type { Actor } from '../../src/access';
import type { ReportOverdoseInput } from '../../src/overdoses/report-overdose.inputs';
import { buildOverdoseReport } from '../builders/overdoses';
import { buildReporter, buildTeam, goToThursday, rowOfReport, type BuiltTeam } from '../builders/roster';
import { openApp, type Ask, type TestApp } from '../setup/app';

const ROSS = '39141';
const PIKE = '39131';
const WHO = '{ id riskPoints riskBecause }';

interface Card {
  readonly id: string;
  readonly riskPoints: number;
  readonly riskBecause: readonly string[];
}
interface Looked {
  readonly outreachPlan: { readonly unlocated: readonly Card[] };
  readonly outreachMeeting: { readonly people: readonly Card[] };
}

/** More to visit than a day holds: a team begins with those in most danger, as far as it knows of it. */
describe('who goes first', () => {
  let app: TestApp;
  let officer: Actor;
  let port: BuiltTeam;
  let pike: BuiltTeam;
  let worker: Ask;
  const names = new Map<string, string>();

  beforeAll(async () => {
    app = await openApp();
    goToThursday(app);
    officer = await buildReporter(app, 'LAW_ENFORCEMENT');
    port = await buildTeam(app, [ROSS]);
    pike = await buildTeam(app, [PIKE]);
    worker = await app.as(port.worker);
  });
  afterAll(() => app.close());

  const tell = async (name: string, hoursAgo: number, traits: Partial<ReportOverdoseInput>): Promise<string> => {
    const occurredAt = new Date(app.clock.now().getTime() - hoursAgo * 3_600_000);
    const where = { countyFips: ROSS };
    const id = await buildOverdoseReport(app, officer, { occurredAt, where, ...traits });
    names.set((await rowOfReport(app, id)).id, name);
    return id;
  };
  /** Of the plan of today and the meeting of the week. */
  const looksAt = async () => {
    const now = app.clock.now().toISOString();
    const { data, errors } = await worker<Looked>(
      `query ($programId: ID!, $day: Date!, $week: Date!, $since: DateTime!) {
         outreachPlan(programId: $programId, day: $day, latitude: 39.33, longitude: -82.98) { unlocated ${WHO} }
         outreachMeeting(programId: $programId, week: $week, since: $since) { people ${WHO} } }`,
      {
        programId: port.programId,
        day: now.slice(0, 10),
        week: (await app.owner<{ week: string }>('select max(week)::text as week from outreach_case'))[0]?.week,
        since: now,
      },
    );
    expect(errors).toEqual([]);
    const lists = [data?.outreachPlan.unlocated, data?.outreachMeeting.people];
    return lists.map((list) => list?.map(({ id, ...risk }) => ({ name: names.get(id), ...risk })));
  };

  it('is whoever is in most danger, of equals whoever is due first, and another team’s reports change nothing', async () => {
    const person = { familyName: 'Sample', givenName: 'Once' };
    const once = await tell('once', 30, { person });
    await tell('refused', 25, { transport: 'REFUSED' });
    await tell('four doses', 20, { doses: [{ by: 'EMS', count: 4 }] });
    await tell('last', 10, {});
    const before = await looksAt();
    const order = before.map((list) => list?.map(({ name, riskPoints }) => [name, riskPoints]));
    const expected = [
      ['refused', 5],
      ['four doses', 5],
      ['once', 3],
      ['last', 3],
    ];
    expect(order).toEqual([expected, expected]);
    expect(before[0]?.[1]?.riskBecause).toContain('Needed 4 doses of naloxone in one overdose.');

    const [known] = await app.owner<{ id: string }>('select person_id as id from overdose_report where id = $1', [
      once,
    ]);
    // They nearly died in the next county, and stand on the roster there.
    const there = await tell('once, in the next county', 240, {
      where: { countyFips: PIKE },
      doses: [{ by: 'EMS', count: 6 }],
      personId: known?.id ?? null,
    });
    expect(await rowOfReport(app, there)).toMatchObject({ programId: pike.programId });
    const keys = await app.owner('select distinct person_key from outreach_case where person_id = $1', [known?.id]);
    expect(keys).toHaveLength(1);
    expect(await looksAt()).toEqual(before);
  });
});

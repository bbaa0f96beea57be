import { buildOverdoseReport } from '../builders/overdoses';
import { buildReporter, buildTeam, goToThursday, rowOfReport } from '../builders/roster';
import { openApp, type TestApp } from '../setup/app';

interface Card {
  readonly id: string;
}
interface Plan {
  readonly stops: readonly { readonly case: Card }[];
  readonly unlocated: readonly Card[];
}
type Meeting = Readonly<Record<'people' | 'due' | 'changed', readonly Card[]>>;

const ROSS = '39141';

describe('a plan and a meeting of more than they have room for', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openApp();
    goToThursday(app);
  });
  afterAll(() => app.close());

  it('show whoever is in most danger of all, however many are due before them, and count the rest', async () => {
    const [officer, ross] = await Promise.all([buildReporter(app, 'LAW_ENFORCEMENT'), buildTeam(app, [ROSS])]);
    const at = (hoursAgo: number) => new Date(app.clock.now().getTime() - hoursAgo * 3_600_000);
    const place = { where: { countyFips: ROSS, latitude: 39.25, longitude: -82.9 } };
    const once = await buildOverdoseReport(app, officer, { occurredAt: at(20), ...place });
    const { id } = await rowOfReport(app, once);
    const six = { doses: [{ by: 'EMS' as const, count: 6 }], transport: 'REFUSED' as const };
    const last = await buildOverdoseReport(app, officer, { occurredAt: at(2), ...place, ...six });
    const inDanger = (await rowOfReport(app, last)).id;
    const copies = (count: number, change: object) =>
      app.owner(
        `insert into outreach_case select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'person_key', null) || $3::jsonb)).*
         from outreach_case c, generate_series(1, $2::int) n where c.id = $1`,
        [id, count, change],
      );
    // All due before them, and at risk of nothing that is known.
    const reached = { state: 'REACHED', due_at: at(0) };
    await copies(110, {});
    await copies(110, { latitude: null, longitude: null });
    await copies(200, reached);
    await copies(17, { ...reached, due_at: at(-1), call_back_at: at(1) });
    const ids = (cards: readonly { id: string }[]) => cards.map((card) => card.id);
    const { data, errors } = await (
      await app.as(ross.worker)
    )<{ outreachPlan: Plan; outreachMeeting: Meeting }>(
      `query ($programId: ID!, $day: Date!, $week: Date!, $since: DateTime!) {
         outreachPlan(programId: $programId, day: $day, latitude: 39.3, longitude: -82.9) {
           stops { case { id } } stopsLeftOut unlocated { id } unlocatedLeftOut heldLeftOut }
         outreachMeeting(programId: $programId, week: $week, since: $since) {
           people { id } peopleLeftOut due { id } dueLeftOut changed { id } changedLeftOut } }`,
      {
        ...{ programId: ross.programId, day: app.clock.now().toISOString().slice(0, 10), since: at(200) },
        week: (await app.owner<{ week: string }>('select week::text from outreach_case where id = $1', [id]))[0]?.week,
      },
    );
    expect(errors).toEqual([]);
    if (!data) throw new Error('no plan');
    const { outreachPlan: plan, outreachMeeting: meeting } = data;
    expect(plan).toMatchObject({ stopsLeftOut: 112 + 17 - 40, unlocatedLeftOut: 0, heldLeftOut: 0 });
    expect(ids(plan.stops.map((stop) => stop.case))).toContain(inDanger);
    expect(plan.unlocated).toHaveLength(110);
    expect(meeting).toMatchObject({ peopleLeftOut: 239, changedLeftOut: 239, dueLeftOut: 0 });
    expect(ids(meeting.people)[0]).toBe(inDanger);
    expect([meeting.people, meeting.due, meeting.changed].map(({ length }) => length)).toEqual([200, 17, 200]);
  });
});

import fc from 'fast-check';
import type { Actor } from '../../src/access';
import { HandOversService } from '../../src/outreach/roster/hand-overs.service';
import type { ReportOverdoseInput } from '../../src/overdoses/report-overdose.inputs';
import { buildOverdoseReport } from '../builders/overdoses';
import { buildSubmission, done } from '../builders/referrals';
import { buildReporter, buildTeam, goToThursday, rowOfReport, type BuiltTeam } from '../builders/roster';
import { openApp, type Ask, type TestApp } from '../setup/app';
import { PreferenceWorld, type Run } from '../setup/preference-world';
import { inDepth } from '../setup/thorough';

const ROSS = '39141';
const PIKE = '39131';
const WHO = '{ id riskPoints riskBecause }';

interface Card {
  readonly id: string;
  readonly riskPoints: number;
  readonly riskBecause: readonly string[];
}
interface Connected<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
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

  type Page = Connected<Card & { readonly dueAt: string }>;
  const rosterPage = async (ask: Ask, programId: string, first: number, after: string | null = null) => {
    const { data, errors } = await ask<{ outreachRoster: Page }>(
      `query ($programId: ID!, $first: Int!, $after: String) { outreachRoster(programId: $programId, first: $first, after: $after) {
         nodes { id riskPoints riskBecause dueAt } pageInfo { hasNextPage endCursor } } }`,
      { programId, first, after },
    );
    expect(errors).toEqual([]);
    if (!data) throw new Error('no roster');
    return data.outreachRoster;
  };
  const known = ({ nodes }: Page) => nodes.map(({ id, riskPoints }) => [names.get(id), riskPoints]);

  it('is on the roster of one day whoever is in most danger, on each page, whatever is told between two', async () => {
    await tell('five doses, a day later', 9, { doses: [{ by: 'EMS', count: 5 }] });
    const all = await rosterPage(worker, port.programId, 10);
    const order = [
      ['refused', 5],
      ['four doses', 5],
      ['once', 3],
      ['five doses, a day later', 5],
      ['last', 3],
    ];
    expect(known(all)).toEqual(order);
    expect(all.nodes[1]?.riskBecause).toContain('Needed 4 doses of naloxone in one overdose.');
    const begun = await rosterPage(worker, port.programId, 2);
    // They are to come on the next page, and would be before this one now.
    const [once] = await app.owner<{ id: string | null }>('select person_id as id from outreach_case where id = $1', [
      all.nodes[2]?.id,
    ]);
    await tell('once', 28, { personId: once?.id ?? null, doses: [{ by: 'EMS', count: 6 }] });
    app.clock.advance(31 * 24 * 60);
    const read = [...begun.nodes];
    for (let { pageInfo } = begun; pageInfo.hasNextPage;) {
      const page = await rosterPage(worker, port.programId, 2, pageInfo.endCursor);
      read.push(...page.nodes);
      ({ pageInfo } = page);
    }
    expect(read.map(({ id }) => names.get(id))).toEqual(order.map(([name]) => name));
    expect(known(await rosterPage(worker, port.programId, 1))).toEqual([['once', 5]]);
    const plain = await worker(
      'query ($id: ID!, $after: String) { outreachRoster(programId: $id, after: $after) { nodes { id } } }',
      {
        id: port.programId,
        after: Buffer.from(JSON.stringify([all.nodes[0]?.dueAt, all.nodes[0]?.id])).toString('base64url'),
      },
    );
    expect(plain.errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'after' });
  });

  it('tells by its order nothing to the team that handed people on', async () => {
    const both: string[] = [];
    for (const [hours, count] of [
      [4, 1],
      [3, 9],
    ] as const) {
      const occurredAt = new Date(app.clock.now().getTime() - hours * 3_600_000);
      const there = { where: { countyFips: PIKE }, residence: { countyFips: ROSS } };
      const id = await buildOverdoseReport(app, officer, { occurredAt, ...there, doses: [{ by: 'EMS', count }] });
      both.push((await rowOfReport(app, id)).id);
    }
    for (const caseId of both) {
      done(await app.app.get(HandOversService).acknowledge(port.worker, caseId, { name: 'test' }));
    }
    const seenBy = async (ask: Ask) =>
      (await rosterPage(ask, port.programId, 50)).nodes.map(({ id }) => id).filter((id) => both.includes(id));
    expect(await seenBy(worker)).toEqual([...both].reverse());
    expect(await seenBy(await app.as(pike.worker))).toEqual(both);
  });

  describe('which program is asked first', () => {
    let world: PreferenceWorld;

    beforeAll(async () => {
      world = await PreferenceWorld.open(app, ROSS);
    });

    it('follows from what its sender reported of the person, and is told to those who may know of that', async () => {
      const hospital = await buildReporter(app, 'HOSPITAL', port.coordinator.agencyId);
      const person = world.somebody();
      const four = { person, doses: [{ by: 'EMS' as const, count: 4 }], transport: 'REFUSED' as const };
      const personId = await world.overdosed(hospital, four);
      const referralId = await world.referred(hospital, personId);
      const run = await world.runOf(hospital, referralId);
      expect(run?.verdicts.map(({ program }) => program.id)).toEqual([world.plain, world.ready]);
      expect(run?.overdosePreference).toEqual({
        because: [
          'Last overdosed 2 days ago.',
          'Needed 4 doses of naloxone in one overdose.',
          'Refused transport once.',
        ],
        programs: [
          expect.objectContaining({ program: { id: world.ready }, bonus: 0.15 }),
          expect.objectContaining({ program: { id: world.plain }, bonus: 0.11 }),
        ],
      });
      expect(await world.asked(referralId)).toEqual([world.ready, world.plain]);
      // The coordinator sees the run as ever, and of the overdoses nothing that the person has not agreed to.
      const unasked = await world.runOf(port.coordinator, referralId);
      expect([unasked?.verdicts, unasked?.overdosePreference]).toEqual([run?.verdicts, null]);
      const follows = await world.referred(
        hospital,
        await world.overdosed(hospital, { ...four, person: world.somebody() }),
        ['IDENTITY_TO_COORDINATOR'],
      );
      expect((await world.runOf(port.coordinator, follows))?.overdosePreference?.because).toContain(
        'Refused transport once.',
      );
    });

    const referFromRoster = async (reportId: string): Promise<string> => {
      const { id: caseId } = await rowOfReport(app, reportId);
      const { data } = await worker<{ referFromOutreach: { referral: { id: string } } }>(
        `mutation ($input: ReferFromOutreachInput!) { referFromOutreach(input: $input) { ... on OutreachCase { referral { id } } } }`,
        { input: { caseId, need: buildSubmission().need } },
      );
      if (!data) throw new Error('not referred');
      return data.referFromOutreach.referral.id;
    };

    it('follows from what stood on the roster of the team that refers, and is told to its workers alone', async () => {
      const person = world.somebody();
      const report = await world.report(officer, { person, doses: [{ by: 'EMS', count: 4 }], transport: 'REFUSED' });
      // What happened elsewhere is on no row of theirs.
      await world.report(officer, { person, where: { countyFips: PIKE } }, 11);
      await app.runDue();
      const referralId = await referFromRoster(report);
      const run = await world.runOf(port.worker, referralId);
      const because = [
        'Last overdosed 2 days ago.',
        'Needed 4 doses of naloxone in one overdose.',
        'Refused transport once.',
      ];
      expect(run?.overdosePreference).toMatchObject({ because });
      expect(await world.asked(referralId)).toEqual([world.ready, world.plain]);
      const told = await app.owner(
        `select distinct from_agency_id as by from disclosure where subject_id = $1 and to_agency_id = $2`,
        [referralId, port.worker.agencyId],
      );
      expect(told).toEqual([{ by: officer.agencyId }]);
      expect(await world.runOf(port.coordinator, referralId)).toEqual({ ...run, overdosePreference: null });
      // The next run weighs what was known then, and not what the police told since.
      await world.report(officer, { person }, 0);
      app.clock.advance(3 * 60);
      await app.runDue();
      const weighed = await app.owner(
        `select overdose_preference->'because' as because from match_run where referral_id = $1 order by as_of`,
        [referralId],
      );
      expect(weighed).toEqual([{ because }, { because }]);
      // Programs answer behind the valve: what the sender’s workers see stays the first.
      expect(await world.runOf(port.worker, referralId)).toEqual(run);
    });

    it('is the same to the byte whatever other agencies reported of the person', async () => {
      const hospital = await buildReporter(app, 'HOSPITAL');
      const others = [officer, await buildReporter(app, 'EMS'), await buildReporter(app, 'HOSPITAL')];
      const anyOther = fc.record({
        by: fc.nat(2),
        daysAgo: fc.constantFrom(0, 2, 9, 40),
        doses: fc.nat(6),
        isRefused: fc.boolean(),
      });
      const play = async (
        own: readonly number[],
        told: readonly { by: number; daysAgo: number; doses: number; isRefused: boolean }[],
      ) => {
        const person = world.somebody();
        let personId = '';
        for (const daysAgo of own) {
          personId = await world.overdosed(hospital, personId ? { personId } : { person }, daysAgo);
        }
        for (const { by, daysAgo, doses, isRefused } of told) {
          await world.overdosed(
            others[by] as Actor,
            { person, doses: [{ by: 'EMS', count: doses }], transport: isRefused ? 'REFUSED' : 'TRANSPORTED' },
            daysAgo,
          );
        }
        await app.runDue();
        const shown = await world.runOf(hospital, await world.referred(hospital, personId));
        // How old a census is depends on when the play was played.
        return JSON.stringify(shown).replace(/census [\d.]+ min old/g, 'census');
      };
      let preferred = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.subarray([1, 8, 50], { minLength: 1 }),
          fc.array(anyOther, { minLength: 1, maxLength: 4 }),
          async (own, told) => {
            const alone = await play(own, []);
            expect(await play(own, told)).toBe(alone);
            if ((JSON.parse(alone) as Run).overdosePreference?.programs.length === 2) preferred += 1;
          },
        ),
        {
          numRuns: inDepth(3, 25),
          examples: [
            [[50], [{ by: 1, daysAgo: 2, doses: 5, isRefused: true }]],
            [[1], [{ by: 0, daysAgo: 9, doses: 1, isRefused: false }]],
          ],
          endOnFailure: true,
        },
      );
      expect(preferred).toBeGreaterThan(0);
      const linked = await app.owner('select 1 from person_cluster');
      // Handrail knows that they are one, and the sender’s run does not say so.
      expect(linked.length).toBeGreaterThan(0);
    });
  });
});

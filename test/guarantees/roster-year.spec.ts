import fc from 'fast-check';
import type { Actor } from '../../src/access';
import { isRefusal } from '../../src/kernel/refusal';
import { AtRiskFlagsService } from '../../src/outreach/at-risk/at-risk-flags.service';
import { HandOversService } from '../../src/outreach/roster/hand-overs.service';
import { OutreachCasesService } from '../../src/outreach/roster/outreach-cases.service';
import { OverdoseCorrectionsService } from '../../src/overdoses/overdose-corrections.service';
import type { ReportOverdoseInput } from '../../src/overdoses/report-overdose.inputs';
import { PersonLinkCommandsService } from '../../src/people/person-link-commands.service';
import { buildOverdoseReport } from '../builders/overdoses';
import { personOf } from '../builders/person-links';
import { done } from '../builders/referrals';
import { brokenRows, buildReporter, buildTeam, goToThursday, rosterBehind, type BuiltTeam } from '../builders/roster';
import { openApp, type TestApp } from '../setup/app';
import { inDepth } from '../setup/thorough';

const COUNTIES = ['39141', '39131', '39001'] as const;
const command = { name: 'test' };

type Happening =
  | {
      readonly is: 'overdose';
      readonly person: number;
      readonly isNamed: boolean;
      readonly isHomeTold: boolean;
      readonly isFatal: boolean;
      readonly lateHours: number;
      readonly isTwice: boolean;
    }
  | { readonly is: 'moves'; readonly person: number }
  | { readonly is: 'late name' | 'retracts' | 'corrects'; readonly which: number }
  | { readonly is: 'visits' | 'reaches' | 'closes' | 'opts out' | 'acknowledges'; readonly which: number }
  | { readonly is: 'waits'; readonly hours: number };

const which = fc.nat(1000);
const person = fc.nat(5);
const anyHappening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      is: fc.constant('overdose' as const),
      person,
      isNamed: fc.boolean(),
      isHomeTold: fc.boolean(),
      isFatal: fc.nat(14).map((n) => n === 0),
      lateHours: fc.constantFrom(0, 1, 5, 30, 100, 200),
      isTwice: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('moves' as const), person }) },
  { weight: 3, arbitrary: fc.record({ is: fc.constantFrom('late name', 'retracts', 'corrects'), which }) },
  {
    weight: 6,
    arbitrary: fc.record({ is: fc.constantFrom('visits', 'reaches', 'closes', 'opts out', 'acknowledges'), which }),
  },
  { weight: 3, arbitrary: fc.record({ is: fc.constant('waits' as const), hours: fc.constantFrom(3, 30, 80, 200) }) },
);

let app: TestApp;
let reporters: Actor[];
let teams: Map<string, BuiltTeam>;

beforeAll(async () => {
  app = await openApp();
  reporters = [await buildReporter(app, 'LAW_ENFORCEMENT'), await buildReporter(app, 'EMS')];
  teams = new Map();
  for (const fips of COUNTIES.slice(0, 2)) {
    const team = await buildTeam(app, [fips]);
    teams.set(team.programId, team);
  }
});
afterAll(() => app.close());

interface Known {
  readonly reporter: Actor;
  readonly id: string;
  readonly person: number;
}

/** One county year, played on the product. */
class Life {
  readonly homes = [0, 0, 0, 1, 1, 2];
  readonly files = new Map<string, string>();
  readonly reports: Known[] = [];

  constructor(readonly salt: string) {}

  async happen(one: Happening): Promise<void> {
    if (one.is === 'overdose') return this.overdose(one);
    if (one.is === 'moves') this.homes[one.person] = ((this.homes[one.person] ?? 0) + 1) % COUNTIES.length;
    else if (one.is === 'waits') {
      app.clock.advance(one.hours * 60);
      await app.runDue();
    } else if (one.is === 'late name' || one.is === 'retracts' || one.is === 'corrects') {
      await this.change(one.is, one.which);
    } else await this.work(one.is, one.which);
  }

  private async overdose({
    person: who,
    isNamed,
    isHomeTold,
    isFatal,
    lateHours,
    isTwice,
  }: Happening & { is: 'overdose' }) {
    const home = COUNTIES[this.homes[who] ?? 0] ?? COUNTIES[0];
    const residence = { countyFips: home, address: `${who + 1} ${this.salt} Street` };
    const facts: Partial<ReportOverdoseInput> = {
      occurredAt: new Date(app.clock.now().getTime() - (lateHours * 60 + 1) * 60_000),
      where: { latitude: 39.33, longitude: -82.98 + who / 50 },
      isFatal,
      ...(isHomeTold && { residence }),
    };
    for (const reporter of isTwice ? reporters : [reporters[who % 2] as Actor]) {
      const id = await buildOverdoseReport(app, reporter, { ...facts, ...(isNamed && this.named(reporter, who)) });
      this.reports.push({ reporter, id, person: who });
      await this.remember(reporter, who, id);
    }
  }

  /** An agency that has met the person knows them again. */
  private named(reporter: Actor, who: number): Partial<ReportOverdoseInput> {
    const personId = this.files.get(`${reporter.id} ${who}`);
    return personId
      ? { personId }
      : { person: { givenName: `${this.salt}${'abcdef'[who] ?? ''}`, familyName: `${who}${this.salt}` } };
  }

  private async remember(reporter: Actor, who: number, reportId: string): Promise<void> {
    const [row] = await app.owner<{ id: string | null }>('select person_id as id from overdose_report where id = $1', [
      reportId,
    ]);
    if (row?.id) this.files.set(`${reporter.id} ${who}`, row.id);
  }

  private async change(is: 'late name' | 'retracts' | 'corrects', at: number): Promise<void> {
    const report = this.reports[at % Math.max(1, this.reports.length)];
    if (!report) return;
    const corrections = app.app.get(OverdoseCorrectionsService);
    const { reporter, id: reportId } = report;
    if (is === 'retracts') await corrections.retract(reporter, { reportId, because: 'ENTERED_IN_ERROR' }, command);
    else if (is === 'late name') {
      await corrections.correct(
        reporter,
        { reportId, because: 'LATE_FACT', ...this.named(reporter, report.person) },
        command,
      );
      await this.remember(reporter, report.person, reportId);
    } else {
      const residence = { countyFips: COUNTIES[at % COUNTIES.length] ?? null };
      await corrections.correct(reporter, { reportId, because: 'MISTAKE', residence }, command);
    }
  }

  private async work(is: Work, at: number): Promise<void> {
    const rows = (await rosterBehind(app)).filter(({ state }) => state !== 'VOID');
    const row = rows[at % Math.max(1, rows.length)];
    const team = teams.get((is === 'acknowledges' ? row?.toProgramId : row?.programId) ?? '');
    if (row && team) await works[is](team.worker, row.id);
  }
}

type Work = 'visits' | 'reaches' | 'closes' | 'opts out' | 'acknowledges';
const cases = (): OutreachCasesService => app.app.get(OutreachCasesService);
const attempt = (worker: Actor, caseId: string, result: 'NO_ONE_HOME' | 'ENGAGED') =>
  cases().attempt(worker, { caseId, result, channel: 'VISIT', services: [], leftBehind: 'NEVER' }, command);
/** What is not allowed now is refused, and changes nothing. */
const works: Readonly<Record<Work, (worker: Actor, caseId: string) => Promise<unknown>>> = {
  visits: (worker, id) => attempt(worker, id, 'NO_ONE_HOME'),
  reaches: (worker, id) => attempt(worker, id, 'ENGAGED'),
  closes: async (worker, caseId) => {
    const done = await cases().close(worker, { caseId }, command);
    if (isRefusal(done)) await cases().close(worker, { caseId, reason: 'UNSAFE' }, command);
  },
  'opts out': (worker, id) => cases().optOut(worker, id, command),
  acknowledges: (worker, id) => app.app.get(HandOversService).acknowledge(worker, id, command),
};

/** Visits to whoever had said before, under any record that is theirs today, that nobody is to come. */
const visitedAfterAll = () =>
  app.owner(
    `select a.id from visit_attempt a join outreach_case c on c.id = a.case_id join outreach_opt_out o on o.kind = c.kind and o.recorded_at < a.recorded_at
     where o.person_id is not null and c.person_id is not null
       and coalesce((select cluster_id from person_cluster where person_id = o.person_id), o.person_id)
         = coalesce((select cluster_id from person_cluster where person_id = c.person_id), c.person_id)`,
  );

it(
  'a year of county life: all is accounted for, nobody is visited who opted out, nothing is dropped in silence',
  async () => {
    let years = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyHappening, { minLength: inDepth(15, 300), maxLength: inDepth(25, 1500), size: 'max' }),
        async (happenings) => {
          const life = new Life(`Y${'abcdefghijklmnopqrstuvwxyz'[years++ % 26] ?? ''}x`);
          for (const one of happenings) await life.happen(one);
          expect(await brokenRows(app)).toEqual([]);
          expect(await visitedAfterAll()).toEqual([]);
          app.clock.advance(45 * 24 * 60);
          for (let sweeps = 0; sweeps < 1 + happenings.length / 50; sweeps++) await app.runDue();
          expect((await rosterBehind(app)).filter(({ state }) => !['CLOSED', 'VOID'].includes(state))).toEqual([]);
          const [mute] = await app.owner<{ mute: number }>(
            'select count(*)::int as mute from outreach_case where end_reason is null and outcome is null',
          );
          expect(mute).toEqual({ mute: 0 });
        },
      ),
      { numRuns: inDepth(3, 6), endOnFailure: true },
    );
    // Six years of up to 1,500 happenings each take their time: 3,794 took 40 minutes on two cores that twenty others wanted. What one
    // costs does not grow with the roster; most of it are the sweeps of a worker, one round for each time that passes.
  },
  inDepth(300_000, 3_600_000),
);

describe('a death', () => {
  let nurse: Actor;
  beforeAll(async () => {
    nurse = await buildReporter(app, 'HOSPITAL');
  });
  beforeEach(() => goToThursday(app));

  const hoursAgo = (hours: number) => new Date(app.clock.now().getTime() - hours * 3_600_000);
  const tell = (hours: number, traits: Partial<ReportOverdoseInput>) =>
    buildOverdoseReport(app, nurse, { where: { countyFips: COUNTIES[0] }, occurredAt: hoursAgo(hours), ...traits });
  const somebody = (familyName: string) => ({ person: { givenName: 'Mortal', familyName } });
  const whoIs = (reportId: string) => personOf(app, 'overdose_report', reportId);
  const flag = async (reportId: string, dischargeAt: Date): Promise<void> => {
    const [report] = await app.owner<{ episodeId: string }>(
      'select episode_id as "episodeId" from overdose_report where id = $1',
      [reportId],
    );
    const wish = { reasons: ['WITHDRAWAL'], consentState: 'SPOKEN', wantsContact: true, opens: ['OUTREACH'] } as const;
    const about = {
      reasons: [...wish.reasons],
      opens: [...wish.opens],
      consents: [],
      countyFips: COUNTIES[0],
      dischargeAt,
    };
    done(
      await app.app
        .get(AtRiskFlagsService)
        .flag(nurse, { ...wish, ...about, episodeId: report?.episodeId ?? '' }, command),
    );
  };
  const rowsOf = async (personId: string) =>
    (
      await app.owner<{ row: string }>(
        `select concat_ws(' ', kind, state, coalesce(end_reason, due_because)) as row from outreach_case
         where person_id = $1 and state <> 'VOID' and kind <> 'FAMILY' order by kind`,
        [personId],
      )
    ).map(({ row }) => row);
  const links = () => app.app.get(PersonLinkCommandsService);
  const corrections = () => app.app.get(OverdoseCorrectionsService);
  const patient = async (familyName: string): Promise<string> => {
    const reportId = await tell(9, somebody(familyName));
    await flag(reportId, hoursAgo(8));
    return reportId;
  };
  const tie = async (one: string, other: string): Promise<() => Promise<void>> => {
    const linkId = done(await links().merge(nurse, { personId: one, samePersonId: other }, command));
    await app.runDue();
    return async () => {
      done(await links().decide(nurse, { linkId, step: 'split' }, command));
      await app.runDue();
    };
  };
  /** Ends all that waits for the person, and says who they are and how the death is taken back. */
  const deaths = {
    'is retracted': async () => {
      const personId = await whoIs(await patient('Retracted'));
      const reportId = await tell(6, { personId, isFatal: true });
      const because = 'ENTERED_IN_ERROR' as const;
      return [personId, async () => done(await corrections().retract(nurse, { reportId, because }, command))] as const;
    },
    'was of somebody else': async () => {
      const personId = await whoIs(await patient('Corrected'));
      const reportId = await tell(6, { personId, isFatal: true });
      const input = { reportId, because: 'MISTAKE' as const, ...somebody('Another') };
      return [personId, async () => done(await corrections().correct(nurse, input, command))] as const;
    },
    'was of a later record': async () => {
      const personId = await whoIs(await patient('Earlier'));
      const dead = await whoIs(await tell(6, { ...somebody('Xylander'), isFatal: true }));
      return [personId, await tie(personId, dead)] as const;
    },
    'was of an earlier record': async () => {
      const dead = await whoIs(await tell(6, { ...somebody('Quimby'), isFatal: true }));
      const personId = await whoIs(await patient('Later'));
      return [personId, await tie(personId, dead)] as const;
    },
  };

  it.each(Object.keys(deaths) as (keyof typeof deaths)[])('that %s opens again what it had ended', async (how) => {
    const [personId, takeBack] = await deaths[how]();
    expect(await rowsOf(personId)).toEqual(['AT_RISK CLOSED DECEASED', 'SURVIVOR CLOSED DECEASED']);
    await takeBack();
    expect(await rowsOf(personId)).toEqual(['AT_RISK OPEN DEATH_TAKEN_BACK', 'SURVIVOR OPEN DEATH_TAKEN_BACK']);
  });

  it('that is taken back opens nothing of whoever opted out meanwhile', async () => {
    const personId = await whoIs(await patient('Left'));
    const reportId = await tell(6, { personId, isFatal: true });
    const rows = "select id from outreach_case where person_id = $1 and kind = 'SURVIVOR'";
    const [row] = await app.owner<{ id: string }>(rows, [personId]);
    const [team] = teams.values();
    done(await cases().optOut((team as BuiltTeam).worker, row?.id ?? '', command));
    done(await corrections().retract(nurse, { reportId, because: 'ENTERED_IN_ERROR' }, command));
    expect(await rowsOf(personId)).toEqual(['AT_RISK CLOSED OPTED_OUT', 'SURVIVOR CLOSED OPTED_OUT']);
  });

  it.each([
    [40, 'AT_RISK CLOSED DECEASED'],
    [20, 'AT_RISK OPEN'],
  ])('told before a flag, of a patient discharged %i hours ago: %s', async (discharged, row) => {
    const reportId = await tell(60, somebody(`Flagged${discharged}`));
    const personId = await whoIs(reportId);
    await tell(30, { personId, isFatal: true });
    app.clock.advance(1);
    await flag(reportId, hoursAgo(discharged));
    expect((await rowsOf(personId))[0]).toBe(row);
  });
});

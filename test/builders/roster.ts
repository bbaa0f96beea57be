import type { Actor } from '../../src/access';
import type { AgencyKind } from '../../src/kernel/vocabulary';
import type { TestApp } from '../setup/app';
import { buildAgency, buildStaff } from './agencies';
import { OutreachCasesService } from '../../src/outreach/roster/outreach-cases.service';
import { buildOverdoseReport } from './overdoses';
import { done } from './referrals';
import { buildOutreachProgram, type OutreachProgramTraits } from './outreach';

/** Rosters go by weeks: what a test puts a day apart is then in one, on whichever day the test is run. */
export const goToThursday = ({ clock }: TestApp): void => {
  const noon = clock.now();
  noon.setUTCHours(17, 0, 0, 0);
  noon.setUTCDate(noon.getUTCDate() + ((11 - noon.getUTCDay()) % 7 || 7));
  clock.advanceTo(noon);
};

export interface BuiltTeam {
  readonly programId: string;
  readonly coordinator: Actor;
  readonly worker: Actor;
}

/** An outreach team with a program of one county, and the people who work in it. */
export const buildTeam = async (
  app: TestApp,
  countyFips: readonly string[],
  traits: Partial<OutreachProgramTraits> = {},
): Promise<BuiltTeam> => {
  const team = await buildAgency(app.database, { kind: 'OUTREACH_TEAM' });
  const programId = await buildOutreachProgram(app.database, { ...traits, agencyId: team.id, countyFips });
  const coordinator = await buildStaff(app.database, team, 'COORDINATOR');
  return { programId, coordinator, worker: await buildStaff(app.database, team, 'OUTREACH_WORKER') };
};

export interface RowBehind {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly week: string;
  readonly programId: string | null;
  readonly toProgramId: string | null;
  readonly endReason: string | null;
  readonly outcome: string | null;
  readonly joinedInto: string | null;
  readonly events: string[];
  readonly reports: string[];
}

/** The whole roster, each row with the overdoses on it and their reports, as nobody but Handrail sees it. */
export const rosterBehind = (app: TestApp): Promise<RowBehind[]> =>
  app.owner<RowBehind>(
    `select c.id, c.kind, c.state, c.week::text, c.program_id as "programId", c.to_program_id as "toProgramId", c.end_reason as "endReason",
       c.outcome, c.joined_into as "joinedInto",
       array(select x.event_id::text from outreach_case_event x where x.case_id = c.id and x.until_at is null order by 1) as events,
       array(select m.report_id::text from outreach_case_event x join overdose_event_report m on m.event_id = x.event_id and m.until_at is null
         where x.case_id = c.id and x.until_at is null order by 1) as reports
     from outreach_case c order by c.opened_at, c.id`,
  );

/** The row that a report stands on. */
export const rowOfReport = async (app: TestApp, reportId: string): Promise<RowBehind> => {
  const row = (await rosterBehind(app)).find(({ reports, state }) => state !== 'VOID' && reports.includes(reportId));
  if (!row) throw new Error('a report is on no row of the roster');
  return row;
};

/** Overdoses that stand and are not on exactly one row; rows without overdoses; each is a broken promise. */
export const brokenRows = (app: TestApp): Promise<{ what: string }[]> =>
  app.owner<{ what: string }>(
    `select 'event ' || e.id || ' on ' || count(x.id) as what from overdose_event e
       left join (outreach_case_event x join outreach_case c on c.id = x.case_id and c.state <> 'VOID') on x.event_id = e.id and x.until_at is null
       where e.ended_at is null group by e.id having count(x.id) <> 1
     union all select 'ended event ' || x.event_id from outreach_case_event x join overdose_event e on e.id = x.event_id
       where x.until_at is null and e.ended_at is not null
     union all select 'row ' || c.id || ' is empty' from outreach_case c where c.state <> 'VOID'
       and not exists (select 1 from outreach_case_event x where x.case_id = c.id and x.until_at is null)
     union all select 'row ' || c.id || ' waits in silence' from outreach_case c where c.state not in ('CLOSED','VOID') and not exists (
       select 1 from clock k where k.subject_id = c.id and k.ended_at is null and k.kind in ('OUTREACH_STOP','OUTREACH_FAMILY_STOP'))
     union all select 'row ' || c.id || ' was ' || s.to_state from outreach_case c join lateral (
         select s.to_state from outreach_step s where s.case_id = c.id order by s.id desc limit 1) s on s.to_state <> c.state`,
  );

/** One record of each person becomes a record of the first of them, as the identity of people would have it. */
export const buildCluster = async (app: TestApp, personIds: readonly string[]): Promise<void> => {
  await app.owner(
    `insert into person_cluster (person_id, cluster_id) select unnest($1::uuid[]), $2
     on conflict (person_id) do update set cluster_id = excluded.cluster_id`,
    [personIds, personIds[0]],
  );
};

export const buildReporter = async (app: TestApp, kind: AgencyKind, coordinatingAgencyId: string | null = null) => {
  const agency = await buildAgency(app.database, { kind, coordinatingAgencyId });
  const role = { LAW_ENFORCEMENT: 'OFFICER', EMS: 'MEDIC', HOSPITAL: 'HOSPITAL_STAFF' } as const;
  return buildStaff(app.database, agency, role[kind as keyof typeof role]);
};

/** A home where nobody is to come, and a row that may be of it. */
export const buildHeldRow = async (app: TestApp, officer: Actor, worker: Actor, countyFips: string): Promise<void> => {
  const at = (address: string) =>
    buildOverdoseReport(app, officer, { where: { countyFips }, residence: { countyFips, address } });
  const { id } = await rowOfReport(app, await at('7 N Left Alone St'));
  done(await app.app.get(OutreachCasesService).optOut(worker, id, { name: 'arranged' }));
  await at('7 Left Alone');
};

/** What a team is told of a row that keeps people safe at the door. */
export const safeOf = async (app: TestApp, { worker }: BuiltTeam, id: string): Promise<object | undefined> => {
  const query = `query ($id: ID!) { outreachCase(id: $id) { safetyNote isFamilyAware mayContactAgain address addressBasis } }`;
  const { data } = await (await app.as(worker))<{ outreachCase: object }>(query, { id });
  return data?.outreachCase;
};

/** Tells of an overdose of somebody at this home (given name, family name, birth date), and how the row of it stands. */
export const atHome =
  (app: TestApp, reporter: Actor, home: { readonly countyFips: string; readonly address: string }) =>
  async (told: string, address = home.address): Promise<{ readonly id: string; readonly how: string }> => {
    const [givenName = null, familyName = null, birthDate = null] = told
      .split(' ')
      .map((word) => (word === '-' ? null : word.replace('_', ' ')));
    const person = { givenName, familyName, birthDate };
    const occurredAt = new Date(app.clock.now().getTime() - 20 * 3_600_000);
    const where = { countyFips: home.countyFips };
    const residence = { ...where, address };
    const reportId = await buildOverdoseReport(app, reporter, { occurredAt, where, person, residence });
    const { id, endReason } = await rowOfReport(app, reportId);
    const [held] = await app.owner('select from outreach_case where id = $1 and held_for is not null', [id]);
    return { id, how: endReason ?? (held ? 'HELD' : 'OPEN') };
  };

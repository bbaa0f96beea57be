import type { Actor } from '../../src/access';
import { OutreachCasesService } from '../../src/outreach/roster/outreach-cases.service';
import { HandOversService } from '../../src/outreach/roster/hand-overs.service';
import { OverdoseCorrectionsService } from '../../src/overdoses/overdose-corrections.service';
import type { ReportOverdoseInput } from '../../src/overdoses/report-overdose.inputs';
import { buildOverdoseReport } from '../builders/overdoses';
import { done } from '../builders/referrals';
import {
  brokenRows,
  buildCluster,
  buildReporter,
  buildTeam,
  goToThursday,
  rosterBehind,
  rowOfReport,
  safeOf,
  type BuiltTeam,
} from '../builders/roster';
import { openApp, type TestApp } from '../setup/app';

const command = { name: 'test' };
const ROSS = '39141';
const PIKE = '39131';
/** No program looks after it. */
const NOWHERE = '39001';

let app: TestApp;
let officer: Actor;
let medic: Actor;
let ross: BuiltTeam;
let pike: BuiltTeam;

beforeAll(async () => {
  app = await openApp();
  goToThursday(app);
  officer = await buildReporter(app, 'LAW_ENFORCEMENT');
  medic = await buildReporter(app, 'EMS');
  ross = await buildTeam(app, [ROSS]);
  pike = await buildTeam(app, [PIKE]);
});
afterEach(async () => expect(await brokenRows(app)).toEqual([]));
afterAll(() => app.close());

const hoursAgo = (hours: number) => new Date(app.clock.now().getTime() - hours * 3_600_000);
const report = (traits: Partial<ReportOverdoseInput> = {}, who = officer) =>
  buildOverdoseReport(app, who, { occurredAt: hoursAgo(1), where: { countyFips: ROSS }, ...traits });
const personOf = async (reportId: string): Promise<string> =>
  (await app.owner<{ id: string }>('select person_id as id from overdose_report where id = $1', [reportId]))[0]?.id ??
  '';
const cases = () => app.app.get(OutreachCasesService);
const corrections = () => app.app.get(OverdoseCorrectionsService);
const handOvers = () => app.app.get(HandOversService);
const named = (givenName: string) => ({ person: { givenName, familyName: 'Rostered' } }) as const;

describe('a row of the roster', () => {
  it('is there when the report is, one for a person and week, one for each unnamed', async () => {
    const first = await report(named('One'));
    const personId = await personOf(first);
    const second = await report({ personId, occurredAt: hoursAgo(0.5) });
    const [stranger, other] = [
      await report({ occurredAt: hoursAgo(0.4) }),
      await report({ occurredAt: hoursAgo(0.3) }),
    ];
    const row = await rowOfReport(app, first);
    expect(row).toMatchObject({ kind: 'SURVIVOR', state: 'OPEN', programId: ross.programId });
    expect((await rowOfReport(app, second)).id).toBe(row.id);
    expect(new Set([row.id, (await rowOfReport(app, stranger)).id, (await rowOfReport(app, other)).id]).size).toBe(3);
  });

  it('cannot be forgotten or doubled: the database refuses the commit', async () => {
    const row = await rowOfReport(app, await report());
    const leave = app.owner('update outreach_case_event set until_at = now() where case_id = $1', [row.id]);
    await expect(leave).rejects.toMatchObject({ constraint: 'overdose_on_one_row' });
    const twice = app.owner(
      `insert into outreach_case_event select gen_random_uuid(), case_id, event_id, from_at, null, occurred_at, is_time_known, county_fips,
         is_fatal, is_naloxone_given, doses, suspected_substances, has_children_present, is_transported, has_refused_transport
       from outreach_case_event where case_id = $1 and until_at is null`,
      [row.id],
    );
    await expect(twice).rejects.toMatchObject({ constraint: 'outreach_event_on_one_row' });
    const unplaced = app.owner(
      `insert into overdose_event (recorded_at, occurred_at, is_time_known, county_fips, is_fatal, is_naloxone_given, reports)
       values (now(), now(), true, '39141', false, true, 1)`,
    );
    await expect(unplaced).rejects.toMatchObject({ constraint: 'overdose_on_one_row' });
  });

  it('goes with a late name, a retraction and a death', async () => {
    const known = await report(named('Two'));
    const unnamed = await report({ occurredAt: hoursAgo(5) });
    const before = await rowOfReport(app, unnamed);
    const input = { reportId: unnamed, because: 'LATE_FACT', personId: await personOf(known) } as const;
    done(await corrections().correct(officer, input, command));
    expect((await rowOfReport(app, unnamed)).id).toBe((await rowOfReport(app, known)).id);
    const rows = await rosterBehind(app);
    expect(rows.find(({ id }) => id === before.id)).toMatchObject({ state: 'VOID', endReason: 'JOINED' });

    const wrong = await report({ occurredAt: hoursAgo(7) });
    const emptied = await rowOfReport(app, wrong);
    done(await corrections().retract(officer, { reportId: wrong, because: 'NOT_AN_OVERDOSE' }, command));
    const now = await rosterBehind(app);
    expect(now.find(({ id }) => id === emptied.id)).toMatchObject({ state: 'VOID', endReason: 'NO_EVENT_LEFT' });

    done(await corrections().correct(officer, { reportId: known, because: 'LATE_FACT', isFatal: true }, command));
    expect(await rowOfReport(app, known)).toMatchObject({ kind: 'FAMILY', state: 'OPEN' });
    expect(await rowOfReport(app, unnamed)).toMatchObject({ kind: 'SURVIVOR', state: 'CLOSED', endReason: 'DECEASED' });
    done(await corrections().correct(officer, { reportId: known, because: 'MISTAKE', isFatal: false }, command));
    expect((await rowOfReport(app, known)).id).toBe((await rowOfReport(app, unnamed)).id);
    expect(await rowOfReport(app, known)).toMatchObject({ kind: 'SURVIVOR', state: 'OPEN' });
  });

  it('is one when two people turn out to be one, and goes on with what was done', async () => {
    const police = await report({ ...named('Three'), occurredAt: hoursAgo(20) });
    const ems = await report({ ...named('Tree'), occurredAt: hoursAgo(2) }, medic);
    const [untouched, worked] = [await rowOfReport(app, police), await rowOfReport(app, ems)];
    const tried = {
      caseId: worked.id,
      channel: 'VISIT',
      result: 'NO_ONE_HOME',
      services: [],
      leftBehind: 'NEVER',
    } as const;
    done(await cases().attempt(ross.worker, { ...tried, services: [] }, command));
    const told = { safetyNote: 'Armed brother; never alone', isFamilyAware: false, mayContactAgain: false };
    done(await cases().update(ross.worker, { caseId: untouched.id, ...told, address: '9 Found Street' }, command));
    done(await cases().update(ross.worker, { caseId: worked.id, safetyNote: 'Loose dog' }, command));
    await buildCluster(app, [await personOf(police), await personOf(ems)]);
    await app.runDue();
    expect((await rowOfReport(app, police)).id).toBe(worked.id);
    expect(await rowOfReport(app, ems)).toMatchObject({ id: worked.id, state: 'TRIED' });
    const gone = (await rosterBehind(app)).find(({ id }) => id === untouched.id);
    expect(gone).toMatchObject({ state: 'VOID', endReason: 'JOINED', joinedInto: worked.id });
    const safetyNote = 'Loose dog\nArmed brother; never alone';
    const safe = { ...told, safetyNote, address: '9 Found Street', addressBasis: 'TEAM' };
    expect(await safeOf(app, ross, worked.id)).toEqual(safe);
    expect(
      await cases().attempt(ross.worker, { ...tried, services: [], leftBehind: 'PLAIN_CARD' }, command),
    ).toHaveProperty('details.remedy', 'At most NEVER: tell the coordinator what was left.');

    app.clock.advance(7 * 24 * 60);
    const next = await rowOfReport(app, await report({ personId: await personOf(police) }));
    expect(next.id).not.toBe(worked.id);
    expect(await safeOf(app, ross, next.id)).toEqual(safe);

    app.clock.advance(7 * 24 * 60);
    const again = await report({ personId: await personOf(police), where: { countyFips: PIKE } });
    const there = await rowOfReport(app, again);
    const none = { safetyNote: null, address: null, addressBasis: null };
    expect(await safeOf(app, pike, there.id)).toEqual({ ...none, isFamilyAware: false, mayContactAgain: false });
  });

  it('ends by itself, with a reason, at its stop and not before', async () => {
    await app.runDue();
    const silent = await rowOfReport(app, await report({ occurredAt: hoursAgo(24) }));
    const stopAt = async () =>
      (await app.owner<{ at: Date }>('select stop_at as at from outreach_case where id = $1', [silent.id]))[0]?.at ??
      new Date(0);
    const minutes = ((await stopAt()).getTime() - app.clock.now().getTime()) / 60_000;
    // Twenty seconds, within which a slow machine looks too.
    app.clock.advance(minutes - 1 / 3);
    await app.runDue();
    const now = async () => (await rosterBehind(app)).find(({ id }) => id === silent.id);
    expect(await now()).toMatchObject({ state: 'OPEN' });
    app.clock.advance(2 / 3);
    await app.runDue();
    expect(await now()).toMatchObject({ state: 'CLOSED', endReason: 'NOT_TRIED_IN_TIME' });
    const late = await rowOfReport(app, await report({ occurredAt: hoursAgo(24 * 8) }));
    expect(late).toMatchObject({ state: 'CLOSED', endReason: 'REPORTED_TOO_LATE' });
  });
});

describe('a case of somebody who lives elsewhere', () => {
  it('is handed to the home team, which says that it has it', async () => {
    const id = await report({ residence: { countyFips: PIKE, address: '12 Sample Street' } });
    const row = await rowOfReport(app, id);
    expect(row).toMatchObject({ state: 'HANDED_OVER', programId: ross.programId, toProgramId: pike.programId });
    done(await handOvers().acknowledge(pike.worker, row.id, command));
    expect(await rowOfReport(app, id)).toMatchObject({ state: 'OPEN', programId: pike.programId, toProgramId: null });
  });

  it('comes back when nobody says so in time', async () => {
    const id = await report({ residence: { countyFips: PIKE } });
    app.clock.advance(24 * 60 + 1);
    await app.runDue();
    expect(await rowOfReport(app, id)).toMatchObject({ state: 'OPEN', programId: ross.programId, toProgramId: null });
    done(await corrections().correct(officer, { reportId: id, because: 'LATE_FACT', transport: 'REFUSED' }, command));
    expect(await rowOfReport(app, id)).toMatchObject({ state: 'OPEN', programId: ross.programId });
  });

  it('goes where a late report says that they live', async () => {
    const id = await report();
    const residence = { countyFips: PIKE };
    done(await corrections().correct(officer, { reportId: id, because: 'LATE_FACT', residence }, command));
    expect(await rowOfReport(app, id)).toMatchObject({ state: 'HANDED_OVER', toProgramId: pike.programId });
  });

  it('waits for a coordinator where no program looks after the county, and is taken on with it', async () => {
    const cop = await buildReporter(app, 'LAW_ENFORCEMENT', ross.coordinator.agencyId);
    const ids = [
      await report({ where: { countyFips: NOWHERE } }, cop),
      await report({ where: { countyFips: NOWHERE } }, cop),
    ];
    const [one = '', other = ''] = ids;
    expect(await rowOfReport(app, one)).toMatchObject({ state: 'UNASSIGNED', programId: null });
    const ask = await app.as(ross.coordinator);
    const listed = await ask<{ unassignedOutreachCases: { nodes: { id: string }[] } }>(
      '{ unassignedOutreachCases { nodes { id state county { fips } } } }',
    );
    const nodes = listed.data?.unassignedOutreachCases.nodes.map(({ id }) => id);
    expect(nodes).toEqual([(await rowOfReport(app, one)).id, (await rowOfReport(app, other)).id].sort());
    const input = { caseId: (await rowOfReport(app, one)).id, programId: ross.programId };
    done(await handOvers().assign(ross.coordinator, input, command));
    expect(await rowOfReport(app, one)).toMatchObject({ state: 'OPEN', programId: ross.programId });
    const area = await ask(
      'mutation ($input: UpdateOutreachProgramInput!) { updateOutreachProgram(input: $input) { __typename } }',
      { input: { id: ross.programId, countyFips: [ROSS, NOWHERE] } },
    );
    expect(area.errors).toEqual([]);
    expect(await rowOfReport(app, other)).toMatchObject({ state: 'OPEN', programId: ross.programId });
  });
});

describe('a case that nobody took', () => {
  /** Neither has a program, nor has anybody next door. */
  const FAR = '39171';
  const QUERY = '{ unassignedOutreachCases { nodes { id state closedAt } } }';
  it('has a coordinator in the state, who sees how it ended, and is shown to who looks after the county later', async () => {
    const row = await rowOfReport(app, await report({ where: { countyFips: FAR } }));
    expect(row).toMatchObject({ state: 'UNASSIGNED' });
    const [found] = await app.owner<{ agency: string }>(
      'select coordinator_agency_id as agency from outreach_case where id = $1',
      [row.id],
    );
    const finder = [ross, pike].find(({ coordinator }) => coordinator.agencyId === found?.agency) ?? ross;
    const ask = await app.as(finder.coordinator);
    const listed = async () => {
      const { data } = await ask<{ unassignedOutreachCases: { nodes: { id: string; state: string }[] } }>(QUERY);
      return data?.unassignedOutreachCases.nodes.find(({ id }) => id === row.id);
    };
    expect(await listed()).toMatchObject({ state: 'UNASSIGNED' });
    app.clock.advance(7 * 24 * 60 + 1);
    await app.runDue();
    expect(await listed()).toMatchObject({ state: 'CLOSED', closedAt: expect.any(String) });
    const { errors } = await ask(
      'mutation ($input: UpdateOutreachProgramInput!) { updateOutreachProgram(input: $input) { __typename } }',
      { input: { id: finder.programId, countyFips: [finder === ross ? ROSS : PIKE, FAR] } },
    );
    expect(errors).toEqual([]);
    const { data } = await ask<{ outreachRoster: { nodes: { id: string }[] } }>(
      'query ($programId: ID!) { outreachRoster(programId: $programId) { nodes { id state endReason } } }',
      { programId: finder.programId },
    );
    expect(data?.outreachRoster.nodes).toContainEqual({ id: row.id, state: 'CLOSED', endReason: 'NO_PROGRAM' });
    app.clock.advance(28 * 24 * 60);
    expect(await listed()).toBeUndefined();
  });
});

describe('whoever opted out', () => {
  it('is left alone for good, under whichever record, and counted', async () => {
    const first = await report(named('Four'));
    const row = await rowOfReport(app, first);
    done(await cases().optOut(ross.worker, row.id, command));
    expect(await rowOfReport(app, first)).toMatchObject({ state: 'CLOSED', endReason: 'OPTED_OUT' });
    app.clock.advance(14 * 24 * 60);
    const again = await report({ personId: await personOf(first) });
    expect(await rowOfReport(app, again)).toMatchObject({ state: 'CLOSED', endReason: 'OPTED_OUT' });
    const elsewhere = await report(named('Vier'), medic);
    expect(await rowOfReport(app, elsewhere)).toMatchObject({ state: 'OPEN' });
    await buildCluster(app, [await personOf(first), await personOf(elsewhere)]);
    await app.runDue();
    expect(await rowOfReport(app, elsewhere)).toMatchObject({ state: 'CLOSED', endReason: 'OPTED_OUT' });
  });

  it('is a home where nobody is named, however its address is spelt', async () => {
    const first = await report({ residence: { countyFips: ROSS, address: '4 Quiet Street, Apt 2, Chillicothe' } });
    done(await cases().optOut(ross.worker, (await rowOfReport(app, first)).id, command));
    const at = async (address: string) =>
      (await rowOfReport(app, await report({ residence: { countyFips: ROSS, address } }))).endReason;
    const spelt = ['4 QUIET ST. #2', 'Unit 02, 4 Quiet Str, Chillicothe OH 45601', '4 Quiet St Apartment 2'];
    for (const one of spelt) expect(await at(one)).toBe('OPTED_OUT');
    for (const other of ['4 Quiet St Apt 2, Bainbridge', '4 Quiet St Apt 3']) expect(await at(other)).toBeNull();
  });
});

describe('an attempt', () => {
  it('makes the outcome of a case, and what was agreed to is asked after 30 and 90 days', async () => {
    const id = await report(named('Five'));
    const { id: caseId } = await rowOfReport(app, id);
    const base = { caseId, channel: 'VISIT', leftBehind: 'NEVER', services: [] as never[] } as const;
    done(await cases().attempt(ross.worker, { ...base, result: 'NO_ONE_HOME' }, command));
    const contact = {
      ...base,
      result: 'ENGAGED',
      services: ['NALOXONE' as const],
      naloxoneKits: 2,
      mayContactAgain: true,
    } as const;
    done(await cases().attempt(ross.worker, { ...contact, services: ['NALOXONE'] }, command));
    done(await cases().close(ross.worker, { caseId }, command));
    expect(await rowOfReport(app, id)).toMatchObject({ state: 'CLOSED', outcome: 'ENGAGED', endReason: null });
    const clocks = await app.owner<{ kind: string; how: string | null }>(
      'select kind, ended_how as how from clock where subject_id = $1 order by kind',
      [caseId],
    );
    expect(clocks).toEqual([
      { kind: 'FOLLOW_UP_DAY_30', how: null },
      { kind: 'FOLLOW_UP_DAY_90', how: null },
      { kind: 'OUTREACH_STOP', how: 'MET' },
      { kind: 'OUTREACH_VISIT', how: 'MET' },
    ]);
    const again = await report({ personId: await personOf(id), occurredAt: hoursAgo(-0.001) });
    expect((await rowOfReport(app, again)).state).toBe('OPEN');

    app.clock.advance(14 * 24 * 60);
    await app.runDue();
    expect((await rowOfReport(app, id)).state).toBe('CLOSED');
    const later = await report(named('Fünf'), medic);
    await buildCluster(app, [await personOf(later), await personOf(id)]);
    done(await cases().optOut(ross.worker, (await rowOfReport(app, later)).id, command));
    expect(await safeOf(app, ross, caseId)).toMatchObject({ mayContactAgain: false });
    expect(await app.owner('select 1 from clock where subject_id = $1 and ended_at is null', [caseId])).toEqual([]);
  });
});

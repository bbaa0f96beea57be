import type { Actor } from '../../src/access';
import { ClocksService } from '../../src/clocks';
import { buildAgency, buildStaff, type AgencyTraits, type BuiltAgency } from '../builders/agencies';
import { nudgeDue, reachAt } from '../builders/nudges';
import { buildOutreachProgram } from '../builders/outreach';
import { buildOverdoseReport } from '../builders/overdoses';
import { buildReferral, buildSubmission } from '../builders/referrals';
import { brokenRows, rowOfReport } from '../builders/roster';
import { buildBag, tell } from '../builders/surrenders';
import { teamsOf } from '../builders/teams';
import { openApp, type TestApp } from '../setup/app';

const HOUR = 60;
const DAY = 24 * HOUR;

describe('where nobody is left who may take the step, somebody hears of it:', () => {
  let app: TestApp;
  let teams: ReturnType<typeof teamsOf>;
  let operator: Actor;
  beforeAll(async () => {
    app = await openApp();
    teams = teamsOf(app);
    operator = await buildStaff(app.database, await buildAgency(app.database, { kind: 'PLATFORM' }), 'PLATFORM_ADMIN');
    await reachAt(app, operator);
  });
  afterAll(() => app.close());

  /** By the clock of the test, unlike what is done past the application. */
  const leave = (...people: Actor[]) =>
    app.owner('update membership set ended_at = $2 where id = any($1::uuid[])', [
      people.map(({ membershipId }) => membershipId),
      app.clock.now(),
    ]);
  const later = async (minutes: number) => {
    app.clock.advance(minutes);
    await app.runDue();
  };
  const leadOf = async (countyFips: string, traits: AgencyTraits, teamAgencyIds: string[] = []) => {
    const { id, coordinator } = await teams.team(traits);
    const programId = await buildOutreachProgram(app.database, {
      agencyId: id,
      countyFips: [countyFips],
      teamAgencyIds,
    });
    await app.owner('update outreach_program set created_at = $2 where id = $1', [programId, app.clock.now()]);
    return { id, coordinator, programId };
  };
  const overdose = async (reporter: Actor, countyFips: string) => {
    const told = { occurredAt: app.clock.now(), where: { countyFips } };
    return (await rowOfReport(app, await buildOverdoseReport(app, reporter, told))).id;
  };
  const standing = async (id: string) => {
    const asked = `select state, program_id as "programId", coordinator_agency_id as finder from outreach_case where id = $1`;
    return (await app.owner<{ state: string; programId: string | null; finder: string | null }>(asked, [id]))[0];
  };
  const isOperators = (agencyId: string) => app.app.get(ClocksService).isOverdueForOperator(agencyId);
  const told = async (person: Actor, kind: string) => {
    await nudgeDue(app);
    const asked = 'select subject_id as id from nudge where account_id = $1 and kind = $2';
    return (await app.owner<{ id: string }>(asked, [person.id, kind])).map(({ id }) => id);
  };

  it('a case of a team that has had nobody for a day is found another team; of a change of its one worker nothing is seen', async () => {
    const [ADA, CANYON] = ['16001', '16027'] as const;
    const [lead, next] = [await leadOf(ADA, { state: 'ID' }), await leadOf(CANYON, { state: 'ID' })];
    const reporter = await teams.police({ state: 'ID', coordinatingAgencyId: lead.id });
    const held = { state: 'OPEN', programId: lead.programId, finder: null };
    const free = { state: 'UNASSIGNED', programId: null, finder: next.id };
    const open = await overdose(reporter, ADA);
    await leave(lead.coordinator);
    await later(23 * HOUR);
    expect([await standing(open), await standing(await overdose(reporter, ADA))]).toEqual([held, held]);
    await later(2 * HOUR);
    expect([await standing(open), await standing(await overdose(reporter, ADA))]).toEqual([free, free]);
    expect(await told(next.coordinator, 'CASE_PLACED')).toEqual([]);
    // Its finder is gone as well: the one after it hears, and has as long as anybody to find a team.
    const last = await leadOf('16039', { state: 'ID' });
    await reachAt(app, last.coordinator);
    await app.owner('update agency set is_active = false where id = $1', [next.id]);
    await later(1);
    expect(await standing(open)).toEqual({ ...free, finder: last.id });
    expect(await told(last.coordinator, 'CASE_PLACED')).toContain(open);
    const due = `select k.owner_agency_id as id, k.due_at > $2::timestamptz + interval '23 hours' as "isNew" from clock k
      where k.subject_id = $1 and k.kind = 'OUTREACH_ASSIGNED' and k.ended_at is null`;
    expect(await app.owner(due, [open, app.clock.now()])).toEqual([{ id: last.id, isNew: true }]);
    // Somebody works there again.
    await buildStaff(app.database, { id: lead.id, kind: 'OUTREACH_TEAM' }, 'OUTREACH_WORKER');
    expect(await standing(await overdose(reporter, ADA))).toEqual(held);
    expect(await brokenRows(app)).toEqual([]);
  });

  it('a case stays with a team of which somebody else is left, who hears of it; where nobody is found the operator does', async () => {
    const partner = await buildAgency(app.database, { kind: 'OUTREACH_TEAM', state: 'WY' });
    const worker = await buildStaff(app.database, partner, 'OUTREACH_WORKER');
    await reachAt(app, worker);
    const lead = await leadOf('56021', { state: 'WY' }, [partner.id]);
    const reporter = await teams.police({ state: 'WY' });
    const open = await overdose(reporter, '56021');
    await leave(lead.coordinator);
    await later(2 * DAY + HOUR);
    expect(await standing(open)).toMatchObject({ state: 'OPEN', programId: lead.programId });
    expect(await told(worker, 'CASE_DUE')).toEqual([open]);
    await leave(worker);
    await later(DAY + HOUR);
    expect(await standing(open)).toEqual({ state: 'UNASSIGNED', programId: null, finder: null });
    expect(await isOperators(lead.id)).toBe(false);
    await later(DAY + HOUR);
    expect(await isOperators(lead.id)).toBe(true);
    expect(await told(operator, 'AGENCY_OVERDUE')).toContain(lead.id);
  });

  it('facts that nobody at the sender can send are asked of the team of the county, else the operator hears before it ends', async () => {
    const senders = [await teams.police({ state: 'MT' }), await teams.police({ state: 'ND' })] as const;
    const lacking = (sender: Actor) => buildReferral(app, sender, buildSubmission({}, { substances: [] }));
    const [near, alone] = [await lacking(senders[0]), await lacking(senders[1])];
    const states = 'select distinct state from referral where id = any($1::uuid[])';
    expect(await app.owner(states, [[near, alone]])).toEqual([{ state: 'NEEDS_INFO' }]);
    const team = await teams.team({ state: 'MT' });
    await teams.sweep();
    expect(await teams.of(near)).toEqual([]);
    await leave(...senders);
    await later(DAY + HOUR);
    expect([await teams.of(near), await teams.of(alone)]).toEqual([[team.id], []]);
    await reachAt(app, team.coordinator);
    expect(await isOperators(senders[1].agencyId)).toBe(true);
    await later(4 * DAY);
    expect(await told(team.coordinator, 'CLOCK_DUE')).toHaveLength(1);
    expect(await told(operator, 'AGENCY_OVERDUE')).toContain(senders[1].agencyId);
    expect(await told(operator, 'AGENCY_OVERDUE')).not.toContain(senders[0].agencyId);
  });

  it('what nobody looked into in a property room in time the operator hears of once: of which agency, and nothing of the room', async () => {
    const police: BuiltAgency = await buildAgency(app.database, {});
    const officer = await buildStaff(app.database, police, 'OFFICER');
    const taken = await tell(await app.as(officer), 'openSurrender', buildBag());
    expect(taken.code).toBeNull();
    await app.owner('update agency set is_active = false where id = $1', [police.id]);
    await later(2 * HOUR);
    const kinds = 'select kind from custody_alert where surrender_id = $1';
    expect(await app.owner(kinds, [taken.id])).toEqual([{ kind: 'NOT_COUNTERSIGNED' }]);
    expect(await told(operator, 'AGENCY_OVERDUE')).not.toContain(police.id);
    await later(DAY);
    await later(1);
    expect((await told(operator, 'AGENCY_OVERDUE')).filter((id) => id === police.id)).toHaveLength(1);
    const events = `select agency_id as "agencyId", payload from outbox_event where name = 'agency.left-waiting' and subject_id = $1`;
    expect(await app.owner(events, [police.id])).toEqual([
      { agencyId: '00000000-0000-0000-0000-000000000000', payload: {} },
    ]);
  });
});

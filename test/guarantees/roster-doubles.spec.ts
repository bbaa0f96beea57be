import type { Actor } from '../../src/access';
import { SamePersonsService } from '../../src/outreach/roster/same-persons.service';
import type { ReportOverdoseInput } from '../../src/overdoses/report-overdose.inputs';
import { buildAgency, buildStaff } from '../builders/agencies';
import { buildOverdoseReport } from '../builders/overdoses';
import { withPhone } from '../builders/person-links';
import { done } from '../builders/referrals';
import { brokenRows, buildReporter, buildTeam, goToThursday, rowOfReport, type BuiltTeam } from '../builders/roster';
import { openApp, type TestApp } from '../setup/app';

const command = { name: 'test' };
const ROSS = '39141';
const HOCKING = '39073';

describe('two rows of one roster that may be of one person', () => {
  let app: TestApp;
  let officer: Actor;
  let ross: BuiltTeam;

  beforeAll(async () => {
    app = await openApp();
    goToThursday(app);
    officer = await buildReporter(app, 'LAW_ENFORCEMENT');
    ross = await buildTeam(app, [ROSS]);
  });
  afterEach(async () => expect(await brokenRows(app)).toEqual([]));
  afterAll(() => app.close());

  const hoursAgo = (hours: number) => new Date(app.clock.now().getTime() - hours * 3_600_000);
  const report = (traits: Partial<ReportOverdoseInput>, who = officer) =>
    buildOverdoseReport(app, who, { occurredAt: hoursAgo(1), ...traits });
  type Alike = Readonly<Record<'state' | 'givenName' | 'familyName', string | null>> & {
    readonly other: { readonly id: string };
  };
  const alikeTo = async (who: Actor, id: string) => {
    const query = `query ($id: ID!) { outreachCase(id: $id) { perhapsSame { state givenName familyName other { id } } } }`;
    return (await (await app.as(who))<{ outreachCase: { perhapsSame: Alike[] | null } | null }>(query, { id })).data
      ?.outreachCase;
  };
  const decide = (who: Actor, caseId: string, otherCaseId: string, isSamePerson: boolean) =>
    app.app.get(SamePersonsService).decide(who, { caseId, otherCaseId, isSamePerson }, command);
  /** Told by police, and by a hospital that wrote no birth date down. */
  const twice = async (where: string[] = [ROSS, ROSS]) => {
    const person = withPhone();
    const { givenName = null, familyName = null, phone = null } = person;
    const nurse = await buildReporter(app, 'HOSPITAL');
    const at = (countyFips = ROSS) => ({ where: { countyFips }, residence: { countyFips } });
    const one = await report({ ...at(where[0]), person, occurredAt: hoursAgo(30) });
    return [one, await report({ ...at(where[1]), person: { givenName, familyName, phone } }, nurse)] as const;
  };
  const rowsOf = async ([one, other]: readonly [string, string]) =>
    [(await rowOfReport(app, one)).id, (await rowOfReport(app, other)).id] as const;

  it('are shown to its team side by side, which decides, and may take it back', async () => {
    const told = await twice();
    const [one, other] = await rowsOf(told);
    const alike = { state: 'OPEN', givenName: 'AGREES', familyName: 'AGREES', other: { id: other } };
    expect(await alikeTo(ross.worker, one)).toEqual({ perhapsSame: [alike] });
    expect(await alikeTo(ross.worker, other)).toEqual({ perhapsSame: [{ ...alike, other: { id: one } }] });
    expect(await decide(ross.worker, one, one, true)).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    done(await decide(ross.worker, one, other, true));
    await app.runDue();
    const [kept, joined] = await rowsOf(told);
    expect(joined).toBe(kept);
    expect(await decide(ross.worker, one, other, true)).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    const gone = kept === one ? other : one;
    expect(await alikeTo(ross.worker, kept)).toMatchObject({ perhapsSame: [{ state: 'LINKED', other: { id: gone } }] });
    done(await decide(ross.worker, kept, gone, false));
    await app.runDue();
    expect(new Set(await rowsOf(told))).toEqual(new Set([one, other]));
    expect(await alikeTo(ross.worker, one)).toMatchObject({ perhapsSame: [{ state: 'REJECTED' }] });
    done(await decide(ross.worker, one, other, true));
    await app.runDue();
    expect(new Set(await rowsOf(told)).size).toBe(1);
  });

  it('are shown to nobody else: no other team, no police of the team, no reporter, and never over the wall of Part 2', async () => {
    const visitorKinds = ['OUTREACH_TEAM', 'LAW_ENFORCEMENT'];
    const sheriff = await buildAgency(app.database, { kind: 'LAW_ENFORCEMENT' });
    const deputy = await buildStaff(app.database, sheriff, 'OFFICER');
    const hocking = await buildTeam(app, [HOCKING], { teamAgencyIds: [sheriff.id], visitorKinds });
    const [one, other] = await rowsOf(await twice([HOCKING, HOCKING]));
    expect(await alikeTo(hocking.worker, one)).toMatchObject({ perhapsSame: [{ state: 'OPEN' }] });
    expect(await alikeTo(deputy, one)).toEqual({ perhapsSame: null });
    for (const who of [ross.worker, officer]) expect(await alikeTo(who, one)).toBeNull();
    expect(await decide(deputy, one, other, true)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await decide(ross.worker, one, other, true)).toMatchObject({ code: 'NOT_FOUND' });
    const behind = { name: 'doubles', text: 'select * from app.roster_doubles($1::uuid[])' };
    const seenBy = async (who: Actor) => (await app.unitOfWork.reader(who).query(behind, [[one, other]])).length;
    expect([await seenBy(hocking.worker), await seenBy(deputy), await seenBy(ross.worker)]).toEqual([2, 0, 0]);
    const [here, there] = await rowsOf(await twice([HOCKING, ROSS]));
    expect(await alikeTo(hocking.worker, here)).toEqual({ perhapsSame: [] });
    expect(await decide(hocking.worker, here, there, true)).toMatchObject({ code: 'NOT_FOUND' });
    await app.owner(
      'update person set is_part2 = true where id = (select person_id from outreach_case where id = $1)',
      [other],
    );
    expect(await alikeTo(hocking.worker, one)).toEqual({ perhapsSame: [] });
    expect(await decide(hocking.worker, one, other, true)).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
  });
});

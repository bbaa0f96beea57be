import type { Actor } from '../../src/access';
import { OutreachCasesService } from '../../src/outreach/roster/outreach-cases.service';
import { SamePersonsService } from '../../src/outreach/roster/same-persons.service';
import type { PersonInput } from '../../src/people';
import type { ReportOverdoseInput } from '../../src/overdoses/report-overdose.inputs';
import { buildAgency, buildStaff } from '../builders/agencies';
import { buildOverdoseReport, eventsBehind } from '../builders/overdoses';
import { personOf, withPhone } from '../builders/person-links';
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

  describe('of one overdose that two agencies told of under names that are a slip of each other', () => {
    const point = { latitude: 39.3331, longitude: -82.9824 };
    let medic: Actor;
    beforeAll(async () => {
      medic = await buildReporter(app, 'EMS');
    });
    let moment = 0;
    /** Everybody whom the table tells of is called otherwise than the last. */
    const scene = () => {
      const at = hoursAgo(20 + moment++);
      const told = (person: PersonInput, traits: Partial<ReportOverdoseInput> = {}, who = officer) =>
        report(
          { where: { countyFips: ROSS, ...point }, residence: { countyFips: ROSS }, occurredAt: at, ...traits, person },
          who,
        );
      return { at, told };
    };
    const born = '1988-04-17';
    const eventsOf = async (reportIds: readonly string[]) => {
      const events = await eventsBehind(app);
      return reportIds.map((id) => events.find(({ reports }) => reports.includes(id))?.id);
    };
    const areOneRow = async ([one, other]: readonly [string, string]) => new Set(await rowsOf([one, other])).size === 1;

    it.each<[string, PersonInput, PersonInput, boolean]>([
      [
        'a name for short',
        { givenName: 'John', familyName: 'Smithers' },
        { givenName: 'Jon', familyName: 'Smithers' },
        true,
      ],
      [
        'a letter left out',
        { givenName: 'Rosa', familyName: 'Delgado' },
        { givenName: 'Rosa', familyName: 'Delgdo' },
        true,
      ],
      [
        'a letter of the given name',
        { givenName: 'Terrence', familyName: 'Quilby', birthDate: born },
        { givenName: 'Terence', familyName: 'Quilby', birthDate: born },
        true,
      ],
      [
        'names swapped',
        { givenName: 'Hollis', familyName: 'Vandermark' },
        { givenName: 'Vandermark', familyName: 'Hollis' },
        true,
      ],
      [
        'a digit of the birth date',
        { givenName: 'Corey', familyName: 'Pask', birthDate: born },
        { givenName: 'Corey', familyName: 'Pask', birthDate: '1988-04-11' },
        true,
      ],
      [
        'nothing but the birth date left out',
        { givenName: 'Dwight', familyName: 'Enslow', birthDate: born },
        { givenName: 'Dwight', familyName: 'Enslow' },
        true,
      ],
      [
        'twins',
        { givenName: 'Maria', familyName: 'Ortega', birthDate: born },
        { givenName: 'Marta', familyName: 'Ortega', birthDate: born },
        false,
      ],
      [
        'father and son',
        { givenName: 'Earl', familyName: 'Tackett Sr.' },
        { givenName: 'Earl', familyName: 'Tackett Jr.' },
        false,
      ],
      [
        'siblings',
        { givenName: 'Lee', familyName: 'Marbury', sex: 'MALE' },
        { givenName: 'Leah', familyName: 'Marbury', sex: 'FEMALE' },
        false,
      ],
      [
        'two birth years far apart',
        { givenName: 'Owen', familyName: 'Rusk', birthDate: born },
        { givenName: 'Owen', familyName: 'Rusk', birthDate: '1961-10-02' },
        false,
      ],
    ])('%s', async (_, one, other, isOne) => {
      const { at, told } = scene();
      const pair = [
        await told(one),
        await told(other, { occurredAt: new Date(at.getTime() + 600_000) }, medic),
      ] as const;
      expect(await areOneRow(pair)).toBe(isOne);
      const [later, elsewhere] = [scene(), { where: { countyFips: ROSS, latitude: 39.4, longitude: -82.98 } }];
      const apart = [await later.told(one), await later.told(other, elsewhere, medic)] as const;
      expect(new Set(await eventsOf(apart)).size).toBe(2);
    });

    /** By police, and ten minutes later by a medic who left a letter out. */
    const bySlip = async (familyName: string, traits: Partial<ReportOverdoseInput> = {}) => {
      const person = { givenName: 'Terrence', familyName, birthDate: born };
      const slip = { ...person, givenName: 'Terence' };
      const { at, told } = scene();
      const one = await told(person, traits);
      const other = await told(slip, { occurredAt: new Date(at.getTime() + 600_000) }, medic);
      return { reports: [one, other] as const, person, slip };
    };

    it('is shown to its team on the row itself, which says that they are two, and may take it back', async () => {
      const { reports } = await bySlip('Ashgrove');
      const [row, again] = await rowsOf(reports);
      expect(again).toBe(row);
      const alike = { givenName: 'CLOSE', familyName: 'AGREES' };
      expect(await alikeTo(ross.worker, row)).toEqual({
        perhapsSame: [{ ...alike, state: 'OPEN', other: { id: row } }],
      });
      expect(await decide(officer, row, row, false)).toMatchObject({ code: 'NOT_FOUND' });
      done(await decide(ross.worker, row, row, false));
      await app.runDue();
      const [kept, parted] = await rowsOf(reports);
      expect([kept === row || parted === row, kept === parted]).toEqual([true, false]);
      expect(await alikeTo(ross.worker, kept)).toMatchObject({
        perhapsSame: [{ state: 'REJECTED', other: { id: parted } }],
      });
      done(await decide(ross.worker, kept, parted, true));
      await app.runDue();
      expect(await areOneRow(reports)).toBe(true);
    });

    it('needs three facts where a point is missing', async () => {
      const [person, where] = [{ givenName: 'Rosa', familyName: 'Fernhill' }, { countyFips: ROSS }];
      const pair = async (minutes: number, traits: PersonInput = {}) => {
        const { at, told } = scene();
        const one = await told({ ...person, ...traits }, { where });
        const later = new Date(at.getTime() + minutes * 60_000);
        return eventsOf([
          one,
          await told({ ...person, familyName: 'Fernhil', ...traits }, { occurredAt: later }, medic),
        ]);
      };
      const [names, more] = [await pair(1), await pair(29, { phone: '740-555-0177' })];
      expect([names, more].map((events) => new Set(events).size)).toEqual([2, 1]);
    });

    it('stays two where one record is a Part 2 program’s, which shows nowhere', async () => {
      const { at, told } = scene();
      const one = await told({ givenName: 'Terrence', familyName: 'Elmstead', birthDate: born });
      await app.owner('update person set is_part2 = true where id = $1', [await personOf(app, 'overdose_report', one)]);
      const slip = { givenName: 'Terence', familyName: 'Elmstead', birthDate: born };
      expect(await areOneRow([one, await told(slip, { occurredAt: at }, medic)])).toBe(false);
    });

    it('closes the survivor’s row where one of the two tells of the death, until they are two', async () => {
      const { reports } = await bySlip('Birchwood', { isFatal: true });
      const row = await rowOfReport(app, reports[1]);
      expect([row.kind, row.reports.length]).toEqual(['FAMILY', 2]);
      done(await decide(ross.worker, row.id, row.id, false));
      await app.runDue();
      expect(await rowOfReport(app, reports[0])).toMatchObject({ kind: 'FAMILY' });
      expect(await rowOfReport(app, reports[1])).toMatchObject({ kind: 'SURVIVOR', state: 'OPEN' });
    });

    it('keeps all of the week on one row, under either name, and its opt-out holds for both', async () => {
      const { reports, slip } = await bySlip('Cedarholm');
      const next = await scene().told(slip, {}, medic);
      const [row] = await rowsOf(reports);
      expect((await rowOfReport(app, next)).id).toBe(row);
      done(await app.app.get(OutreachCasesService).optOut(ross.worker, row, command));
      const earlier = await scene().told(slip, { occurredAt: hoursAgo(24 * 6) }, medic);
      expect(await rowOfReport(app, earlier)).toMatchObject({ state: 'CLOSED', endReason: 'OPTED_OUT' });
    });

    it('ends what is open of either where a death is told of one', async () => {
      const { reports, slip } = await bySlip('Dunmoor');
      await scene().told(slip, { isFatal: true, occurredAt: hoursAgo(2) }, medic);
      expect(await rowOfReport(app, reports[0])).toMatchObject({ state: 'CLOSED', endReason: 'DECEASED' });
    });
  });
});

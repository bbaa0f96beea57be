import fc from 'fast-check';
import type { Actor } from '../../src/access';
import { OverdosesService } from '../../src/overdoses';
import { OverdoseCorrectionsService } from '../../src/overdoses/overdose-corrections.service';
import { NO_AGENCY, systemActor } from '../../src/platform/database/system-actor';
import { UnitOfWork } from '../../src/platform/database/unit-of-work';
import { buildActor } from '../builders/agencies';
import { buildOverdoseReport, CHILLICOTHE, eventsBehind } from '../builders/overdoses';
import { done } from '../builders/referrals';
import { openApp, type TestApp } from '../setup/app';
import { isThorough } from '../setup/thorough';

let app: TestApp;
let officer: Actor;
let medic: Actor;
let nurse: Actor;

beforeAll(async () => {
  app = await openApp();
  officer = await buildActor(app.database, 'LAW_ENFORCEMENT', 'OFFICER');
  medic = await buildActor(app.database, 'EMS', 'MEDIC');
  nurse = await buildActor(app.database, 'HOSPITAL', 'HOSPITAL_STAFF');
});
afterAll(() => app.close());

const at = (minute: number) => new Date(Date.UTC(2025, 0, 5, 12, minute));
/** One report of a play: by whom, when, of whom, and whether far from the others. */
interface Told {
  readonly by: number;
  readonly minute: number;
  readonly who: number | null;
  readonly isFar: boolean;
}
const behind = async (ids: readonly string[]) =>
  (await eventsBehind(app)).filter(({ reports }) => reports.some((id) => ids.includes(id)));
const corrections = () => app.app.get(OverdoseCorrectionsService);
const command = { name: 'test' };
const READ =
  'query ($id: ID!) { overdoseReport(id: $id) { id occurredAt isFatal revision doses { by count } revisions { revision } } }';

it('is one for police and EMS at one place and time, and each sees what it saw before', async () => {
  const asOfficer = await app.as(officer);
  const where = CHILLICOTHE;
  const doses = [{ by: 'LAW_ENFORCEMENT', count: 2 }] as const;
  const police = await buildOverdoseReport(app, officer, { occurredAt: at(0), where, doses: [...doses] });
  const before = await asOfficer(READ, { id: police });
  const ems = await buildOverdoseReport(app, medic, {
    occurredAt: at(9),
    where,
    doses: [...doses, { by: 'EMS', count: 1 }],
    isFatal: true,
  });
  expect(await behind([police, ems])).toMatchObject([{ reports: [police, ems].sort(), doses: 3, isFatal: true }]);
  expect(before.data).toMatchObject({ overdoseReport: { id: police } });
  expect(await asOfficer(READ, { id: police })).toEqual(before);
});

it('is two for one agency’s two reports, and for another place', async () => {
  const base = { occurredAt: at(120), where: CHILLICOTHE };
  const ids = [
    await buildOverdoseReport(app, officer, base),
    await buildOverdoseReport(app, officer, base),
    await buildOverdoseReport(app, medic, { ...base, where: { latitude: 39.4, longitude: -82.98 } }),
  ];
  expect(await behind(ids)).toHaveLength(3);
});

it('parts when a correction says so, when its agency says so, and ends with its last report', async () => {
  const base = { occurredAt: at(240), where: CHILLICOTHE };
  const police = await buildOverdoseReport(app, officer, base);
  const ems = await buildOverdoseReport(app, medic, base);
  const ward = await buildOverdoseReport(app, nurse, base);
  const all = [police, ems, ward];
  expect(await behind(all)).toHaveLength(1);
  done(await corrections().correct(medic, { reportId: ems, because: 'MISTAKE', occurredAt: at(400) }, command));
  expect(await behind(all)).toHaveLength(2);
  done(await corrections().setApart(officer, { reportId: police, isApart: true }, command));
  expect(await behind(all)).toHaveLength(3);
  done(await corrections().setApart(officer, { reportId: police, isApart: false }, command));
  expect(await behind(all)).toHaveLength(2);
  const [event] = await behind([ems]);
  done(await corrections().retract(medic, { reportId: ems, because: 'NOT_AN_OVERDOSE' }, command));
  expect(
    await app.owner('select ended_at is not null as ended, joined_into as into from overdose_event where id = $1', [
      event?.id,
    ]),
  ).toEqual([{ ended: true, into: null }]);
});

it('is one when two agencies report it at once', async () => {
  for (let round = 0; round < 5; round++) {
    const base = { occurredAt: at(1000 + 100 * round), where: CHILLICOTHE };
    const ids = await Promise.all([officer, medic, nurse].map((who) => buildOverdoseReport(app, who, base)));
    expect(await behind(ids)).toMatchObject([{ reports: [...ids].sort() }]);
  }
});

it('is the same events in whatever order reports arrive, each report kept and each agency with its own', async () => {
  const reporters = [officer, medic, nurse];
  const asked = await Promise.all(reporters.map((who) => app.as(who)));
  const anyReport = fc.record({
    by: fc.nat(2),
    minute: fc.integer({ min: 0, max: 90 }),
    who: fc.constantFrom(null, 0, 1),
    isFar: fc.boolean(),
  });
  const anyPlay = fc
    .array(anyReport, { minLength: 2, maxLength: 5 })
    .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all.keys()], { minLength: all.length })));
  let base = 10_000;
  /** Positions of the reports that are of one overdose. */
  const played = async (all: readonly Told[], order: readonly number[]): Promise<number[][]> => {
    base += 5000;
    // Nobody of an earlier play is like them: who is like two people on file waits for a human, and is nobody’s second overdose.
    const word = (n: number) => [...String(n)].map((digit) => 'bdfglmnrtz'[Number(digit)]! + 'aeiou'[n % 5]!).join('');
    const born = base / 5000;
    const named = (who: number) => ({
      givenName: `${'PW'[who]}${word(born * 7919 + who * 104_729)}`,
      familyName: `${'JK'[who]}${word(born * 6101 + who * 15_485)}`,
      birthDate: `${1940 + ((born * 2 + who) % 60)}-${String(1 + (born % 12)).padStart(2, '0')}-${12 + (born % 15) + who}`,
    });
    const ids: string[] = [];
    for (const at of order) {
      const { by, minute, who, isFar } = all[at]!;
      const where = isFar ? { ...CHILLICOTHE, latitude: 39.4 } : CHILLICOTHE;
      const person = who === null ? {} : { person: named(who) };
      const occurredAt = new Date(Date.UTC(2025, 0, 5, 12, base + minute));
      ids[at] = await buildOverdoseReport(app, reporters[by]!, { occurredAt, where, ...person });
    }
    const window = {
      from: new Date(Date.UTC(2025, 0, 5, 12, base)),
      until: new Date(Date.UTC(2025, 0, 5, 12, base + 91)),
    };
    for (const [by, ask] of asked.entries()) {
      const { data } = await ask<{ overdoseReports: { nodes: { id: string }[] } }>(
        'query ($from: DateTime, $until: DateTime) { overdoseReports(from: $from, until: $until) { nodes { id } } }',
        window,
      );
      const own = ids.filter((_, at) => all[at]?.by === by);
      expect(data?.overdoseReports.nodes.map(({ id }) => id).sort()).toEqual(own.sort());
    }
    const events = await behind(ids);
    return events.map(({ reports }) => reports.map((id) => ids.indexOf(id)).sort()).sort((a, b) => a[0]! - b[0]!);
  };
  await fc.assert(
    fc.asyncProperty(anyPlay, async ([all, order]) => {
      expect(await played(all, order)).toEqual(await played(all, [...all.keys()]));
    }),
    { numRuns: isThorough ? 40 : 5 },
  );
});

it('tells what the overdoses of a person amount to, over all who have them on file, each counted once', async () => {
  const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
  const somebody = { person: { givenName: 'Riskina', familyName: 'Sample', birthDate: '1988-04-04' } };
  const first = await buildOverdoseReport(app, officer, {
    ...{ occurredAt: hoursAgo(100), where: CHILLICOTHE, transport: 'REFUSED', ...somebody },
    doses: [{ by: 'LAW_ENFORCEMENT', count: 4 }],
  });
  await buildOverdoseReport(app, medic, { occurredAt: hoursAgo(100), where: CHILLICOTHE });
  const [known] = await app.owner<{ personId: string }>(
    'select person_id as "personId" from overdose_report where id = $1',
    [first],
  );
  const personId = known!.personId;
  await buildOverdoseReport(app, officer, { occurredAt: hoursAgo(50), where: CHILLICOTHE, personId });
  const system = app.app.get(UnitOfWork).reader(systemActor(NO_AGENCY));
  const risks = await app.app.get(OverdosesService).riskOf(system, [personId], new Date());
  expect(risks.get(personId)).toMatchObject({ overdoses: 2, daysSinceLast: 2, mostDoses: 4, refusals: 1, points: 10 });
});

it('tells no agency’s trail that another agency reported the same', async () => {
  const rows = await app.owner<{ action: string }>(
    `select distinct action from audit_entry where agency_id in ($1, $2) and action like 'overdose-event%'`,
    [officer.agencyId, medic.agencyId],
  );
  expect(rows).toEqual([]);
});

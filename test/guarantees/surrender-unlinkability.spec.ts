import fc from 'fast-check';
import type { Actor } from '../../src/access';
import { registry } from '../../src/platform/health/metrics';
import { buildAgency, buildStaff } from '../builders/agencies';
import { buildProgramOf } from '../builders/referrals';
import { buildBag, examine, slipOf, tell } from '../builders/surrenders';
import { openApp, type Ask, type TestApp } from '../setup/app';
import { evidenceIn, play, type Handles, type Score } from '../setup/distinguisher';
import { inDepth } from '../setup/thorough';
import { answersTo, rowsFor, rowsForOwner, withoutPlaces, type Found } from '../setup/what-is-readable';

/** One visit to the lobby. */
interface Visit {
  readonly officer: 0 | 1;
  readonly does: 'BOTH' | 'DRUGS' | 'HELP';
  readonly isHelpFirst: boolean;
  readonly fumbles: boolean;
  readonly hasKey: boolean;
  readonly minutesBetween: number;
  readonly minutesAfter: number;
}

const anyVisit: fc.Arbitrary<Visit> = fc.record({
  officer: fc.constantFrom(0, 1),
  does: fc.constantFrom('BOTH', 'BOTH', 'DRUGS', 'HELP'),
  isHelpFirst: fc.boolean(),
  fumbles: fc.boolean(),
  hasKey: fc.boolean(),
  minutesBetween: fc.nat({ max: 2 }),
  minutesAfter: fc.integer({ min: 5, max: 45 }),
});
const both: Visit = {
  ...{ officer: 0, does: 'BOTH', isHelpFirst: true, fumbles: true, hasKey: true },
  ...{ minutesBetween: 1, minutesAfter: 20 },
};
/** At least four of the visits have a surrender and a referral. */
const anyDay = fc
  .array(anyVisit, { minLength: 2, maxLength: 4 })
  .map((visits): Visit[] => [
    both,
    { ...both, officer: 1, isHelpFirst: false },
    ...visits,
    { ...both, hasKey: false },
    both,
  ]);

interface Department {
  readonly officers: readonly [Actor, Actor];
  readonly custodian: Actor;
  readonly others: Readonly<Record<string, Actor>>;
}

interface Day {
  readonly surrenders: Handles[];
  readonly referrals: Handles[];
  readonly pairs: (readonly [number, number])[];
  readonly ids: string[];
}

/** What a laboratory may find, and what it is called in a warning: of each bag something else, so that a warning could tell which. */
const FINDINGS = [
  ['CARFENTANIL', 'CARFENTANIL'],
  ['NITAZENE', 'NITAZENE'],
  ['XYLAZINE', 'XYLAZINE'],
  ['MEDETOMIDINE', 'MEDETOMIDINE'],
  ['FENTANYL', 'FENTANYL'],
  ['FENTANYL_ANALOG', 'FENTANYL_ANALOGUE'],
] as const;

let departments = 0;
let visitors = 0;
let app: TestApp;

beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

const buildDepartment = async (): Promise<Department> => {
  const db = app.database;
  // Each in a county of its own in Ohio: a warning of one is no warning of another.
  const jurisdictions = [`39${String(2 * (departments += 1) - 1).padStart(3, '0')}`];
  const team = await buildAgency(db, { kind: 'OUTREACH_TEAM', jurisdictions });
  const police = await buildAgency(db, { coordinatingAgencyId: team.id, jurisdictions });
  const { intake } = await buildProgramOf(app, { staffed: 40 });
  const staff = (role: Actor['role']) => buildStaff(db, police, role);
  return {
    officers: [await staff('OFFICER'), await staff('OFFICER')],
    custodian: await staff('EVIDENCE_CUSTODIAN'),
    others: {
      'privacy officer': await staff('PRIVACY_OFFICER'),
      admin: await staff('AGENCY_ADMIN'),
      coordinator: await buildStaff(db, team, 'COORDINATOR'),
      'privacy officer of the team': await buildStaff(db, team, 'PRIVACY_OFFICER'),
      provider: intake,
      'privacy officer of the program': await buildStaff(
        db,
        { id: intake.agencyId, kind: 'TREATMENT_PROVIDER' },
        'PRIVACY_OFFICER',
      ),
      analyst: await buildStaff(db, await buildAgency(db, { kind: 'PUBLIC_HEALTH' }), 'ANALYST'),
      operator: await buildStaff(db, await buildAgency(db, { kind: 'PLATFORM' }), 'PLATFORM_ADMIN'),
    },
  };
};

const handIn = async (ask: Ask, { fumbles, hasKey }: Visit, referralId: string | null, day: Day): Promise<string> => {
  const slip = referralId === null ? {} : { slip: slipOf('ab'.repeat(32), referralId) };
  const bag = buildBag({ ...slip, description: `Bag ${String((visitors += 1))} as seen` });
  if (fumbles) await tell(ask, 'openSurrender', { ...bag, promiseVersion: 'no-arrest/DEFAULT/0/en' });
  const { id, code } = await tell(ask, 'openSurrender', bag, {
    key: hasKey ? `bag-of-visit-${String(visitors)}` : null,
  });
  expect(code).toBeNull();
  day.surrenders.push([id, bag.propertyNumber, bag.sealNumber, bag.description, bag.slip]);
  day.ids.push(id);
  return id;
};

const askForHelp = async (ask: Ask, { hasKey }: Visit, day: Day): Promise<string> => {
  const givenName = `Visitor ${String((visitors += 1))}`;
  const input = {
    pathway: 'SELF_REFERRAL',
    person: { givenName, ageYears: 34, sex: 'MALE' },
    need: {
      substances: ['OPIOIDS'],
      currentMedications: [],
      lastUse: 'WITHIN_30_DAYS',
      latitude: 39.33,
      longitude: -82.98,
    },
  };
  const { id, code } = await tell(ask, 'submitReferral', input, {
    key: hasKey ? `help-of-visit-${String(visitors)}` : null,
  });
  expect(code).toBeNull();
  day.referrals.push([id, givenName]);
  return id;
};

/** Drugs and help in either order, each in a request of its own; the second officer signs. */
const visitBoth = async (visit: Visit, ask: Ask, day: Day): Promise<string> => {
  const referralId = visit.isHelpFirst ? await askForHelp(ask, visit, day) : null;
  app.clock.advance(visit.minutesBetween);
  const surrenderId = await handIn(ask, visit, referralId, day);
  if (referralId === null) await askForHelp(ask, visit, day);
  day.pairs.push([day.surrenders.length - 1, day.referrals.length - 1]);
  return surrenderId;
};

/** All visits of a day, one after the other, and the worker in between. */
const spend = async (visits: readonly Visit[], { officers }: Department): Promise<Day> => {
  const day: Day = { surrenders: [], referrals: [], pairs: [], ids: [] };
  for (const visit of visits) {
    const ask = await app.as(officers[visit.officer]);
    if (visit.does === 'HELP') await askForHelp(ask, visit, day);
    else {
      const isBoth = visit.does === 'BOTH';
      const surrenderId = isBoth ? await visitBoth(visit, ask, day) : await handIn(ask, visit, null, day);
      const second = await app.as(officers[visit.officer === 0 ? 1 : 0]);
      expect(await tell(second, 'countersignSurrender', { surrenderId })).toMatchObject({ code: null });
    }
    app.clock.advance(visit.minutesAfter);
    await app.runDue();
  }
  return day;
};

const atWork = async ({ officers, custodian }: Department) => ({
  officer: await app.as(officers[0]),
  keeper: await app.as(custodian),
});

/** Weeks later, when the referrals of then have come to rest, the results come: what was found in each bag. */
const examineAll = async (department: Department, { surrenders }: Day): Promise<Handles[]> => {
  app.clock.advance(3 * 10_080);
  await app.runDue();
  const at = await atWork(department);
  const known: Handles[] = [...surrenders];
  for (const nth of surrenders.map((_, index) => index).reverse()) {
    const [surrenderId = '', , sealNumber = ''] = surrenders[nth] ?? [];
    const [finding, content] = FINDINGS[nth % FINDINGS.length] ?? ['NITAZENE', 'NITAZENE'];
    expect(await examine(at, { surrenderId, sealNumber }, [finding])).toEqual([null, null, null]);
    known[nth] = [...(surrenders[nth] ?? []), content];
    await app.runDue();
  }
  return known;
};

const asked = (day: Day): string[] => [
  ...day.ids.map(
    (id) => `{ surrender(id: "${id}") { id state receivedOn shift openedAt propertyNumber events { at byName } } }`,
  ),
  ...day.referrals.map(
    ([id]) =>
      `{ referral(id: "${String(id)}") { id submittedAt acknowledgedAt person { givenName } changes { at } offers { createdAt } } }`,
  ),
];

/** What everybody involved can lay hands on: the API as each role, armed with every id there is, and their agency’s rows. */
const viewsOf = async (department: Department, day: Day): Promise<Map<string, Found[]>> => {
  const views = new Map<string, Found[]>();
  const { officers, custodian, others } = department;
  const people: [string, Actor][] = [['officer', officers[0]], ...Object.entries(others)];
  for (const [name, actor] of people) {
    views.set(name, [...(await answersTo(await app.as(actor), asked(day))), ...(await rowsFor(app, actor))]);
  }
  // The keeper works in the annex; whoever is let into it has its rows and none of the agency’s.
  const kept = await answersTo(await app.as(custodian), asked(day));
  views.set('custodian', [...kept, ...(await rowsFor(app, custodian, true))]);
  return views;
};

const told = (scores: Map<string, Score>): [string, Score][] =>
  [...scores].filter(([, { wins, losses }]) => wins + losses > 0);

describe('what was handed in and who was referred', () => {
  it('are tied by nothing that any role can ask or any agency’s rows can say', async () => {
    await fc.assert(
      fc.asyncProperty(anyDay, async (visits) => {
        const department = await buildDepartment();
        const day = await spend(visits, department);
        const known = await examineAll(department, day);
        for (const [name, view] of await viewsOf(department, day)) {
          const scores = play(evidenceIn(view, day.surrenders, day.referrals), day.pairs);
          expect({ name, told: told(scores) }).toEqual({ name, told: [] });
          // Nor to whoever knows what was found in each bag, and so its warning, but for the order in which the laboratory answered.
          const more = play(evidenceIn(withoutPlaces(view, 'SQL batch_warning'), known, day.referrals), day.pairs);
          expect({ name, told: told(more) }).toEqual({ name, told: [] });
        }
      }),
      { numRuns: inDepth(1, 20), endOnFailure: true },
    );
  });

  it('would be tied at once by whoever saw both stores, so the attack is one', async () => {
    const department = await buildDepartment();
    const day = await spend(
      Array.from({ length: 5 }, () => both),
      department,
    );
    const [officer] = department.officers;
    const together = [...(await rowsFor(app, officer)), ...(await rowsFor(app, officer, true))];
    for (const view of [together, await rowsForOwner(app)]) {
      const scores = play(evidenceIn(view, day.surrenders, day.referrals), day.pairs);
      const telling = [...scores].filter(([, { wins, losses }]) => wins >= 8 && losses === 0).map(([kind]) => kind);
      expect(telling).toContain('transaction');
    }
  });

  it('leave no trace in each other: a step of custody changes no row that anybody else can read, at no moment', async () => {
    const department = await buildDepartment();
    const { officers, custodian, others } = department;
    const [ask, second, keeper] = [await app.as(officers[0]), await app.as(officers[1]), await app.as(custodian)];
    const watched = [officers[0], ...Object.values(others)];
    const rows = async () => Promise.all(watched.map((actor) => rowsFor(app, actor)));
    const before = await rows();
    const bag = buildBag();
    await ask('{ noArrestPromise { version } }');
    await tell(ask, 'openSurrender', { ...bag, isPromiseShown: false }, { key: 'a-key-for-a-fumble' });
    const { id: surrenderId } = await tell(ask, 'openSurrender', bag, { key: 'a-key-for-a-bag' });
    await tell(ask, 'countersignSurrender', { surrenderId });
    await tell(second, 'countersignSurrender', { surrenderId });
    await tell(ask, 'releaseCustody', { surrenderId, place: 'Lobby' });
    const { sealNumber, sealedGrossWeightGrams } = bag;
    const found = { surrenderId, place: 'Room', sealNumber, sealedGrossWeightGrams: sealedGrossWeightGrams + 5 };
    expect(await tell(keeper, 'receiveCustody', found)).toMatchObject({ code: null });
    await app.runDue();
    expect(await rows()).toEqual(before);
  });

  it('a laboratory’s result tells substance, county and week, once, and nothing of the bag or its time', async () => {
    const department = await buildDepartment();
    const { officers, others } = department;
    const watched = [officers[0], ...Object.values(others)];
    const rows = async () => Promise.all(watched.map((actor) => rowsFor(app, actor)));
    const [at, second] = [await atWork(department), await app.as(officers[1])];
    const examined = async (findings: readonly string[]) => {
      const bag = buildBag();
      const { id: surrenderId } = await tell(at.officer, 'openSurrender', bag);
      await tell(second, 'countersignSurrender', { surrenderId });
      const codes = await examine(at, { surrenderId, sealNumber: bag.sealNumber }, findings);
      expect(codes).toEqual([null, null, null]);
      await app.runDue();
      return [surrenderId, bag.propertyNumber, bag.sealNumber, bag.slip];
    };
    const [none, ...told] = [await rows(), await examined(['XYLAZINE', 'COCAINE', 'FENTANYL'])];
    const once = await rows();
    const added = once.flatMap((found, nth) => {
      const known = new Set(none[nth]?.map((row) => JSON.stringify(row)));
      return found.filter((row) => !known.has(JSON.stringify(row)));
    });
    expect(new Set(added.map(({ at }) => at))).toEqual(new Set(['SQL batch_warning', 'SQL batch_warning_party']));
    for (const { row } of added) {
      const { issued_at: issuedAt } = row as { issued_at: Date };
      expect(issuedAt.getTime() % 86_400_000).toBe(0);
      expect(issuedAt.getUTCDay()).toBe(1);
    }
    for (const { row } of added.filter((one) => one.at === 'SQL batch_warning')) {
      expect(row).toMatchObject({ agency_id: null, basis: 'LABORATORY', contents: ['FENTANYL', 'XYLAZINE'] });
      // Of a version that does not hold the time.
      expect((row as { id: string }).id[14]).toBe('4');
    }
    expect(JSON.stringify(added)).not.toMatch(new RegExp(told.flat().join('|')));

    await examined(['FENTANYL', 'XYLAZINE']);
    await examined(['COCAINE']);
    expect(await rows()).toEqual(once);
  }, 60_000);

  it('leave no trace the other way: a referral changes nothing that the property room has', async () => {
    const department = await buildDepartment();
    const { officers, custodian } = department;
    const ask = await app.as(officers[0]);
    const day = await spend([both], department);
    const DIRECTORY = /agency|program|bed_pool|pool_match|quota|answers/;
    const rows = async () => (await rowsFor(app, custodian, true)).filter(({ at }) => !DIRECTORY.test(at));
    const before = await rows();
    expect(before.length).toBeGreaterThan(3);
    await askForHelp(ask, both, day);
    await app.runDue();
    expect(await rows()).toEqual(before);
  });

  it('are not counted by name in the metrics, where every second would show when something came', async () => {
    const { officers } = await buildDepartment();
    const ask = await app.as(officers[0]);
    const { errors } = await ask('{ surrenders(first: 1) { nodes { id } } viewer { id } }');
    expect(errors[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    const body = await registry.metrics();
    expect(body).toMatch(/field="apart"/);
    expect(body).not.toMatch(/surrender|custody|noArrest/i);
  });
});

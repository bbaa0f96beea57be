import fc from 'fast-check';
import { joinReports, minutesApart, personsToCompare, ruleFor, type JoinableReport } from './join-reports';
import { joiningPolicyProblems, reachOf, type JoiningPolicy } from './joining-policy';

const policy: JoiningPolicy = {
  version: 'test',
  validFrom: '2000-01-01',
  agesApart: 8,
  rules: [
    { name: 'PERSON', person: 'SAME', agencies: 'DIFFERENT', withinMinutes: 240, mayLackTime: true, place: 'ANY' },
    { name: 'PERSON_AGAIN', person: 'SAME', agencies: 'ANY', withinMinutes: 30, mayLackTime: false, place: 'ANY' },
    {
      ...{ name: 'LIKELY', person: 'LIKELY', leastFacts: 2, isOneOutcome: true, agencies: 'DIFFERENT' },
      ...{ withinMinutes: 30, mayLackTime: false, place: 'COORDINATES', withinKm: 0.3 },
    },
    {
      ...{ name: 'LIKELY_IN_COUNTY', person: 'LIKELY', leastFacts: 3, agencies: 'DIFFERENT' },
      ...{ withinMinutes: 10, mayLackTime: false, place: 'COUNTY' },
    },
    {
      name: 'PLACE',
      person: 'UNKNOWN',
      agencies: 'DIFFERENT',
      withinMinutes: 30,
      mayLackTime: false,
      place: 'COORDINATES',
      withinKm: 0.3,
    },
    { name: 'COUNTY', person: 'UNKNOWN', agencies: 'DIFFERENT', withinMinutes: 5, mayLackTime: false, place: 'COUNTY' },
  ],
};

const report = (traits: Partial<JoinableReport> = {}): JoinableReport => ({
  id: 'a',
  agencyId: 'police',
  occurredAt: new Date('2026-03-01T12:00:00Z'),
  isTimeKnown: true,
  countyFips: '39141',
  latitude: null,
  longitude: null,
  isFatal: false,
  ageYears: null,
  sex: null,
  person: null,
  isApart: false,
  ...traits,
});
const at = (minute: number) => ({ occurredAt: new Date(Date.UTC(2026, 2, 1, 12, minute)) });
const here = { latitude: 39.3331, longitude: -82.9824 };
/** Named by a slip of each other’s name, with so many facts that agree. */
const [jon, john] = [2, 3].map((facts) => ({ person: 'jon', likely: new Map([['john', facts]]) })) as [object, object];
const ruleOf = (a: Partial<JoinableReport>, b: Partial<JoinableReport>): string | null =>
  policy.rules[ruleFor(report(a), report({ agencyId: 'ems', id: 'b', ...b }), policy)]?.name ?? null;

describe('the rule for two reports', () => {
  it.each([
    ['one person, hours apart, anywhere', { person: 'x' }, { person: 'x', ...at(239), countyFips: '39035' }, 'PERSON'],
    ['one person, too long apart', { person: 'x' }, { person: 'x', ...at(241) }, null],
    ['one person, the day only', { person: 'x', isTimeKnown: false }, { person: 'x', ...at(600) }, 'PERSON'],
    ['one person twice by one agency', { person: 'x' }, { person: 'x', agencyId: 'police', ...at(30) }, 'PERSON_AGAIN'],
    ['one person by one agency, later', { person: 'x' }, { person: 'x', agencyId: 'police', ...at(31) }, null],
    [
      'one person by one agency, the day only',
      { person: 'x' },
      { person: 'x', agencyId: 'police', isTimeKnown: false },
      null,
    ],
    ['one person, of two ages', { person: 'x', ageYears: 61 }, { person: 'x', ageYears: 30 }, null],
    ['one person, of two sexes', { person: 'x', sex: 'MALE' }, { person: 'x', sex: 'FEMALE' }, null],
    ['two people', { person: 'x', ...here }, { person: 'y', ...here }, null],
    ['a slip of a name, one place', { ...jon, ...here }, { person: 'john', ...here, ...at(30) }, 'LIKELY'],
    ['a slip, too late', { ...jon, ...here }, { person: 'john', ...here, ...at(31) }, null],
    ['a slip, another place', { ...jon, ...here }, { person: 'john', latitude: 39.34, longitude: -82.9824 }, null],
    ['a slip, the day only', { ...jon, ...here }, { person: 'john', ...here, isTimeKnown: false }, null],
    ['a slip, by one agency', { ...jon, ...here }, { person: 'john', ...here, agencyId: 'police' }, null],
    ['a slip, of two sexes', { ...jon, ...here, sex: 'MALE' }, { person: 'john', ...here, sex: 'FEMALE' }, null],
    ['a slip, one of whom died', { ...jon, ...here, isFatal: true }, { person: 'john', ...here }, null],
    ['a slip, no point, two facts', jon, { person: 'john' }, null],
    ['a slip, no point, three facts', john, { person: 'john', isFatal: true, ...at(10) }, 'LIKELY_IN_COUNTY'],
    ['a slip of somebody else', { ...jon, ...here }, { person: 'joan', ...here }, null],
    ['one place', here, { ...here, ...at(30), sex: 'MALE' }, 'PLACE'],
    ['one place, by one agency', here, { ...here, agencyId: 'police' }, null],
    ['one place, too late', here, { ...here, ...at(31) }, null],
    ['one place, the day only', here, { ...here, isTimeKnown: false }, null],
    ['two sexes', { ...here, sex: 'MALE' }, { ...here, sex: 'FEMALE' }, null],
    ['two ages', { ...here, ageYears: 20 }, { ...here, ageYears: 29 }, null],
    ['nearly one age', { ...here, ageYears: 20 }, { ...here, ageYears: 28, sex: 'MALE' }, 'PLACE'],
    ['two points', here, { latitude: 39.34, longitude: -82.9824 }, null],
    ['one county, a point missing', here, at(5), 'COUNTY'],
    ['one county, half a point', here, { latitude: 39.3 }, 'COUNTY'],
    ['one county, no points at all', {}, at(5), 'COUNTY'],
    ['one county, six minutes', here, at(6), null],
    ['another county', here, { countyFips: '39131' }, null],
    ['one that stands apart', { ...here, isApart: true }, here, null],
    ['another that stands apart', here, { ...here, isApart: true }, null],
  ] as const)('%s', (_what, a, b, expected) => {
    expect(ruleOf(a, b)).toBe(expected);
    expect(ruleFor(report({ agencyId: 'ems', id: 'b', ...b }), report(a), policy)).toBe(
      ruleFor(report(a), report({ agencyId: 'ems', id: 'b', ...b }), policy),
    );
  });

  it('measures days from end to beginning', () => {
    const day = report({ isTimeKnown: false, occurredAt: new Date('2026-03-01T00:00:00Z') });
    expect(minutesApart(day, report({ occurredAt: new Date('2026-03-02T00:09:00Z') }))).toBe(10);
    expect(minutesApart(report({ occurredAt: new Date('2026-02-28T23:50:00Z') }), day)).toBe(10);
  });
});

const MINUTES = [0, 2, 5, 20, 33, 60, 200, 300];
const anyReport = fc.record({
  agencyId: fc.constantFrom('police', 'ems', 'hospital'),
  minute: fc.constantFrom(...MINUTES),
  isTimeKnown: fc.boolean(),
  countyFips: fc.constantFrom('39141', '39131'),
  point: fc.constantFrom(null, here, { latitude: 39.3345, longitude: -82.9824 }, { latitude: 39.4, longitude: -82.9 }),
  ageYears: fc.constantFrom(null, 20, 30),
  sex: fc.constantFrom(null, 'MALE', 'FEMALE'),
  person: fc.constantFrom(null, null, 'x', 'y', 'slip of y'),
  isFatal: fc.constantFrom(false, false, true),
  isApart: fc.constantFrom(false, false, false, true),
});
const anyReports = fc.array(anyReport, { maxLength: 12 }).map((rows) =>
  rows.map(({ minute, point, ...row }, number) =>
    report({
      ...{ ...row, ...at(minute), id: `r${String(number).padStart(2, '0')}`, ...(point ?? {}) },
      ...(row.person === 'y' && { likely: new Map([['slip of y', 2]]) }),
    }),
  ),
);
const told = (reports: readonly JoinableReport[]): string[] =>
  joinReports(reports, policy)
    .map(({ ids }) => ids.join('+'))
    .sort();

describe('joinReports', () => {
  it('puts every report on exactly one overdose, in whatever order they come', () => {
    fc.assert(
      fc.property(anyReports, fc.infiniteStream(fc.nat()), (reports, dice) => {
        const keys = reports.map(() => dice.next().value as number);
        const shuffled = reports.map((one, n) => [keys[n] ?? 0, one] as const).sort(([a], [b]) => a - b);
        const joined = told(reports);
        expect(joined.flatMap((group) => group.split('+')).sort()).toEqual(reports.map(({ id }) => id));
        expect(told(shuffled.map(([, one]) => one))).toEqual(joined);
      }),
    );
  });

  it('never joins two people, two of one agency whom nobody named, nor what stands apart', () => {
    fc.assert(
      fc.property(anyReports, (reports) => {
        const byId = new Map(reports.map((one) => [one.id, one]));
        for (const { ids } of joinReports(reports, policy)) {
          const group = ids.map((id) => byId.get(id) as JoinableReport);
          const persons = [...new Set(group.flatMap(({ person }) => person ?? []))].sort().join();
          expect(['', 'x', 'y', 'slip of y', 'slip of y,y']).toContain(persons);
          for (const one of group.filter(({ person }) => person === 'y')) {
            for (const other of group.filter(({ person }) => person === 'slip of y')) {
              expect(one.agencyId).not.toBe(other.agencyId);
              expect(one.isFatal).toBe(other.isFatal);
            }
          }
          if (group.length > 1) expect(group.some(({ isApart }) => isApart)).toBe(false);
          const unnamed = group.filter(({ person }) => person === null).map(({ agencyId }) => agencyId);
          expect(new Set(unnamed).size).toBe(unnamed.length);
        }
      }),
    );
  });

  it('depends on what may be of one overdose and on nothing farther away', () => {
    fc.assert(
      fc.property(anyReports, (reports) => {
        const later = reports.map((one) => ({
          ...one,
          id: `z${one.id}`,
          person: one.person && `z${one.person}`,
          likely: new Map([...(one.likely ?? [])].map(([person, facts]) => [`z${person}`, facts])),
          occurredAt: new Date(one.occurredAt.getTime() + 864e5 * 9),
        }));
        expect(told([...later, ...reports])).toEqual([...told(reports), ...told(later)].sort());
      }),
    );
  });

  it('ties no two places together by a report that knows the county only', () => {
    const reports = [
      report({ id: 'p', ...here }),
      report({ id: 'e', agencyId: 'ems', ...at(2) }),
      report({ id: 'h', agencyId: 'hospital', ...at(3), latitude: 39.4, longitude: -82.98 }),
    ];
    expect(told(reports)).toEqual(['e+h', 'p']);
  });

  it('takes equally strong ties in the order of time, and keeps the rule that tied a report first', () => {
    const tied = [
      report({ id: 'p', ...here }),
      report({ id: 'e', agencyId: 'ems', ...here, ...at(2) }),
      report({ id: 'h', agencyId: 'hospital', ...here, ...at(2) }),
    ];
    expect(told(tied)).toEqual(['p+e+h']);
    const named = [
      report({ id: 'p', person: 'x', ...here }),
      report({ id: 'e', agencyId: 'ems', ...here, ...at(3) }),
      report({ id: 'h', agencyId: 'hospital', person: 'x', ...here, ...at(4) }),
    ];
    const [joined] = joinReports(named, policy);
    expect(joined?.ids).toEqual(['p', 'e', 'h']);
    const between = report({ id: 'e', agencyId: 'ems', ...here, ...at(5) });
    const farther = { person: 'x', latitude: here.latitude + 0.0005, longitude: here.longitude, ...at(10) };
    expect(told([report({ id: 'p', person: 'x', ...here }), between, report({ id: 'q', ...farther })])).toEqual([
      'p+e+q',
    ]);
    expect(joined?.ruleOf.get('h')).toBe(ruleOf({ person: 'x', ...here }, { person: 'x', ...here, ...at(4) }));
  });

  it('tells two people of one agency apart, of whom another told of one by a slip', () => {
    const [one, other] = [
      { person: 'john', ...here },
      { ...jon, ...here, ...at(1) },
    ];
    const reports = [report({ id: 'p', ...one }), report({ id: 'q', ...other })];
    const medic = report({ id: 'e', agencyId: 'ems', person: 'john', ...here, ...at(1) });
    expect(told([...reports, medic])).toEqual(['p+e', 'q']);
  });

  it('pairs two people found together one to one, and says by which rule', () => {
    const pair = (agencyId: string, ids: [string, string], minute: number) => [
      report({ agencyId, id: ids[0], sex: 'MALE', ...here, ...at(minute) }),
      report({ agencyId, id: ids[1], sex: 'FEMALE', ...here, ...at(minute) }),
    ];
    const reports = [...pair('police', ['p1', 'p2'], 0), ...pair('ems', ['e1', 'e2'], 3)];
    const joined = joinReports(reports, policy);
    expect(joined.map(({ ids }) => ids)).toEqual([
      ['p1', 'e1'],
      ['p2', 'e2'],
    ]);
    expect([...(joined[0]?.ruleOf ?? [])]).toEqual([
      ['e1', 'PLACE'],
      ['e2', 'PLACE'],
    ]);
  });
});

describe('persons to compare', () => {
  it('are those whom two agencies told of at one place and time', () => {
    const reports = [
      report({ id: '1', person: 'y', ...here }),
      report({ id: '2', person: 'x', agencyId: 'ems', ...here }),
      report({ id: '3', person: 'y', agencyId: 'ems', ...here }),
      report({ id: '4', person: 'x', agencyId: 'hospital', ...here }),
      report({ id: '5', person: 'z', agencyId: 'ems', ...here, ...at(50) }),
      report({ id: '6', agencyId: 'ems', ...here }),
    ];
    expect(personsToCompare(reports, policy)).toEqual([['x', 'y']]);
  });
});

describe('a joining policy', () => {
  it('says what is wrong with it', () => {
    expect(joiningPolicyProblems(policy)).toEqual([]);
    const [first] = policy.rules;
    const bad = { ...policy, agesApart: -1, rules: [{ ...first!, withinMinutes: -1, withinKm: 1, leastFacts: 2 }] };
    expect(joiningPolicyProblems(bad)).toHaveLength(4);
    expect(joiningPolicyProblems({ ...policy, rules: [] })).toEqual(['test has no rule']);
  });
  it('knows how far it reaches', () => {
    expect([reachOf(policy, 'SAME'), reachOf(policy, 'UNKNOWN')]).toEqual([1680, 30]);
    expect(reachOf({ ...policy, rules: [] }, 'SAME')).toBe(0);
  });
});

import fc from 'fast-check';
import { buildActor } from '../builders/agencies';
import { CHILLICOTHE } from '../builders/overdoses';
import { openApp, type TestApp } from '../setup/app';

let app: TestApp;

beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

const ROW = '... on OverdoseReport { id clientId } ... on Refused { code field remedy details }';
const MANY = `mutation ($input: ReportOverdosesInput!) { reportOverdoses(input: $input) { ${ROW} } }`;
const FOUR_FACTS = {
  ...{ occurredAt: '2026-03-01T14:00:00Z', where: { countyFips: '39141' } },
  ...{ isFatal: false, isNaloxoneGiven: true },
};
const badText = fc
  .tuple(
    fc.string(),
    fc.constantFrom('\u0000', '\u0008', '\u001b', '\u007f', '\u009f', '\ud800', '\udfff', 'x'.repeat(10_001)),
  )
  .map((parts) => parts.join(''));
const anything = fc.oneof(
  fc.jsonValue({ stringUnit: 'binary', maxDepth: 3 }),
  badText,
  fc
    .integer({ min: 33, max: 2_000 })
    .map((depth) => JSON.parse('[{"a":'.repeat(depth) + '1' + '}]'.repeat(depth)) as unknown),
);
/** As JSON has it: a key like any other. */
const proto = (value: unknown): object => JSON.parse(`{"__proto__":${JSON.stringify(value)}}`) as object;
const inherited = fc.oneof(
  anything.map(proto),
  anything.map((value) => ({ constructor: value })),
);
/** Nothing that anybody could take for a report. */
const oddRow = fc.oneof(
  anything,
  inherited.map((keys) => ({ ...FOUR_FACTS, clientId: 'odd', ...keys })),
  badText.map((place) => ({ ...FOUR_FACTS, clientId: 'odd', where: { countyFips: '39141', place } })),
  badText.map((key) => ({ ...FOUR_FACTS, clientId: 'odd', [key]: 1 })),
  fc
    .tuple(fc.constantFrom(...Object.keys(FOUR_FACTS)), anything)
    .filter(([, value]) => typeof value !== 'boolean')
    .map(([key, value]) => ({ ...FOUR_FACTS, clientId: 'odd', [key]: value })),
);
type RowAnswer = Readonly<Partial<Record<'id' | 'clientId' | 'code' | 'field' | 'remedy', string>>>;

it('tells a partner system of each row what is wrong with it, whatever that is, and takes the others in', async () => {
  const asMedic = await app.as(await buildActor(app.database, 'EMS', 'MEDIC'));
  const wrong: readonly (readonly [change: unknown, field: string])[] = [
    [{ doses: [{ by: 'EMS', count: 500 }] }, '.doses[0].count'],
    [{ doses: [{ by: 'EMS', count: 99_999_999_999 }] }, '.doses[0].count'],
    [{ doses: [{ by: 'FIRE BRIGADE', count: 1 }] }, '.doses[0].by'],
    [{ doses: [{ count: 1 }] }, '.doses[0].by'],
    [{ doses: 'two' }, '.doses'],
    [{ where: { countyFips: '3914' } }, '.where.countyFips'],
    [{ where: { countyFips: 39141 } }, '.where.countyFips'],
    [{ where: { latitude: 95, longitude: 0 } }, '.where.latitude'],
    [{ where: null }, '.where'],
    [{ where: { countyFips: '39141', place: 'x'.repeat(301) } }, '.where.place'],
    [{ occurredAt: 'yesterday' }, '.occurredAt'],
    [{ occurredAt: '2100-01-01T00:00:00Z' }, '.occurredAt'],
    [{ isFatal: 'no' }, '.isFatal'],
    [{ isFatal: undefined }, '.isFatal'],
    [{ suspectedSubstances: ['FENTANYL', 'HERION'] }, '.suspectedSubstances[1]'],
    [{ person: { birthDate: '2026-03-03' } }, '.person.birthDate'],
    [{ person: { ageYears: 200 } }, '.person.ageYears'],
    [{ person: { phone: 'none' } }, '.person.phone'],
    [{ personId: 'number 12' }, '.personId'],
    [{ narcan: true }, '.narcan'],
    [{ toString: 1 }, '.toString'],
    [{ hasOwnProperty: true }, '.hasOwnProperty'],
    [{ where: { countyFips: '39141', valueOf: 1 } }, '.where.valueOf'],
    [{ doses: [{ by: 'EMS', toString: null }] }, '.doses[0].toString'],
    [{ clientId: 'k'.repeat(101) }, '.clientId'],
    ...['\u0000', '\u000b', '\u001b[31m', '\u007f', '\u0085', '\ud800', 'x'.repeat(10_001)].map(
      (text) => [{ where: { countyFips: '39141', place: `by the bridge ${text}` } }, '.where.place'] as const,
    ),
    [{ 'x\u0000': 1 }, ''],
    [proto({ isFatal: true }), '.__proto__'],
    [{ constructor: { prototype: { isFatal: true } } }, '.constructor'],
    [{ constructor: null }, '.constructor'],
    [{ where: { countyFips: '39141', ...proto(1) } }, '.where.__proto__'],
    [{ doses: [{ by: 'EMS', constructor: 'EMS' }] }, '.doses[0].constructor'],
    [{ doses: JSON.parse(`${'['.repeat(2_000)}${']'.repeat(2_000)}`) as unknown }, ''],
    ['\u0000', ''],
    [null, ''],
    [[FOUR_FACTS], ''],
    [['\u0000'], '[0]'],
  ];
  const rows = wrong.flatMap(([change], at) => [
    change === null || typeof change === 'string' || Array.isArray(change)
      ? change
      : { ...FOUR_FACTS, clientId: `wrong-${at}`, ...(change as object) },
    { ...FOUR_FACTS, clientId: `right-${at}` },
  ]);
  const { data, errors } = await asMedic<{ reportOverdoses: RowAnswer[] }>(MANY, { input: { reports: rows } });
  expect(errors).toEqual([]);
  const answers = data?.reportOverdoses ?? [];
  expect(answers.filter((_, at) => at % 2 === 1).map(({ clientId }) => clientId)).toEqual(
    wrong.map((_, at) => `right-${at}`),
  );
  const refused = answers.filter((_, at) => at % 2 === 0);
  expect(refused.map(({ field }) => field)).toEqual(wrong.map(([, field], at) => `input.reports[${at * 2}]${field}`));
  for (const { code, remedy } of refused) {
    expect(code).toBe('INVALID_INPUT');
    expect(remedy).toEqual(expect.stringMatching(/^[A-Z].*\.$/) as string);
  }
  // Asked again the operation runs compiled; and a document may carry the rows itself.
  const again = await asMedic<{ reportOverdoses: RowAnswer[] }>(MANY, { input: { reports: rows } });
  expect(again.data?.reportOverdoses).toEqual(answers);
  const written = `mutation { reportOverdoses(input: { reports: [{ occurredAt: "2026-03-01T14:00:00Z", where: { countyFips: "39141" },
    isFatal: false, isNaloxoneGiven: true, doses: [{ by: EMS }], clientId: "right-0" }, { clientId: "wrong" },
    { where: { place: "\\u0000" } }, "\\u0000", { __proto__: { isFatal: true } }, { constructor: 1 }] }) { ${ROW} } }`;
  expect((await asMedic<{ reportOverdoses: RowAnswer[] }>(written)).data?.reportOverdoses).toMatchObject([
    { code: 'ALREADY_EXISTS', details: { differing: ['doses'] } },
    { field: 'input.reports[1].isFatal' },
    { code: 'INVALID_INPUT', field: 'input.reports[2].where.place' },
    { code: 'INVALID_INPUT', field: 'input.reports[3]' },
    { code: 'INVALID_INPUT', field: 'input.reports[4].__proto__' },
    { code: 'INVALID_INPUT', field: 'input.reports[5].constructor' },
  ]);
});

it('believes the county told where the point lies next to it, or in none, and says so until either is corrected', async () => {
  const asMedic = await app.as(await buildActor(app.database, 'EMS', 'MEDIC'));
  const PLACED = '... on OverdoseReport { id county { fips } longitude warnings } ... on Refused { code field }';
  const placed = [
    { ...CHILLICOTHE, countyFips: '39131' },
    { ...CHILLICOTHE, longitude: -CHILLICOTHE.longitude, countyFips: '39141' },
    { countyFips: '39141' },
  ].map((where, at) => ({ ...FOUR_FACTS, clientId: `placed-${at}`, where }));
  const { data } = await asMedic<{ reportOverdoses: { id: string }[] }>(MANY.replace(ROW, PLACED), {
    input: { reports: placed },
  });
  const [pike, ross] = [{ fips: '39131' }, { fips: '39141' }];
  expect(data?.reportOverdoses).toMatchObject([
    { county: pike, longitude: CHILLICOTHE.longitude, warnings: ['POINT_IN_NEIGHBOUR'] },
    { county: ross, longitude: -CHILLICOTHE.longitude, warnings: ['POINT_IN_NO_COUNTY'] },
    { county: ross, longitude: null, warnings: [] },
  ]);
  const correction = { because: 'MISTAKE', where: { ...CHILLICOTHE, countyFips: '39141' } };
  const corrected = await asMedic(
    `mutation ($input: CorrectOverdoseReportInput!) { correctOverdoseReport(input: $input) { ${PLACED} } }`,
    { input: { reportId: data?.reportOverdoses[0]?.id, ...correction } },
  );
  expect(corrected.data).toMatchObject({ correctOverdoseReport: { county: ross, warnings: [] } });
});

it('keeps no text out of a request but what stands in a row', async () => {
  const asMedic = await app.as(await buildActor(app.database, 'EMS', 'MEDIC'));
  const bad = { clientId: 'x\u0000' };
  const ONE = `mutation ($input: ReportOverdoseInput!) { reportOverdose(input: $input) { ${ROW} } }`;
  const both = MANY.replace('($input', '($note: String, $input').replace(
    '{ r',
    '{ t: reportOverdoses(input: { reports: [$note] }) { __typename } r',
  );
  const asked: readonly (readonly [document: string, variables: Record<string, unknown>, field: string])[] = [
    [MANY, { input: { reports: [FOUR_FACTS] }, note: bad }, 'note.clientId'],
    [MANY, { input: { reports: [bad], 'x\u0000': 1 } }, 'input'],
    [MANY, { input: { reports: [bad], y: ['\u0000'] } }, 'input.y[0]'],
    [MANY, { input: [{ reports: [bad] }] }, 'input[0].reports[0].clientId'],
    [both, { input: { reports: [bad] }, note: '\u0000' }, 'note'],
    [ONE, { input: bad }, 'input.clientId'],
    [`${MANY} mutation b { __typename }`, { input: { reports: [bad] } }, 'input.reports[0].clientId'],
    ['mutation (', { input: { reports: [bad] } }, 'input.reports[0].clientId'],
  ];
  for (const [document, variables, field] of asked) {
    const { status, errors } = await asMedic(document, variables);
    expect({ field, status, errors }).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'BAD_USER_INPUT', field } }],
    });
  }
});

it('lets no poisoned key in but as what is wrong with a row', async () => {
  const asMedic = await app.as(await buildActor(app.database, 'EMS', 'MEDIC'));
  const poison = { constructor: { prototype: { a: 1 } } };
  const rows = { reports: [FOUR_FACTS, poison, proto(1)] };
  const asked: readonly (readonly [document: string, variables: object])[] = [
    [MANY, { input: rows, ...proto(1) }],
    [MANY, { input: rows, note: [poison] }],
    [MANY, { input: { ...rows, ...proto({}) } }],
    [MANY, { input: { ...rows, ...poison } }],
    [MANY, { input: [rows] }],
    [MANY.replaceAll('$input', '$other'), { input: rows }],
    [MANY.replaceAll('$input', '$__proto__'), { input: rows }],
    [`${MANY} mutation b { __typename }`, { input: rows }],
    ['mutation (', { input: rows }],
    ['{ __typename }', { input: rows }],
  ];
  for (const [document, variables] of asked) {
    const { status, data, errors } = await asMedic(document, variables as Record<string, unknown>);
    expect({ document, status, data: data ?? null, errors }).toEqual({
      ...{ document, status: 400, data: null },
      errors: [{ message: expect.any(String) as string, extensions: { code: 'BAD_REQUEST' } }],
    });
  }
  expect(({} as { a?: unknown }).a).toBeUndefined();
});

/** Hours apart, or all would be reports of one overdose. */
const hourOf = (seed: number, at: number) => ({ occurredAt: new Date(Date.UTC(2026, 0, 2 * seed, at)).toISOString() });

it('answers every odd row by itself, and takes every good one beside it', async () => {
  const asMedic = await app.as(await buildActor(app.database, 'EMS', 'MEDIC'));
  const seeds = process.env['HANDRAIL_THOROUGH'] ? 20 : 1;
  for (let seed = 1; seed <= seeds; seed += 1) {
    const odd = fc.sample(oddRow, { numRuns: 50, seed });
    const rows = odd.flatMap((row, at) =>
      at % 5 ? [row] : [row, { ...FOUR_FACTS, ...hourOf(seed, at), clientId: `good-${seed}-${at}` }],
    );
    const { status, data, errors } = await asMedic<{ reportOverdoses: RowAnswer[] }>(MANY, {
      input: { reports: rows },
    });
    expect({ status, errors }).toEqual({ status: 200, errors: [] });
    const answers = data?.reportOverdoses ?? [];
    expect(answers).toHaveLength(rows.length);
    expect(answers.flatMap(({ clientId }) => clientId ?? [])).toEqual(
      odd.flatMap((_, at) => (at % 5 ? [] : `good-${seed}-${at}`)),
    );
    for (const [at, { clientId, code, field, remedy }] of answers.entries()) {
      if (clientId !== undefined) continue;
      expect({ row: rows[at], code, field, remedy }).toMatchObject({
        code: 'INVALID_INPUT',
        field: expect.stringMatching(new RegExp(`^input\\.reports\\[${at}\\]`)) as string,
        remedy: expect.stringMatching(/^[A-Z].*\.$/) as string,
      });
    }
  }
});

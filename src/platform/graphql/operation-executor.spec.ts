import { buildSchema, execute, getOperationAST, parse, type GraphQLSchema } from 'graphql';
import { OperationExecutor, type Operation } from './operation-executor';
import { CalendarDate, DateTime } from './scalars';
import { sortWithCheckedIds } from './uuid-ids';

const schema: GraphQLSchema = buildSchema(`
  interface Place { id: ID }
  type Bed implements Place { id: ID level(of: Int = 3): Int! }
  type Chair implements Place { id: ID }
  union Found = Bed | Chair
  type Query { places: [Place] found: [Found!] bed(id: ID, on: [String!]): Bed must: Bed! late: [Bed!] fail: Int }
  type Mutation { add(by: Int!): Int }
`);

const bed = (id: string, level: unknown = 1) => ({ __typename: 'Bed', id, level });
const steps: number[] = [];
const resolvers: Record<string, Record<string, unknown>> = {
  Query: {
    places: () => [bed('1'), { __typename: 'Chair', id: '2' }, null],
    found: () => Promise.resolve([bed('1'), { __typename: 'Chair', id: '2' }]),
    bed: (_: unknown, { id, on }: { id?: string; on?: string[] }) => ({
      ...bed(id ?? 'none'),
      id: `${id} ${on?.join()}`,
    }),
    must: () => bed('3', () => Promise.reject(new Error('no level'))),
    late: () => [Promise.resolve(bed('4')), bed('5', null)],
    fail: () => {
      throw new Error('failed');
    },
  },
  // Rows are data: graphql-jit, unlike graphql-js, does not call a function it finds in one.
  Bed: { level: ({ level }: { level: unknown }) => (typeof level === 'function' ? (level as () => unknown)() : level) },
  Mutation: {
    add: async (_: unknown, { by }: { by: number }) => {
      await new Promise((resolve) => setTimeout(resolve, by === 1 ? 20 : 0));
      steps.push(by);
      return by;
    },
  },
};
for (const [type, fields] of Object.entries(resolvers)) {
  const target = schema.getType(type) as unknown as { getFields(): Record<string, { resolve?: unknown }> };
  for (const [name, resolve] of Object.entries(fields)) Object.assign(target.getFields()[name] ?? {}, { resolve });
}

const operationOf = (source: string, variables?: Record<string, unknown>, name?: string): Operation => {
  const document = parse(source);
  const definition = getOperationAST(document, name) ?? undefined;
  return { document, hash: source, name, definition, variables, context: {} };
};
const shapeOf = ({
  data,
  errors,
}: {
  data?: unknown;
  errors?: readonly { message: string; path?: unknown }[] | undefined;
}) => JSON.parse(JSON.stringify({ data, errors: errors?.map(({ message, path }) => ({ message, path })) })) as unknown;

describe('OperationExecutor', () => {
  const cases: { source: string; variables?: Record<string, unknown>; name?: string }[] = [
    { source: '{ places { __typename id ... on Bed { level } } }' },
    { source: '{ found { ... on Bed { id level(of: 2) } ... on Chair { id } } }' },
    {
      source: `query ($id: ID, $on: [String!]) { a: bed(id: $id, on: $on) { id } b: bed(id: "x", on: "y") { ...f } }
        fragment f on Bed { level }`,
      variables: { id: 'q', on: ['r'] },
    },
    { source: 'query ($id: ID) { bed(id: $id) { id } }' },
    { source: '{ must { level } fail }' },
    { source: '{ late { id level } }' },
    { source: '{ fail places { id } }' },
    { source: 'query ($skip: Boolean!) { places @skip(if: $skip) { id } fail }', variables: { skip: true } },
    {
      source: `query ($no: Boolean!) { ...f @include(if: $no) places { id } ... @skip(if: $no) { bed(id: "a") { id } } }
        fragment f on Query { places { ... on Bed { level } } bed(id: "a") { level } }`,
      variables: { no: false },
    },
    {
      source: `query ($no: Boolean!) { bed(id: "a") { id } ... on Query @include(if: $no) { bed(id: "a") { level id } } }`,
      variables: { no: false },
    },
    {
      source: `query ($no: Boolean!) { a: places { id @include(if: $no) } ...g } fragment g on Query { a: places { id } }`,
      variables: { no: false },
    },
    { source: 'query ($no: Boolean) { a: places @include(if: $no) { id } fail }', variables: {} },
    { source: 'query ($by: Int!) { __typename bed(id: "a") { level(of: $by) } }', variables: { by: 'many' } },
    { source: 'query a { __typename } query b { fail }', name: 'b' },
    { source: 'query a { __typename } query b { fail }', name: 'c' },
    { source: 'mutation { a: add(by: 1) b: add(by: 2) c: add(by: 3) }' },
  ];

  it.each(cases)('answers as graphql-js does, first and compiled: $source', async ({ source, variables, name }) => {
    const operation = operationOf(source, variables, name);
    const { document } = operation;
    const expected = shapeOf(
      await execute({ schema, document, variableValues: variables ?? {}, operationName: name ?? null }),
    );
    const executor = new OperationExecutor(schema);
    for (let run = 0; run < 3; run += 1) expect(shapeOf(await executor.run(operation))).toEqual(expected);
  });

  it('runs mutations one after the other when compiled', async () => {
    const executor = new OperationExecutor(schema);
    const operation = operationOf('mutation { a: add(by: 1) b: add(by: 2) }');
    for (let run = 0; run < 3; run += 1) {
      steps.splice(0);
      await executor.run(operation);
      expect(steps).toEqual([1, 2]);
    }
  });
});

describe('OperationExecutor with scalars of ours', () => {
  const seen: Record<string, unknown>[] = [];
  const built = buildSchema(`
    scalar DateTime
    scalar Date
    enum Level { LOW HIGH }
    input Stay { place: ID! since: DateTime born: Date level: Level! = LOW others: [ID!]! = [] }
    type Query { stay(stay: Stay, at: DateTime): Boolean }
  `);
  for (const scalar of [DateTime, CalendarDate]) built.getTypeMap()[scalar.name] = scalar;
  const own = sortWithCheckedIds(built);
  Object.assign(own.getQueryType()?.getFields()['stay'] ?? {}, {
    resolve: (_: unknown, args: Record<string, unknown>) => seen.push(args) > 0,
  });
  const upper = 'ABCDEFAB-0001-7000-8000-00000000000A';
  const moment = '2026-03-01T14:30:00Z';

  it('gives resolvers the same values, first and compiled', async () => {
    const executor = new OperationExecutor(own);
    const source = `query ($stay: Stay, $at: DateTime = "${moment}") { stay(stay: $stay, at: $at) }`;
    const stay = { place: upper, since: moment, born: '2024-02-29', level: 'LOW', others: [upper] };
    for (let run = 0; run < 3; run += 1) {
      expect(await executor.run(operationOf(source, { stay }))).toMatchObject({ data: { stay: true } });
    }
    const id = upper.toLowerCase();
    const since = new Date(moment);
    const expected = { stay: { place: id, since, born: '2024-02-29', level: 'LOW', others: [id] }, at: since };
    expect(seen.map((args) => ({ ...args, stay: { ...(args['stay'] as object) } }))).toEqual([
      expected,
      expected,
      expected,
    ]);
  });

  it('leaves out what has a default as the schema allows, first and compiled', async () => {
    seen.splice(0);
    const executor = new OperationExecutor(own);
    const operation = operationOf('query ($stay: Stay) { stay(stay: $stay) }', { stay: { place: upper } });
    for (let run = 0; run < 3; run += 1) await executor.run(operation);
    const expected = { stay: { place: upper.toLowerCase(), level: 'LOW', others: [] } };
    expect(JSON.parse(JSON.stringify(seen))).toEqual([expected, expected, expected]);
  });

  it.each([{ place: 'x' }, { place: 1 }, { place: upper, others: ['x'] }])(
    'refuses ids that are none, first and compiled: %j',
    async (stay) => {
      const executor = new OperationExecutor(own);
      const operation = operationOf('query ($stay: Stay) { stay(stay: $stay) }', {
        stay: { level: 'LOW', others: [], ...stay },
      });
      for (let run = 0; run < 3; run += 1) {
        const { data, errors } = await executor.run(operation);
        expect(data).toBeUndefined();
        expect(errors?.[0]?.message).toContain('An ID must be a UUID.');
      }
    },
  );
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  parse,
  validate,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';

/**
 * A partner works from `schema.graphql` alone. So everything in it is described, except what its name and a described type
 * say already:
 *
 * - the envelopes of Relay connections (`XConnection`, `XEdge`, `PageInfo`), whose fields are the Relay specification’s;
 * - `id`, and `xId` where `X` is a described type;
 * - `input`, whose type is described;
 * - a single value named after its described enum, object or input type: `reason: CancelReason`, `pool: BedPool`. Lists are
 *   not exempt: order, size and what an empty list means have to be told. Nor are plain texts, numbers, booleans and times:
 *   their units and limits have to be told.
 */
interface Named {
  readonly name: string;
  readonly description?: string | null | undefined;
  readonly type: GraphQLOutputType | GraphQLInputType;
}

const isTold = (description: string | null | undefined): boolean => (description ?? '').trim().length > 0;

const isEnvelope = ({ name }: GraphQLNamedType): boolean => /(Connection|Edge|^PageInfo)$/.test(name);

const isOurs = (type: GraphQLNamedType): boolean =>
  !type.name.startsWith('__') && !(isScalarType(type) && isSpecifiedScalarType(type)) && !isEnvelope(type);

const saysItsType = (schema: GraphQLSchema, { name, type }: Named): boolean => {
  if (name === 'id') return true;
  const owner = /^(\w+)Id$/.exec(name)?.[1];
  if (owner !== undefined) {
    return isTold(schema.getType(`${owner.charAt(0).toUpperCase()}${owner.slice(1)}`)?.description);
  }
  const named = getNamedType(type);
  if (isListType(getNullableType(type)) || isScalarType(named) || !isTold(named.description)) return false;
  return (
    name === 'input' ||
    named.name
      .toLowerCase()
      .replace(/input$/, '')
      .endsWith(name.toLowerCase())
  );
};

const isRootOf = (schema: GraphQLSchema, type: GraphQLNamedType): boolean =>
  [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].some((root) => root === type);

const untoldMembers = (schema: GraphQLSchema, type: GraphQLNamedType): string[] => {
  const isUntold = (member: Named): boolean => !isTold(member.description) && !saysItsType(schema, member);
  const pathsOf = (members: readonly Named[], owner: string): string[] =>
    members.filter(isUntold).map(({ name }) => `${owner}.${name}`);
  if (isEnumType(type)) {
    return type
      .getValues()
      .filter(({ description }) => !isTold(description))
      .map(({ name }) => `${type.name}.${name}`);
  }
  if (isInputObjectType(type)) return pathsOf(Object.values(type.getFields()), type.name);
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  const fields = Object.values(type.getFields());
  const untoldFields = isRootOf(schema, type)
    ? fields.filter(({ description }) => !isTold(description)).map(({ name }) => `${type.name}.${name}`)
    : pathsOf(fields, type.name);
  return [...untoldFields, ...fields.flatMap(({ name, args }) => pathsOf(args, `${type.name}.${name}`))];
};

const untoldOf = (schema: GraphQLSchema): string[] =>
  Object.values(schema.getTypeMap())
    .filter(isOurs)
    .flatMap((type) => {
      const isToldOf = isRootOf(schema, type) || isTold(type.description);
      return [...(isToldOf ? [] : [type.name]), ...untoldMembers(schema, type)];
    })
    .sort();

const textOf = (file: string): string => readFileSync(join(__dirname, '../../..', file), 'utf8');

describe('the published schema', () => {
  it('describes everything that a name and a described type do not say already', () => {
    const schema = buildSchema(textOf('schema.graphql'));
    expect(untoldOf(schema)).toEqual([]);
  });

  it('allows every query of the API guide', () => {
    const schema = buildSchema(textOf('schema.graphql'));
    const queries = [...textOf('docs/api.md').matchAll(/```graphql\n(.*?)```/gs)].map(([, query]) => query ?? '');
    expect(queries.length).toBeGreaterThan(15);
    expect(queries.flatMap((query) => validate(schema, parse(query)).map(({ message }) => message))).toEqual([]);
  });

  it('is looked through by a rule that finds what is missing', () => {
    const schema = buildSchema(`
      type Query { bed(id: ID!, limit: Int): Bed  "One." beds("The bed." bedId: ID!, wardId: ID!, states: [State!]): [Bed!] }
      type Mutation { "Moves." move(input: MoveInput!): Bed }
      "A bed." type Bed { id: ID! state: State at: String kinds: [Kind!] kind: Kind }
      "Where it stands." enum State { "Free." FREE TAKEN }
      enum Kind { "Low." LOW }
      "A move." input MoveInput { bedId: ID! state: State note: String }
    `);
    expect(untoldOf(schema)).toEqual([
      'Bed.at',
      'Bed.kind',
      'Bed.kinds',
      'Kind',
      'MoveInput.note',
      'Query.bed',
      'Query.bed.limit',
      'Query.beds.states',
      'Query.beds.wardId',
      'State.TAKEN',
    ]);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema,
  getNamedType,
  isObjectType,
  isUnionType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLObjectType,
} from 'graphql';
import { everythingOf } from '../setup/everything-readable';

/** One entrance of the API, as the published schema has it. */
export interface Operation {
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly name: string;
  /** Asks for everything of the first level that needs no argument. */
  readonly document: string;
}

const schema = buildSchema(readFileSync(join(__dirname, '../../schema.graphql'), 'utf8'));
const REFUSED = '... on Refused { code message field remedy details }';

const selectionOf = (type: GraphQLObjectType): string =>
  type.name.endsWith('Connection')
    ? `{ nodes { __typename ${everythingOf(type.name.replace('Connection', ''), 1)} } pageInfo { hasNextPage endCursor } }`
    : `{ __typename ${everythingOf(type.name, 1)} }`;

const selectionFor = (field: GraphQLField<unknown, unknown>): string => {
  const type = getNamedType(field.type);
  if (isUnionType(type)) {
    const found = type.getTypes().filter(({ name }) => name !== 'Refused');
    return `{ __typename ${found.map((one) => `... on ${one.name} ${selectionOf(one)}`).join(' ')} ${REFUSED} }`;
  }
  return isObjectType(type) ? selectionOf(type) : '';
};

const documentOf = (kind: Operation['kind'], field: GraphQLField<unknown, unknown>): string => {
  // What has a default may be left out.
  const typeOf = ({ type, defaultValue }: GraphQLArgument) =>
    defaultValue === undefined ? String(type) : String(type).replace(/!$/, '');
  const declared = field.args.map((one) => `$${one.name}: ${typeOf(one)}`).join(', ');
  const passed = field.args.map(({ name }) => `${name}: $${name}`).join(', ');
  const [head, call] = declared === '' ? ['', field.name] : [`(${declared})`, `${field.name}(${passed})`];
  return `${kind} ${head} { ${call} ${selectionFor(field)} }`;
};

const rootsOf = (kind: Operation['kind'], type: GraphQLObjectType | null | undefined): Operation[] =>
  Object.values(type?.getFields() ?? {}).map((field) => ({
    kind,
    name: field.name,
    document: documentOf(kind, field),
  }));

/** Every operation there is: what a room adds is here by itself. */
export const operations: readonly Operation[] = [
  ...rootsOf('query', schema.getQueryType()),
  ...rootsOf('mutation', schema.getMutationType()),
  ...rootsOf('subscription', schema.getSubscriptionType()),
];

import {
  defaultFieldResolver,
  isNonNullType,
  isObjectType,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { NO_FACTS, type Facts } from '../../access';
import type { AccessPolicy } from '../auth/access-policy';
import type { GraphqlContext } from './context';

const ROOTS: readonly string[] = ['Query', 'Mutation', 'Subscription'];
/** Types that carry no fact of a record: the envelope around the governed ones. */
const ENVELOPES: readonly string[] = ['Refused', 'PageInfo'];
const isEnvelope = (name: string): boolean =>
  name.startsWith('__') || ENVELOPES.includes(name) || name.endsWith('Connection') || name.endsWith('Edge');

const governedTypes = (schema: GraphQLSchema): GraphQLObjectType[] =>
  Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType => isObjectType(type) && !ROOTS.includes(type.name) && !isEnvelope(type.name),
  );

/** `Type.field` of everything the table does not know, or must be able to withhold and cannot. */
const wallFaults = (schema: GraphQLSchema, policy: AccessPolicy): string[] =>
  governedTypes(schema).flatMap((type) =>
    Object.values(type.getFields()).flatMap((field) => {
      const name = `${type.name}.${field.name}`;
      const row = Object.hasOwn(policy.resources, type.name) ? policy.resources[type.name] : undefined;
      if (!row || !Object.hasOwn(row.fields, field.name)) return [`${name} is not in the access table`];
      const mayBeWithheld = !policy.isOpenField(type.name, field.name);
      return mayBeWithheld && isNonNullType(field.type) ? [`${name} may be withheld and so must be nullable`] : [];
    }),
  );

const factsOf = (source: unknown): Facts => {
  if (source === null || typeof source !== 'object') return NO_FACTS;
  const { relations = [], consents = [] } = source as Partial<Facts>;
  return { relations, consents };
};

type Resolve = GraphQLFieldResolver<unknown, GraphqlContext>;

const guarded = (policy: AccessPolicy, type: string, field: string, resolve: Resolve): Resolve => {
  return (source, args, context, info) =>
    context.actor !== null && policy.mayRead(context.actor, type, field, factsOf(source))
      ? resolve(source, args, context, info)
      : null;
};

/**
 * The field policy: wraps every field that someone may be denied, once, when the schema is built. A denied value is
 * null and its resolver never runs. Fields open to everyone signed in stay as they are and cost nothing.
 * Rows say what the actor is to them in `relations` and what the person agreed to in `consents`; a row that says
 * nothing shows nothing. Throws, and so stops the boot, when a type or field is missing from the access table or a
 * field that may be withheld is declared non-null.
 */
export const governFields = (schema: GraphQLSchema, policy: AccessPolicy): GraphQLSchema => {
  const faults = wallFaults(schema, policy);
  if (faults.length > 0) throw new Error(`Ungoverned schema: ${faults.join('; ')}`);
  for (const type of governedTypes(schema)) {
    for (const field of Object.values(type.getFields())) {
      if (policy.isOpenField(type.name, field.name)) continue;
      field.resolve = guarded(policy, type.name, field.name, field.resolve ?? defaultFieldResolver);
    }
  }
  return schema;
};

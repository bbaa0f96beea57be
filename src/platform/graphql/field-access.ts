import {
  defaultFieldResolver,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  GraphQLSchema,
} from 'graphql';
import { ACCOUNTED, NO_FACTS, type Facts, type FieldClass, type Source } from '../../access';
import type { AccessPolicy } from '../auth/access-policy';
import { isBesideTheTable, sayWhatMayBeDone, stepFaults } from './allowed-actions';
import type { GraphqlContext } from './context';
import { isEnvelope, typesShownBy } from './led-to';
import { WITHHELD, withheldFieldOf } from './withheld';

const ROOTS: readonly string[] = ['Query', 'Mutation', 'Subscription'];

const governedTypes = (schema: GraphQLSchema): GraphQLObjectType[] =>
  Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType => isObjectType(type) && !ROOTS.includes(type.name) && !isEnvelope(type.name),
  );

/** Other types that a field shows rows of, of which not everybody knows that there are any: the table says so, because it asks their scope. */
const untoldLeads = (type: GraphQLObjectType, field: GraphQLField<unknown, unknown>, policy: AccessPolicy): string[] =>
  typesShownBy(field.type).filter(
    (shown) =>
      shown !== type.name && !policy.isOpenType(shown) && policy.resources[type.name]?.leadsTo?.[field.name] !== shown,
  );

/** What is wrong with a field of a type the table knows: it cannot be withheld, or does not say where it comes from or leads to. */
const fieldFaults = (
  type: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  policy: AccessPolicy,
): string[] => {
  const name = `${type.name}.${field.name}`;
  const untold = untoldLeads(type, field, policy);
  if (untold.length > 0) return [`${name} leads to ${untold.join(' and ')}, and the access table does not say so`];
  if (policy.isOpenField(type.name, field.name)) return [];
  const fieldClass = policy.fieldClassOf(type.name, field.name);
  const hasSource = fieldClass !== undefined && policy.resources[type.name]?.source?.from[fieldClass] !== undefined;
  const shouldHaveSource = fieldClass !== undefined && ACCOUNTED.has(fieldClass);
  return [
    ...(isNonNullType(field.type) ? [`${name} may be withheld and so must be nullable`] : []),
    ...(shouldHaveSource && !hasSource ? [`${name} is to be accounted for and does not say where it comes from`] : []),
  ];
};

/** `Type.field` of everything the table does not know, or could not govern. */
const wallFaults = (schema: GraphQLSchema, policy: AccessPolicy): string[] =>
  governedTypes(schema).flatMap((type) => {
    const known = Object.hasOwn(policy.resources, type.name) ? policy.resources[type.name]?.fields : undefined;
    return Object.values(type.getFields())
      .filter((field) => field.name !== WITHHELD && !isBesideTheTable(field))
      .flatMap((field) =>
        known && Object.hasOwn(known, field.name)
          ? fieldFaults(type, field, policy)
          : [`${type.name}.${field.name} is not in the access table`],
      );
  });

/** What a field of an interface or of several types leads to could not be asked for by one scope. */
const leadFaults = (schema: GraphQLSchema): string[] =>
  Object.values(schema.getTypeMap())
    .filter(isInterfaceType)
    .map(({ name }) => `${name} is an interface: the access table cannot say what a field of it leads to`);

/** What is known of every operation: pages, and the record that it is about, which is not there for who has no part in it. */
const KNOWN_ARGUMENTS: readonly string[] = ['first', 'after', 'id'];

/** Arguments of what is read that the table does not know. What a mutation is given stands under its command. */
const argumentFaults = (schema: GraphQLSchema, policy: AccessPolicy): string[] =>
  Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && type.name !== 'Mutation' && !type.name.startsWith('__'))
    .flatMap((type) =>
      Object.values((type as GraphQLObjectType).getFields()).flatMap(({ name, args }) => {
        const operation = ROOTS.includes(type.name) ? name : `${type.name}.${name}`;
        return args
          .filter((one) => !KNOWN_ARGUMENTS.includes(one.name) && policy.narrowingOf(operation, one.name) === undefined)
          .map((one) => `${operation}(${one.name}) is not in the access table`);
      }),
    );

const factsOf = (source: unknown): Facts => {
  if (source === null || typeof source !== 'object') return NO_FACTS;
  const { relations = [], consents = [], part2, isEnded } = source as Partial<Facts>;
  return { relations, consents, part2, isEnded };
};

type Resolve = GraphQLFieldResolver<unknown, GraphqlContext>;

interface Governed {
  readonly type: string;
  readonly field: string;
  readonly fieldClass: FieldClass | undefined;
  readonly source: Source | undefined;
}

type MayLeave = (row: unknown, context: GraphqlContext) => boolean;

const governedOf = (policy: AccessPolicy, type: string, field: string): Governed => ({
  ...{ type, field, fieldClass: policy.fieldClassOf(type, field), source: policy.resources[type]?.source },
});

const passing = (policy: AccessPolicy, { type, field, fieldClass, source }: Governed): MayLeave => {
  const told =
    fieldClass !== undefined && ACCOUNTED.has(fieldClass) && source ? { type, field, fieldClass, source } : null;
  return (row, { actor, releases }) => {
    if (actor === null) return false;
    const facts = factsOf(row);
    const word = policy.reading(actor, type, field, facts);
    if ('withheld' in word) return false;
    if (told) releases.note({ ...told, grant: word.grant, facts, row: row as Record<string, unknown> });
    return true;
  };
};

/** Whether what a field of a row says may leave by another way; that it does is noted where it is of an accounted class. */
export const mayLeave = (policy: AccessPolicy, type: string, field: string): MayLeave =>
  passing(policy, governedOf(policy, type, field));

const guarded = (policy: AccessPolicy, governed: Governed, resolve: Resolve): Resolve => {
  const isLetThrough = passing(policy, governed);
  return (row, args, context, info) => (isLetThrough(row, context) ? resolve(row, args, context, info) : null);
};

/** What is withheld of a record, and why: computed beside the fields, from the same word of the policy. */
const listWithheld =
  (policy: AccessPolicy, type: string, fields: readonly string[]): Resolve =>
  (row, _args, { actor }) => {
    if (actor === null) return [];
    const facts = factsOf(row);
    return fields.flatMap((field) => {
      const word = policy.reading(actor, type, field, facts);
      return 'withheld' in word ? [{ field, reason: word.withheld }] : [];
    });
  };

const governedFieldsOf = (type: GraphQLObjectType, policy: AccessPolicy): string[] =>
  Object.values(type.getFields())
    .filter(
      (field) => field.name !== WITHHELD && !isBesideTheTable(field) && !policy.isOpenField(type.name, field.name),
    )
    .map(({ name }) => name);

/** Gives every type that has something to withhold the field that says what. */
const sayWhatIsWithheld = (schema: GraphQLSchema, policy: AccessPolicy): GraphQLSchema => {
  const config = schema.toConfig();
  const withheld = { ...withheldFieldOf(schema), name: WITHHELD, args: [], extensions: {} };
  for (const type of governedTypes(schema)) {
    const fields = governedFieldsOf(type, policy);
    if (fields.length === 0) continue;
    const resolve = listWithheld(policy, type.name, fields);
    type.getFields()[WITHHELD] = { ...withheld, deprecationReason: null, astNode: null, resolve };
  }
  return new GraphQLSchema(config);
};

/** What a client may learn of a record beside its fields: what was withheld, and what it may do. Before the schema is sorted and rebuilt. */
export const sayWhereClientsStand = (schema: GraphQLSchema, policy: AccessPolicy): GraphQLSchema =>
  sayWhatMayBeDone(sayWhatIsWithheld(schema, policy), policy, factsOf);

/**
 * Throws when a type, field or argument of a reading is missing from the access table, a field that may be withheld is declared non-null, or an
 * accounted one does not say where it comes from. Stops the boot, and before that the printing of the schema in the build.
 */
export const checkGoverned = (schema: GraphQLSchema, policy: AccessPolicy): GraphQLSchema => {
  const faults = [wallFaults, leadFaults, argumentFaults, stepFaults].flatMap((faultsOf) => faultsOf(schema, policy));
  if (faults.length > 0) throw new Error(`Ungoverned schema: ${faults.join('; ')}`);
  return schema;
};

/**
 * The field policy: wraps every field that someone may be denied, once, when the schema is built. A denied value is
 * null and its resolver never runs; a granted one of an accounted class is noted for the ledger, whichever resolver reads it.
 * Fields open to everyone signed in stay as they are and cost nothing.
 * Rows say what the actor is to them in `relations` and what the person agreed to in `consents`; a row that says
 * nothing shows nothing. Throws where `checkGoverned` does.
 */
export const governFields = (schema: GraphQLSchema, policy: AccessPolicy): GraphQLSchema => {
  for (const type of governedTypes(checkGoverned(schema, policy))) {
    for (const name of governedFieldsOf(type, policy)) {
      const field = type.getFields()[name];
      if (!field) continue;
      field.resolve = guarded(policy, governedOf(policy, type.name, name), field.resolve ?? defaultFieldResolver);
    }
  }
  return schema;
};

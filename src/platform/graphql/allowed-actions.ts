import { Extensions } from '@nestjs/graphql';
import {
  GraphQLList,
  GraphQLNonNull,
  GraphQLSchema,
  GraphQLString,
  isObjectType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
} from 'graphql';
import type { Actor, Facts } from '../../access';
import type { Machine } from '../../kernel/machine';
import { ACCESS, type AccessRule } from '../auth/access.decorator';
import type { AccessPolicy } from '../auth/access-policy';
import type { GraphqlContext } from './context';

export const ALLOWED_ACTIONS = 'allowedActions';
const STEPS = 'handrail:steps';
const BESIDE = 'handrail:beside';

/** Whether a record bears a step now, as far as its row says. Null: the step makes a record, and is taken on none. */
export type Bears<Row> = ((row: Row, actor: Actor) => boolean) | null;
type StepsOf<Row> = Readonly<Record<string, Bears<Row>>>;

/**
 * On an object type, for each of its commands that a mutation takes: whether a record bears it now. Who may take it is for the
 * access table, and how the mutation is called for its `@Access`; from the three comes `allowedActions`.
 */
export const Steps = <Row>(steps: StepsOf<Row>) => Extensions({ [STEPS]: steps });

type InState<S> = (row: { readonly state: S }) => boolean;

/** As the table of the machine has it. */
export const byMachine = <S extends string, C extends string, K extends C>(
  machine: Machine<S, C>,
  ...commands: readonly K[]
): Record<K, InState<S>> => {
  const bears =
    (command: K): InState<S> =>
    ({ state }) =>
      machine.commands(state).includes(command);
  return Object.fromEntries(commands.map((command) => [command, bears(command)])) as Record<K, InState<S>>;
};

export const always = (): boolean => true;

const stepsOf = ({ extensions }: GraphQLObjectType): StepsOf<unknown> =>
  (extensions[STEPS] as StepsOf<unknown> | undefined) ?? {};

/** The field stands beside what the table governs: it is made from the table itself. */
export const isBesideTheTable = ({ extensions }: GraphQLField<unknown, unknown>): boolean =>
  extensions[BESIDE] === true;

interface Action {
  readonly mutation: string;
  readonly resource: string;
  readonly command: string;
}

const actionsOf = (schema: GraphQLSchema): Action[] =>
  Object.values(schema.getMutationType()?.getFields() ?? {}).flatMap(({ name, extensions }) => {
    const rule = extensions[ACCESS] as AccessRule | undefined;
    return rule === undefined || rule === 'public' ? [] : [{ mutation: name, ...rule }];
  });

/** Steps on records of which the type does not say when they can be taken. */
export const stepFaults = (schema: GraphQLSchema, policy: AccessPolicy): string[] =>
  actionsOf(schema).flatMap(({ mutation, resource, command }) => {
    const type = schema.getType(resource);
    const { fields = {}, commands = {} } = policy.resources[resource] ?? {};
    // One that stands in the table has its own ways.
    if (!isObjectType(type) || Object.hasOwn(fields, ALLOWED_ACTIONS)) return [];
    const grants = commands[command] ?? [];
    const isOnRecord = grants.some(({ relation }) => relation !== 'ANYONE');
    if (!isOnRecord || Object.hasOwn(stepsOf(type), command)) return [];
    return [`${resource} does not say when ${mutation} can be called on it (@Steps)`];
  });

const listAllowed =
  (actions: readonly (Action & { readonly bears: Bears<unknown> })[], policy: AccessPolicy) =>
  (factsOf: (row: unknown) => Facts): GraphQLFieldResolver<unknown, GraphqlContext> =>
  (row, _args, { actor }) => {
    if (actor === null) return [];
    const facts = factsOf(row);
    return actions
      .filter(({ resource, command, bears }) => policy.mayDo(actor, resource, command, facts) && bears?.(row, actor))
      .map(({ mutation }) => mutation);
  };

/** Gives every type with steps on its records the field that says which may be taken now. Before the schema is sorted and rebuilt. */
export const sayWhatMayBeDone = (
  schema: GraphQLSchema,
  policy: AccessPolicy,
  factsOf: (row: unknown) => Facts,
): GraphQLSchema => {
  const all = actionsOf(schema);
  const list = new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(GraphQLString)));
  for (const type of Object.values(schema.getTypeMap()).filter(isObjectType)) {
    const steps = stepsOf(type);
    const actions = all
      .filter(({ resource, command }) => resource === type.name && steps[command])
      .map((action) => ({ ...action, bears: steps[action.command] ?? null }));
    if (actions.length === 0) continue;
    type.getFields()[ALLOWED_ACTIONS] = {
      name: ALLOWED_ACTIONS,
      type: list,
      description:
        'Mutations you may call on it now. What else they ask for stands with them, and a refusal says what is missing.',
      args: [],
      extensions: { [BESIDE]: true },
      deprecationReason: null,
      astNode: null,
      resolve: listAllowed(actions, policy)(factsOf),
    };
  }
  return new GraphQLSchema(schema.toConfig());
};

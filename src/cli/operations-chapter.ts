import {
  buildSchema,
  getNamedType,
  isInputObjectType,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from 'graphql';
import { isOpenType, resources, roles, type Resource } from '../access';
import type { AccessRule } from '../platform/auth';
import { typesShownBy } from '../platform/graphql';

const OF_EVERY_OPERATION: readonly string[] = ['first', 'after', 'idempotencyKey'];

const named = ({ name, type }: GraphQLArgument | GraphQLInputField): string => {
  const inner = getNamedType(type);
  return isInputObjectType(inner) ? `\`${name}\` (${inner.name})` : `\`${name}\``;
};

const rolesOf = ({ resource, command }: Exclude<AccessRule, 'public'>): string => {
  const commands: Resource['commands'] = resources[resource]?.commands ?? {};
  const asking = new Set((commands[command] ?? []).flatMap((row) => row.roles as readonly string[]));
  const isEveryone = Object.keys(roles).every((role) => role === 'SYSTEM' || asking.has(role));
  return isEveryone ? 'everyone signed in' : [...asking].join(', ');
};

type Root = GraphQLObjectType | null | undefined;

/** The scopes that an operation asks a partner system for: its command, and reading the types that it tells the rows of. */
const askedOf = (
  root: Root,
  shown: GraphQLOutputType,
  { resource, command }: Exclude<AccessRule, 'public'>,
): string => {
  const told = (root?.name === 'Mutation' ? [] : typesShownBy(shown)).filter((type) => !isOpenType(type));
  return [...new Set([`${resource}:${command}`, ...told.map((type) => `${type}:read`)])].join(' and ');
};

const rowsOf = (root: Root, rules: ReadonlyMap<string, AccessRule>): string[] =>
  Object.values(root?.getFields() ?? {}).map(({ name, args, type }) => {
    const rule = rules.get(name);
    if (rule === undefined) throw new Error(`${name} has no @Access`);
    const inputs = args.filter((one) => !OF_EVERY_OPERATION.includes(one.name)).map(named);
    const asked = rule === 'public' ? ['–', 'nobody need sign in'] : [askedOf(root, type, rule), rolesOf(rule)];
    return `| \`${name}\` | ${asked.join(' | ')} | ${inputs.join(', ') || '–'} |`;
  });

/** The last chapter of the access matrix: every entrance of the API, the command it takes and what it is given. */
export const operationsChapter = (sdl: string, rules: ReadonlyMap<string, AccessRule>): string => {
  const schema = buildSchema(sdl);
  const parts = [
    ['Queries', schema.getQueryType()],
    ['Mutations', schema.getMutationType()],
    ['Subscriptions', schema.getSubscriptionType()],
  ] as const;
  return [
    '',
    '# Operation by operation',
    '',
    'Whoever is named may ask; which records that is for, the command’s rows above say. `auditEvents` is the one export.',
    ...parts.flatMap(([title, type]) => [
      '',
      `## ${title}`,
      '',
      '| operation | takes the command | may be asked by | is given |',
      '|---|---|---|---|',
      ...rowsOf(type, rules),
    ]),
    '',
    '## Inputs',
    '',
    '| input | holds |',
    '|---|---|',
    ...Object.values(schema.getTypeMap())
      .filter(isInputObjectType)
      .map((type) => `| ${type.name} | ${Object.values(type.getFields()).map(named).join(', ')} |`),
    '',
  ].join('\n');
};

import { purposesOfRole, roles, rolesOfAgencyKind, type Role } from './actor';
import { withheldReasons } from './decide';
import {
  consentScopes,
  EVERYONE,
  fieldClasses,
  ACCOUNTED,
  PROTECTED,
  relations,
  TREATING,
  type CommandGrant,
  type FieldClass,
  type Grant,
  type Resource,
} from './policy';
import { prohibitions } from './prohibitions';
import { purposes } from './purpose';
import { resources } from './table';
import { KEY, narrowings, WORDS } from './table/narrowings';
import { systemSteps } from './table/system-steps';

const rolesIn = (listed: readonly string[]): string => (listed === EVERYONE ? 'everyone signed in' : listed.join(', '));
const code = (names: readonly string[], between = ', '): string => names.map((name) => `\`${name}\``).join(between);
const definitions = (table: Readonly<Record<string, string>>): string[] =>
  Object.entries(table).map(([name, meaning]) => `- **${name}** – ${meaning}`);

const fieldsOf = ({ fields }: Resource, classes: readonly FieldClass[]): string[] =>
  Object.keys(fields).filter((field) => classes.some((fieldClass) => fields[field] === fieldClass));

const conditionsOf = ({ consent, part2Consent, purposes: named, onlyWhileOpen }: Grant): string =>
  [
    consent && `consent ${consent}`,
    part2Consent && `Part 2 words with ${part2Consent}`,
    named && `for ${named.join(', ')}`,
    onlyWhileOpen && 'until the record has ended',
  ]
    .filter((condition) => condition !== undefined)
    .join('; ') || '–';

const readRow = (resource: Resource, grant: Grant): string => {
  const { redacts = [], classes, relation, roles: named } = grant;
  const spoken = fieldsOf(resource, classes);
  const [shown, leftOut] = [false, true].map((isLeftOut) =>
    code(spoken.filter((field) => redacts.includes(field) === isLeftOut)),
  );
  const fields = [shown, leftOut && `not ${leftOut}`].filter(Boolean).join(', ');
  return `| ${relation} | ${rolesIn(named)} | ${conditionsOf(grant)} | ${fields} |`;
};

const commandRows = ([command, grants]: [string, readonly CommandGrant[]]): string[] =>
  grants.map(({ relation, roles: named }) => `| \`${command}\` | ${relation} | ${rolesIn(named)} |`);

/** What each field is, and for the protected ones whose words they are. */
const classRows = (resource: Resource): string[] =>
  (Object.keys(fieldClasses) as FieldClass[]).flatMap((fieldClass) => {
    const fields = fieldsOf(resource, [fieldClass]);
    const from = resource.source?.from[fieldClass] ?? [];
    return fields.length === 0 ? [] : [`| ${fieldClass} | ${code(fields)} | ${code(from, ', else ') || '–'} |`];
  });

const leading = ([field, type]: [string, string]): string => `\`${field}\` to ${type}`;

const section = ([name, resource]: [string, Resource]): string[] => {
  const commands = Object.entries(resource.commands).flatMap(commandRows);
  const { leadsTo, source, isApart } = resource;
  return [
    '',
    `## ${name}`,
    '',
    '| to an agency that is | with the role | on the condition of | these fields show |',
    '|---|---|---|---|',
    ...resource.grants.map((grant) => readRow(resource, grant)),
    ...(commands.length === 0 ? [] : ['', '| command | relation | role |', '|---|---|---|', ...commands]),
    '',
    '| class | fields | in the words of |',
    '|---|---|---|',
    ...classRows(resource),
    ...(isApart
      ? ['', 'Kept apart: in the annex of the agency, asked for by itself, and without a trace elsewhere.']
      : []),
    ...(leadsTo ? ['', `Leads to other types: ${Object.entries(leadsTo).map(leading).join(', ')}.`] : []),
    ...(source ? ['', `On the trail under the ${source.subject} in \`${source.subjectIn}\`.`] : []),
  ];
};

const prohibitionRows = Object.entries(prohibitions).map(
  ([name, { roles: named, classes, because }]) =>
    `| ${name} | ${named.join(', ')} | ${classes.join(', ')} | ${because} |`,
);
const kindsWith = (role: Role): string[] =>
  Object.entries(rolesOfAgencyKind).flatMap(([kind, given]) => (given.includes(role) ? [kind] : []));
const roleRows = (Object.keys(roles) as Role[]).map(
  (role) => `| ${role} | ${roles[role]} | ${purposesOfRole[role].join(', ')} | ${kindsWith(role).join(', ') || '–'} |`,
);

const lookedAt = (looksAt: string): string => (looksAt === KEY || looksAt === WORDS ? looksAt : `\`${looksAt}\``);
const narrowingRows = Object.entries(narrowings).flatMap(([operation, all]) =>
  Object.entries(all).map(([argument, looksAt]) => `| \`${operation}\` | \`${argument}\` | ${lookedAt(looksAt)} |`),
);
const stepRows = Object.entries(systemSteps).map(([step, { of, does }]) => `| \`${step}\` | ${of} | ${does} |`);

const howToRead = [
  '1. What no row grants is denied. A row grants a field when the agency is to the record what the first column says **and**',
  '   the role is in the second **and** every condition of the third holds **and** the fourth shows the field. What a row',
  '   names after “not” is of the same class and left out.',
  '2. Over every row stand the prohibitions, by the class of the field.',
  '3. A record may carry, class by class, the words of a Part 2 program of another agency, told to an agency that can tell who',
  '   the person is (patient identifying information, 42 CFR 2.11). A field of such a class needs, beyond the row, a consent:',
  '   the one that the row itself names; else the one it names for Part 2 words; where it names neither,',
  `   TREATMENT_PAYMENT_OPERATIONS for the roles of treatment: ${TREATING.join(', ')}.`,
  '   A row for EMERGENCY needs none (42 CFR 2.51).',
  '4. A partner system does at most what its scopes name: `Type:read` to see fields of a type, `Type:command` for a command.',
  '   It lets nobody in and gives nobody a role: `StaffMember:add` and `StaffMember:changeRole` are no scopes.',
  '   What is open to ANYONE and everyone signed in, on no condition, and of a class that no prohibition names, needs neither scope nor consent.',
  '   A field that leads to another type, by its rows or by what is worked out from them, needs `Type:read` of that type as well, open or',
  '   not: how many there are, and whether any, is not told without. So does, beside its command, a query or a subscription that answers with',
  '   the type. Of a type with an open field that it needs no scope for, everybody knows that there are some.',
  '5. A command is allowed when the agency is to the record what one of its rows says and the role is in that row. Where no',
  '   row of the command names the role at all, the operation is FORBIDDEN before any record is looked at.',
  `6. Every reading of a protected class (${[...PROTECTED].join(', ')}),`,
  `   and of these (${[...ACCOUNTED].filter((one) => !PROTECTED.has(one)).join(', ')}), is on the audit trail, and on the`,
  '   disclosure ledger when the words are another agency’s, before the answer leaves. The words are those of the agency in',
  '   the property that the table of classes names.',
  '7. A list may be narrowed, sorted or searched by a fact by those only who may see the fact of some record: a role that a row',
  '   gives the field, in scope, and that no prohibition bars. Every other argument is FORBIDDEN.',
  '8. What is shown is shown by an operation: a query, a mutation’s answer, an event of a subscription, an export. Each asks for one',
  '   command, as the last chapter says, and its answer is made of the types of this page. Handrail’s own steps show nothing.',
  '',
  'Everyone signed in is every role of this page but SYSTEM.',
];

/** What is no field, arguments and the steps of the system; then come the types. */
const beyondFields = [
  '## What a list may be narrowed by',
  '',
  'KEY names a record, and one that the asker has no part in is as if it were not there. WORDS are the asker’s own, about nobody',
  'on record. Anything else is the field that the argument looks at.',
  '',
  '| operation or field | argument | looks at |',
  '|---|---|---|',
  ...narrowingRows,
  '',
  '## What Handrail does by itself',
  '',
  '| step | changes | what it does |',
  '|---|---|---|',
  ...stepRows,
  '',
  '# Type by type',
];

/** The access table as a page for people: complete, so that whoever has only the page can decide every case. */
export const accessMatrix = (): string =>
  [
    '# Who may see and do what',
    '',
    'Generated by `npm run schema` from the access table (`src/access`). “Not allowed” looks like “does not exist”.',
    '',
    '## How to read it',
    '',
    ...howToRead,
    '',
    '## Standing prohibitions',
    '',
    '| prohibition | roles | classes of fields | because |',
    '|---|---|---|---|',
    ...prohibitionRows,
    '',
    '## Roles and their purposes',
    '',
    'The first purpose is meant where a request names none.',
    '',
    '| role | who | purposes | given by agencies of the kind |',
    '|---|---|---|---|',
    ...roleRows,
    '',
    '## Purposes',
    '',
    ...definitions(purposes),
    '',
    '## Relations of an agency to a record',
    '',
    ...definitions(relations),
    '',
    '## Classes of fields',
    '',
    ...definitions(fieldClasses),
    '',
    '## Consents',
    '',
    ...definitions(consentScopes),
    '',
    '## Why a field is withheld',
    '',
    'In this order: the first of them that is missing. Of several rows that speak of the field, the one that came furthest counts.',
    '',
    ...definitions(withheldReasons),
    '',
    ...beyondFields,
    ...Object.entries(resources).flatMap(section),
    '',
  ].join('\n');

import type * as access from '../../src/access';
import type { Oracle } from './oracle';
import type { Page, Section } from './page';
import type { Word, World } from './world';

/** The product’s policy: the real one, or one with a part taken out. */
export type Policy = typeof access;

export const actorIn = ({ role, scopes, purpose }: World): access.Actor =>
  ({
    kind: scopes === null ? 'STAFF' : 'SERVICE_ACCOUNT',
    id: 'a',
    membershipId: 'm',
    agencyId: 'g',
    agencyKind: 'HOSPITAL',
    role,
    scopes,
    ...(purpose === null ? {} : { purpose }),
  }) as access.Actor;

/** What is not said and what is said to be nothing are the same; both are tried. */
export const factsIn = (policy: Policy, { relations, consents, part2, isEnded }: World): access.Facts => {
  const isNothingKnown = [relations, consents, part2].every(({ length }) => length === 0) && !isEnded;
  return isNothingKnown
    ? policy.NO_FACTS
    : ({
        relations,
        consents,
        ...(part2.length === 0 ? {} : { part2 }),
        ...(isEnded ? { isEnded } : {}),
      } as access.Facts);
};

/** The product’s word on a field, as the number of a row or a reason. */
export const wordOf = (policy: Policy, world: World): Word => {
  const word = policy.reading(actorIn(world), world.type, world.field, factsIn(policy, world));
  return 'grant' in word ? (policy.resources[world.type]?.grants.indexOf(word.grant) ?? -1) : word.withheld;
};

const isDecided = (word: Word): boolean => typeof word === 'number' || word === 'PROVENANCE';

/** Of the rows in whose way nothing else stands: what the person would have to agree to, or did. */
const agreementsNeeded = (oracle: Oracle, world: World, isPart2: boolean): string[] => {
  const needed = new Set<string>();
  for (const [index, obstacle] of oracle.weigh(world)) {
    const row = oracle.section(world)?.rows[index];
    if (!row || ![null, 'CONSENT', 'PROVENANCE'].includes(obstacle)) continue;
    const beyond =
      isPart2 && row.relation !== 'EMERGENCY' ? (row.part2Consent ?? 'TREATMENT_PAYMENT_OPERATIONS') : null;
    const scope = row.consent ?? beyond;
    if (scope !== null) needed.add(scope);
  }
  return [...needed];
};

/** What the page has to say in explanation. */
const explained = (oracle: Oracle, world: World, { word, fieldClass }: { word: Word; fieldClass: string }): object => {
  const isAllowed = typeof word === 'number';
  return {
    isAllowed,
    reason: isAllowed ? null : word,
    fieldClass,
    scopes: oracle.scopes(world),
    grant: isAllowed ? word : null,
    weighed: null,
    restsOn: agreementsNeeded(oracle, explainedIn(world, word), isDecided(word) && oracle.isPart2(world)),
    prohibition: oracle.prohibition(world),
    // Elsewhere it would tell that a program has the person.
    isFromPart2: isDecided(word) && oracle.isPart2(world),
    isAccountedFor: oracle.page.accountedClasses.has(fieldClass),
  };
};

/** What is explained to somebody to whom it is out of scope is the same whatever is true of the record. */
const explainedIn = (world: World, word: Word): World =>
  word === 'SCOPE' ? { ...world, relations: [], consents: [], part2: [], isEnded: false } : world;

/** Everything the policy says of one world, beside what the page says. */
const pairs = (policy: Policy, oracle: Oracle, world: World): Record<string, readonly [unknown, unknown]> => {
  const { type, field, command } = world;
  const [actor, facts, word] = [actorIn(world), factsIn(policy, world), oracle.read(world)];
  const fieldClass = oracle.fieldClass(world);
  const isAllowed = typeof word === 'number';
  const explanation = policy.explain(actor, type, field, facts);
  const rowOf = (grant: access.Grant | null) => (grant ? policy.resources[type]?.grants.indexOf(grant) : null);
  const weigh = policy.weigh(actor, type, field, facts).map(([grant, failing]) => [rowOf(grant), failing]);
  const commands = [...new Set(oracle.section(world)?.commands.map((row) => row.command))];
  return {
    reading: [wordOf(policy, world), word],
    mayRead: [policy.mayRead(actor, type, field, facts), isAllowed],
    fieldClassOf: [policy.fieldClassOf(type, field) ?? null, fieldClass],
    mayEverRead: [policy.mayEverRead(actor, type, field), oracle.mayEverRead(world)],
    isOpenField: [policy.isOpenField(type, field), oracle.isOpen(world)],
    isOpenType: [policy.isOpenType(type), oracle.isOpenType(world)],
    scopesOf: [policy.scopesOf(type, field), oracle.scopes(world)],
    mayCount: [policy.mayCount(actor, type), oracle.mayCount(world)],
    weigh: [weigh, oracle.weigh(world)],
    explain: [
      explanation && { ...explanation, grant: rowOf(explanation.grant), weighed: null },
      fieldClass && explained(oracle, world, { word, fieldClass }),
    ],
    weighed: [
      explanation?.weighed.map(([grant, failing]) => [rowOf(grant), failing]) ?? [],
      oracle.weigh(explainedIn(world, word)),
    ],
    mayDo: [policy.mayDo(actor, type, command, facts), oracle.mayDo(world)],
    mayCall: [policy.mayCall(actor, type, command), oracle.mayCall(world)],
    grantedCommands: [
      policy.grantedCommands(actor, type, facts),
      commands.filter((one) => oracle.mayDo({ ...world, command: one })),
    ],
  };
};

/** Nothing and null are two answers. */
const written = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) => (one === undefined ? 'undefined' : one));

/** The first thing on which policy and page differ in this world; null where they agree. */
export const disagreement = (policy: Policy, oracle: Oracle, world: World): string | null => {
  for (const [question, [said, expected]] of Object.entries(pairs(policy, oracle, world))) {
    // Most answers are a word or a number: writing them down would take half of the time of a play.
    if (said === expected) continue;
    const [one, other] = [written(said), written(expected)];
    if (one !== other) return `${question}: policy ${one}, page ${other}, in ${JSON.stringify(world)}`;
  }
  return null;
};

const standing = ({ prohibitions, roles, protectedClasses, accountedClasses, consents, reasons }: Page) => ({
  prohibitions: [...prohibitions].map(([name, { roles: barred, classes }]) => [name, barred, classes]),
  roles: [...roles].map(([role, { purposes, kinds }]) => [role, purposes, [...kinds].sort()]),
  protectedClasses: [...protectedClasses],
  accountedClasses: [...accountedClasses],
  consents,
  reasons,
});

const sources = (section: Section) => ({
  classes: Object.fromEntries([...section.classOf].sort()),
  words: Object.fromEntries([...section.wordsOf].sort()),
  leadsTo: Object.fromEntries(section.leadsTo),
  ledger: section.ledger,
});

/** What holds whatever the world: roles, purposes, prohibitions, and whose words a field is in. */
export const standingDisagreement = (policy: Policy, { page }: Oracle): string | null => {
  const kindsWith = (role: string) =>
    Object.entries(policy.rolesOfAgencyKind).flatMap(([kind, given]) =>
      given.some((one) => one === role) ? [kind] : [],
    );
  const said = {
    prohibitions: Object.entries(policy.prohibitions).map(([name, { roles, classes }]) => [name, roles, classes]),
    roles: Object.entries(policy.purposesOfRole).map(([role, purposes]) => [role, purposes, kindsWith(role).sort()]),
    protectedClasses: [...policy.PROTECTED],
    accountedClasses: [...policy.ACCOUNTED],
    consents: Object.keys(policy.consentScopes),
    reasons: Object.keys(policy.withheldReasons),
  };
  const types = Object.entries(policy.resources).map(([type, { fields, leadsTo = {}, source }]) => {
    const { subject, subjectIn, from = {} } = source ?? {};
    // What is in nobody else’s words has no agency beside it.
    const words = Object.fromEntries(
      Object.entries(from)
        .filter(([, properties]) => properties.length > 0)
        .sort(),
    );
    return [
      type,
      {
        classes: Object.fromEntries(Object.entries(fields).sort()),
        words,
        leadsTo,
        ledger: source ? { subject, subjectIn } : null,
      },
    ];
  });
  const pairs = [
    [said, standing(page)],
    [types, [...page.types].map(([type, section]) => [type, sources(section)])],
  ];
  const differing = pairs.find(([one, other]) => JSON.stringify(one) !== JSON.stringify(other));
  return differing ? `policy ${JSON.stringify(differing[0])}, page ${JSON.stringify(differing[1])}` : null;
};

/** Which purposes a role may name, and which is meant where none is named. */
export const purposeDisagreement = (policy: Policy, oracle: Oracle): string | null => {
  const everyPurpose = [...new Set([...oracle.page.roles.values()].flatMap(({ purposes }) => purposes)), 'toString'];
  for (const [role, { purposes }] of oracle.page.roles) {
    for (const purpose of [null, ...everyPurpose]) {
      const world: World = { ...NOBODY, role, purpose };
      const isAgreed = policy.purposeOf(actorIn(world)) === oracle.purposeOf(world);
      const may = purpose === null || policy.isPurposeOf(role as access.Role, purpose) === purposes.includes(purpose);
      if (!isAgreed || !may) return `${role} for ${purpose ?? 'no purpose'}`;
    }
  }
  return null;
};

/** Who may narrow what by which argument, for people, partner systems in scope and partner systems out of it. */
export const narrowingDisagreement = (policy: Policy, oracle: Oracle): string | null => {
  const unknown = [
    ['nothing', 'state'],
    ['offers', 'toString'],
    ['toString', 'name'],
  ].map((names) => [...names, undefined] as const);
  for (const [operation = '', argument = '', looksAt] of [...oracle.page.narrowings, ...unknown]) {
    if (policy.narrowingOf(operation, argument) !== looksAt) return `${operation}(${argument}) looks elsewhere`;
    const [type = '', field = ''] = (looksAt ?? '').split('.');
    const needed = oracle.scopes({ ...NOBODY, type, field });
    const askers = [...oracle.page.roles.keys()].flatMap((role) =>
      [null, [], [`${type}:read`], needed].map((scopes): World => ({ ...NOBODY, role, scopes })),
    );
    const differs = (world: World) =>
      policy.mayNarrow(actorIn(world), operation, argument) !== oracle.mayNarrow(world, looksAt);
    const found = askers.find(differs);
    if (found) return `${found.role} ${String(found.scopes)}: ${operation}(${argument})`;
  }
  return null;
};

const NOBODY: World = {
  role: 'SYSTEM',
  scopes: null,
  purpose: null,
  relations: [],
  consents: [],
  part2: [],
  isEnded: false,
  type: '',
  field: '',
  command: '',
};

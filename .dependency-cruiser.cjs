/**
 * The house plan. Rank 0 is the ground; an import may only point down.
 * Adding a room is adding one name here, on purpose.
 */
const RANKS = [
  ['kernel'], //                                               0  pure: refusal, machine, clock, id, vocabulary
  ['access'], //                                               1  pure: the policy and its evaluator
  ['platform'], //                                             2  framework and input/output, no domain word
  ['agencies'], //                                             3  who takes part
  ['clocks'], //                                               4  what is due, and who is told
  ['people', 'capacity', 'resources'], //                      5  whom we help, where there is room, what else is near
  ['consent'], //                                              6  what may flow
  ['overdoses'], //                                            7  what was reported of overdoses, and the events it speaks of
  ['matching'], //                                             8  need to programs
  ['referrals'], //                                            9  the heart
  ['surrenders', 'safety'], //                                 10 what reacts
  ['surveillance'], //                                         11 spikes, and batches that a laboratory or the field tells of
  ['responders'], //                                           12 what responders are exposed to, and what they carry
  ['outreach'], //                                             13 who visits whoever survived, and gives what they carry
  ['partners', 'reports', 'audit'], //                         14 ways in and out, counts, the trail
  ['nudges'], //                                               15 tells staff that something waits, whatever room it is in
];
const FEATURES = RANKS.slice(3).flat();
const any = (names) => `^src/(${names.join('|')})/`;

/** Above all rooms: the programs, and what puts the rooms together. Nobody below imports from here. */
const TOP = '^src/([^/]+\\.ts$|(cli|sample)/)';

const PURE = '^src/(kernel|access)/|^src/.*/engine/|^src/.*\\.machine\\.ts$';
const TESTS = '\\.(spec|fixture)\\.ts$';
const TYPEORM = '(^|/)node_modules/(typeorm|@nestjs/typeorm)/';
const PG = '(^|/)node_modules/(pg|@types/pg)/';
const GRAPHQL = '(^|/)node_modules/@nestjs/(graphql|apollo)/';

/**
 * Services that others of their room may call: routing follows from many commands, acceptance from an answer and from routing to
 * a program that takes people at once, ending from a consent that was taken back, waiting follows from routing that found nobody, judging only reads whose place it is, matching
 * is the room’s engine with its store, who is who follows from every intake, reports are joined to events by whatever changes them, the roster follows events and areas, and the
 * trail is only read.
 */
const CAPABILITIES =
  '^src/(referrals/(routing|sender-dangers|acceptance|admission|closed-agencies|discharge|referral-ending|waitlist/(waiting|judging|coordination))|overdoses/event-joining|people/person-linking|outreach/roster/roster|matching/matching|audit/audit-trail)\\.service\\.ts$';

/**
 * Beside services and stores, who may hold a transaction: the ways in to every command of the referrals room and of the property
 * room, the clocks that
 * start and end with the steps of two rooms, whoever follows events in their transaction, what writes every change of a row of the
 * roster, and the imports of whole directories.
 */
const HOLDERS =
  '^src/(referrals/(referral|offer)-command|referrals/referral-clocks|surrenders/custody-command|capacity/room-clocks|overdoses/event-followers|outreach/roster/(case-keeping|roster-rows|flagged-rows|leaderless-rows|opt-outs)|partners/facilities/import-directory|partners/meetings/import-meetings)\\.ts$';

const rule = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

const onlyDown = RANKS.flatMap((names, rank) => {
  const above = RANKS.slice(rank + 1).flat();
  const rules = [
    rule(
      `rank-${rank}-looks-up`,
      'Imports point down. To tell a room above, emit an event.',
      { path: any(names) },
      { path: [...(above.length > 0 ? [any(above)] : []), TOP] },
    ),
  ];
  if (names.length === 1) return rules;
  const beside = rule(
    `rank-${rank}-sideways`,
    'Neighbours do not import each other.',
    { path: any(names) },
    { path: any(names), pathNot: '^src/$1/' },
  );
  return [...rules, beside];
});

const rooms = [
  rule(
    'known-rooms-only',
    'A room has a rank before it has a file.',
    { path: '^src/', pathNot: [any(RANKS.flat()), TOP] },
    {},
  ),
  rule(
    'front-doors-only',
    'From outside, a room is its index.ts.',
    { path: '^src/([^/]+)' },
    { path: any([...FEATURES, 'access']), pathNot: ['^src/$1/', '^src/[^/]+/index\\.ts$'] },
  ),
  rule(
    'not-your-own-door',
    'Inside a room use files, not the door.',
    { path: '^src/([^/]+)/', pathNot: ['^src/[^/]+/index\\.ts$', TESTS] },
    { path: '^src/$1/index\\.ts$' },
  ),
  rule(
    'programs-are-started',
    'Nobody imports a program: importing it would run it.',
    {},
    { path: '^src/(main|worker)\\.ts$' },
  ),
  rule(
    'migrations-stand-alone',
    'A landed migration never changes, so it rests on nothing that does.',
    { path: '^migrations/' },
    { path: '^src/' },
  ),
];

const purity = [
  rule(
    'pure-stays-pure',
    'kernel, access, engines and machines decide; they do no input or output and know no framework.',
    { path: PURE, pathNot: TESTS },
    { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown', 'core'] },
  ),
  rule(
    'pure-imports-pure',
    'What decides rests on what decides, and on nothing that reads or writes.',
    { path: PURE, pathNot: TESTS },
    { path: '^(src|migrations|test|bench|torture)/', pathNot: PURE },
  ),
  rule(
    'engine-is-an-island',
    'The matching engine knows itself and the kernel, so it can be read, tested and moved alone.',
    { path: '^src/(.+)/engine/', pathNot: TESTS },
    { path: '^src/', pathNot: ['^src/$1/engine/', '^src/kernel/'] },
  ),
];

const edges = [
  rule(
    'typeorm-maps-and-migrates',
    'TypeORM describes tables and runs migrations; statements are named SQL through the unit of work.',
    { path: '^src/', pathNot: ['\\.entity\\.ts$', '^src/platform/database/'] },
    { path: TYPEORM },
  ),
  rule(
    'one-way-to-postgres',
    'Connections belong to platform/database and, for the queue, platform/jobs: elsewhere a Reader or a Tx.',
    { path: '^src/', pathNot: ['^src/platform/(database|jobs)/', TESTS, TOP] },
    { path: PG },
  ),
  rule(
    'graphql-at-the-edge',
    'The schema is drawn in types, inputs, arguments, enums, scalars and resolvers; what decides and stores does not know it.',
    {
      path: '^src/',
      pathNot: [
        '(^|[/.])(types?|inputs?|args|resolver|enums?|scalars?)\\.ts$',
        '^src/platform/(graphql|auth|live)/',
        TESTS,
        TOP,
      ],
    },
    { path: GRAPHQL },
  ),
  rule(
    'resolvers-are-thin',
    'A resolver asks a service or a loader; of a store it knows the type of a row and nothing to call.',
    { path: '\\.resolver\\.ts$' },
    { path: '\\.(store|entity)\\.ts$', dependencyTypesNot: ['type-only'] },
  ),
  rule(
    'a-write-passes-five-files',
    'Resolver, service, store, what decides, result. A service does its own write; what follows from any decided command is a capability, named here on purpose.',
    { path: '^src/([^/]+)/.*\\.service\\.ts$', pathNot: ['^src/platform/', TESTS] },
    { path: '^src/$1/.*\\.service\\.ts$', pathNot: CAPABILITIES },
  ),
  rule(
    'a-write-has-no-sixth-file',
    'Who takes a transaction writes: that is a service or a store, whatever else a file is called. What commands share is planned without one.',
    { path: any(FEATURES), pathNot: ['\\.(service|store)\\.ts$', HOLDERS, TESTS] },
    { path: '^src/platform/database/tx\\.ts$' },
  ),
  rule(
    'stores-know-no-service',
    'A store answers; it does not call back into what decides.',
    { path: '\\.(store|entity)\\.ts$' },
    { path: '\\.(service|resolver|module)\\.ts$' },
  ),
];

const hygiene = [
  rule('no-cycles', 'A cycle is a design question.', {}, { circular: true }),
  rule(
    'no-test-code-in-src',
    'What runs in production imports nothing that tests need.',
    { path: '^src/', pathNot: TESTS },
    { path: ['^(test|bench|torture)/', TESTS] },
  ),
  rule(
    'no-development-packages',
    'The image carries production dependencies only.',
    { path: '^(src|migrations)/', pathNot: TESTS },
    { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '(^|/)node_modules/@types/' },
  ),
  rule(
    'listed-packages-only',
    'What is imported is in package.json, not there by the favour of another package.',
    { path: '^(src|migrations|test|bench|torture)/' },
    { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
  ),
  rule('resolvable', 'The import leads nowhere.', {}, { couldNotResolve: true }),
  rule(
    'no-orphans',
    'Nobody imports it and it imports nothing: finish it or delete it.',
    { orphan: true, path: '^src/', pathNot: [TOP, TESTS, '\\.d\\.ts$'] },
    {},
  ),
];

module.exports = {
  forbidden: [...hygiene, ...onlyDown, ...rooms, ...purity, ...edges],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};

import tseslint from 'typescript-eslint';

const ban = (selector, message) => ({ selector, message });

// Without types, so that it takes seconds: what shows by itself that it is a boolean is named like one.
const QUESTION = '/^_?(is|has|may|can|was|should)[A-Z]|^_/';
const booleans = ban(
  `VariableDeclarator:matches([init.operator=/^(!|===?|!==?|<=?|>=?|in|instanceof)$/], [init.value=true], [init.value=false]) > Identifier.id[name!=${QUESTION}]`,
  'A boolean starts with is, has, may, can, was or should.',
);

const everywhere = [
  ban('ExportDefaultDeclaration', 'Named exports only: one name, one grep.'),
  ban('ExportAllDeclaration', 'A door lists what it lets through.'),
  ban("CallExpression[callee.name='forwardRef']", 'A cycle is a design question, not a forwardRef.'),
  ban(
    'Decorator[expression.callee.name=/^Inject(Repository|DataSource|EntityManager)$/]',
    'Write through the Tx you were handed.',
  ),
  ban("CallExpression[callee.property.name='createQueryRunner']", 'Only the unit of work opens a transaction.'),
  ban("Property[key.name='synchronize'][value.value=true]", 'Schema changes are migrations.'),
  ban('Property[key.name=/^(eager|cascade)$/]', 'Say what you load and what you save.'),
  // Here and not in max-params, because the parameters of a constructor are a list of what Nest hands in: long lists are a
  // smell of their own, but an options object would hide the injection from Nest.
  ban(
    ":function[params.length>4]:not(MethodDefinition[kind='constructor'] > FunctionExpression)",
    'At most four parameters: what belongs together travels as one object.',
  ),
  ban(
    "MethodDefinition[kind='constructor'] > FunctionExpression[params.length>9]",
    'More than nine things handed in: split the class by verbs.',
  ),
  booleans,
];

const noClock = [
  ban("NewExpression[callee.name='Date'][arguments.length=0]", 'You are told the time: asOf, or the database’s clock.'),
  ban(
    "MemberExpression[object.name='Date'][property.name='now']",
    'You are told the time: asOf, or the database’s clock.',
  ),
];

const rooms = [
  ...everywhere,
  ban(
    "CallExpression[callee.name='sql'] TemplateElement[value.raw=/(^|[^.\\w])(now|clock_timestamp)\\(\\)/]",
    'Time in SQL is app.now(), which tests can move.',
  ),
  ban(
    "CallExpression[callee.name='sql'] > Literal[value=/(^|[^.\\w])(now|clock_timestamp)\\(\\)/]",
    'Time in SQL is app.now(), which tests can move.',
  ),
  ban(
    ':matches(TemplateElement[value.raw=/\\bpg_notify\\b|\\bnotify /i], Literal[value=/\\bpg_notify\\b|^notify /i])',
    'NOTIFY locks the whole server at COMMIT: the feed alone sends it, and no command.',
  ),
  ban(
    "MemberExpression[object.name='process'][property.name='env']",
    'Settings are read and checked in platform/config.',
  ),
];

const pure = [
  ...rooms,
  ...noClock,
  ban("MemberExpression[object.name='Math'][property.name='random']", 'No dice: ties are broken by rule.'),
  ban('AwaitExpression', 'Pure code waits for nobody.'),
  ban(':function[async=true]', 'Pure code waits for nobody.'),
  ban("Identifier[name='Promise']", 'Pure code waits for nobody.'),
  ban(
    'Identifier[name=/^(process|fetch|setTimeout|setInterval|setImmediate|require)$/]',
    'Pure code does no input or output.',
  ),
];

const names = {
  '@typescript-eslint/naming-convention': [
    'error',
    { selector: 'typeLike', format: ['PascalCase'] },
    { selector: 'variableLike', format: ['camelCase'], leadingUnderscore: 'allow' },
    // Decorators, enums made at run time and tables of constants are values with a type's or a constant's name.
    { selector: 'variable', format: ['camelCase', 'PascalCase', 'UPPER_CASE'], leadingUnderscore: 'allow' },
    // A name taken out of an object was given there, perhaps by a column or a form.
    { selector: ['variable', 'parameter'], modifiers: ['destructured'], format: null },
  ],
};

/** What is ours alone: how we name and what we do not write. All else is oxlint's (`.oxlintrc.json`), which knows types. */
export default tseslint.config(
  { ignores: ['dist/', 'coverage/', 'node_modules/', '.data/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  { files: ['**/*.ts'], extends: [tseslint.configs.base], rules: names },
  { files: ['**/*.{ts,mjs,cjs}'], rules: { 'no-restricted-syntax': ['error', ...everywhere] } },
  // The tool asks for a default export.
  { files: ['eslint.config.mjs'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['src/**/*.ts'],
    // PostgreSQL's own programs are started with the environment they were given.
    ignores: ['src/platform/{config,database/embedded}/**', 'src/cli/**', 'src/main.ts', 'src/worker.ts'],
    rules: { 'no-restricted-syntax': ['error', ...rooms] },
  },
  // A transaction knows its time, and every reader of the same transaction must agree on it.
  { files: ['src/**/*.{service,store}.ts'], rules: { 'no-restricted-syntax': ['error', ...rooms, ...noClock] } },
  {
    files: ['src/kernel/**/*.ts', 'src/access/**/*.ts', 'src/**/engine/**/*.ts', 'src/**/*.machine.ts'],
    ignores: ['**/*.spec.ts'],
    rules: { 'no-restricted-syntax': ['error', ...pure] },
  },
  {
    files: ['test/**/*.ts', '{src,bench,torture}/**/*.spec.ts', 'src/**/*.fixture.ts'],
    rules: { 'no-restricted-syntax': ['error', ...everywhere] },
  },
);

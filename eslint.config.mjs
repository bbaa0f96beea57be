import tseslint from 'typescript-eslint';

const ban = (selector, message) => ({ selector, message });

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

const sizes = {
  'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
  'max-depth': ['error', 3],
  complexity: ['error', 10],
};

const style = {
  // Optional arguments of GraphQL are null or undefined and mean the same: `== null` is the one question for both.
  eqeqeq: ['error', 'always', { null: 'ignore' }],
  curly: ['error', 'multi-line'],
  'no-var': 'error',
  'prefer-const': 'error',
  'object-shorthand': 'error',
  'no-restricted-syntax': ['error', ...everywhere],
};

const typed = {
  // Nest modules are classes that carry nothing but their decorator.
  '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true, allowStaticOnly: true }],
  // A number prints as one would expect; objects, null and undefined in a text stay errors.
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
  // Injection reads the class at run time; a type-only import would leave nothing to inject.
  '@typescript-eslint/consistent-type-imports': 'off',
  // Entities, GraphQL types and inputs are classes for the sake of their decorators; their rows are plain objects. The rule also
  // follows GraphQL's wrapping types (lists of lists of …) without end and takes the linter down with it.
  '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
  // An early return or a short arrow that ends in a call without a value says what it means.
  '@typescript-eslint/no-confusing-void-expression': [
    'error',
    { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
  ],
  '@typescript-eslint/switch-exhaustiveness-check': 'error',
  '@typescript-eslint/no-unused-vars': [
    'error',
    { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
  ],
  '@typescript-eslint/naming-convention': [
    'error',
    { selector: 'typeLike', format: ['PascalCase'] },
    { selector: 'variableLike', format: ['camelCase'], leadingUnderscore: 'allow' },
    // Decorators, enums made at run time and tables of constants are values with a type's or a constant's name.
    { selector: 'variable', format: ['camelCase', 'PascalCase', 'UPPER_CASE'], leadingUnderscore: 'allow' },
    {
      selector: 'variable',
      types: ['boolean'],
      format: ['PascalCase'],
      prefix: ['is', 'has', 'may', 'can', 'was', 'should'],
    },
    // A name taken out of an object was given there, perhaps by a column or a form.
    { selector: ['variable', 'parameter'], modifiers: ['destructured'], format: null },
  ],
};

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', 'node_modules/', '.data/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  { files: ['**/*.ts'], extends: [tseslint.configs.strictTypeChecked], rules: { ...typed } },
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
  },
  // The scripts that start everything run before anything is compiled: plain JavaScript, checked without types.
  { files: ['**/*.{mjs,cjs}'], extends: [tseslint.configs.strict, tseslint.configs.disableTypeChecked] },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  { files: ['**/*.{ts,mjs,cjs}'], rules: { ...sizes, ...style } },
  // The tool asks for a default export.
  { files: ['eslint.config.mjs'], rules: { 'no-restricted-syntax': 'off' } },

  // What people read is pino's, redacted; the command line and the start print to the terminal.
  {
    files: ['src/**/*.ts'],
    ignores: ['src/cli/**', 'src/main.ts', 'src/**/*.spec.ts'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['src/**/*.ts'],
    // PostgreSQL's own programs are started with the environment they were given.
    ignores: ['src/platform/{config,database/embedded}/**', 'src/cli/**', 'src/main.ts', 'src/worker.ts'],
    rules: { 'no-restricted-syntax': ['error', ...rooms] },
  },
  // A transaction knows its time, and every reader of the same transaction must agree on it.
  { files: ['src/**/*.{service,store}.ts'], rules: { 'no-restricted-syntax': ['error', ...rooms, ...noClock] } },
  // `{ ...referral, state }`: a row is a plain object under its entity's type and loses nothing by being copied.
  {
    files: ['src/**/*.service.ts', 'test/**/*.ts', 'src/**/*.spec.ts'],
    rules: { '@typescript-eslint/no-misused-spread': 'off' },
  },
  {
    files: ['src/kernel/**/*.ts', 'src/access/**/*.ts', 'src/**/engine/**/*.ts', 'src/**/*.machine.ts'],
    ignores: ['**/*.spec.ts'],
    rules: { 'no-restricted-syntax': ['error', ...pure] },
  },
  // One statement of SQL can fill a screen, and a migration is read once, from top to bottom.
  { files: ['migrations/**/*.ts'], rules: { 'max-lines-per-function': 'off' } },
  {
    files: ['test/**/*.ts', '{src,bench,torture}/**/*.spec.ts', 'src/**/*.fixture.ts'],
    rules: {
      // A describe block is a function, and so is the file’s whole story.
      'max-lines-per-function': 'off',
      'no-restricted-syntax': ['error', ...everywhere],
      // Answers of the API come back as `any` on purpose: a client has no types but the schema.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      // A test that is wrong about a value fails: that is its work.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // expect(spy.method) names a method without calling it.
      '@typescript-eslint/unbound-method': 'off',
      // A test asks again what the types have promised, and lets its caller name the shape of an answer.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // A stand-in keeps the shape of what it stands in for.
      '@typescript-eslint/require-await': 'off',
    },
  },
);

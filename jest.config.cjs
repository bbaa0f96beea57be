const { relative, resolve } = require('node:path');
const { specs, specsAlone } = require('./test/setup/together.cjs');

/** Packages that ship ES modules only; everything else in node_modules loads as it is. */
const moduleOnlyPackages = ['csv-parse', 'd3-array', 'd3-geo', 'internmap', 'jose', 'syllable'];

const projectNames = ['pure', 'proof', 'database'];

/** Every cell, mutants and whole years at random, in small files that take ten seconds and more. */
const proofs = [
  'src/access/every-cell',
  'src/access/mutation',
  'src/surveillance/engine/null-simulation',
  'bench/spikes/evaluate',
].map((name) => `<rootDir>/${name}.spec.ts`);

/** Words of the command line that name a spec under test/: then each runs by itself, and what is not named does not run. */
const namesSpec = (word) =>
  !word.startsWith('-') &&
  !projectNames.includes(word) &&
  specs.some((path) => path.includes(resolve(word)) || relative(__dirname, path).includes(word));
const isByName = process.argv.slice(2).some(namesSpec);

const project = {
  testEnvironment: 'node',
  rootDir: __dirname,
  // Named, so that nobody looks into .data, whose insides may belong to another user.
  roots: ['<rootDir>/src', '<rootDir>/test', '<rootDir>/bench', '<rootDir>/torture'],
  transform: { '^.+\\.[cm]?[jt]s$': ['@swc/jest'] },
  transformIgnorePatterns: [`/node_modules/(?!(${moduleOnlyPackages.join('|')})/)`],
  setupFiles: ['reflect-metadata', '<rootDir>/test/setup/graphql-as-in-production.cjs'],
  setupFilesAfterEnv: ['<rootDir>/test/setup/no-outside-network.ts'],
};

/** @type {import('jest').Config} */
module.exports = {
  // One more than the two cores it is made for: a worker often waits for PostgreSQL.
  maxWorkers: 3,
  // What a file leaves behind in a worker adds up to gigabytes, and then most of the time goes into looking through them.
  workerIdleMemoryLimit: '1GB',
  // For what hangs. No test fails because the machine is slow.
  testTimeout: 300_000,
  testSequencer: '<rootDir>/test/setup/longest-first.cjs',
  coverageDirectory: 'coverage',
  // What decides is pure, and every branch of it is somebody's rule. Only that is counted, and only in pure specs: a rule that
  // only a story reaches has no spec of its own, and what is counted runs a quarter slower.
  collectCoverageFrom: [
    'src/{kernel,access}/**/*.ts',
    'src/**/engine/**/*.ts',
    'src/**/*.machine.ts',
    '!src/**/*.{spec,fixture}.ts',
  ],
  coverageThreshold: {
    './src/kernel/': { branches: 100 },
    './src/access/': { branches: 100 },
    './src/**/engine/**/*.ts': { branches: 100 },
    './src/**/*.machine.ts': { branches: 100 },
  },
  projects: [
    // Pure specs: Jest runs a global setup only for projects with a test in the run, so these never wait for PostgreSQL.
    {
      ...project,
      displayName: 'pure',
      testMatch: ['<rootDir>/{src,bench,torture}/**/*.spec.ts'],
      testPathIgnorePatterns: proofs,
    },
    // Not counted: a branch is reached by an example, never by the luck of a draw, and counting takes its time.
    { ...project, displayName: 'proof', coveragePathIgnorePatterns: ['.*'], testMatch: proofs },
    {
      ...project,
      displayName: 'database',
      coveragePathIgnorePatterns: ['.*'],
      testMatch: isByName ? specs : [...specsAlone(), '<rootDir>/test/together/*.spec.cjs'],
      globalSetup: '<rootDir>/test/setup/global-setup.ts',
      globalTeardown: '<rootDir>/test/setup/global-teardown.ts',
    },
  ],
};

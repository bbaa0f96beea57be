/** Packages that ship ES modules only; everything else in node_modules loads as it is. */
const moduleOnlyPackages = ['csv-parse', 'd3-array', 'd3-geo', 'internmap', 'jose'];

const project = {
  testEnvironment: 'node',
  rootDir: __dirname,
  transform: { '^.+\\.[cm]?[jt]s$': ['@swc/jest'] },
  transformIgnorePatterns: [`/node_modules/(?!(${moduleOnlyPackages.join('|')})/)`],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/\\.data/'],
  setupFiles: ['reflect-metadata'],
  setupFilesAfterEnv: ['<rootDir>/test/setup/no-outside-network.ts'],
};

/** @type {import('jest').Config} */
module.exports = {
  maxWorkers: 2,
  testTimeout: 30_000,
  collectCoverageFrom: ['src/**/*.ts', '!src/**/*.spec.ts', '!src/cli/**', '!src/main.ts'],
  coverageDirectory: 'coverage',
  projects: [
    // Pure specs: Jest runs a global setup only for projects with a test in the run, so these never wait for PostgreSQL.
    { ...project, displayName: 'pure', testMatch: ['<rootDir>/src/**/*.spec.ts'] },
    {
      ...project,
      displayName: 'database',
      testMatch: ['<rootDir>/test/**/*.spec.ts'],
      globalSetup: '<rootDir>/test/setup/global-setup.ts',
      globalTeardown: '<rootDir>/test/setup/global-teardown.ts',
    },
  ],
};

import type { Login } from '../../src/platform/database/embedded';

/** What the global setup hands to the test processes; they are forked after it and inherit its environment. */
export interface RunContext {
  /** Owner's address of the server, in a database that no test writes to. */
  readonly adminUrl: string;
  /** Start of every database and role name of this run. */
  readonly prefix: string;
  readonly logins: { readonly app: Login; readonly commands: Login };
}

const variable = 'HANDRAIL_TEST_RUN';

export const publishRun = (run: RunContext): void => {
  process.env[variable] = JSON.stringify(run);
};

export const currentRun = (): RunContext => {
  const text = process.env[variable];
  if (text === undefined) {
    throw new Error('No test database: database specs belong under test/, whose project starts one.');
  }
  return JSON.parse(text) as RunContext;
};

export const templateOf = (run: RunContext): string => `${run.prefix}_template`;

/** The same server and login, another database. */
export const inDatabase = (url: string, database: string): string => {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.href;
};

export const asLogin = (url: string, login: Login): string => {
  const address = new URL(url);
  address.username = login.name;
  address.password = login.password;
  return address.href;
};

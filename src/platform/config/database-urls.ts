import type { VariableReader } from './variables';

const minimumPasswordLength = 16;
const example = 'postgres://user:password@host:5432/database';

const parse = (text: string): URL | undefined => {
  try {
    const url = new URL(text);
    return ['postgres:', 'postgresql:'].includes(url.protocol) && url.pathname.length > 1 ? url : undefined;
  } catch {
    return undefined;
  }
};

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

const userOf = (text: string): string => decoded(parse(text)?.username ?? '');

const refuseWeakPassword = (reader: VariableReader, variable: string, url: URL): void => {
  const password = decoded(url.password);
  const remedy = `Give the database user a random password of at least ${minimumPasswordLength} characters.`;
  if (password === decoded(url.username)) reader.refuse(variable, 'its password is the user name.', remedy);
  else if (password.length < minimumPasswordLength) {
    reader.refuse(variable, `its password is shorter than ${minimumPasswordLength} characters.`, remedy);
  }
};

/** A database address by variable; in production with a password worth the name. The value is never repeated in a message. */
export const readDatabaseUrl = (
  reader: VariableReader,
  variable: string,
  isProduction: boolean,
): string | undefined => {
  const text = reader.secret(variable);
  if (text === undefined) return undefined;
  const url = parse(text);
  if (url === undefined) reader.refuse(variable, 'it is not the address of a PostgreSQL database.', `Use ${example}.`);
  else if (isProduction) refuseWeakPassword(reader, variable, url);
  return text;
};

/**
 * The owner of the tables passes by row-level security, and who carries out commands may work across agencies: who answers must be
 * neither.
 */
export const refuseSharedUsers = (
  reader: VariableReader,
  { app, commands, owner }: Readonly<Record<'app' | 'commands' | 'owner', string | undefined>>,
): void => {
  const isShared = (one: string | undefined, other: string | undefined): boolean =>
    one !== undefined && other !== undefined && userOf(one) === userOf(other);
  const remedy = (roles: string): string => `Connect as a login of its own that may become ${roles} and nothing else.`;
  const owns = 'it has the same user as MIGRATION_DATABASE_URL, which owns the tables.';
  const both = 'handrail_app and handrail_worker';
  if (isShared(app, owner)) reader.refuse('DATABASE_URL', owns, remedy('handrail_app'));
  if (isShared(commands, owner)) reader.refuse('COMMAND_DATABASE_URL', owns, remedy(both));
  if (isShared(app, commands)) {
    reader.refuse('COMMAND_DATABASE_URL', 'it has the same user as DATABASE_URL, which only answers.', remedy(both));
  }
};

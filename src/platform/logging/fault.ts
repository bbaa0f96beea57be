const SQLSTATE = /^[0-9A-Z]{5}$/;

/** What the log keeps of an unexpected error. */
export interface Fault {
  readonly name: string;
  readonly message: string;
  readonly stack?: string | undefined;
  readonly code?: string;
  readonly table?: string;
  readonly constraint?: string;
}

interface DatabaseError extends Error {
  readonly code: string;
  readonly table?: string;
  readonly constraint?: string;
}

const isDatabaseError = (error: Error): error is DatabaseError => {
  const { code } = error as Partial<DatabaseError>;
  return typeof code === 'string' && SQLSTATE.test(code) && 'severity' in error;
};

const framesOf = (error: Error): string | undefined =>
  error.stack
    ?.split('\n')
    .filter((line) => line.startsWith('    at '))
    .join('\n');

/** PostgreSQL quotes the offending value in its messages, and values here are about people: only its codes are kept. */
export const describeFault = (error: unknown): Fault => {
  if (!(error instanceof Error)) return { name: typeof error, message: 'not an Error' };
  if (!isDatabaseError(error)) return { name: error.name, message: error.message, stack: framesOf(error) };
  const { name, code, table, constraint } = error;
  return {
    name,
    message: 'the database refused a statement',
    stack: framesOf(error),
    code,
    ...(table !== undefined && { table }),
    ...(constraint !== undefined && { constraint }),
  };
};

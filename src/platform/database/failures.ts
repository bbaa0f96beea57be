/** The membership behind the token has ended: the answer is “sign in again”, whatever the token says. */
export class SignedOut extends Error {}

/** The database is away, overloaded or too contended. Nothing is known to be wrong with the request: ask again with the same key. */
export class Unavailable extends Error {
  constructor(
    message: string,
    /** True when COMMIT was sent and its answer lost: the effect may have happened. */
    readonly isOutcomeUnknown = false,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const CONTENDED = new Set(['40001', '40P01']);
// lock timeout, statement timeout, too many connections, out of memory or disk, shutdown, crash, cannot connect now, idle timeout
const AWAY = new Set([
  '55P03',
  '57014',
  '53100',
  '53200',
  '53300',
  '57P01',
  '57P02',
  '57P03',
  '57P05',
  '25P03',
  '25P04',
]);
const NETWORK = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|EAI_)/;
/** The last one: this process is stopping; another takes the request. */
const DRIVER =
  /Connection terminated|timeout expired|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed|read timeout|Cannot use a pool after calling end/i;

const codeOf = (error: unknown): string => (error as { code?: string } | null)?.code ?? '';

/** Serialization failure or deadlock: the whole command may run again. */
export const isContention = (error: unknown): boolean => CONTENDED.has(codeOf(error));

/** The statement came after one that broke the transaction, and says no more than that. */
export const isAborted = (error: unknown): boolean => codeOf(error) === '25P02';

export const isAway = (error: unknown): boolean => {
  const code = codeOf(error);
  return (
    AWAY.has(code) || code.startsWith('08') || NETWORK.test(code) || DRIVER.test((error as Error | null)?.message ?? '')
  );
};

/** What the caller should be thrown for a failure of the database. */
export const translated = (error: unknown): unknown => {
  if (error instanceof Unavailable || error instanceof SignedOut) return error;
  if (codeOf(error) === 'HR401') return new SignedOut('the membership has ended', { cause: error });
  if (isAway(error) || isContention(error)) {
    return new Unavailable('the database did not answer', false, { cause: error });
  }
  return error;
};

import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { SignedOut, Unavailable } from '../database/failures';
import { printable } from './text';

/** The only codes that leave the house. Everything else is a fault of ours and shows nothing. */
const SHOWN: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'RETRY_LATER',
  'RATE_LIMITED',
]);
const MESSAGE_LIMIT = 300;

export const unauthenticated = (message = 'Sign in first: send a valid bearer token.'): GraphQLError =>
  new GraphQLError(message, {
    extensions: {
      code: 'UNAUTHENTICATED',
      http: { status: 401, headers: new Map([['www-authenticate', 'Bearer realm="handrail"']]) },
    },
  });

export const forbidden = (): GraphQLError =>
  new GraphQLError('Your role, or the scopes of your service account, do not allow this operation.', {
    extensions: { code: 'FORBIDDEN' },
  });

/** `field` is the path of the argument, for example `input.pools[1].staffed`. */
export const badInput = (message: string, field?: string, remedy?: string): GraphQLError =>
  new GraphQLError(message, {
    extensions: { code: 'BAD_USER_INPUT', ...(field && { field }), ...(remedy && { remedy }) },
  });

/** A request that is wrong before any operation of it is looked at. */
export const badRequest = (...wrong: Parameters<typeof badInput>): GraphQLError => {
  const { message, extensions } = badInput(...wrong);
  return new GraphQLError(message, { extensions: { ...extensions, http: { status: 400 } } });
};

export const retryLater = (): GraphQLError =>
  new GraphQLError('Handrail is briefly unavailable. Send the same request again, with the same key.', {
    extensions: { code: 'RETRY_LATER', http: { status: 503, headers: new Map([['retry-after', '1']]) } },
  });

/** The caller asked for more than its budget, or is locked out for guessing. Nothing of the request was run. */
export const rateLimited = (retryAfterSeconds: number): GraphQLError =>
  new GraphQLError('Too many requests. Wait `retryAfterSeconds`, then send the same request again.', {
    extensions: {
      code: 'RATE_LIMITED',
      retryAfterSeconds,
      http: { status: 429, headers: new Map([['retry-after', String(retryAfterSeconds)]]) },
    },
  });

/** The exception that a resolver threw, without the wrapping of the executor. */
export const causeOf = (error: unknown): unknown =>
  error instanceof GraphQLError && error.originalError ? causeOf(error.originalError) : error;

/** The coded error behind what was thrown, or null when it is a fault of ours. */
const codedError = (error: GraphQLError): GraphQLError | null => {
  const cause = causeOf(error);
  if (cause instanceof SignedOut) return unauthenticated('You are signed out: your membership is no longer active.');
  if (cause instanceof Unavailable) return retryLater();
  if (!(cause instanceof GraphQLError)) return null;
  return SHOWN.has(error.extensions['code']) ? error : null;
};

export const isUnexpected = (error: GraphQLError): boolean => codedError(error) === null;

/** What to say when something broke: a number to quote, and nothing about the inside. */
export const internalFault = (requestId: string): GraphQLError =>
  new GraphQLError(`Something went wrong. Quote request id ${requestId} to the operator.`, {
    extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
  });

const shown = (name: string, value: unknown): object => (typeof value === 'string' ? { [name]: value } : {});

/** Apollo's last word on an error: an allowlist of codes and of properties, never a stack or a cause. */
export const presentError = (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
  const { path, locations } = formatted;
  const place = path ? { path } : { ...(locations && { locations }) };
  const raised = error instanceof GraphQLError ? error : new GraphQLError('', { originalError: error as Error });
  const coded = codedError(raised);
  if (!coded) {
    const requestId = raised.extensions['requestId'];
    const message = internalFault(typeof requestId === 'string' ? requestId : 'of this response').message;
    return { message, ...place, extensions: { code: 'INTERNAL_SERVER_ERROR', ...shown('requestId', requestId) } };
  }
  const { code, field, remedy, retryAfterSeconds } = coded.extensions;
  return {
    message: printable(coded === raised ? formatted.message : coded.message).slice(0, MESSAGE_LIMIT),
    ...place,
    extensions: {
      code,
      ...shown('field', field),
      ...shown('remedy', remedy),
      ...(typeof retryAfterSeconds === 'number' && { retryAfterSeconds }),
    },
  };
};

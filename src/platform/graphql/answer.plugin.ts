import type { ApolloServerPlugin, GraphQLRequestContext } from '@apollo/server';
import type { PinoLogger } from 'nestjs-pino';
import { GraphQLError, OperationTypeNode, type GraphQLFormattedError, type OperationDefinitionNode } from 'graphql';
import { faults, operationSeconds } from '../health/metrics';
import { describeFault } from '../logging/fault';
import type { RequestContext } from './context';
import { badInput, causeOf, isUnexpected } from './errors';
import { rootFieldsOf } from './released';

/** Errors shown of one answer. */
export const ANSWER_ERROR_LIMIT = 10;
const OPERATION_NAME_LIMIT = 100;
const DOCUMENT_FAULTS: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
]);

const notOverHttp = (): GraphQLError =>
  new GraphQLError('Subscriptions travel over the WebSocket at this address, not over POST.', {
    extensions: { code: 'BAD_REQUEST', http: { status: 400 } },
  });

const hasData = (data: unknown): boolean =>
  data !== null && typeof data === 'object' && Object.values(data).some((value) => value !== null);

interface Answer {
  status?: number;
  readonly headers: { set(name: string, value: string): unknown };
}

const acceptsGraphqlResponse = (request: GraphQLRequestContext<RequestContext>): boolean =>
  /application\/graphql-response\+json/i.test(request.request.http?.headers.get('accept') ?? '');

/** HTTP's word on an answer with errors. A client of plain `application/json` reads 200 for what the document got wrong. */
const setStatus = (http: Answer, errors: readonly GraphQLFormattedError[], hasAnswer: boolean, isModern: boolean) => {
  const codes = errors.map(({ extensions }) => extensions?.['code']);
  if (codes.includes('RETRY_LATER')) {
    http.status = 503;
    http.headers.set('retry-after', '1');
  } else if (!hasAnswer && codes.includes('UNAUTHENTICATED')) {
    http.status = 401;
    http.headers.set('www-authenticate', 'Bearer realm="handrail"');
  } else if (!hasAnswer && codes.every((code) => code === 'FORBIDDEN')) {
    http.status = 403;
  } else if (!isModern && http.status === 400 && codes.every((code) => DOCUMENT_FAULTS.has(code))) {
    http.status = 200;
  }
};

const observe = (operation: OperationDefinitionNode, seconds: number, isApart: boolean): void => {
  const kind = operation.operation;
  // What is kept apart is not counted by name: whoever reads the metrics every second would have its times.
  for (const field of isApart ? ['apart'] : new Set(rootFieldsOf(operation))) {
    operationSeconds.observe({ kind, field }, seconds);
  }
};

/** Logs what broke, and marks the error with the request id that the client is shown in its place. */
export const reportFault = (logger: PinoLogger, error: GraphQLError, context: Partial<RequestContext>): void => {
  const requestId = context.requestId ?? 'none';
  faults.inc();
  // The logger of a request names its id by itself.
  logger.error({ path: error.path?.join('.'), fault: describeFault(causeOf(error)) }, 'unexpected error');
  error.extensions['requestId'] = requestId;
};

/**
 * Around every operation: names it for log and metrics, logs faults with the request id before they are hidden, caps
 * the errors of one answer and sets its HTTP status.
 */
export const answerPlugin = (logger: PinoLogger): ApolloServerPlugin<RequestContext> => ({
  requestDidStart: () => {
    const startedAt = performance.now();
    return Promise.resolve({
      didResolveOperation: (request) => {
        const name = request.request.operationName;
        if (name && name.length > OPERATION_NAME_LIMIT) {
          const fault = badInput('The operation name is too long.', 'operationName');
          fault.extensions['http'] = { status: 400 };
          throw fault;
        }
        if (request.operation?.operation === OperationTypeNode.SUBSCRIPTION) throw notOverHttp();
        const { record } = request.contextValue;
        if (record && request.operation) {
          record.kind = request.operation.operation;
          if (request.operationName) record.operation = request.operationName;
        }
        return Promise.resolve();
      },
      didEncounterErrors: ({ errors, contextValue }) => {
        errors.filter(isUnexpected).forEach((error) => {
          reportFault(logger, error, contextValue);
        });
        return Promise.resolve();
      },
      willSendResponse: (request) => {
        const { body, http } = request.response;
        const isApart = request.contextValue.record?.isApart ?? false;
        if (request.operation) observe(request.operation, (performance.now() - startedAt) / 1000, isApart);
        if (body.kind !== 'single' || !body.singleResult.errors) return Promise.resolve();
        const { errors, data } = body.singleResult;
        setStatus(http, errors, hasData(data), acceptsGraphqlResponse(request));
        if (errors.length > ANSWER_ERROR_LIMIT) body.singleResult.errors = errors.slice(0, ANSWER_ERROR_LIMIT);
        return Promise.resolve();
      },
    });
  },
});

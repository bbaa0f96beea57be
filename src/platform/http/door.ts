import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { isPoisonedRequest, requestFault } from '../graphql/request-fault';
import { openRecord } from '../logging/request-record';
import { keepRawText } from './raw-text';
import { refuseRequest } from './handrail.adapter';

const GRAPHQL = '/graphql';
/** Below it, whoever calls signs the text of the request. */
const SIGNED = '/webhooks/';
const JSON_EXACTLY = /^application\/json\s*(;\s*charset=("utf-?8"|utf-?8)\s*)?$/i;

/** The schema, once there is one: the door is built before it. */
export type SchemaOf = () => GraphQLSchema;

const takesJson = (request: FastifyRequest): boolean =>
  pathOf(request) === GRAPHQL || pathOf(request).startsWith(SIGNED);

const pathOf = (request: FastifyRequest): string => request.url.split('?', 1)[0] ?? '';

/** What OWASP's REST security cheat sheet asks of an API; nothing names the server or its timings. */
const ALWAYS = {
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-frame-options': 'DENY',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'cross-origin-resource-policy': 'same-origin',
};
const IN_PRODUCTION = { 'strict-transport-security': 'max-age=31536000; includeSubDomains' };

/** Before a byte of the body is read: only a POST of plain JSON gets further. */
const checkEnvelope = (request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined => {
  if (request.method !== 'POST') return refuseRequest(reply.header('allow', 'POST'), 405);
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = request.headers;
  const isPlainJson = JSON_EXACTLY.test(type) && encoding.toLowerCase() === 'identity';
  return isPlainJson ? undefined : refuseRequest(reply, 415);
};

/** Poisoned keys, and text no column, log or terminal can hold, are refused wherever they stand in the body, but for rows that answer for themselves. */
const checkBody = (request: FastifyRequest, reply: FastifyReply, schemaOf: SchemaOf): FastifyReply | undefined => {
  const { body } = request;
  if (body === null || typeof body !== 'object' || Array.isArray(body)) return refuseRequest(reply, 400);
  const schema = pathOf(request) === GRAPHQL ? schemaOf() : undefined;
  if (isPoisonedRequest(body as Record<string, unknown>, schema)) return refuseRequest(reply, 400);
  const fault = requestFault(body as Record<string, unknown>, schema);
  if (!fault) return undefined;
  const extensions = {
    code: 'BAD_USER_INPUT',
    field: fault.path.replace(/^variables\./, ''),
    remedy: 'Remove it and send the request again.',
  };
  return reply.code(400).send({ errors: [{ message: fault.message, extensions }] });
};

/** Hooks that stand before every handler. A reply sent in a hook ends the request. */
export const standAtTheDoor = (fastify: FastifyInstance, isProduction: boolean, schemaOf: SchemaOf): void => {
  const headers = { ...ALWAYS, ...(isProduction && IN_PRODUCTION) };
  let isStopping = false;
  fastify.addHook('preClose', (done) => {
    isStopping = true;
    done();
  });
  fastify.addHook('onRequest', (request, reply, next) => {
    const { requestId } = openRecord(request.raw, request.id);
    void reply.headers(headers).header('x-request-id', requestId);
    // What was begun is finished; what comes in late on an open connection has not begun.
    if (isStopping) {
      void refuseRequest(reply.header('retry-after', '1'), 503);
      return;
    }
    if (takesJson(request) && checkEnvelope(request, reply)) return;
    next();
  });
  fastify.addHook('preHandler', (request, reply, next) => {
    if (takesJson(request) && checkBody(request, reply, schemaOf)) return;
    next();
  });
  fastify.removeAllContentTypeParsers();
  const readJson = fastify.getDefaultJsonParser('error', 'error');
  // Whether it is poisoned is for `checkBody` to say, which knows rows from the rest: read from JSON, such keys set nothing yet.
  const readRows = fastify.getDefaultJsonParser('ignore', 'ignore');
  fastify.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    (request: FastifyRequest, text: string, done) => {
      if (pathOf(request).startsWith(SIGNED)) keepRawText(request.raw, text);
      void (pathOf(request) === GRAPHQL ? readRows : readJson)(request, text, done);
    },
  );
};

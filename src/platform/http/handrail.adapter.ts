import type { Socket } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { requestIdOf } from '../logging/request-id';
import { recordOf } from '../logging/request-record';
import { printable } from '../graphql/text';

/** Reports what broke below Nest, with the request's id. */
export type ReportFault = (error: Error, requestId: string) => void;

const BODY_LIMIT_BYTES = 256 * 1024;

/** Generous for a caseworker on a bad line, short for one who only holds sockets open. All in milliseconds. */
const TIMEOUTS = { request: 15_000, headers: 5_000, keepAlive: 5_000, check: 1_000 } as const;

const WORDS: Readonly<Record<number, string>> = {
  400: 'The request could not be read.',
  404: 'Nothing is here.',
  405: 'Use POST.',
  413: 'The request is larger than 256 kB.',
  415: 'Send application/json in UTF-8, not compressed.',
  503: 'This process is stopping. Send the same request again, with the same key: another one answers.',
};

const CODES: Readonly<Record<number, string>> = { 404: 'NOT_FOUND', 503: 'RETRY_LATER' };

const STATUS_OF_SOCKET_FAULT: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
};

/** The one shape of an answer that did not get as far as GraphQL. */
export const refuseRequest = (reply: FastifyReply, status: number, message = WORDS[status]): FastifyReply =>
  reply
    .code(status)
    .type('application/json; charset=utf-8')
    .send({
      errors: [
        {
          message: message ?? 'The request could not be read.',
          extensions: { code: CODES[status] ?? 'BAD_REQUEST' },
        },
      ],
    });

const answerFault = (error: Error, request: FastifyRequest, reply: FastifyReply, report: ReportFault): FastifyReply => {
  const requestId = recordOf(request.raw)?.requestId ?? 'none';
  report(error, requestId);
  return reply
    .code(500)
    .type('application/json; charset=utf-8')
    .send({
      errors: [
        {
          message: `Something went wrong. Quote request id ${printable(requestId)} to the operator.`,
          extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
        },
      ],
    });
};

/**
 * For what is not HTTP at all. Says `connection: close`, which Fastify's own answer does not: a client would otherwise
 * send its next request into the closing socket.
 */
const refuseSocket = (error: NodeJS.ErrnoException, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const status = STATUS_OF_SOCKET_FAULT[error.code ?? ''] ?? '400 Bad Request';
  const body = JSON.stringify({ errors: [{ message: WORDS[400], extensions: { code: 'BAD_REQUEST' } }] });
  const head = [
    `HTTP/1.1 ${status}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    'connection: close',
  ];
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroy(error);
};

/** Fastify as Nest's HTTP adapter, with our answers in place of Nest's and Fastify's for what never reaches a handler. */
export class HandrailAdapter extends FastifyAdapter {
  report: ReportFault = () => undefined;

  /** The caller’s address is that of the socket, or what the last proxy of these says of it. */
  constructor(trustedProxies: readonly string[] = []) {
    super({
      bodyLimit: BODY_LIMIT_BYTES,
      requestTimeout: TIMEOUTS.request,
      keepAliveTimeout: TIMEOUTS.keepAlive,
      http: {
        headersTimeout: TIMEOUTS.headers,
        connectionsCheckingInterval: TIMEOUTS.check,
        maxHeaderSize: 16 * 1024,
      },
      requestIdHeader: false,
      // The door answers while the process stops, in our shape and with a code; Fastify’s own answer has neither.
      return503OnClosing: false,
      genReqId: (request: { headers: Record<string, string | string[] | undefined> }) =>
        requestIdOf(request.headers['x-request-id']),
      trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
      onProtoPoisoning: 'error',
      onConstructorPoisoning: 'error',
      clientErrorHandler: refuseSocket,
      frameworkErrors: (_error: unknown, _request: unknown, reply: unknown) => {
        void refuseRequest(reply as FastifyReply, 400);
      },
    });
  }

  override setErrorHandler(): ReturnType<FastifyAdapter['setErrorHandler']> {
    this.#fastify.setErrorHandler((error: FastifyError, request, reply) => {
      const status = error.statusCode ?? 500;
      return status >= 400 && status < 500
        ? refuseRequest(reply, status, WORDS[status])
        : answerFault(error, request, reply, this.report);
    });
    return this.instance;
  }

  override setNotFoundHandler(): ReturnType<FastifyAdapter['setNotFoundHandler']> {
    this.#fastify.setNotFoundHandler((_request, reply) => refuseRequest(reply, 404));
    return this.instance;
  }

  get #fastify(): FastifyInstance {
    return this.instance as unknown as FastifyInstance;
  }
}

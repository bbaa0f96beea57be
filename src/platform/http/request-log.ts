import type { FastifyInstance } from 'fastify';
import type { PinoLogger } from 'nestjs-pino';
import { httpSeconds } from '../health/metrics';
import { recordOf } from '../logging/request-record';

/** Routes asked every few seconds by machines: worth a metric, not a line. */
const QUIET: readonly string[] = ['/healthz', '/readyz', '/metrics'];

/** One line and one observation per request, when its answer is out. */
export const logRequests = (fastify: FastifyInstance, logger: PinoLogger): void => {
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    const durationMs = Math.round(reply.elapsedTime * 10) / 10;
    const { method } = request;
    const status = reply.statusCode;
    httpSeconds.observe({ method, route, status }, reply.elapsedTime / 1000);
    // The logger of a request names its id by itself.
    const { requestId: _, isApart = false, ...record } = recordOf(request.raw) ?? { requestId: '' };
    // A time with a name beside it would tie what was handed in to who was referred in the same minute.
    const line = { ...(isApart ? {} : record), method, route, status, durationMs };
    if (QUIET.includes(route)) logger.debug(line, 'request');
    else logger.info(line, 'request');
    done();
  });
};

import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { Logger, PinoLogger } from 'nestjs-pino';
import { Operations } from '../graphql/operations';
import { describeFault } from '../logging/fault';
import { standAtTheDoor } from './door';
import { HandrailAdapter } from './handrail.adapter';
import { logRequests } from './request-log';
import { closeSilentSockets } from './silent-sockets';

export interface HttpSettings {
  readonly isProduction: boolean;
  /** Whose `X-Forwarded-For` is believed; nobody’s when left out. */
  readonly trustedProxies?: readonly string[];
}

type AppModule = Parameters<typeof NestFactory.create>[0];

/**
 * The HTTP process, ready to `listen`. `appModule` must import `EdgeModule.register(settings)`. Throws when the boot
 * walls find an operation without `@Access` or a field outside the access table.
 */
export const createHttpApp = async (appModule: AppModule, settings: HttpSettings): Promise<NestFastifyApplication> => {
  const adapter = new HandrailAdapter(settings.trustedProxies);
  const fastify = adapter.getInstance<FastifyInstance>();
  // Hooks stand before the routes; no request comes before the app.
  standAtTheDoor(fastify, settings.isProduction, () => app.get(Operations, { strict: false }).schema);
  closeSilentSockets(fastify);
  const app: NestFastifyApplication = await NestFactory.create<NestFastifyApplication>(appModule, adapter, {
    bodyParser: false,
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  const logger = await app.resolve(PinoLogger);
  adapter.report = (error, requestId) => {
    logger.error({ requestId, fault: describeFault(error) }, 'unexpected error');
  };
  logRequests(fastify, logger);
  app.useLogger(app.get(Logger));
  return app;
};

import { Module, type DynamicModule } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { recordOf } from './request-record';

export interface LoggingSettings {
  readonly logLevel: string;
  /** Where lines go; standard output unless a spec wants to read them. */
  readonly logTo?: { write(line: string): void };
}

/** Paths that never reach a log line, should a library log a request or an error with one inside. */
export const REDACTED = [
  'req',
  'res',
  'headers',
  'variables',
  'authorization',
  'cookie',
  'token',
  // Where people are reached.
  'address',
  'envelope',
  'to',
  '*.address',
  '*.envelope',
  '*.to',
  '*.headers',
  '*.variables',
  '*.authorization',
  '*.cookie',
  '*.token',
  'err.config',
  'err.parameters',
  'err.query',
  'err.detail',
  'err.where',
];

/**
 * pino through Nest's Logger. Every line carries the request id; the one line per request is written by the HTTP app,
 * with operation, duration, status, actor and agency, and neither query string, body nor variables.
 */
@Module({})
export class LoggingModule {
  static register(settings: LoggingSettings): DynamicModule {
    return {
      module: LoggingModule,
      imports: [
        LoggerModule.forRoot({
          pinoHttp: {
            ...(settings.logTo && { stream: settings.logTo }),
            level: settings.logLevel,
            autoLogging: false,
            quietReqLogger: true,
            customAttributeKeys: { reqId: 'requestId' },
            genReqId: (request) => recordOf(request)?.requestId ?? 'none',
            redact: { paths: REDACTED, remove: true },
          },
        }),
      ],
      exports: [LoggerModule],
    };
  }
}

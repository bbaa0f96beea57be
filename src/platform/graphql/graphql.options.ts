import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import type { ApolloDriverConfig } from '@nestjs/apollo';
import { Inject, Injectable } from '@nestjs/common';
import type { GqlOptionsFactory } from '@nestjs/graphql';
import type { FastifyRequest } from 'fastify';
import { GraphQLError, specifiedDirectives } from 'graphql';
import { PinoLogger } from 'nestjs-pino';
import { ACCESS_POLICY, type AccessPolicy } from '../auth/access-policy';
import { SignIn } from '../auth/sign-in';
import { Unavailable } from '../database/failures';
import { UnitOfWork } from '../database/unit-of-work';
import { faults } from '../health/metrics';
import { describeFault } from '../logging/fault';
import { noteActor, recordOf } from '../logging/request-record';
import { answerPlugin } from './answer.plugin';
import { RequestContext } from './context';
import { documentRules } from './document-limits';
import { internalFault, presentError, retryLater } from './errors';
import { governFields } from './field-access';
import { Refused } from './refused.type';
import { CalendarDate, DateTime } from './scalars';
import { printable } from './text';
import { checkIds } from './uuid-ids';

export interface GraphqlSettings {
  /** Whether clients may read the schema over the wire. Off in production: `schema.graphql` is published instead. */
  readonly introspection: boolean;
}

export const GRAPHQL_SETTINGS = Symbol('GRAPHQL_SETTINGS');
const USER_AGENT_LIMIT = 200;

/** Apollo as every check asks for it; what each line is for is in docs/operations.md. */
@Injectable()
export class GraphqlOptions implements GqlOptionsFactory<ApolloDriverConfig> {
  constructor(
    @Inject(GRAPHQL_SETTINGS) private readonly settings: GraphqlSettings,
    @Inject(ACCESS_POLICY) private readonly policy: AccessPolicy,
    private readonly signIn: SignIn,
    private readonly unitOfWork: UnitOfWork,
    private readonly logger: PinoLogger,
  ) {}

  createGqlOptions(): ApolloDriverConfig {
    return {
      path: '/graphql',
      ...this.#schemaOptions(),
      context: (request: FastifyRequest) => this.#contextOf(request),
      introspection: this.settings.introspection,
      playground: false,
      graphiql: false,
      csrfPrevention: true,
      allowBatchedHttpRequests: false,
      persistedQueries: false,
      hideSchemaDetailsFromClientErrors: true,
      includeStacktraceInErrorResponses: false,
      preserveHttpStatusForExecutionErrors: false,
      autoTransformHttpErrors: false,
      stopOnTerminationSignals: false,
      maxRecursiveSelections: 2000,
      parseOptions: { maxTokens: 1000 },
      validationOptions: { maxErrors: 5 },
      validationRules: documentRules(),
      formatError: presentError,
      plugins: [ApolloServerPluginCacheControlDisabled(), answerPlugin(this.logger)],
    };
  }

  #schemaOptions(): ApolloDriverConfig {
    return {
      autoSchemaFile: true,
      sortSchema: true,
      transformSchema: (schema) => governFields(checkIds(schema), this.policy),
      buildSchemaOptions: {
        scalarsMap: [{ type: Date, scalar: DateTime }],
        orphanedTypes: [Refused],
        directives: [...specifiedDirectives],
      },
      resolvers: { DateTime, Date: CalendarDate },
    };
  }

  async #contextOf(request: FastifyRequest): Promise<RequestContext> {
    const record = recordOf(request.raw);
    const actor = await this.#actorOf(request.headers.authorization, record?.requestId ?? 'none');
    noteActor(record, actor);
    const agent = request.headers['user-agent'];
    const userAgent = agent === undefined ? null : printable(agent).slice(0, USER_AGENT_LIMIT);
    return new RequestContext({ actor, userAgent, record, openReader: (asker) => this.unitOfWork.reader(asker) });
  }

  async #actorOf(authorization: string | undefined, requestId: string) {
    try {
      return await this.signIn.actorOf(authorization);
    } catch (error) {
      if (error instanceof GraphQLError) throw error;
      if (error instanceof Unavailable) throw retryLater();
      faults.inc();
      this.logger.error({ requestId, fault: describeFault(error) }, 'unexpected error at sign-in');
      throw internalFault(requestId);
    }
  }
}

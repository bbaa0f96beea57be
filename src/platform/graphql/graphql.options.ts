import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import type { ApolloDriverConfig } from '@nestjs/apollo';
import { Inject, Injectable } from '@nestjs/common';
import type { GqlOptionsFactory } from '@nestjs/graphql';
import type { FastifyRequest } from 'fastify';
import { specifiedDirectives } from 'graphql';
import { PinoLogger } from 'nestjs-pino';
import { ACCESS_POLICY, type AccessPolicy } from '../auth/access-policy';
import { limitsPlugin } from '../limits/limits.plugin';
import { OperationLimits } from '../limits/operation-limits';
import { answerPlugin } from './answer.plugin';
import { apartPlugin } from './apart.plugin';
import { ContextFactory } from './context.factory';
import { documentRules, ERROR_LIMIT, SELECTION_LIMIT, TOKEN_LIMIT } from './document-limits';
import { presentError } from './errors';
import { governFields, sayWhereClientsStand } from './field-access';
import { Refused } from './refused.type';
import { CalendarDate, DateTime } from './scalars';
import { sortWithCheckedIds } from './uuid-ids';

export interface GraphqlSettings {
  /** Whether clients may read the schema over the wire. Off in production: `schema.graphql` is published instead. */
  readonly introspection: boolean;
}

export const GRAPHQL_SETTINGS = Symbol('GRAPHQL_SETTINGS');

/** Apollo with every door shut that we do not use. */
@Injectable()
export class GraphqlOptions implements GqlOptionsFactory<ApolloDriverConfig> {
  constructor(
    @Inject(GRAPHQL_SETTINGS) private readonly settings: GraphqlSettings,
    @Inject(ACCESS_POLICY) private readonly policy: AccessPolicy,
    private readonly contexts: ContextFactory,
    private readonly limits: OperationLimits,
    private readonly logger: PinoLogger,
  ) {}

  createGqlOptions(): ApolloDriverConfig {
    return {
      path: '/graphql',
      ...this.#schemaOptions(),
      context: (request: FastifyRequest) => this.contexts.make(request),
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
      maxRecursiveSelections: SELECTION_LIMIT,
      parseOptions: { maxLexicalTokens: TOKEN_LIMIT },
      validationOptions: { maxErrors: ERROR_LIMIT },
      validationRules: documentRules(),
      formatError: presentError,
      plugins: [
        ApolloServerPluginCacheControlDisabled(),
        // Before whatever may refuse an operation, so that its refusal is not counted by name either.
        apartPlugin(this.policy),
        answerPlugin(this.logger),
        limitsPlugin(this.limits),
      ],
    };
  }

  #schemaOptions(): ApolloDriverConfig {
    return {
      autoSchemaFile: true,
      transformSchema: (schema) =>
        governFields(sortWithCheckedIds(sayWhereClientsStand(schema, this.policy)), this.policy),
      buildSchemaOptions: {
        // It would ask the schema everything about itself at each start; Apollo Server validates the one it is given.
        skipCheck: true,
        scalarsMap: [{ type: Date, scalar: DateTime }],
        orphanedTypes: [Refused],
        directives: [...specifiedDirectives],
      },
      resolvers: { DateTime, Date: CalendarDate },
    };
  }
}

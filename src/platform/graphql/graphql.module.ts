import type { ApolloDriverConfig } from '@nestjs/apollo';
import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import { ContextFactory } from './context.factory';
import { ResolverExceptionFilter } from './resolver-exception.filter';
import { GRAPHQL_SETTINGS, GraphqlOptions, type GraphqlSettings } from './graphql.options';
import { HandrailDriver } from './handrail.driver';
import { Operations } from './operations';
import { InputPipe } from './input.pipe';
import { RefusedResolver } from './refused.type';

@Module({})
class GraphqlOptionsModule {
  static register(settings: GraphqlSettings): DynamicModule {
    return {
      module: GraphqlOptionsModule,
      providers: [{ provide: GRAPHQL_SETTINGS, useValue: settings }, ContextFactory, GraphqlOptions],
      exports: [GraphqlOptions],
    };
  }
}

/** The GraphQL endpoint, code-first. Needs `LoggingModule`, `AuthModule` and `UnitOfWork` from a global module. */
@Module({})
export class GraphqlModule {
  static register(settings: GraphqlSettings): DynamicModule {
    return {
      module: GraphqlModule,
      imports: [
        GraphQLModule.forRootAsync<ApolloDriverConfig>({
          driver: HandrailDriver,
          imports: [GraphqlOptionsModule.register(settings)],
          useExisting: GraphqlOptions,
        }),
      ],
      providers: [
        { provide: APP_PIPE, useClass: InputPipe },
        { provide: APP_FILTER, useClass: ResolverExceptionFilter },
        RefusedResolver,
        Operations,
      ],
      global: true,
      exports: [Operations],
    };
  }
}

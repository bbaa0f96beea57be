import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Injectable } from '@nestjs/common';
import type { GraphQLSchema } from 'graphql';
import { OperationExecutor } from './operation-executor';
import { released } from './released';

type Gateway = NonNullable<ApolloServerOptionsWithGateway<object>['gateway']>;

type Executor = NonNullable<Awaited<ReturnType<Gateway['load']>>['executor']>;

/** Apollo takes a custom executor only from a "gateway": this one is local, one schema, never updated. */
const localGateway = (schema: GraphQLSchema): Gateway => {
  const executor = new OperationExecutor(schema);
  return {
    load: () =>
      Promise.resolve({
        executor: (request) =>
          released(request.operation, request.context, () =>
            executor.run({
              document: request.document,
              hash: request.queryHash,
              name: request.request.operationName,
              definition: request.operation,
              variables: request.request.variables,
              context: request.context,
            }),
          ) as ReturnType<Executor>,
      }),
    onSchemaLoadOrUpdate: (deliver) => {
      deliver({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => undefined;
    },
    stop: () => Promise.resolve(),
  };
};

/** Nest's Apollo driver with our executor in it. */
@Injectable()
export class HandrailDriver extends ApolloDriver {
  protected override async registerFastify(options: ApolloDriverConfig): Promise<void> {
    const { schema, ...rest } = options;
    if (!schema) throw new Error('the GraphQL schema was not built');
    await super.registerFastify({ ...rest, gateway: localGateway(schema) } as ApolloDriverConfig);
  }
}

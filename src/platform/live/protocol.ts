import type { ExecutionResult, FormattedExecutionResult, GraphQLSchema } from 'graphql';
import { makeServer, type Server } from 'graphql-ws';
import type { Connection } from './connection';
import type { Entrance } from './entrance';
import { LIMITS } from './live-settings';
import type { Prepared, Subscriptions } from './subscriptions';

export interface Client {
  readonly connection: Connection;
}
export type Protocol = Server<Client>;

interface Parts {
  readonly schema: GraphQLSchema;
  readonly entrance: Entrance;
  readonly subscriptions: Subscriptions;
}

/** graphql-transport-ws, with our own walls in every hook. */
export const openProtocol = ({ schema, entrance, subscriptions }: Parts): Protocol => {
  const documents = subscriptions.documentsOf(schema);
  return makeServer<Record<string, unknown> | undefined, Client>({
    connectionInitWaitTimeout: LIMITS.signInMs,
    onConnect: async ({ extra: { connection }, connectionParams }) => {
      await entrance.letIn(connection, connectionParams);
      return connection.isOpen;
    },
    onSubscribe: (session, _id, payload) =>
      subscriptions.open(session.extra.connection, documents, {
        payload,
        count: Object.keys(session.subscriptions).length,
      }),
    subscribe: (args) => (args as Prepared).stream as AsyncIterable<ExecutionResult>,
    // As it was released: formatted already.
    // eslint-disable-next-line no-restricted-syntax -- the hook of graphql-ws has five
    onNext: (_session, _id, _payload, _args, result) => result as FormattedExecutionResult,
    onError: (session, _id, _payload, errors) => subscriptions.present(errors, session.extra.connection),
  });
};

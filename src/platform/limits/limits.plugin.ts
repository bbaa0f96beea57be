import type { ApolloServerPlugin } from '@apollo/server';
import type { Actor } from '../../access';
import type { OperationLimits } from './operation-limits';

/** Counts an operation once it is read and valid, and before any of it runs. */
export const limitsPlugin = (limits: OperationLimits): ApolloServerPlugin<{ readonly actor: Actor | null }> => ({
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation: ({ contextValue, document, operation }) =>
        operation ? limits.spend(contextValue.actor, document, operation) : Promise.resolve(),
    }),
});

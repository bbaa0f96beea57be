import type { ApolloServerPlugin } from '@apollo/server';
import { getNamedType, isObjectType, isUnionType, type GraphQLNamedType, type GraphQLSchema } from 'graphql';
import type { AccessPolicy } from '../auth/access-policy';
import { rootFieldsOf } from '../limits/root-fields';
import type { RequestContext } from './context';
import { badInput } from './errors';

/** What a field answers with: the type, the members of a result, the nodes of a connection. */
const answersWith = (type: GraphQLNamedType): string[] => {
  if (isUnionType(type)) return type.getTypes().map(({ name }) => name);
  const nodes = isObjectType(type) ? type.getFields()['nodes'] : undefined;
  return [type.name, ...(nodes ? [getNamedType(nodes.type).name] : [])];
};

/**
 * An operation on what is kept apart asks for nothing else, and nobody notes who asked for it when: one document for both a
 * surrender and a referral would stand as such in the trail of the referral.
 */
export const apartPlugin = (policy: AccessPolicy): ApolloServerPlugin<RequestContext> => {
  const isApart = (schema: GraphQLSchema, root: 'query' | 'mutation' | 'subscription', field: string): boolean => {
    const types = { query: schema.getQueryType(), mutation: schema.getMutationType(), subscription: null };
    const answered = types[root]?.getFields()[field]?.type;
    return (
      answered !== undefined && answersWith(getNamedType(answered)).some((name) => policy.resources[name]?.isApart)
    );
  };
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: ({ contextValue, document, operation, schema }) => {
          if (!operation) return Promise.resolve();
          const fields = rootFieldsOf(document, operation);
          const apart = fields.filter((field) => isApart(schema, operation.operation, field));
          if (apart.length === 0) return Promise.resolve();
          // Also where it is refused: the refusal is counted and logged like any answer.
          if (contextValue.record) contextValue.record.isApart = true;
          if (apart.length < fields.length) {
            const fault = badInput(
              'What was handed in is kept apart: it is asked for by itself.',
              apart[0],
              'Send the other fields in a request of their own.',
            );
            fault.extensions['http'] = { status: 400 };
            throw fault;
          }
          return Promise.resolve();
        },
      }),
  };
};

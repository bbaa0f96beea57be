import { lexicographicSortSchema, type GraphQLSchema } from 'graphql';
import { UuidId } from './scalars';

/**
 * Replaces the built-in `ID` by one that takes UUIDs only, so that no feature has to remember a pipe: whoever writes
 * `ID` gets the check. Sorting builds every reference anew by its name and so swaps the type wherever it is used; the
 * sorted order is also what makes `schema.graphql` comparable.
 */
export const sortWithCheckedIds = (schema: GraphQLSchema): GraphQLSchema => {
  schema.getTypeMap()['ID'] = UuidId;
  return lexicographicSortSchema(schema);
};

import {
  GraphQLEnumType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
  isEnumType,
  type GraphQLSchema,
} from 'graphql';
import { withheldReasons } from '../../access';

const REASON = 'WithheldReason';
const REASON_DESCRIPTION = 'Why a field is null: nothing of it depends on the value that is withheld.';

export const WITHHELD = 'withheld';

/** The reasons as a room has them in its own types already, or made here. */
const reasonOf = (schema: GraphQLSchema): GraphQLEnumType => {
  const known = schema.getType(REASON);
  if (isEnumType(known)) return known;
  const values = Object.entries(withheldReasons).map(([name, description]) => [name, { description }] as const);
  return new GraphQLEnumType({ name: REASON, description: REASON_DESCRIPTION, values: Object.fromEntries(values) });
};

/** `withheld: [WithheldField!]!`, for every type that has something to withhold. */
export const withheldFieldOf = (schema: GraphQLSchema) => {
  const WithheldField = new GraphQLObjectType({
    name: 'WithheldField',
    description: 'A field of this record that the caller may not see.',
    fields: {
      field: { type: new GraphQLNonNull(GraphQLString), description: 'The name of the field.' },
      reason: { type: new GraphQLNonNull(reasonOf(schema)), description: 'The class of the reason.' },
    },
  });
  return {
    type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(WithheldField))),
    description:
      'The fields that are null here because the caller may not see them, with the reason. What is null and not listed is null for everyone.',
  };
};

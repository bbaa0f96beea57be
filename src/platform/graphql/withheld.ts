import { GraphQLEnumType, GraphQLList, GraphQLNonNull, GraphQLObjectType, GraphQLString } from 'graphql';
import { withheldReasons } from '../../access';

const WithheldReason = new GraphQLEnumType({
  name: 'WithheldReason',
  description: 'Why a field is null: nothing of it depends on the value that is withheld.',
  values: Object.fromEntries(Object.entries(withheldReasons).map(([name, description]) => [name, { description }])),
});

const WithheldField = new GraphQLObjectType({
  name: 'WithheldField',
  description: 'A field of this record that the caller may not see.',
  fields: {
    field: { type: new GraphQLNonNull(GraphQLString), description: 'The name of the field.' },
    reason: { type: new GraphQLNonNull(WithheldReason), description: 'The class of the reason.' },
  },
});

export const WITHHELD = 'withheld';

/** `[WithheldField!]!`, on every type that has something to withhold. */
export const withheldField = {
  type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(WithheldField))),
  description:
    'The fields that are null here because the caller may not see them, with the reason. What is null and not listed is null for everyone.',
};

import {
  GraphQLID,
  GraphQLList,
  GraphQLNonNull,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLSchema,
  type GraphQLType,
} from 'graphql';
import { UuidId } from './scalars';

const withUuid = (type: GraphQLType): GraphQLType => {
  if (isNonNullType(type)) return new GraphQLNonNull(withUuid(type.ofType) as never);
  if (isListType(type)) return new GraphQLList(withUuid(type.ofType));
  return type === GraphQLID ? UuidId : type;
};

/**
 * Replaces the built-in `ID` by one that takes UUIDs only, in place. Done on the finished schema so that no feature
 * has to remember a pipe: whoever writes `ID` gets the check.
 */
export const checkIds = (schema: GraphQLSchema): GraphQLSchema => {
  const types = schema.getTypeMap();
  for (const type of Object.values(types)) {
    if (type.name.startsWith('__')) continue;
    if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) field.type = withUuid(field.type) as typeof field.type;
    }
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      field.type = withUuid(field.type) as typeof field.type;
      for (const arg of field.args) (arg as { type: GraphQLType }).type = withUuid(arg.type);
    }
  }
  types['ID'] = UuidId;
  return schema;
};

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, getNamedType, isObjectType, isRequiredArgument, type GraphQLObjectType } from 'graphql';

const schema = buildSchema(readFileSync(join(__dirname, '../../schema.graphql'), 'utf8'));

const fieldsOf = (type: GraphQLObjectType, depth: number, without: readonly string[]): string =>
  Object.values(type.getFields())
    .filter(({ name, args }) => !args.some(isRequiredArgument) && !without.includes(`${type.name}.${name}`))
    .flatMap(({ name, type: given }) => {
      const inner = getNamedType(given);
      if (!isObjectType(inner)) return [name];
      const below = depth > 1 ? fieldsOf(inner, depth - 1, without) : '';
      return below === '' ? [] : [`${name} { ${below} }`];
    })
    .join(' ');

const known = new Map<string, string>();

/** Every field of a type that needs no argument, so many levels deep: what is added to the schema is asked for as well. */
export const everythingOf = (typeName: string, depth: number, without: readonly string[] = []): string => {
  const type = schema.getType(typeName);
  if (!isObjectType(type)) throw new Error(`${typeName} is no object type of the schema`);
  const key = JSON.stringify([typeName, depth, without]);
  const fields = known.get(key) ?? fieldsOf(type, depth, without);
  known.set(key, fields);
  return fields;
};

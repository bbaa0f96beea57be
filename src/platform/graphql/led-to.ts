import { getNamedType, isObjectType, isUnionType, type GraphQLOutputType } from 'graphql';

/** Types that carry no fact of a record: the envelope around the governed ones. */
const ENVELOPES: readonly string[] = ['Refused', 'PageInfo', 'WithheldField'];

export const isEnvelope = (name: string): boolean =>
  name.startsWith('__') || ENVELOPES.includes(name) || name.endsWith('Connection') || name.endsWith('Edge');

/** The types of records that a value shows by itself: through lists, unions and envelopes, and no further. */
export const typesShownBy = (type: GraphQLOutputType): string[] => {
  const named = getNamedType(type);
  const parts = isUnionType(named)
    ? named.getTypes()
    : isObjectType(named) && isEnvelope(named.name)
      ? Object.values(named.getFields()).map((field) => field.type)
      : null;
  if (parts === null) return isObjectType(named) ? [named.name] : [];
  return [...new Set(parts.flatMap(typesShownBy))];
};

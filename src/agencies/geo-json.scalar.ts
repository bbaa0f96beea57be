import { GraphQLError, GraphQLScalarType } from 'graphql';

/** Answered only: a shape has no place in an input. */
export const GeoJson = new GraphQLScalarType<never, unknown>({
  name: 'GeoJSON',
  description: 'A GeoJSON feature (RFC 7946) as a JSON object: longitude before latitude, degrees, WGS 84.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc7946',
  parseValue: () => {
    throw new GraphQLError('GeoJSON is answered, never sent.', { extensions: { code: 'BAD_USER_INPUT' } });
  },
  serialize: (value) => value,
});

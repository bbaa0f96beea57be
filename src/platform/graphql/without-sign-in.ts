import { BREAK, Kind, parse, visit, type DocumentNode } from 'graphql';
import { TOKEN_LIMIT } from './document-limits';

/** GraphQL's own words: a document that uses no others asks nothing of us, and its answer tells nothing of our schema. */
const FIELDS: ReadonlySet<string> = new Set(['__typename', '__schema', '__type']);
const TYPES: ReadonlySet<string> = new Set(
  ['Query', 'Mutation', 'Subscription'].concat('Boolean', 'Float', 'ID', 'Int', 'String'),
);
const isOfIntrospection = (name: string): boolean => name.startsWith('__');

const namesOurs = (document: DocumentNode): boolean => {
  let isFound = false;
  const found = (): typeof BREAK => {
    isFound = true;
    return BREAK;
  };
  visit(document, {
    [Kind.FRAGMENT_DEFINITION]: ({ typeCondition }) =>
      isOfIntrospection(typeCondition.name.value) ? false : undefined,
    // What lies below the schema's own description is GraphQL's, and shut as a whole where introspection is off.
    [Kind.FIELD]: ({ name: { value } }) => {
      if (!FIELDS.has(value)) return found();
      return isOfIntrospection(value) && value !== '__typename' ? false : undefined;
    },
    [Kind.NAMED_TYPE]: ({ name: { value } }) => (TYPES.has(value) ? undefined : found()),
  });
  return isFound;
};

const documentIn = (body: unknown): DocumentNode | null => {
  const query = body !== null && typeof body === 'object' && 'query' in body ? body.query : null;
  if (typeof query !== 'string') return null;
  try {
    return parse(query, { maxLexicalTokens: TOKEN_LIMIT, noLocation: true });
  } catch {
    return null;
  }
};

/**
 * Whether a request asks for anything of ours, an operation, a field or a type, whether we have it or not. That is answered
 * to nobody who is not signed in, before it is compared with the schema and before its variables are. What cannot be read as a
 * document asks for nothing, and is refused as that.
 */
export const needsSignIn = (body: unknown): boolean => {
  const document = documentIn(body);
  return document !== null && namesOurs(document);
};

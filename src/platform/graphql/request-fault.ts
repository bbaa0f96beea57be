import {
  getOperationAST,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  parse,
  typeFromAST,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  type VariableDefinitionNode,
} from 'graphql';
import { TOKEN_LIMIT } from './document-limits';
import { isRowType } from './rows';
import { DEPTH_LIMIT, isPoisoned, isWellFormed, valueFault, type ValueFault } from './text';

type Body = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value of this type, and nothing in place of its rows, each of which answers for itself. */
const withoutRows = (type: GraphQLInputType, value: unknown, depth = 0): unknown => {
  if (isNonNullType(type)) return withoutRows(type.ofType, value, depth);
  if (isRowType(type)) return null;
  // What is nested deeper stays as it is, and is refused.
  if (depth > DEPTH_LIMIT) return value;
  if (isListType(type)) {
    const inner = type.ofType;
    return Array.isArray(value)
      ? value.map((item) => withoutRows(inner, item, depth + 1))
      : withoutRows(inner, value, depth + 1);
  }
  return isInputObjectType(type) && isObject(value) ? fieldsWithoutRows(type, value, depth) : value;
};

const fieldsWithoutRows = (type: GraphQLInputObjectType, value: object, depth: number): unknown => {
  const fields = type.getFields();
  return Object.fromEntries(
    Object.entries(value).map(([name, item]: [string, unknown]) => {
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
      return [name, field ? withoutRows(field.type, item, depth + 1) : item];
    }),
  );
};

const declaredIn = ({ query, operationName }: Body): readonly VariableDefinitionNode[] => {
  if (typeof query !== 'string') return [];
  try {
    const document = parse(query, { maxLexicalTokens: TOKEN_LIMIT, noLocation: true });
    const name = typeof operationName === 'string' ? operationName : null;
    return getOperationAST(document, name)?.variableDefinitions ?? [];
  } catch {
    return [];
  }
};

/** The body without the rows that the operation it names declares: all of it, where there are none. */
const withoutDeclaredRows = (schema: GraphQLSchema, { variables, ...body }: Body): Body => {
  if (!isObject(variables)) return { ...body, variables };
  const left: Record<string, unknown> = { ...variables };
  for (const { variable, type } of declaredIn(body)) {
    const name = variable.name.value;
    const declared = typeFromAST(schema, type);
    if (Object.hasOwn(left, name) && isInputType(declared)) left[name] = withoutRows(declared, left[name]);
  }
  return { ...body, variables: left };
};

/** Whether a body is poisoned: with a schema, anywhere but in a row that is read by itself. */
export const isPoisonedRequest = (body: Body, schema?: GraphQLSchema): boolean =>
  isPoisoned(body) && (!schema || isPoisoned(withoutDeclaredRows(schema, body)));

/**
 * Why a body may not come in: text no column, log or terminal can hold, wherever it stands but in the document, whose texts
 * are looked at once it is read. With a schema, what stands in a row that is read by itself is left to `readRows`.
 */
export const requestFault = (body: Body, schema?: GraphQLSchema): ValueFault | null => {
  const { query, ...rest } = body;
  if (typeof query === 'string' && !isWellFormed(query)) {
    return { path: 'query', message: 'Text is not well-formed Unicode.' };
  }
  const fault = valueFault(rest);
  // Read only where something is wrong: nearly every body is in order.
  if (!fault || !schema) return fault;
  const { query: _document, ...left } = withoutDeclaredRows(schema, body);
  return valueFault(left);
};

import {
  getOperationAST,
  GraphQLError,
  NoSchemaIntrospectionCustomRule,
  OperationTypeNode,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type ValidationRule,
} from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { documentRules, ERROR_LIMIT, TOKEN_LIMIT } from '../graphql/document-limits';
import { badInput } from '../graphql/errors';
import { selectionLimit } from '../graphql/selection-limit';
import { isWellFormed, valueFault } from '../graphql/text';

export interface Asked {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly operationName: string | null;
  readonly variableValues: Record<string, unknown>;
}

const NAME_LIMIT = 100;

const coded = (code: string, errors: readonly GraphQLError[]): GraphQLError[] =>
  errors.map((error) => {
    if (error.extensions['code'] === undefined) error.extensions['code'] = code;
    return error;
  });

const textFaults = ({ query, operationName, variables, extensions }: SubscribePayload): GraphQLError[] => {
  if (!isWellFormed(query)) return [badInput('Text is not well-formed Unicode.', 'query')];
  if ((operationName ?? '').length > NAME_LIMIT) return [badInput('The operation name is too long.', 'operationName')];
  const fault = valueFault({ variables, operationName, extensions });
  return fault ? [badInput(fault.message, fault.path.replace(/^variables\./, ''))] : [];
};

const parsed = (query: string): DocumentNode | GraphQLError[] => {
  try {
    return parse(query, { maxLexicalTokens: TOKEN_LIMIT });
  } catch (error) {
    if (error instanceof GraphQLError) return coded('GRAPHQL_PARSE_FAILED', [error]);
    throw error;
  }
};

const operationIn = (document: DocumentNode, name: string | null): OperationDefinitionNode | GraphQLError[] => {
  const operation = getOperationAST(document, name);
  if (!operation) {
    return coded('OPERATION_RESOLUTION_FAILURE', [new GraphQLError('No such operation in the document.')]);
  }
  if (operation.operation === OperationTypeNode.SUBSCRIPTION) return operation;
  const message = 'Only subscriptions travel over the WebSocket. Send queries and mutations by POST.';
  return coded('BAD_REQUEST', [new GraphQLError(message)]);
};

/** Of a subscription whose one field is left out nothing is left to watch; graphql-js takes that for a fault of its own. */
const rootFieldIsCertain: ValidationRule = (context) => ({
  Directive(node) {
    const isConditional = node.name.value === 'skip' || node.name.value === 'include';
    if (!isConditional || context.getParentType() !== context.getSchema().getSubscriptionType()) return;
    context.reportError(new GraphQLError('The field of a subscription is not skipped or included.', { nodes: node }));
  },
});

/** Reads documents as strictly as POST does: the same words, limits and rules, whatever way they come in. */
export class SubscriptionDocuments {
  readonly #first: Parameters<typeof validate>[2];
  readonly #then = documentRules();

  constructor(
    readonly schema: GraphQLSchema,
    hasIntrospection: boolean,
  ) {
    const others = hasIntrospection ? [] : [NoSchemaIntrospectionCustomRule];
    this.#first = [...specifiedRules, selectionLimit, rootFieldIsCertain, ...others];
  }

  read(payload: SubscribePayload): Asked | GraphQLError[] {
    const unreadable = textFaults(payload);
    if (unreadable.length > 0) return unreadable;
    const document = parsed(payload.query);
    if (Array.isArray(document)) return document;
    const faults = this.#faultsOf(document);
    if (faults.length > 0) return faults;
    const operationName = payload.operationName ?? null;
    const operation = operationIn(document, operationName);
    if (Array.isArray(operation)) return operation;
    return { document, operation, operationName, variableValues: payload.variables ?? {} };
  }

  /** In two passes, as Apollo does: what counts fragments must have spoken before what walks them. */
  #faultsOf(document: DocumentNode): GraphQLError[] {
    for (const rules of [this.#first, this.#then]) {
      const options = { maxErrors: ERROR_LIMIT, hideSuggestions: true };
      const errors = validate(this.schema, document, rules, options);
      if (errors.length > 0) return coded('GRAPHQL_VALIDATION_FAILED', errors);
    }
    return [];
  }
}

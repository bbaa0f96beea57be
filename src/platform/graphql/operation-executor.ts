import {
  execute,
  getVariableValues,
  GraphQLError,
  Kind,
  OperationTypeNode,
  visit,
  BREAK,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { compileQuery, isCompiledQuery, type CompiledQuery } from 'graphql-jit';
import { LRUCache } from 'lru-cache';

/** A validated operation with everything its run needs. */
export interface Operation {
  readonly document: DocumentNode;
  /** SHA-256 of the document's text. */
  readonly hash: string;
  readonly name: string | undefined;
  readonly definition: OperationDefinitionNode | undefined;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
  readonly context: unknown;
}

const COMPILED_LIMIT = 500;
const SEEN_LIMIT = 5_000;

const hasDirectives = (document: DocumentNode): boolean => {
  let isFound = false;
  visit(document, {
    [Kind.DIRECTIVE]: () => {
      isFound = true;
      return BREAK;
    },
  });
  return isFound;
};

/** graphql-jit's errors are sealed look-alikes; what is behind us writes the request id on them. */
const ordinary = ({ data, errors }: ExecutionResult): ExecutionResult => ({
  ...(errors && {
    errors: errors.map(
      (error) =>
        new GraphQLError(error.message, { path: error.path ?? null, originalError: error.originalError ?? null }),
    ),
  }),
  data: data ?? null,
});

/**
 * Runs operations: by graphql-js the first time, compiled (graphql-jit) from the second on, so that one-off documents
 * never pay for, or fill, the bounded cache. Documents with directives and subscriptions always run by graphql-js.
 */
export class OperationExecutor {
  readonly #compiled = new LRUCache<string, CompiledQuery | 'NOT_COMPILABLE'>({ max: COMPILED_LIMIT });
  readonly #seen = new LRUCache<string, true>({ max: SEEN_LIMIT });

  constructor(private readonly schema: GraphQLSchema) {}

  async run(operation: Operation): Promise<ExecutionResult> {
    const compiled = this.#compiledOf(operation);
    const variables = compiled && this.#variablesOf(operation);
    if (!compiled || !variables) return this.#interpret(operation);
    const result = await compiled.query(undefined, operation.context, variables);
    // No data at all: a variable did not fit, nothing ran. graphql-js says it in the words clients and Apollo know.
    return result.data === undefined ? this.#interpret(operation) : ordinary(result);
  }

  /**
   * As graphql-js reads them, or null when they do not fit. graphql-jit reads variables too, but takes any text for an `ID`
   * whatever that scalar says, and asks for what has a default: it gets values that are read already.
   */
  #variablesOf({ definition, variables }: Operation): Record<string, unknown> | null {
    const { coerced } = getVariableValues(this.schema, definition?.variableDefinitions ?? [], variables ?? {});
    return coerced ?? null;
  }

  async #interpret({ document, name, variables, context }: Operation): Promise<ExecutionResult> {
    return execute({
      schema: this.schema,
      document,
      contextValue: context,
      variableValues: variables,
      operationName: name,
    });
  }

  #compiledOf(operation: Operation): CompiledQuery | null {
    if (!operation.definition || operation.definition.operation === OperationTypeNode.SUBSCRIPTION) return null;
    const key = `${operation.hash}:${operation.name ?? ''}`;
    const known = this.#compiled.get(key);
    if (known) return known === 'NOT_COMPILABLE' ? null : known;
    if (!this.#seen.has(key)) {
      this.#seen.set(key, true);
      return null;
    }
    const compiled = this.#compile(operation);
    this.#compiled.set(key, compiled ?? 'NOT_COMPILABLE');
    return compiled;
  }

  #compile({ document, name }: Operation): CompiledQuery | null {
    if (hasDirectives(document)) return null;
    const compiled = compileQuery(this.schema, document, name, { disablingCapturingStackErrors: true });
    return isCompiledQuery(compiled) ? compiled : null;
  }
}

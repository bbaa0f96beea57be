import { costLimitRule } from '@escape.tech/graphql-armor-cost-limit';
import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesRule } from '@escape.tech/graphql-armor-max-directives';
import {
  GraphQLError,
  Kind,
  OperationTypeNode,
  type ASTNode,
  type ASTVisitor,
  type SelectionNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { isRowType } from './rows';
import { textFault } from './text';

/** For the parser and the validator, whatever way a document comes in. */
export const TOKEN_LIMIT = 1000;
export const ERROR_LIMIT = 5;
/** Selections of an operation with every fragment written out. */
export const SELECTION_LIMIT = 2000;
const OPERATION_LIMIT = 5;
const DEFINITION_LIMIT = 30;
const MUTATION_LIMIT = 5;
const REPEAT_LIMIT = 10;
const DIRECTIVE_LIMIT = 5;

const refuse = (context: ValidationContext, message: string, node?: ASTNode): void => {
  context.reportError(
    new GraphQLError(message, { nodes: node ?? null, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }),
  );
};

const selectionKey = (selection: SelectionNode): string => {
  if (selection.kind === Kind.FIELD) return (selection.alias ?? selection.name).value;
  return selection.kind === Kind.FRAGMENT_SPREAD ? `...${selection.name.value}` : '...on';
};

/** What the specification allows without bound and nobody honest needs. */
const documentShape = (context: ValidationContext): ASTVisitor => ({
  Document(document) {
    const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
    if (operations.length > OPERATION_LIMIT) refuse(context, 'Too many operations in one document.');
    if (document.definitions.length > DEFINITION_LIMIT) refuse(context, 'Too many definitions in one document.');
    const isTooMany = operations.some(
      ({ operation, selectionSet }) =>
        operation === OperationTypeNode.MUTATION && selectionSet.selections.length > MUTATION_LIMIT,
    );
    if (isTooMany) refuse(context, 'Too many mutations in one request.');
  },
  SelectionSet({ selections }) {
    const counts = new Map<string, number>();
    for (const selection of selections) {
      const key = selectionKey(selection);
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      if (count === REPEAT_LIMIT + 1) refuse(context, 'The same selection is repeated too often.', selection);
    }
  },
  Field(field) {
    if ((field.directives ?? []).length > DIRECTIVE_LIMIT) refuse(context, 'Too many directives on one field.', field);
  },
});

/** Texts written into the document itself, where `\u0000` hides from a look at the body. */
const cleanLiterals = (context: ValidationContext): ASTVisitor => ({
  // A row that is read by itself answers for its texts.
  ListValue: () => (isRowType(context.getInputType()) ? false : undefined),
  ObjectValue: () => (isRowType(context.getInputType()) ? false : undefined),
  StringValue(node) {
    if (isRowType(context.getInputType())) return;
    const message = textFault(node.value);
    if (message) {
      context.reportError(new GraphQLError(message, { nodes: node, extensions: { code: 'BAD_USER_INPUT' } }));
    }
  },
});

// Left to throw, the armor rules make Apollo answer HTTP 500 for a breach.
const reported = {
  propagateOnRejection: false,
  exposeLimits: false,
  onReject: [
    (context: ValidationContext | null): void => {
      if (context) refuse(context, 'The operation is too large.');
    },
  ],
};

// The query that tools ask the schema with is deeper than what a client may ask. Where the schema is not to be asked for
// Apollo refuses it whole; where it is, GraphQL’s own rules keep lists in lists apart.
export const documentRules = (): ValidationRule[] => [
  documentShape,
  cleanLiterals,
  maxAliasesRule({ n: 15, allowList: [], ...reported }),
  maxDepthRule({ n: 12, flattenFragments: true, ignoreIntrospection: true, ...reported }),
  maxDirectivesRule({ n: 20, ...reported }),
  costLimitRule({ maxCost: 5000, ignoreIntrospection: true, flattenFragments: true, ...reported }),
];

import { GraphQLError, Kind, OperationTypeNode, type ExecutionResult, type OperationDefinitionNode } from 'graphql';
import type { Disclosed } from '../disclosure/ledger';
import { RequestContext } from './context';

/** What an operation asks for, without aliases; a fragment at the root is rare and counts as one. */
export const rootFieldsOf = ({ selectionSet }: OperationDefinitionNode): string[] =>
  selectionSet.selections.map((selection) => (selection.kind === Kind.FIELD ? selection.name.value : 'fragment'));

/** The envelope of an answer that told something of a person in the words of another agency. */
const envelope = (disclosed: readonly Disclosed[]): object => {
  const notices = new Set(disclosed.map(({ notice }) => notice));
  const all = (words: 'short' | 'version'): string => [...notices].map((notice) => notice[words]).join(' ');
  const ledger = disclosed.map(({ notice: _, ...line }) => line);
  return { disclosures: { notice: all('short'), noticeVersion: all('version'), ledger } };
};

const withEnvelope = async (
  result: ExecutionResult,
  context: RequestContext,
  action: string,
): Promise<ExecutionResult> => {
  try {
    const disclosed = await context.settle(action);
    if (disclosed.length === 0) return result;
    return { ...result, extensions: { ...result.extensions, ...envelope(disclosed) } };
  } catch (error) {
    return { data: null, errors: [new GraphQLError('not released', { originalError: error as Error })] };
  }
};

/**
 * The one way an executed operation leaves: what it tells is on the ledger first, and the notice goes with it. Where that
 * cannot be written nothing is told, and the client may ask again.
 */
export const released = async (
  operation: OperationDefinitionNode | undefined,
  context: unknown,
  run: () => Promise<ExecutionResult>,
): Promise<ExecutionResult> => {
  // Apollo leaves it to the executor to say that the document has no operation of that name: nothing is read then.
  if (!operation || !(context instanceof RequestContext)) return run();
  if (operation.operation === OperationTypeNode.QUERY) context.readInOneTransaction();
  try {
    return await withEnvelope(await run(), context, rootFieldsOf(operation).join(' '));
  } finally {
    context.end();
  }
};

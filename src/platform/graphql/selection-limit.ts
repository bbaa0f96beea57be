import { GraphQLError, Kind, type DocumentNode, type SelectionSetNode, type ValidationRule } from 'graphql';
import { SELECTION_LIMIT } from './document-limits';

const fragmentsOf = (document: DocumentNode): ReadonlyMap<string, SelectionSetNode> =>
  new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition.selectionSet] as const] : [],
    ),
  );

/** Counts with every fragment written out, each fragment only once: doubling fragments are long to walk and quick to count. */
const counterFor = (fragments: ReadonlyMap<string, SelectionSetNode>) => {
  const known = new Map<string, number>();
  const ofFragment = (name: string): number => {
    const count = known.get(name);
    if (count !== undefined) return count;
    // A fragment inside itself counts as nothing here; another rule refuses it.
    known.set(name, 0);
    const selections = fragments.get(name);
    const counted = selections ? countOf(selections) : 0;
    known.set(name, counted);
    return counted;
  };
  const countOf = ({ selections }: SelectionSetNode): number =>
    selections.reduce((sum, selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return sum + 1 + ofFragment(selection.name.value);
      return sum + 1 + (selection.selectionSet ? countOf(selection.selectionSet) : 0);
    }, 0);
  return countOf;
};

/** What Apollo counts before it lets any other rule of ours look, for documents that do not come in through Apollo. */
export const selectionLimit: ValidationRule = (context) => ({
  Document(document) {
    const count = counterFor(fragmentsOf(document));
    for (const definition of document.definitions) {
      if (definition.kind !== Kind.OPERATION_DEFINITION || count(definition.selectionSet) <= SELECTION_LIMIT) continue;
      const extensions = { code: 'GRAPHQL_VALIDATION_FAILED' };
      context.reportError(new GraphQLError('The operation requests too many selections.', { extensions }));
    }
  },
});

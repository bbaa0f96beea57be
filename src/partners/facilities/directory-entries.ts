import type { DirectoryEntry } from './directory-entry';
import { Reject } from './directory-row';
import { readDirectory } from './read-directory';
import { toDirectoryEntry, type DirectoryReferences } from './to-directory-entry';

/**
 * The entries and rejects of a directory file, in file order, one at a time. A facility that stands twice at one
 * address is taken once, from its first line: joining two descriptions could claim a medication or a payer that
 * neither unit has alone. Only the source keys are kept in memory.
 */
export async function* directoryEntries(
  path: string,
  references: DirectoryReferences,
): AsyncGenerator<DirectoryEntry | Reject> {
  const firstLines = new Map<string, number>();
  for await (const found of readDirectory(path)) {
    const entry = found instanceof Reject ? found : toDirectoryEntry(found, references);
    if (entry instanceof Reject) {
      yield entry;
      continue;
    }
    const { sourceKey } = entry.program;
    const firstLine = firstLines.get(sourceKey);
    if (firstLine === undefined) firstLines.set(sourceKey, entry.line);
    yield firstLine === undefined
      ? entry
      : new Reject(entry.line, 'DUPLICATE', `Same facility and address as line ${firstLine}.`);
  }
}

import { readCsv } from '../csv/read-csv';
import { directoryColumns, type DirectoryLine, type Reject } from './directory-row';

/**
 * The facilities of a directory file, one at a time, in file order; a line that cannot be read comes as a `Reject`.
 * Throws when the file is missing, empty, or its header lacks a column.
 */
export const readDirectory = (path: string): AsyncGenerator<DirectoryLine | Reject> =>
  readCsv(path, { name: 'the facilities directory', columns: directoryColumns });

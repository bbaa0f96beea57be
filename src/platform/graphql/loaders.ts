import DataLoader from 'dataloader';
import type { Reader } from '../database/reader';
import type { GraphqlContext } from './context';

/** One value per key, in the order of the keys; null where the actor sees none. */
export type Batch<K, V> = (reader: Reader, keys: readonly K[]) => Promise<readonly (V | null)[]>;

/** As many relations as one page of records can ask for in one statement. */
const BATCH_LIMIT = 500;

/** The loader of one relation: `loader(context).load(key)`; `readBack` reads one record for the answer of a command. */
export interface Loader<K, V> {
  (context: GraphqlContext): DataLoader<K, V | null>;
  readBack(reader: Reader, key: K): Promise<V | null>;
}

/**
 * A DataLoader per request, so that no row read for one actor is ever shown to another:
 * `const programsOf = defineLoader((reader, ids) => store.byIds(reader, ids)); programsOf(context).load(id)`.
 */
export const defineLoader = <K, V>(batch: Batch<K, V>): Loader<K, V> => {
  const loaders = new WeakMap<GraphqlContext, DataLoader<K, V | null>>();
  const loaderOf = (context: GraphqlContext): DataLoader<K, V | null> => {
    const known = loaders.get(context);
    if (known) return known;
    const loader = new DataLoader<K, V | null>((keys) => batch(context.reader, keys), { maxBatchSize: BATCH_LIMIT });
    loaders.set(context, loader);
    return loader;
  };
  const readBack = async (reader: Reader, key: K): Promise<V | null> => (await batch(reader, [key]))[0] ?? null;
  return Object.assign(loaderOf, { readBack });
};

/** Puts rows into the order of the keys that were asked for, null where there is none. */
export const inOrderOf = <K, V>(keys: readonly K[], rows: readonly V[], keyOf: (row: V) => K): (V | null)[] => {
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  return keys.map((key) => byKey.get(key) ?? null);
};

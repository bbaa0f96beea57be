import type DataLoader from 'dataloader';
import { isRefusal, notFound, type Refusal } from '../../kernel/refusal';
import type { Done } from '../database/unit-of-work';

/**
 * What a mutation answers: the refusal as it is, or the record as the actor may see it. Commands return ids and reads return
 * rows: the record was read back under the actor’s own rights within the command, or is read now where a key was repeated.
 */
export const answer = async <Row>(
  done: Done | Refusal,
  loader: DataLoader<string, Row | null>,
): Promise<Row | Refusal> => {
  if (isRefusal(done)) return done;
  const { id, record } = done;
  if (record !== undefined) loader.clear(id).prime(id, record as Row | null);
  return (await loader.load(id)) ?? notFound('record');
};

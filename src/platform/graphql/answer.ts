import type DataLoader from 'dataloader';
import { isRefusal, Refusal } from '../../kernel/refusal';
import type { Done } from '../database/unit-of-work';

/**
 * What a mutation answers: the refusal as it is, or the record as the actor may see it. Commands return ids and reads return
 * rows: the record was read back under the actor’s own rights within the command, or is read now where a key was repeated. By
 * then it may have gone on to others: that is said.
 */
export const answer = async <Row>(
  done: Done | Refusal,
  loader: DataLoader<string, Row | null>,
): Promise<Row | Refusal> => {
  if (isRefusal(done)) return done;
  const { id, record } = done;
  if (record !== undefined) loader.clear(id).prime(id, record as Row | null);
  return (await loader.load(id)) ?? doneAndOutOfSight;
};

/** For whoever asks again after the record has gone on to others: “no such record” would say that nothing had been done. */
const doneAndOutOfSight = new Refusal('NOT_FOUND', 'This was done; the record is not yours to see any more.', {
  isDone: true,
  remedy: 'Do not send it again: nothing was lost.',
});

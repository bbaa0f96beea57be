import type DataLoader from 'dataloader';
import { isRefusal, notFound, type Refusal } from '../../kernel/refusal';
import type { Done } from '../database/unit-of-work';

/**
 * What a mutation answers: the refusal as it is, or the record read back under the actor’s own rights. Commands return ids and
 * reads return rows, so nothing a command saw can leave by accident.
 */
export const answer = async <Row>(
  done: Done | Refusal,
  loader: DataLoader<string, Row | null>,
): Promise<Row | Refusal> =>
  isRefusal(done) ? done : ((await loader.clear(done.id).load(done.id)) ?? notFound('record'));

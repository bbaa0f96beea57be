import type DataLoader from 'dataloader';
import { isRefusal, type Refusal } from '../kernel/refusal';
import type { Done } from '../platform/database/unit-of-work';
import { answer } from '../platform/graphql';

/**
 * For steps that may end the actor’s own part in the record: it was done, and there is nothing left to show. A row without
 * relations shows no field, so the answer is the type alone and not a NOT_FOUND that says the opposite.
 */
export const answerOrReceipt = async <Row>(
  done: Done | Refusal,
  loader: DataLoader<string, Row | null>,
): Promise<Row | Done | Refusal> => {
  const answered = await answer(done, loader);
  return isRefusal(answered) && !isRefusal(done) ? done : answered;
};

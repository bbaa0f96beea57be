import { createHash } from 'node:crypto';
import type { Actor } from '../../access';
import { Refusal } from '../../kernel/refusal';
import { canonicalJson } from './canonical-json';
import type { Session } from './session';
import { sql } from './statement';
import type { Command, Done } from './command';

/** No row back means that the key is taken. */
const claimKey = sql<{ key: string }>(
  `insert into idempotency_key (membership_id, operation, key, agency_id, body_hash) values ($1, $2, $3, $4, $5)
   on conflict do nothing returning key`,
);

/** Remembers the answer with the key, in the transaction of its effect. */
export const keepAnswer = sql(
  'update idempotency_key set result = $4 where membership_id = $1 and operation = $2 and key = $3',
);

const takenKey = sql<{ bodyHash: string; result: Done }>(
  `select body_hash as "bodyHash", result from idempotency_key where membership_id = $1 and operation = $2 and key = $3`,
);

/** The body is kept as a hash only: it may hold personal data. */
const bodyHash = (input: unknown): string => createHash('sha256').update(canonicalJson(input)).digest('base64');

/**
 * Claims the client’s key for this transaction. Null: it is new, go on. Otherwise what the key stands for: the answer given
 * then, or a refusal where the body is another. Waits for a transaction that is claiming the same key right now.
 */
export const claim = async (
  session: Session,
  actor: Actor,
  command: Command,
  key: string,
): Promise<Done | Refusal | null> => {
  const hash = bodyHash(command.input);
  const place = [actor.membershipId, command.name, key];
  if ((await session.send(claimKey, [...place, actor.agencyId, hash])).length > 0) return null;
  const [taken] = await session.send(takenKey, place);
  if (!taken) throw new Error('an idempotency key was taken and is gone');
  if (taken.bodyHash === hash) return taken.result;
  return new Refusal('IDEMPOTENCY_KEY_REUSED', 'This key was used before with another body.', {
    field: 'idempotencyKey',
    remedy: 'Send a new key for a new request; repeat a request with its own key and unchanged body.',
  });
};

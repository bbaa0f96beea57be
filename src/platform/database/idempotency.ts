import { createHash, createHmac } from 'node:crypto';
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

const keepAnswer = sql(
  'update idempotency_key set result = $4 where membership_id = $1 and operation = $2 and key = $3',
);

/** `bodyHash`: null once the code of the body is forgotten. */
const takenKey = sql<{ bodyHash: string | null; result: Done; usedAt: Date }>(
  `select body_hash as "bodyHash", result, created_at as "usedAt" from idempotency_key where membership_id = $1 and operation = $2 and key = $3`,
);

/** Where an answer is kept: membership, operation, and the client’s key as a hash. */
type Place = readonly [membershipId: string, operation: string, keyHash: string];

const sha256 = (text: string) => createHash('sha256').update(text);

const hashOf = ({ membershipId }: Actor, { name }: Command, key: string) => sha256(`${membershipId} ${name} ${key}`);

const placeOf = (actor: Actor, command: Command, key: string): Place => [
  actor.membershipId,
  command.name,
  hashOf(actor, command, key).digest('base64'),
];

/** What names one member’s use of a key for one operation, and says nothing of the key; null without a key. */
export const keyCode = (actor: Actor, command: Command): string | null =>
  command.key ? hashOf(actor, command, command.key).digest('hex') : null;

/** Of the body, which may hold personal data, the table has a code by the client’s key only; and that it has not. */
const bodyCode = (input: unknown, key: string): string =>
  createHmac('sha256', key)
    .update(sha256(canonicalJson(input)).digest())
    .digest('base64');

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
  const hash = bodyCode(command.input, key);
  const place = placeOf(actor, command, key);
  if ((await session.send(claimKey, [...place, actor.agencyId, hash])).length > 0) return null;
  const [taken] = await session.send(takenKey, place);
  if (!taken) throw new Error('an idempotency key was taken and is gone');
  if (taken.bodyHash === hash) return taken.result;
  if (taken.bodyHash === null) return expired(taken.usedAt);
  return new Refusal('IDEMPOTENCY_KEY_REUSED', 'This key was used before with another body.', {
    field: 'idempotencyKey',
    remedy: 'Send a new key for a new request; repeat a request with its own key and unchanged body.',
  });
};

/** Whether the body is the same is not known any more; that something was done with the key is, and it is not done again. */
const expired = (usedAt: Date): Refusal<'IDEMPOTENCY_KEY_EXPIRED'> =>
  new Refusal('IDEMPOTENCY_KEY_EXPIRED', 'This key was used more than a week ago; what it asked for was done then.', {
    field: 'idempotencyKey',
    remedy: 'Look at what came of it (usedAt); for a new request, send a new key.',
    usedAt,
  });

/** Remembers the answer with the key, in the transaction of its effect. */
export const keep = (session: Session, actor: Actor, command: Command, { key, id }: { key: string; id: string }) =>
  session.send(keepAnswer, [...placeOf(actor, command, key), JSON.stringify({ id })]);

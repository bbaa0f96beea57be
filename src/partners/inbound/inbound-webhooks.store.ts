import { Injectable } from '@nestjs/common';
import type { Facts } from '../../access';
import { selectList } from '../../platform/database/columns';
import { newId } from '../../platform/database/new-id';
import type { Reader } from '../../platform/database/reader';
import { sql } from '../../platform/database/statement';
import type { SystemTx, Tx } from '../../platform/database/tx';
import { FieldCipher } from '../../platform/encryption/field-cipher';
import { sealedField } from '../../platform/encryption/sealed-field';
import type { Keyset } from '../../platform/graphql';
import type { NewSecret } from '../webhooks/webhook-secrets';
import type { InboundKind } from './inbound-kinds';
import { InboundWebhookEntity } from './inbound-webhook.entity';

export type InboundWebhookRow = Omit<InboundWebhookEntity, 'secret' | 'previousSecret' | 'secretKeyCode'> & Facts;

/** An open address, as whoever comes to it meets it. */
export interface Entrance extends Pick<InboundWebhookEntity, 'id' | 'agencyId' | 'membershipId' | 'kind'> {
  readonly secrets: readonly string[];
}
type SealedEntrance = Omit<Entrance, 'secrets'> & { readonly secret: Buffer; readonly previous: Buffer | null };

const SECRET = sealedField('inbound_webhook', 'secret');
const PREVIOUS = sealedField('inbound_webhook', 'previous_secret');

const columns = `${selectList(InboundWebhookEntity, 'w', ['secret', 'previousSecret', 'secretKeyCode'])},
  array_remove(array[case when w.agency_id = app.agency() then 'OWN_AGENCY' end], null) as relations, '{}'::text[] as consents`;
const byIds = sql<InboundWebhookRow>(`select ${columns} from inbound_webhook w where w.id = any($1::uuid[])`);
const page = sql<InboundWebhookRow>(
  `select ${columns} from inbound_webhook w where w.agency_id = app.agency() and w.is_open
     and ($2::timestamptz is null or (w.created_at, w.id) > ($2, $3::uuid)) order by w.created_at, w.id limit $1`,
);
const countOf = sql<{ count: number }>(
  'select count(*)::int as count from inbound_webhook where agency_id = $1 and is_open',
);
const lock = sql<InboundWebhookRow>(
  `select ${columns} from inbound_webhook w where w.id = $1 and w.agency_id = app.agency() for no key update`,
);
const insert = sql(
  `insert into inbound_webhook (id, agency_id, membership_id, kind, secret_sealed, created_at, created_by, secret_key_code)
   values ($1, $2, $3, $4, $5, app.now(), $6, $7)`,
);
const close = sql('update inbound_webhook set is_open = false where id = $1');
const rotate = sql(
  `update inbound_webhook set previous_secret_sealed = $2, secret_sealed = $3, secret_key_code = $4,
     previous_secret_until = case when $2::bytea is not null then app.now() + interval '24 hours' end where id = $1`,
);
const entrance = sql<SealedEntrance>(
  `select id, agency_id as "agencyId", membership_id as "membershipId", kind, secret_sealed as secret,
     case when previous_secret_until > app.now() then previous_secret_sealed end as previous
   from inbound_webhook where id = $1 and is_open`,
);
// Made under this key, and the newest still.
const madeUnder = sql<{ readonly id: string; readonly secret: Buffer }>(
  `select id, secret_sealed as secret from inbound_webhook where id = $1 and secret_key_code = $2 and is_open`,
);

/** Where partner systems push to, and under which secrets. */
@Injectable()
export class InboundWebhooksStore {
  constructor(private readonly fields: FieldCipher) {}

  byIds(reader: Reader, ids: readonly string[]): Promise<InboundWebhookRow[]> {
    return reader.query(byIds, [ids]);
  }

  /** One more than asked for where more follow. */
  page(reader: Reader, first: number, after: Keyset | null): Promise<InboundWebhookRow[]> {
    return reader.query(page, [first + 1, after?.createdAt ?? null, after?.id ?? null]);
  }

  async count(tx: Tx): Promise<number> {
    return (await tx.one(countOf, [tx.actor.agencyId])).count;
  }

  /** Of the actor’s agency. */
  async lock(tx: SystemTx, id: string): Promise<InboundWebhookRow | undefined> {
    return (await tx.query(lock, [id]))[0];
  }

  insert(tx: SystemTx, membershipId: string, kind: InboundKind, secret: NewSecret): string {
    const id = newId();
    const { agencyId, id: actorId } = tx.actor;
    const sealed = this.fields.seal(SECRET, id, secret.text);
    tx.post(insert, [id, agencyId, membershipId, kind, sealed, actorId, secret.keyCode]);
    return id;
  }

  close(tx: SystemTx, id: string): void {
    tx.post(close, [id]);
  }

  /** The one that was valid until now is for another day. */
  async rotate(tx: SystemTx, id: string, secret: NewSecret): Promise<void> {
    const [current] = (await this.entrance(tx, id))?.secrets ?? [];
    const previous = current === undefined ? null : this.fields.seal(PREVIOUS, id, current);
    tx.post(rotate, [id, previous, this.fields.seal(SECRET, id, secret.text), secret.keyCode]);
  }

  /** The secret that was made under a key, for whoever sends the key again; null once there is a newer one, or no address. */
  async madeUnder(reader: Reader, id: string, keyCode: string): Promise<string | null> {
    const [opened] = await this.fields.unseal(await reader.query(madeUnder, [id, keyCode]), 'secret', SECRET);
    return typeof opened?.secret === 'string' ? opened.secret : null;
  }

  /** As Handrail; null where no open address has this id. */
  async entrance(reader: Reader, id: string): Promise<Entrance | null> {
    const [sealed] = await reader.query(entrance, [id]);
    if (!sealed) return null;
    const { secret, previous, ...rest } = sealed;
    const [now] = await this.fields.unseal([{ id, secret }], 'secret', SECRET);
    const [before] = await this.fields.unseal([{ id, previous }], 'previous', PREVIOUS);
    const opened: unknown[] = [now?.secret, before?.previous];
    return { ...rest, secrets: opened.filter((one): one is string => typeof one === 'string') };
  }
}

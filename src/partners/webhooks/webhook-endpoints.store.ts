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
import type { WebhookEndpointState } from './webhook-endpoint.machine';
import type { WebhookKind } from './webhook-kinds';
import type { DisabledReason } from './webhook.enums';
import { WebhookEndpointEntity } from './webhook.entity';
import type { NewSecret } from './webhook-secrets';

export type WebhookEndpointRow = Omit<WebhookEndpointEntity, 'secret' | 'previousSecret' | 'secretKeyCode'> & Facts;

export interface NewEndpoint {
  readonly membershipId: string;
  readonly url: string;
  readonly kinds: readonly WebhookKind[];
  readonly secret: NewSecret;
}

/** What an endpoint signs with now. */
interface SealedSecrets {
  readonly id: string;
  readonly secret: Buffer;
  readonly previous: Buffer | null;
}

const SECRET = sealedField('webhook_endpoint', 'secret');
const PREVIOUS = sealedField('webhook_endpoint', 'previous_secret');

const columns = `${selectList(WebhookEndpointEntity, 'e', ['secret', 'previousSecret', 'secretKeyCode'])},
  array_remove(array[case when e.agency_id = app.agency() then 'OWN_AGENCY' end], null) as relations, '{}'::text[] as consents`;
const byIds = sql<WebhookEndpointRow>(`select ${columns} from webhook_endpoint e where e.id = any($1::uuid[])`);
const page = sql<WebhookEndpointRow>(
  `select ${columns} from webhook_endpoint e where e.agency_id = app.agency() and e.state <> 'DELETED'
     and ($2::timestamptz is null or (e.created_at, e.id) > ($2, $3::uuid)) order by e.created_at, e.id limit $1`,
);
const countOf = sql<{ count: number }>(
  `select count(*)::int as count from webhook_endpoint where agency_id = $1 and state <> 'DELETED'`,
);
// The agency’s own, asked for by its admin as Handrail: only Handrail writes here.
const lock = sql<WebhookEndpointRow>(
  `select ${columns} from webhook_endpoint e where e.id = $1 and e.agency_id = app.agency() for no key update`,
);
// All that may be stopped, so that whoever is stopping one right now is waited for.
const lockAll = sql<WebhookEndpointRow>(
  `select ${columns} from webhook_endpoint e where e.agency_id = app.agency() and e.state in ('ACTIVE','DISABLED') order by e.id
   for no key update`,
);
const insert = sql(
  `insert into webhook_endpoint (id, agency_id, membership_id, url, kinds, state, secret_sealed, created_at, created_by, secret_key_code)
   values ($1, $2, $3, $4, $5, $6, $7, app.now(), $8, $9)`,
);
// What was not kept is said by when it was stopped, never by what there was: steps are among it that the agency may not see.
const hasMissed = `$2 = 'ACTIVE' and (state = 'DISABLED' or stopped_at < app.now() - interval '72 hours')`;
const move = sql(
  `update webhook_endpoint set state = $2, disabled_why = $3, failing_since = null,
     stopped_at = case when $2 = 'ACTIVE' then null else coalesce(stopped_at, failing_since, app.now()) end,
     missed_from = case when ${hasMissed} then stopped_at else missed_from end,
     missed_until = case when ${hasMissed} then app.now() - case state when 'DISABLED' then interval '0' else interval '72 hours' end
       else missed_until end,
     begun_at = case when $2 = 'ACTIVE' then null else begun_at end where id = $1`,
);
const rotate = sql(
  `update webhook_endpoint set previous_secret_sealed = $2, previous_secret_until = case when $2::bytea is not null then app.now() + interval '24 hours' end, secret_sealed = $3, secret_key_code = $4 where id = $1`,
);
const secretsOf = sql<SealedSecrets>(
  `select id, secret_sealed as secret, case when previous_secret_until > app.now() then previous_secret_sealed end as previous
   from webhook_endpoint where id = $1`,
);
// Made under this key, and the newest still.
const madeUnder = sql<{ readonly id: string; readonly secret: Buffer }>(
  `select id, secret_sealed as secret from webhook_endpoint where id = $1 and secret_key_code = $2 and state <> 'DELETED'`,
);
const toBegin = sql<WebhookEndpointRow>(
  `select ${columns} from webhook_endpoint e where e.begun_at is null and e.state = 'ACTIVE' order by e.created_at limit 20`,
);
const remember = sql(
  `insert into webhook_image (endpoint_id, subject_id, image)
   select $1, i.id, decode(i.image, 'hex') from jsonb_to_recordset($2) as i(id uuid, image text)
   on conflict (endpoint_id, subject_id) do update set image = excluded.image`,
);
const begin = sql('update webhook_endpoint set begun_at = app.now() where id = $1');
const imageOf = sql<{ image: Buffer }>('select image from webhook_image where endpoint_id = $1 and subject_id = $2');
const markFailing = sql('update webhook_endpoint set failing_since = coalesce(failing_since, $2) where id = $1');
const markWell = sql('update webhook_endpoint set failing_since = null where id = $1 and failing_since is not null');

/** Where news goes, under which secrets, and what each receiver was last shown. */
@Injectable()
export class WebhookEndpointsStore {
  constructor(private readonly fields: FieldCipher) {}

  byIds(reader: Reader, ids: readonly string[]): Promise<WebhookEndpointRow[]> {
    return reader.query(byIds, [ids]);
  }

  /** One more than asked for where more follow. */
  page(reader: Reader, first: number, after: Keyset | null): Promise<WebhookEndpointRow[]> {
    return reader.query(page, [first + 1, after?.createdAt ?? null, after?.id ?? null]);
  }

  async count(tx: Tx): Promise<number> {
    return (await tx.one(countOf, [tx.actor.agencyId])).count;
  }

  /** Of the actor’s agency. */
  async lock(tx: SystemTx, id: string): Promise<WebhookEndpointRow | undefined> {
    return (await tx.query(lock, [id]))[0];
  }

  /** Of the actor’s agency, those that are sent to or were stopped. */
  lockAll(tx: SystemTx): Promise<WebhookEndpointRow[]> {
    return tx.query(lockAll);
  }

  insert(tx: SystemTx, { membershipId, url, kinds, secret }: NewEndpoint, state: WebhookEndpointState): string {
    const id = newId();
    const { agencyId, id: actorId } = tx.actor;
    const sealed = this.fields.seal(SECRET, id, secret.text);
    tx.post(insert, [id, agencyId, membershipId, url, kinds, state, sealed, actorId, secret.keyCode]);
    return id;
  }

  /** One that is resumed looks anew at what its agency has been shown. */
  move(tx: SystemTx, id: string, state: WebhookEndpointState, why: DisabledReason | null = null): void {
    tx.post(move, [id, state, why]);
  }

  /** The one that signed until now is valid for another day. */
  async rotate(tx: SystemTx, id: string, secret: NewSecret): Promise<void> {
    const [current] = await this.secretsOf(tx, id);
    const previous = current === undefined ? null : this.fields.seal(PREVIOUS, id, current);
    tx.post(rotate, [id, previous, this.fields.seal(SECRET, id, secret.text), secret.keyCode]);
  }

  /** The secret that was made under a key, for whoever sends the key again; null once there is a newer one, or no endpoint. */
  async madeUnder(reader: Reader, id: string, keyCode: string): Promise<string | null> {
    const [opened] = await this.fields.unseal(await reader.query(madeUnder, [id, keyCode]), 'secret', SECRET);
    return typeof opened?.secret === 'string' ? opened.secret : null;
  }

  /** Those that sign now, the newest first. */
  async secretsOf(reader: Reader, id: string): Promise<string[]> {
    const [sealed] = await reader.query(secretsOf, [id]);
    if (!sealed) return [];
    const [opened] = await this.fields.unseal([sealed], 'secret', SECRET);
    const [before] = await this.fields.unseal([sealed], 'previous', PREVIOUS);
    return [opened?.secret, before?.previous].flatMap((secret) => (typeof secret === 'string' ? [secret] : []));
  }

  toBegin(reader: Reader): Promise<WebhookEndpointRow[]> {
    return reader.query(toBegin);
  }

  begin(tx: SystemTx, id: string): void {
    tx.post(begin, [id]);
  }

  remember(tx: SystemTx, id: string, images: readonly { readonly id: string; readonly image: string }[]): void {
    tx.post(remember, [id, JSON.stringify(images)]);
  }

  /** As hexadecimal digits; null where nothing is remembered. */
  async imageOf(reader: Reader, endpointId: string, subjectId: string): Promise<string | null> {
    return (await reader.query(imageOf, [endpointId, subjectId]))[0]?.image.toString('hex') ?? null;
  }

  markFailing(tx: SystemTx, id: string, since: Date): void {
    tx.post(markFailing, [id, since]);
  }

  markWell(tx: SystemTx, id: string): void {
    tx.post(markWell, [id]);
  }
}

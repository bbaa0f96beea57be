import { Injectable } from '@nestjs/common';
import type { Facts } from '../access';
import type { MemberRole } from '../agencies';
import { selectList } from '../platform/database/columns';
import { newId } from '../platform/database/new-id';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { SystemTx } from '../platform/database/tx';
import { FieldCipher } from '../platform/encryption/field-cipher';
import { sealedField } from '../platform/encryption/sealed-field';
import type { MessageChannel } from '../platform/messaging';
import { NudgeAddressEntity } from './nudge.entity';
import type { NudgeLanguage } from './nudge-texts';
import type { NudgeRhythm } from './nudge-times';

export type NudgeAddressRow = NudgeAddressEntity & Facts;

export interface NudgeSettingRow extends Facts {
  readonly id: string;
  readonly language: NudgeLanguage;
  readonly rhythm: NudgeRhythm;
  readonly channels: readonly MessageChannel[];
  readonly quietFrom: string | null;
  readonly quietUntil: string | null;
  readonly timeZone: string;
}
export type Preferences = Omit<NudgeSettingRow, 'id' | keyof Facts>;

/** People of one role at the asking agency. */
export interface NudgeReachRow extends Facts {
  readonly role: MemberRole;
  readonly members: number;
  readonly reachable: number;
}

/** Whose address or wishes: one person at one agency. */
export interface Whose {
  readonly agencyId: string;
  readonly accountId: string;
}

/** Wrong codes until a new one has to be sent for. */
export const MOST_TRIES = 5;

const ADDRESS = sealedField('nudge_address', 'address');
const CODE = sealedField('nudge_address', 'code');

const OWN = `array['OWN_AGENCY'] as relations, '{}'::text[] as consents`;
const addresses = sql<NudgeAddressRow>(
  `select ${selectList(NudgeAddressEntity, 'x')}, ${OWN} from nudge_address x where x.agency_id = $1 and x.account_id = $2 order by x.channel`,
);
const addressOf = sql<NudgeAddressRow>(
  `select ${selectList(NudgeAddressEntity, 'x')}, ${OWN} from nudge_address x where x.id = $1`,
);
// Who has never said otherwise is told at once, by every address they have confirmed.
const setting = sql<NudgeSettingRow>(
  `select $2::uuid as id, coalesce(s.language, 'en') as language, coalesce(s.rhythm, 'AT_ONCE') as rhythm,
     coalesce(s.channels, array['EMAIL','SMS','PUSH']) as channels, s.quiet_from as "quietFrom", s.quiet_until as "quietUntil",
     coalesce(s.time_zone, 'UTC') as "timeZone", ${OWN}
   from (select 1) one left join nudge_setting s on s.agency_id = $1 and s.account_id = $2`,
);
const reach = sql<NudgeReachRow>(
  `select m.role, count(distinct m.account_id)::int as members, count(distinct x.account_id)::int as reachable, ${OWN}
   from membership m join account a on a.id = m.account_id and a.kind = 'STAFF'
     left join nudge_address x on x.agency_id = m.agency_id and x.account_id = m.account_id and x.state = 'CONFIRMED'
   where m.agency_id = app.agency() and m.ended_at is null group by m.role order by m.role`,
);
const removeAddress = sql<{ id: string }>(
  'delete from nudge_address where agency_id = $1 and account_id = $2 and channel = $3 returning id',
);
const insertAddress = sql(
  `insert into nudge_address (id, agency_id, account_id, channel, address_sealed, state, code_sealed, code_ends_at, changed_at)
   values ($1, $2, $3, $4, $5, 'UNCONFIRMED', $6, app.now() + interval '15 minutes', app.now())`,
);
const insertConfirmed = sql(
  `insert into nudge_address (id, agency_id, account_id, channel, address_sealed, state, changed_at)
   select $1, $2, $3, $4, $5, 'CONFIRMED', app.now() where exists (select 1 from account where id = $3)
   on conflict (agency_id, account_id, channel) do nothing`,
);
const takeTry = sql<{ id: string }>(
  `update nudge_address set code_tries = code_tries + 1 where agency_id = $1 and account_id = $2 and channel = $3
     and state = 'UNCONFIRMED' and code_tries < ${MOST_TRIES} and code_ends_at > app.now() returning id`,
);
const confirm = sql(
  `update nudge_address set state = 'CONFIRMED', code_sealed = null, code_ends_at = null, code_tries = 0, changed_at = app.now() where id = $1`,
);
const markBroken = sql<{ id: string }>(
  `update nudge_address set state = 'BROKEN', code_sealed = null, code_ends_at = null, changed_at = app.now()
   where id = $1 and state <> 'BROKEN' returning id`,
);
// A day’s codes are counted from the first of them.
const countCode = sql<{ codesSent: number }>(
  `insert into nudge_setting as s (agency_id, account_id, language, rhythm, channels, time_zone, codes_sent, codes_since, changed_at)
   values ($1, $2, 'en', 'AT_ONCE', array['EMAIL','SMS','PUSH'], 'UTC', 1, app.now(), app.now())
   on conflict (agency_id, account_id) do update set
     codes_sent = case when s.codes_since > app.now() - interval '1 day' then s.codes_sent + 1 else 1 end,
     codes_since = case when s.codes_since > app.now() - interval '1 day' then s.codes_since else app.now() end
   returning codes_sent as "codesSent"`,
);
const prefer = sql(
  `insert into nudge_setting (agency_id, account_id, language, rhythm, channels, quiet_from, quiet_until, time_zone, changed_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, app.now())
   on conflict (agency_id, account_id) do update set language = excluded.language, rhythm = excluded.rhythm, channels = excluded.channels,
     quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until, time_zone = excluded.time_zone, changed_at = excluded.changed_at`,
);

const whose = ({ agencyId, accountId }: Whose): [string, string] => [agencyId, accountId];

/** Where staff are reached, and how they want to be told. */
@Injectable()
export class NudgeAddressesStore {
  constructor(private readonly fields: FieldCipher) {}

  async of(reader: Reader, person: Whose): Promise<NudgeAddressRow[]> {
    return this.opened(await reader.query(addresses, whose(person)));
  }

  async byId(reader: Reader, id: string): Promise<NudgeAddressRow | undefined> {
    return (await this.opened(await reader.query(addressOf, [id])))[0];
  }

  async setting(reader: Reader, person: Whose): Promise<NudgeSettingRow> {
    const [row] = await reader.query(setting, whose(person));
    if (!row) throw new Error('a statement that must answer a row answered none');
    return row;
  }

  /** Of the asking agency, by role. */
  reach(reader: Reader): Promise<NudgeReachRow[]> {
    return reader.query(reach);
  }

  /** Takes the place of the one before, which is forgotten. */
  replace(tx: SystemTx, person: Whose, { channel, address, code }: NewAddress): string {
    const id = newId();
    tx.post(removeAddress, [...whose(person), channel]);
    const sealed = [this.fields.seal(ADDRESS, id, address), this.fields.seal(CODE, id, code)];
    tx.post(insertAddress, [id, ...whose(person), channel, ...sealed]);
    return id;
  }

  /** For the sample region: confirmed without a code; where there is an address, or no such account, nothing. */
  addConfirmed(tx: SystemTx, person: Whose, channel: MessageChannel, address: string): void {
    const id = newId();
    tx.post(insertConfirmed, [id, ...whose(person), channel, this.fields.seal(ADDRESS, id, address)]);
  }

  async remove(tx: SystemTx, person: Whose, channel: MessageChannel): Promise<boolean> {
    return (await tx.query(removeAddress, [...whose(person), channel])).length > 0;
  }

  /** Before the code is looked at, and for good: false where no try is left, or no code waits. */
  async takeTry(tx: SystemTx, person: Whose, channel: MessageChannel): Promise<boolean> {
    return (await tx.query(takeTry, [...whose(person), channel])).length > 0;
  }

  confirm(tx: SystemTx, id: string): void {
    tx.post(confirm, [id]);
  }

  /** False where it was known already, or is gone. */
  async markBroken(tx: SystemTx, id: string): Promise<boolean> {
    return (await tx.query(markBroken, [id])).length > 0;
  }

  /** How many codes were sent since a day, with this one. */
  async countCode(tx: SystemTx, person: Whose): Promise<number> {
    return (await tx.one(countCode, whose(person))).codesSent;
  }

  prefer(tx: SystemTx, person: Whose, wishes: Preferences): void {
    const { language, rhythm, channels, quietFrom, quietUntil, timeZone } = wishes;
    tx.post(prefer, [...whose(person), language, rhythm, channels, quietFrom, quietUntil, timeZone]);
  }

  private async opened(rows: NudgeAddressRow[]): Promise<NudgeAddressRow[]> {
    return this.fields.unseal(await this.fields.unseal(rows, 'address', ADDRESS), 'code', CODE);
  }
}

export interface NewAddress {
  readonly channel: MessageChannel;
  readonly address: string;
  readonly code: string;
}

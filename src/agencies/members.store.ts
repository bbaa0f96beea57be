import { Injectable } from '@nestjs/common';
import type { Actor, Facts } from '../access';
import { newId } from '../platform/database/new-id';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { SystemTx, Tx } from '../platform/database/tx';
import { FieldCipher } from '../platform/encryption/field-cipher';
import { sealedField } from '../platform/encryption/sealed-field';
import { inOrderOf, type ConnectionArgs, type Keyset } from '../platform/graphql';
import type { AccountKind } from './account.entity';
import type { MemberRole } from './agency.enums';

/** A membership with the account behind it; `id` is the membership's. */
export type MemberRow = Facts & {
  readonly id: string;
  readonly accountId: string;
  readonly agencyId: string;
  readonly role: MemberRole;
  readonly scopes: string[] | null;
  readonly displayName: string;
  readonly email: string | null;
  readonly since: Date;
  readonly endedAt: Date | null;
  readonly isActive: boolean;
  /** The one who must stay: an agency keeps an admin. */
  readonly isLastAdmin: boolean;
  /** RFC 3339 with microseconds, for cursors. */
  readonly createdAt: string;
};

export interface MemberFilter extends Pick<ConnectionArgs, 'first'> {
  readonly isActive?: boolean | null | undefined;
}

export interface NewAccount {
  readonly kind: AccountKind;
  readonly issuer: string;
  readonly subject: string;
  readonly displayName: string;
  readonly email: string | null;
}

/** What a sign-in is known by, and as what. */
export type SignIn = Pick<NewAccount, 'kind' | 'issuer' | 'subject'>;

export interface NewMembership {
  readonly accountId: string;
  readonly agencyId: string;
  readonly role: MemberRole;
  readonly scopes: readonly string[] | null;
  /** What this agency calls them, and where it reaches them: nothing of it is shown to another. */
  readonly displayName: string;
  readonly email: string | null;
}

/** Mail providers tell capitals apart on paper only. */
const oneSpelling = (address: string): string => address.trim().normalize('NFC').toLowerCase();

const EMAIL = sealedField('account', 'email', oneSpelling);
const MEMBER_EMAIL = sealedField('membership', 'email');

const isAdmin = (m: string, a: string): string =>
  `${m}.role in ('AGENCY_ADMIN', 'PLATFORM_ADMIN') and ${m}.ended_at is null and ${a}.kind = 'STAFF'`;
const OWN_MEMBERS = `select m.id, m.account_id as "accountId", m.agency_id as "agencyId", m.role, m.scopes,
    coalesce(m.display_name, a.display_name) as "displayName", m.email_sealed as email,
    case when m.display_name is null then a.email_sealed end as "accountEmail", m.created_at as since, m.ended_at as "endedAt",
    m.ended_at is null as "isActive", ${isAdmin('m', 'a')} and not exists (
      select 1 from membership o join account b on b.id = o.account_id where o.agency_id = m.agency_id and o.id <> m.id and ${isAdmin('o', 'b')}
    ) as "isLastAdmin",
    to_char(m.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "createdAt",
    array['OWN_AGENCY'] as relations, '{}'::text[] as consents
  from membership m join account a on a.id = m.account_id
  where m.agency_id = (select app.agency())`;

/** With the address of a membership from before agencies kept their own. */
type ReadMember = MemberRow & { readonly accountEmail: string | null };
const byIds = sql<ReadMember>(`${OWN_MEMBERS} and a.kind = $1 and m.id = any($2)`);
const page = sql<ReadMember>(
  `${OWN_MEMBERS} and a.kind = $1 and ($2::boolean is null or (m.ended_at is null) = $2)
     and ($3::timestamptz is null or (m.created_at, m.id) > ($3, $4::uuid))
   order by m.created_at, m.id limit $5`,
);
const liveMember = sql<Actor>(
  `select a.kind, a.id, m.id as "membershipId", m.agency_id as "agencyId", g.kind as "agencyKind", m.role, m.scopes
   from membership m join account a on a.id = m.account_id join agency g on g.id = m.agency_id
   where m.id = $1 and m.agency_id = (select app.agency()) and m.ended_at is null and g.is_active`,
);
const displayName = sql<{ displayName: string }>(
  `select coalesce(m.display_name, a.display_name) as "displayName" from membership m join account a on a.id = m.account_id where m.id = $1`,
);
// Not `for update`: foreign keys of other rooms may still look at the agency meanwhile.
const lockAgency = sql<{ id: string }>('select id from agency where id = $1 for no key update');
const otherAdmin = sql<{ id: string }>(
  `select m.id from membership m join account a on a.id = m.account_id
   where m.agency_id = $1 and ${isAdmin('m', 'a')}
     and ($2::uuid is null or m.id <> $2) limit 1`,
);
const insertAccount = sql(
  `insert into account (id, kind, issuer, subject, display_name, email_sealed, email_index) values ($1, $2, $3, $4, $5, $6, $7)
   on conflict (issuer, subject, kind) do nothing`,
);
const accountOf = sql<{ id: string }>('select id from account where issuer = $1 and subject = $2 and kind = $3');
const isOfOtherKind = sql<{ isOther: boolean }>(
  `select exists (select 1 from account a join membership m on m.account_id = a.id and m.agency_id = $4 and m.ended_at is null
     where a.issuer = $1 and a.subject = $2 and a.kind <> $3) as "isOther"`,
);
const insertMembership = sql<{ id: string }>(
  `insert into membership (id, account_id, agency_id, role, scopes, display_name, email_sealed) values ($1, $2, $3, $4, $5, $6, $7)
   on conflict (account_id, agency_id, role) where ended_at is null do nothing returning id`,
);
const endMembership = sql<{ id: string }>(
  'update membership set ended_at = app.now() where id = $1 and ended_at is null returning id',
);

/** Accounts and memberships, of people and of partner systems. */
@Injectable()
export class MembersStore {
  constructor(private readonly fields: FieldCipher) {}

  async byIds(reader: Reader, kind: AccountKind, ids: readonly string[]): Promise<(MemberRow | null)[]> {
    return inOrderOf(ids, await this.opened(reader.query(byIds, [kind, ids])), ({ id }) => id);
  }

  /** One more than asked for, so that the page knows whether more follow. */
  page(reader: Reader, kind: AccountKind, filter: MemberFilter, after: Keyset | null): Promise<MemberRow[]> {
    const { isActive = null, first } = filter;
    return this.opened(reader.query(page, [kind, isActive, after?.createdAt ?? null, after?.id ?? null, first + 1]));
  }

  /** A live member of the asking agency, as they would ask. */
  async actor(reader: Reader, membershipId: string): Promise<Actor | null> {
    return (await reader.query(liveMember, [membershipId]))[0] ?? null;
  }

  /** What the agency that the caller asks for calls them. */
  async displayName(reader: Reader): Promise<string> {
    return (await reader.query(displayName, [reader.actor.membershipId]))[0]?.displayName ?? '';
  }

  /** Members of one agency change one after the other, or two admins could put each other out at once. */
  async lockAgency(tx: Tx, agencyId: string): Promise<void> {
    await tx.one(lockAgency, [agencyId]);
  }

  /** Whether a person, `except` one membership, administers the agency now. Ask under `lockAgency`. */
  async hasAdmin(tx: Tx, agencyId: string, except: string | null = null): Promise<boolean> {
    return (await tx.query(otherAdmin, [agencyId, except])).length > 0;
  }

  /** The account of this sign-in, made when there is none. Written as Handrail: it belongs to no agency. */
  async account(tx: SystemTx, { kind, issuer, subject, displayName: name, email }: NewAccount) {
    const id = newId();
    const sealed = [this.fields.seal(EMAIL, id, email), this.fields.index(EMAIL, email)];
    await tx.query(insertAccount, [id, kind, issuer, subject, name, ...sealed]);
    return tx.one(accountOf, [issuer, subject, kind]);
  }

  /** Whether the sign-in works for this agency as the other kind: what it does for others is not asked. */
  async isOfOtherKind(tx: SystemTx, agencyId: string, { kind, issuer, subject }: SignIn): Promise<boolean> {
    return (await tx.one(isOfOtherKind, [issuer, subject, kind, agencyId])).isOther;
  }

  /** Null when the account holds this role at this agency already. */
  async add(tx: Tx, member: NewMembership): Promise<string | null> {
    const { accountId, agencyId, role, scopes, displayName: name, email } = member;
    const id = newId();
    const sealed = this.fields.seal(MEMBER_EMAIL, id, email);
    return (await tx.query(insertMembership, [id, accountId, agencyId, role, scopes, name, sealed]))[0]?.id ?? null;
  }

  async end(tx: Tx, id: string): Promise<void> {
    await tx.one(endMembership, [id]);
  }

  private async opened(found: Promise<ReadMember[]>): Promise<MemberRow[]> {
    const rows = await this.fields.unseal(await found, 'email', MEMBER_EMAIL);
    const opened = await this.fields.unseal(rows, 'accountEmail', EMAIL, 'accountId');
    return opened.map(({ accountEmail, ...row }) => ({ ...row, email: row.email ?? accountEmail }));
  }
}

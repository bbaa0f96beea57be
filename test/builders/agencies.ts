import { randomUUID } from 'node:crypto';
import type { Actor, Role } from '../../src/access';
import type { AgencyKind } from '../../src/kernel/vocabulary';
import { DEVELOPMENT_ISSUER } from '../../src/platform/auth';
import { withClient } from '../../src/platform/database/embedded/client';

/** Where builders write: the owner's address, past every policy. `TestDatabase` fits. */
export interface OwnedDatabase {
  readonly ownerUrl: string;
}

export interface BuiltAgency {
  readonly id: string;
  readonly kind: AgencyKind;
}

export interface AgencyTraits {
  readonly kind?: AgencyKind;
  readonly state?: string;
  readonly jurisdictions?: readonly string[];
  readonly coordinatingAgencyId?: string | null;
  readonly isActive?: boolean;
}

export interface StaffTraits {
  readonly kind?: Actor['kind'] & ('STAFF' | 'SERVICE_ACCOUNT');
  readonly scopes?: readonly string[] | null;
}

/** Issuer of everyone a builder makes, so that tests can mint tokens for them; the subject is the account's id. */
export const TEST_ISSUER = DEVELOPMENT_ISSUER;

/** One statement as the owner: for arranging, and for looking behind the walls. */
export const asOwner = <Row>({ ownerUrl }: OwnedDatabase, text: string, values: unknown[] = []): Promise<Row[]> =>
  withClient(ownerUrl, async (client) => (await client.query(text, values)).rows as Row[]);

const shortName = (what: string, id: string): string => `${what} ${id.slice(0, 4)}`;

/** An active agency in Ohio, of the police unless told otherwise, named like `Agency 7f3a`. */
export const buildAgency = async (db: OwnedDatabase, traits: AgencyTraits = {}): Promise<BuiltAgency> => {
  const { kind = 'LAW_ENFORCEMENT', state = 'OH', jurisdictions = [], coordinatingAgencyId = null } = traits;
  const id = randomUUID();
  await asOwner(
    db,
    `with made as (
       insert into agency (id, name, kind, state, coordinating_agency_id, is_active) values ($1, $2, $3, $4, $5, $6) returning id)
     insert into agency_jurisdiction select made.id, unnest($7::text[]) from made`,
    [id, shortName('Agency', id), kind, state, coordinatingAgencyId, traits.isActive ?? true, jurisdictions],
  );
  return { id, kind };
};

/** Someone signed in at the agency, as the unit of work would know them. */
export const buildStaff = async (
  db: OwnedDatabase,
  agency: BuiltAgency,
  role: Role,
  { kind = 'STAFF', scopes = null }: StaffTraits = {},
): Promise<Actor> => {
  const [id, membershipId] = [randomUUID(), randomUUID()];
  await asOwner(
    db,
    `with made as (
       insert into account (id, kind, issuer, subject, display_name) values ($1::uuid, $2, $3, $1::text, $4) returning id)
     insert into membership (id, account_id, agency_id, role, scopes) select $5, made.id, $6, $7, $8::text[] from made`,
    [id, kind, TEST_ISSUER, shortName('User', id), membershipId, agency.id, role, scopes],
  );
  return { kind, id, membershipId, agencyId: agency.id, agencyKind: agency.kind, role, scopes };
};

/** A new agency and one of its people, for tests that need no more of it. */
export const buildActor = async (db: OwnedDatabase, kind: AgencyKind, role: Role): Promise<Actor> =>
  buildStaff(db, await buildAgency(db, { kind }), role);

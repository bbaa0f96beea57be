import { Injectable } from '@nestjs/common';
import { resources, type ConsentScope, type Relation } from '../access';
import type { AuditKind } from '../platform/audit/audit-entry';
import { entryColumns, type StoredEntry } from '../platform/audit/trail-rows';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { Keyset } from '../platform/graphql';

interface Readable {
  readonly relations: Relation[];
  readonly consents: ConsentScope[];
}

/** An entry of the own agency. `at` is text with its microseconds. */
export type TrailRow = StoredEntry & Readable;

/** A sealed entry, and what its block shows of itself. */
export type ProofRow = TrailRow & {
  readonly block: number;
  /** Of the leaf among the block’s, from 0. */
  readonly place: number;
  /** 32 bytes each. */
  readonly leaves: Buffer;
  readonly root: Buffer;
  readonly blockHash: Buffer;
  readonly sealedAt: Date;
};

/** What a list is narrowed to; null: not. */
export interface TrailFilter {
  readonly subjectId: string | null;
  readonly actorId: string | null;
  readonly action: string | null;
  readonly kind: AuditKind | null;
  readonly from: Date | null;
  readonly to: Date | null;
}

/** Who may have been exposed and looks at nobody else’s: what they ask about exposures is their own. */
const exposed = (resources['Exposure']?.commands['report'] ?? [])
  .flatMap(({ roles }) => roles)
  .filter((role) => role !== 'SAFETY_OFFICER');
/** An entry that says by name who was exposed: a fact of a colleague’s health. It is signed as a whole, so it is not shown in part. */
const tellsWhoWasExposed = `((e.subject_type = 'Exposure' or e.action ~ '[eE]xposure') and (
  e.role in (${exposed.map((role) => `'${role}'`).join()})
  or e.action in ('exposure.reported','reportExposure','addToExposure') or e.details ->> 'command' = 'add'))`;
const own = `e.agency_id = (select app.agency()) and ${tellsWhoWasExposed} is not true`;
const columns = `${entryColumns('e')}, array['OWN_AGENCY'] as relations, '{}'::text[] as consents`;
const narrowed = `${own} and ($1::uuid is null or e.actor_id = $1) and ($2::text is null or e.action = $2)
  and ($3::text is null or e.kind = $3) and ($4::timestamptz is null or e.at >= $4) and ($5::timestamptz is null or e.at < $5)
  and ($6::timestamptz is null or (e.at, e.id) < ($6, $7::uuid))`;
const newestFirst = 'order by e.at desc, e.id desc limit $8';

const page = sql<TrailRow>(`select ${columns} from audit_entry e where ${narrowed} ${newestFirst}`);
/** A statement of its own: the record has an index, and a plan for any values would not choose it. */
const pageOfSubject = sql<TrailRow>(
  `select ${columns} from audit_entry e where e.subject_id = $9 and ${narrowed} ${newestFirst}`,
);

const proofColumns = `${columns}, b.number::integer as block, b.place, b.leaves, b.root, b.hash as "blockHash", b.sealed_at as "sealedAt"`;
const proofOfEntry = sql<ProofRow>(
  `select ${proofColumns} from audit_entry e cross join lateral app.audit_block_of(e.id) b where e.id = $1 and ${own}`,
);
/** Entries about the referral itself, and those whose details name it: of its offers, holds, hand-offs. */
const proofsOfReferral = sql<ProofRow>(
  `with about as (
     select * from audit_entry e where e.subject_id = $1 and ${own}
     union select * from audit_entry e where e.details ->> 'referralId' = $1::text and ${own}),
   e as (select * from about where $3::timestamptz is null or (at, id) > ($3, $4::uuid) order by at, id limit $2)
   select ${proofColumns} from e cross join lateral app.audit_block_of(e.id) b order by e.at, e.id`,
);

/** The trail, as far as row-level security shows it: the own agency’s. */
@Injectable()
export class AuditTrailStore {
  /** Newest first, one more than asked for where more follow. */
  page(reader: Reader, filter: TrailFilter, first: number, after: Keyset | null): Promise<TrailRow[]> {
    const { subjectId, actorId, action, kind, from, to } = filter;
    const values = [actorId, action, kind, from, to, after?.createdAt ?? null, after?.id ?? null, first + 1];
    return subjectId === null ? reader.query(page, values) : reader.query(pageOfSubject, [...values, subjectId]);
  }

  /** Null for an entry of another agency, and for one that waits to be sealed. */
  async proof(reader: Reader, entryId: string): Promise<ProofRow | null> {
    return (await reader.query(proofOfEntry, [entryId]))[0] ?? null;
  }

  /** Oldest first, one more than asked for where more follow. */
  proofs(reader: Reader, referralId: string, first: number, after: Keyset | null): Promise<ProofRow[]> {
    return reader.query(proofsOfReferral, [referralId, first + 1, after?.createdAt ?? null, after?.id ?? null]);
  }
}

import { createHash } from 'node:crypto';
import { serialized } from '../audit/audit-entry';
import type { ConsentScope } from '../../access';
import { canonicalJson } from '../database/canonical-json';

/** The ways out of the house. */
export type WayOut = 'GRAPHQL' | 'SUBSCRIPTION' | 'WEBHOOK' | 'PRINT' | 'EXPORT';

/** A line of the disclosure ledger, as it is stored. */
export interface Line {
  readonly id: string;
  /** RFC 3339 in UTC with microseconds. */
  readonly at: string;
  readonly way: WayOut;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly fromAgencyId: string;
  readonly toAgencyId: string;
  readonly actorKind: string;
  readonly actorId: string;
  readonly role: string;
  readonly purpose: string;
  readonly what: Readonly<Record<string, { readonly ids: readonly string[] }>>;
  readonly consents: readonly ConsentScope[];
  readonly isPart2: boolean;
  readonly noticeVersion: string;
  readonly requestId: string | null;
}

/** The select list of `Line`, from `disclosure` under an alias. */
export const lineColumns = (d: string): string =>
  `${d}.id, to_char(${d}.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, ${d}.way, ${d}.subject_type as "subjectType",
   ${d}.subject_id as "subjectId", ${d}.from_agency_id as "fromAgencyId", ${d}.to_agency_id as "toAgencyId", ${d}.actor_kind as "actorKind",
   ${d}.actor_id as "actorId", ${d}.role, ${d}.purpose, ${d}.what, ${d}.consents, ${d}.is_part2 as "isPart2",
   ${d}.notice_version as "noticeVersion", ${d}.request_id as "requestId"`;

const VERSION = 'handrail-disclosure-1';

/** SHA-256 over everything that is stored of a line. The order is part of the format and never changes under its version. */
export const digestOf = (line: Line): Buffer =>
  createHash('sha256')
    .update(
      serialized([
        VERSION,
        line.id,
        line.at,
        line.way,
        line.subjectType,
        line.subjectId,
        line.fromAgencyId,
        line.toAgencyId,
        line.actorKind,
        line.actorId,
        line.role,
        line.purpose,
        canonicalJson(line.what),
        canonicalJson(line.consents),
        String(line.isPart2),
        line.noticeVersion,
        line.requestId,
      ]),
    )
    .digest();

import { purposeOf, type Actor, type ConsentScope } from '../../access';
import { momentText } from '../audit/audit-entry';
import { isAway, isContention, Unavailable } from '../database/failures';
import { newId } from '../database/new-id';
import type { Session } from '../database/session';
import { sql } from '../database/statement';
import { noticeOf, type Notice } from './notice';
import { digestOf, type Line, type WayOut } from './ledger-line';
import { isDisclosure, type Told } from './releases';

/** A line of the ledger, as it goes along with the payload. */
export interface Disclosed {
  readonly id: string;
  readonly notice: Notice;
  /** The records it speaks of, by type. */
  readonly records: Readonly<Record<string, readonly string[]>>;
  readonly consents: readonly ConsentScope[];
  readonly isPart2: boolean;
}

const write = sql(
  `insert into disclosure (id, at, way, subject_type, subject_id, from_agency_id, to_agency_id, actor_kind, actor_id, role, purpose,
     what, consents, is_part2, notice_version, request_id)
   select d.id, $1, $2, d."subjectType", d."subjectId", d."fromAgencyId", $3, $4, $5, $6, $7, d.what, d.consents, d."isPart2", d."noticeVersion", $8
   from jsonb_to_recordset($9) as d(id uuid, "subjectType" text, "subjectId" uuid, "fromAgencyId" uuid, what jsonb,
     consents text[], "isPart2" boolean, "noticeVersion" text)`,
);

interface Telling {
  readonly actor: Actor;
  readonly asOf: Date;
  readonly way: WayOut;
  readonly requestId: string | null;
}

/** The line of the ledger for what is told in another agency’s words; null where it is in the own. */
export const lineOf = (told: Told, { actor, asOf, way, requestId }: Telling): Line | null =>
  isDisclosure(told, actor)
    ? {
        ...told,
        id: newId(),
        at: momentText(asOf),
        way,
        toAgencyId: actor.agencyId,
        actorKind: actor.kind,
        actorId: actor.id,
        role: actor.role,
        purpose: purposeOf(actor),
        noticeVersion: noticeOf(told.subjectType).version,
        requestId,
      }
    : null;

/** What the trail keeps of a line, so that a change of it shows. */
export const sealOf = (line: Line): { readonly id: string; readonly sha256: string } => ({
  id: line.id,
  sha256: digestOf(line).toString('hex'),
});

export const disclosedOf = ({ id, subjectType, what, consents, isPart2 }: Line): Disclosed => ({
  id,
  notice: noticeOf(subjectType),
  records: Object.fromEntries(Object.entries(what).map(([type, { ids }]) => [type, ids])),
  consents,
  isPart2,
});

/**
 * Sends the ledger’s rows on their way, in the transaction that read what they speak of. Nothing of it may leave before that
 * transaction has committed.
 */
export const writeDisclosures = (
  session: Session,
  { actor, asOf, way, requestId }: Telling,
  lines: readonly Line[],
): Promise<unknown> => {
  if (lines.length === 0) return Promise.resolve();
  const { agencyId, kind, id, role } = actor;
  const values = [asOf, way, agencyId, kind, id, role, purposeOf(actor), requestId, JSON.stringify(lines)];
  const written = session.send(write, values).catch((error: unknown) => {
    // Nothing is told that is not on the ledger; whoever asked may ask again.
    throw isContention(error) || isAway(error)
      ? error
      : new Unavailable('the disclosure ledger could not be written', false, { cause: error });
  });
  written.catch(() => undefined);
  return written;
};

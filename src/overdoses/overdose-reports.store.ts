import { Injectable } from '@nestjs/common';
import type { Facts } from '../access';
import { insertionOf, selectList } from '../platform/database/columns';
import { newId } from '../platform/database/new-id';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { Tx } from '../platform/database/tx';
import { FieldCipher } from '../platform/encryption/field-cipher';
import { sealedField } from '../platform/encryption/sealed-field';
import type { Keyset } from '../platform/graphql';
import type { RetractionReason, RevisionReason } from './engine/vocabulary';
import { OverdoseReportEntity, OverdoseReportRevisionEntity } from './overdose-report.entity';
import { openFactsOf, type ReportFacts } from './report-facts';

export type OverdoseReportRow = OverdoseReportEntity & Facts & { readonly occurredAtText: string };
export type RevisionRow = OverdoseReportRevisionEntity & Facts;
export type NewReport = ReportFacts & Pick<OverdoseReportEntity, 'clientId' | 'source' | 'personId' | 'episodeId'>;
export interface Revision {
  readonly because: RevisionReason;
  readonly revision: number;
}

const PLACE = sealedField('overdose_report', 'place');
const RESIDENCE = sealedField('overdose_report', 'residence');
const PLACE_THEN = sealedField('overdose_report_revision', 'place');
const RESIDENCE_THEN = sealedField('overdose_report_revision', 'residence');

// Row-level security shows a report to the agency that made it, and to nobody else.
const own = `array['OWN_AGENCY'] as relations, '{}'::text[] as consents`;
const columns = `${selectList(OverdoseReportEntity, 'r')}, ${own},
  to_char(r.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "occurredAtText"`;
const byIds = sql<OverdoseReportRow>(`select ${columns} from overdose_report r where r.id = any($1::uuid[])`);
const lock = sql<OverdoseReportRow>(`select ${columns} from overdose_report r where r.id = $1 for no key update`);
const byClientId = sql<OverdoseReportRow>(
  `select ${columns} from overdose_report r where r.agency_id = $1 and r.client_id = $2 for no key update`,
);
const byClientIds = sql<OverdoseReportRow>(
  `select ${columns} from overdose_report r where r.agency_id = $1 and r.client_id = any($2::text[]) for no key update`,
);
const takeTurnOfImport = sql(`select pg_advisory_xact_lock(hashtextextended('overdose-import ' || $1::text, 0))`);
const isAgency = sql<{ isThere: boolean }>('select exists (select 1 from agency a where a.id = $1) as "isThere"');
const page = sql<OverdoseReportRow>(
  `select ${columns} from overdose_report r where r.agency_id = app.agency()
     and ($1::timestamptz is null or (r.occurred_at, r.id) < ($1, $2::uuid))
     and ($3::timestamptz is null or r.occurred_at >= $3) and ($4::timestamptz is null or r.occurred_at < $4)
   order by r.occurred_at desc, r.id desc limit $5`,
);
// Of two senders of one key the second waits for the first, and then finds its report.
const takeTurn = sql(
  `select pg_advisory_xact_lock(hashtextextended('overdose-report ' || $1::text || ' ' || $2::text, 0))`,
);
const insertion = insertionOf(OverdoseReportEntity, 'overdose_report', ['retractedAt', 'retractedBecause']);
const revisionInsertion = insertionOf(OverdoseReportRevisionEntity, 'overdose_report_revision');
const revisions = sql<RevisionRow>(
  `select ${selectList(OverdoseReportRevisionEntity, 'v')}, ${own} from overdose_report_revision v
   where v.report_id = any($1::uuid[]) order by v.report_id, v.revision`,
);
const correct = sql(
  `update overdose_report set revision = $2, occurred_at = $3, is_time_known = $4, county_fips = $5, latitude = $6, longitude = $7,
     place_sealed = $8, is_fatal = $9, is_naloxone_given = $10, doses = $11, suspected_substances = $12, has_children_present = $13,
     has_others_present = $14, transport = $15, residence_county_fips = $16, residence_sealed = $17, age_years = $18, sex = $19,
     person_id = $20, episode_id = $21, race = $22 where id = $1`,
);
const retract = sql(
  'update overdose_report set retracted_at = $2, retracted_because = $3, revision = $4 where id = $1',
);
const reinstate = sql('update overdose_report set retracted_at = null, retracted_because = null where id = $1');
const setApart = sql('update overdose_report set is_apart = $2 where id = $1');

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

/** What agencies reported. */
@Injectable()
export class OverdoseReportsStore {
  constructor(private readonly fields: FieldCipher) {}

  async byIds(reader: Reader, ids: readonly string[]): Promise<OverdoseReportRow[]> {
    return this.opened(await reader.query(byIds, [ids]));
  }

  async lock(tx: Tx, id: string): Promise<OverdoseReportRow | undefined> {
    return (await this.opened(await tx.query(lock, [id])))[0];
  }

  /** The report of this key, if the agency has sent one; whoever else sends the same key waits until this transaction ends. */
  async claim(tx: Tx, agencyId: string, clientId: string): Promise<OverdoseReportRow | undefined> {
    tx.post(takeTurn, [agencyId, clientId]);
    return (await this.opened(await tx.query(byClientId, [agencyId, clientId])))[0];
  }

  /** What an agency has under these keys; two imports of one agency take turns. */
  async claimMany(tx: Tx, agencyId: string, clientIds: readonly string[]): Promise<OverdoseReportRow[]> {
    tx.post(takeTurnOfImport, [agencyId]);
    return this.opened(await tx.query(byClientIds, [agencyId, clientIds]));
  }

  /** Of the actor’s agency, the latest overdose first. */
  async isAgency(reader: Reader, id: string): Promise<boolean> {
    return (await reader.query(isAgency, [id]))[0]?.isThere === true;
  }

  async page(
    reader: Reader,
    { from, until }: { readonly from: Date | null; readonly until: Date | null },
    after: Keyset | null,
    limit: number,
  ): Promise<OverdoseReportRow[]> {
    return this.opened(await reader.query(page, [after?.createdAt ?? null, after?.id ?? null, from, until, limit]));
  }

  /** What reports said, revision by revision. */
  async revisions(reader: Reader, reportIds: readonly string[]): Promise<RevisionRow[]> {
    const rows = await reader.query(revisions, [reportIds]);
    const withPlace = await this.fields.unseal(rows, 'place', PLACE_THEN);
    return this.fields.unseal(withPlace, 'residence', RESIDENCE_THEN);
  }

  insert(tx: Tx, agencyId: string, report: NewReport): string {
    const id = newId();
    const row = {
      ...report,
      id,
      agencyId,
      reportedBy: tx.actor.id,
      role: tx.actor.role,
      receivedAt: tx.asOf,
      isApart: false,
      revision: 1,
      doses: json(report.doses),
      place: this.fields.seal(PLACE, id, report.place),
      residence: this.fields.seal(RESIDENCE, id, report.residence),
    };
    tx.post(insertion.statement, insertion.valuesOf(row as unknown as OverdoseReportEntity));
    this.keepRevision(tx, { id, agencyId }, report, { because: 'REPORTED', revision: 1 });
    return id;
  }

  correct(tx: Tx, { id, agencyId }: Owned, facts: Corrected, revision: Revision): void {
    const { occurredAt, isTimeKnown, countyFips, latitude, longitude, isFatal, isNaloxoneGiven } = facts;
    const { suspectedSubstances, hasChildrenPresent, hasOthersPresent, transport, residenceCountyFips } = facts;
    tx.post(correct, [
      ...[id, revision.revision, occurredAt, isTimeKnown, countyFips, latitude, longitude],
      ...[this.fields.seal(PLACE, id, facts.place), isFatal, isNaloxoneGiven, json(facts.doses), suspectedSubstances],
      ...[hasChildrenPresent, hasOthersPresent, transport, residenceCountyFips],
      ...[this.fields.seal(RESIDENCE, id, facts.residence), facts.ageYears, facts.sex, facts.personId, facts.episodeId],
      facts.race,
    ]);
    this.keepRevision(tx, { id, agencyId }, facts, revision);
  }

  retract(tx: Tx, { report, because }: { report: OverdoseReportRow; because: RetractionReason }): void {
    const revision = report.revision + 1;
    tx.post(retract, [report.id, tx.asOf, because, revision]);
    this.keepRevision(tx, report, report, { because: 'RETRACTED', revision });
  }

  /** It counts again. What it says now, and the revision that tells of it, are a correction. */
  reinstate(tx: Tx, id: string): void {
    tx.post(reinstate, [id]);
  }

  setApart(tx: Tx, id: string, isApart: boolean): void {
    tx.post(setApart, [id, isApart]);
  }

  private keepRevision(tx: Tx, { id: reportId, agencyId }: Owned, facts: Corrected, revision: Revision): void {
    const id = newId();
    const row = {
      ...revision,
      id,
      reportId,
      agencyId,
      at: tx.asOf,
      byActor: tx.actor.id,
      facts: json(openFactsOf(facts)),
      personId: facts.personId,
      place: this.fields.seal(PLACE_THEN, id, facts.place),
      residence: this.fields.seal(RESIDENCE_THEN, id, facts.residence),
    };
    tx.post(revisionInsertion.statement, revisionInsertion.valuesOf(row as unknown as OverdoseReportRevisionEntity));
  }

  private async opened(rows: OverdoseReportRow[]): Promise<OverdoseReportRow[]> {
    return this.fields.unseal(await this.fields.unseal(rows, 'place', PLACE), 'residence', RESIDENCE);
  }
}

type Owned = Pick<OverdoseReportEntity, 'id' | 'agencyId'>;
export type Corrected = ReportFacts & Pick<OverdoseReportEntity, 'personId' | 'episodeId'>;

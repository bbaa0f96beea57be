import { Injectable } from '@nestjs/common';
import type { Facts } from '../access';
import { shippedWords } from '../people';
import { insertionOf, selectList } from '../platform/database/columns';
import { newId } from '../platform/database/new-id';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { SystemTx, Tx } from '../platform/database/tx';
import { FieldCipher } from '../platform/encryption/field-cipher';
import { sealedField } from '../platform/encryption/sealed-field';
import type { Keyset } from '../platform/graphql';
import type { CaregiverState } from './caregiver.machine';
import { CaregiverEntity, CaregiverStepEntity, ChildReportEntity } from './child-report.entity';
import { alsoNamed, sameName } from './engine/same-name';
import type { Vetted } from './engine/settling';
import type { ChildOutcome } from './engine/vocabulary';

export type ChildReportRow = ChildReportEntity & Facts;
export type CaregiverRow = Omit<CaregiverEntity, 'nameIndex'> & Facts;
export type CaregiverStepRow = CaregiverStepEntity & Facts;
/** A step about somebody of the same name. */
type EarlierStepRow = CaregiverStepRow & { readonly sameAs: string };
type Reported = Omit<
  ChildReportEntity,
  'id' | 'state' | 'reportingAgencyId' | 'reportedBy' | 'reportedAt' | 'receivedAt' | 'closedAt' | 'outcome'
>;

const CHILD_NAME = sealedField('child_report', 'child_name');
const PLACE = sealedField('child_report', 'place');
const NAME = sealedField('caregiver_candidate', 'name', sameName);

const OWN = `array['OWN_AGENCY'] as relations, '{}'::text[] as consents`;
const REPORTS = `select ${selectList(ChildReportEntity, 'c')}, '{}'::text[] as consents,
    array_remove(array[case when c.agency_id = app.agency() then 'OWN_AGENCY' end,
      case when c.reporting_agency_id = app.agency() then 'SENDER' end], null) as relations
  from child_report c where (c.agency_id = app.agency() or c.reporting_agency_id = app.agency())`;
const byIds = sql<ChildReportRow>(`${REPORTS} and c.id = any($1::uuid[])`);
const page = sql<ChildReportRow>(
  `${REPORTS} and ($1::timestamptz is null or (c.reported_at, c.id) < ($1, $2::uuid)) order by c.reported_at desc, c.id desc limit $3`,
);
const lock = sql<ChildReportRow>(`${REPORTS} and c.agency_id = app.agency() and c.id = $1 for update of c`);
const insertion = insertionOf(ChildReportEntity, 'child_report', ['receivedAt', 'closedAt', 'outcome']);
const receive = sql(
  `update child_report set state = 'RECEIVED', received_at = $2 where id = $1 and state = 'SUBMITTED'`,
);
const close = sql(
  `update child_report set state = 'CLOSED', closed_at = $2, outcome = $3 where id = $1 and state = 'RECEIVED'`,
);
const reopen = sql(
  `update child_report set state = 'RECEIVED', closed_at = null, outcome = null where id = $1 and state = 'CLOSED'`,
);
const CANDIDATES = `select ${selectList(CaregiverEntity, 'k', ['nameIndex'])}, ${OWN} from caregiver_candidate k where k.agency_id = app.agency()`;
const candidatesByIds = sql<CaregiverRow>(`${CANDIDATES} and k.id = any($1::uuid[])`);
const candidatesOf = sql<CaregiverRow>(
  `${CANDIDATES} and k.child_report_id = any($1::uuid[]) order by k.proposed_at, k.id`,
);
const lockCandidate = sql<CaregiverRow>(`${CANDIDATES} and k.id = $1 for update of k`);
const isPlaced = sql<{ isPlaced: boolean }>(
  `select exists (select 1 from caregiver_candidate where agency_id = app.agency() and child_report_id = $1 and state = 'PLACED') as "isPlaced"`,
);
const candidateInsertion = insertionOf(CaregiverEntity, 'caregiver_candidate');
const move = sql('update caregiver_candidate set state = $3 where id = $1 and state = $2');
const stepsOf = sql<CaregiverStepRow>(
  `select ${selectList(CaregiverStepEntity, 's')}, ${OWN} from caregiver_step s
   where s.agency_id = app.agency() and s.candidate_id = any($1::uuid[]) order by s.at, s.id`,
);
// In other reports of the agency; under one name somebody may be somebody else. $2: what the name of the one in $1 may be on file as.
const earlierStepsOf = sql<EarlierStepRow>(
  `select ${selectList(CaregiverStepEntity, 's')}, ${OWN}, k.id as "sameAs"
   from unnest($1::uuid[], $2::bytea[]) as w (id, name_index) join caregiver_candidate k on k.id = w.id
   join caregiver_candidate e on e.agency_id = k.agency_id and e.name_index = w.name_index and e.child_report_id <> k.child_report_id
   join caregiver_step s on s.candidate_id = e.id
   where k.agency_id = app.agency() and s.agency_id = app.agency() order by s.at, s.id`,
);
const stepInsertion = insertionOf(CaregiverStepEntity, 'caregiver_step');

@Injectable()
export class ChildReportsStore {
  constructor(private readonly fields: FieldCipher) {}

  byIds(reader: Reader, ids: readonly string[]): Promise<ChildReportRow[]> {
    return this.opened(reader.query(byIds, [ids]));
  }

  /** Of child services, and of whoever reported, newest first. */
  page(reader: Reader, after: Keyset | null, limit: number): Promise<ChildReportRow[]> {
    return this.opened(reader.query(page, [after?.createdAt ?? null, after?.id ?? null, limit]));
  }

  /** One that lies with the actor’s agency. */
  async lock(tx: Tx, id: string): Promise<ChildReportRow | undefined> {
    return (await tx.query(lock, [id]))[0];
  }

  insert(tx: SystemTx, report: Reported): string {
    const id = newId();
    const { agencyId: reportingAgencyId, id: reportedBy } = tx.actor;
    const sealed = {
      childName: this.fields.seal(CHILD_NAME, id, report.childName),
      place: this.fields.seal(PLACE, id, report.place),
    };
    const row = { ...report, ...sealed, id, state: 'SUBMITTED', reportingAgencyId, reportedBy, reportedAt: tx.asOf };
    tx.post(insertion.statement, insertion.valuesOf(row as unknown as ChildReportEntity));
    return id;
  }

  receive(tx: Tx, id: string): void {
    tx.post(receive, [id, tx.asOf]);
  }

  close(tx: Tx, id: string, outcome: ChildOutcome): void {
    tx.post(close, [id, tx.asOf, outcome]);
  }

  reopen(tx: Tx, id: string): void {
    tx.post(reopen, [id]);
  }

  /** Every candidate of a report, with what was checked and decided of them. */
  async vetted(reader: Reader, reportId: string): Promise<Vetted[]> {
    return (await this.vettedOf(reader, [reportId]))[0] ?? [];
  }

  /** The same of several reports, in the order of their ids. */
  async vettedOf(reader: Reader, reportIds: readonly string[]): Promise<Vetted[][]> {
    const rows = await reader.query(candidatesOf, [reportIds]);
    const ids = rows.map(({ id }) => id);
    const steps = await this.stepsOf(reader, ids);
    const of = (id: string) => steps.filter(({ candidateId }) => candidateId === id);
    return reportIds.map((reportId) =>
      rows.filter(({ childReportId }) => childReportId === reportId).map(({ id, state }) => ({ state, done: of(id) })),
    );
  }

  async candidatesByIds(reader: Reader, ids: readonly string[]): Promise<CaregiverRow[]> {
    return this.fields.unseal(await reader.query(candidatesByIds, [ids]), 'name', NAME);
  }

  async candidatesOf(reader: Reader, reportIds: readonly string[]): Promise<CaregiverRow[]> {
    return this.fields.unseal(await reader.query(candidatesOf, [reportIds]), 'name', NAME);
  }

  async lockCandidate(tx: Tx, id: string): Promise<CaregiverRow | undefined> {
    return (await tx.query(lockCandidate, [id]))[0];
  }

  /** Ask under the report’s lock. */
  async isPlaced(tx: Tx, reportId: string): Promise<boolean> {
    return (await tx.query(isPlaced, [reportId]))[0]?.isPlaced ?? false;
  }

  insertCandidate(tx: Tx, candidate: Pick<CaregiverEntity, 'childReportId' | 'name' | 'relationship'>): string {
    const id = newId();
    const { agencyId, id: proposedBy } = tx.actor;
    const name = this.fields.seal(NAME, id, candidate.name);
    const nameIndex = this.fields.index(NAME, candidate.name);
    const row = { ...candidate, name, nameIndex, id, agencyId, state: 'PROPOSED', proposedAt: tx.asOf, proposedBy };
    tx.post(candidateInsertion.statement, candidateInsertion.valuesOf(row as unknown as CaregiverEntity));
    return id;
  }

  move(tx: Tx, { id, state }: Pick<CaregiverRow, 'id' | 'state'>, to: CaregiverState): void {
    tx.post(move, [id, state, to]);
  }

  stepsOf(reader: Reader, candidateIds: readonly string[]): Promise<CaregiverStepRow[]> {
    return reader.query(stepsOf, [candidateIds]);
  }

  /** What was checked and decided of somebody of the same name in other reports of the agency, in order. */
  async earlierStepsOf(reader: Reader, candidateIds: readonly string[]): Promise<EarlierStepRow[]> {
    const named = (await this.candidatesByIds(reader, candidateIds)).flatMap(({ id, name }) =>
      this.onFileAs(name).map((index) => ({ id, index })),
    );
    return reader.query(earlierStepsOf, [named.map(({ id }) => id), named.map(({ index }) => index)]);
  }

  /** Under this name, and under those it is also said as. A name that does not open is known by nothing. */
  private onFileAs(name: string | null): Buffer[] {
    const same = name === null ? null : sameName(name);
    const names = same === null ? [] : alsoNamed(same, shippedWords().nicknames);
    return names.flatMap((one) => this.fields.indexes(NAME, one));
  }

  addStep(tx: Tx, step: Omit<CaregiverStepEntity, 'id' | 'agencyId' | 'at' | 'byId'>): void {
    const { agencyId, id: byId } = tx.actor;
    tx.post(stepInsertion.statement, stepInsertion.valuesOf({ ...step, id: newId(), agencyId, at: tx.asOf, byId }));
  }

  private async opened(rows: Promise<ChildReportRow[]>): Promise<ChildReportRow[]> {
    return this.fields.unseal(await this.fields.unseal(await rows, 'childName', CHILD_NAME), 'place', PLACE);
  }
}

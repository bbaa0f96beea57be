import { Injectable } from '@nestjs/common';
import { selectList } from '../../platform/database/columns';
import type { Reader } from '../../platform/database/reader';
import { sql } from '../../platform/database/statement';
import type { SystemTx } from '../../platform/database/tx';
import type { Discharge } from '../engine/discharges';
import type { RiskReason } from '../engine/vocabulary';
import { OutreachCaseEntity, type CaseRow } from './outreach-case.entity';
import { OutreachCasesStore } from './outreach-cases.store';

/** A flag of whom the row it is on is not. */
export interface PartedFlag {
  readonly id: string;
  readonly agencyId: string;
  readonly personId: string;
  readonly dischargeAt: Date | null;
  readonly reasons: readonly RiskReason[];
}

const plain = selectList(OutreachCaseEntity, 'c').replace('c.week as', 'c.week::text as');
const keyOf = (person: string): string =>
  `coalesce((select pc.cluster_id from person_cluster pc where pc.person_id = ${person}), ${person})`;
/** Nobody has been reached yet. */
const IS_WAITING = `c.kind = 'AT_RISK' and c.state in ('OPEN','UNASSIGNED','HANDED_OVER','TRIED')`;
const waiting = sql<CaseRow>(
  `select ${plain} from outreach_case c where ${IS_WAITING} and c.person_key = $1 and c.county_fips = $2 order by c.opened_at, c.id for no key update`,
);
const waitingIn = sql<CaseRow>(
  `select ${plain} from outreach_case c where c.kind = 'AT_RISK' and c.state = 'UNASSIGNED' and c.county_fips = any($1) order by c.id for no key update`,
);
const neverTaken = sql<CaseRow>(
  `select ${plain} from outreach_case c where c.state = 'CLOSED' and c.end_reason = 'NO_PROGRAM' and c.program_id is null
     and (c.county_fips = any($1) or c.residence_county_fips = any($1)) order by c.id for no key update`,
);
const OUTGROWN = `from outreach_case c where c.kind = 'AT_RISK' and c.state <> 'VOID' and c.person_id is not null
   and c.last_at > app.now() - interval '400 days' and ${keyOf('c.person_id')} <> c.person_key`;
const outgrown = sql<{ id: string }>(`select c.id ${OUTGROWN} and c.id <> all ($2::uuid[]) limit $1`);
const ofOthers = `from at_risk_flag f join outreach_case c on c.id = f.case_id
   where ${IS_WAITING} and ${keyOf('f.person_id')} <> ${keyOf('c.person_id')}`;
const withOthers = sql<{ id: string }>(`select distinct c.id ${ofOthers} and c.id <> all ($2::uuid[]) limit $1`);
const isOutgrown = sql<{ id: string }>(
  `select c.id ${OUTGROWN} and c.id = $1 union all select c.id ${ofOthers} and c.id = $1 limit 1`,
);
const parted = sql<PartedFlag>(
  `select f.id, f.agency_id as "agencyId", f.person_id as "personId", f.discharge_at as "dischargeAt", f.reasons ${ofOthers} and c.id = $1 order by f.id`,
);
const discharges = sql<Discharge>(
  `select f.agency_id as "agencyId", f.flagged_at as "flaggedAt", f.discharge_at as "dischargeAt" from at_risk_flag f
   where f.case_id = any($1::uuid[]) order by f.flagged_at, f.id`,
);
const moveFlags = sql('update at_risk_flag set case_id = $2 where case_id = $1');
const moveFlag = sql('update at_risk_flag set case_id = $2 where id = $1');

@Injectable()
export class FlaggedRowsStore {
  constructor(private readonly cases: OutreachCasesStore) {}

  /** Of this person in this county, the first on top. */
  async waiting(tx: SystemTx, personKey: string, countyFips: string): Promise<CaseRow[]> {
    return this.cases.opened(await tx.query(waiting, [personKey, countyFips]));
  }

  async waitingIn(tx: SystemTx, countyFips: readonly string[]): Promise<CaseRow[]> {
    return this.cases.opened(await tx.query(waitingIn, [countyFips]));
  }

  /** Ended because no program looked after the county. */
  async neverTaken(tx: SystemTx, countyFips: readonly string[]): Promise<CaseRow[]> {
    return this.cases.opened(await tx.query(neverTaken, [countyFips]));
  }

  /** Rows whose person is known to be somebody else by now, or whose flags are of two people. */
  async outgrown(reader: Reader, limit: number, resting: readonly string[]): Promise<{ id: string }[]> {
    const found = await reader.query(outgrown, [limit, resting]);
    if (found.length === limit) return found;
    const left = [limit - found.length, [...resting, ...found.map(({ id }) => id)]];
    return [...found, ...(await reader.query(withOthers, left))];
  }

  async isOutgrown(reader: Reader, caseId: string): Promise<boolean> {
    return (await reader.query(isOutgrown, [caseId])).length > 0;
  }

  parted(tx: SystemTx, caseId: string): Promise<PartedFlag[]> {
    return tx.query(parted, [caseId]);
  }

  /** What hospitals said on these rows of the discharge, the first first. */
  discharges(tx: SystemTx, caseIds: readonly string[]): Promise<Discharge[]> {
    return tx.query(discharges, [caseIds]);
  }

  moveFlags(tx: SystemTx, from: string, to: string): void {
    tx.post(moveFlags, [from, to]);
  }

  moveFlag(tx: SystemTx, id: string, to: string): void {
    tx.post(moveFlag, [id, to]);
  }
}

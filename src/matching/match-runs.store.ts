import { Injectable } from '@nestjs/common';
import type { Facts } from '../access';
import { newId } from '../platform/database/new-id';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { SystemTx } from '../platform/database/tx';
import type { MatchRunEntity } from './match-run.entity';
import type { StoredVerdicts } from './stored-verdicts';

/**
 * A run without its verdicts, which may be hundreds of kilobytes, and without what decides who reads it: that is the referral’s, and
 * whoever shows a run gives it along. Without it nothing of a run is shown.
 */
export type MatchRunRow = Omit<MatchRunEntity, 'need' | 'verdicts'> & {
  readonly leftOut: number;
  /** What the sender heard of others: no consent that it holds lets a coordinator hear it. */
  readonly isHeardOfOthers: boolean;
};

/** A run as its reader is told of it. */
export type ToldRun = MatchRunRow &
  Facts & {
    /** They may not know what programs answered: nothing of it shows. */
    readonly isWithoutAnswers: boolean;
  };

export interface RunVerdictsRow {
  readonly id: string;
  readonly verdicts: StoredVerdicts;
}

const addRun = sql(
  `insert into match_run (id, referral_id, agency_id, as_of, policy_version, need, verdicts, considered, eligible, oldest_census_at, overdose_preference,
     told_by_agency_id)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
);

// Row-level security shows a run to the sending side only.
const runsOfReferrals = sql<MatchRunRow>(
  `select r.id, r.referral_id as "referralId", r.agency_id as "agencyId", r.as_of as "asOf", r.policy_version as "policyVersion",
     r.considered, r.eligible, r.oldest_census_at as "oldestCensusAt", (r.verdicts ->> 'leftOut')::int as "leftOut",
     r.overdose_preference as "overdosePreference", coalesce(r.told_by_agency_id, r.agency_id) as "toldByAgencyId",
     r.told_by_agency_id is not null as "isHeardOfOthers"
   from match_run r where r.referral_id = any($1::uuid[]) order by r.as_of desc, r.id desc`,
);
const verdictsOfRuns = sql<RunVerdictsRow>('select id, verdicts from match_run where id = any($1::uuid[])');

@Injectable()
export class MatchRunsStore {
  /** Answers the run’s id. */
  add(tx: SystemTx, run: Omit<MatchRunEntity, 'id'>): string {
    const id = newId();
    tx.post(addRun, [
      id,
      run.referralId,
      run.agencyId,
      run.asOf,
      run.policyVersion,
      JSON.stringify(run.need),
      JSON.stringify(run.verdicts),
      run.considered,
      run.eligible,
      run.oldestCensusAt,
      run.overdosePreference && JSON.stringify(run.overdosePreference),
      run.toldByAgencyId,
    ]);
    return id;
  }

  /** Newest first. */
  ofReferrals(reader: Reader, referralIds: readonly string[]): Promise<MatchRunRow[]> {
    return reader.query(runsOfReferrals, [referralIds]);
  }

  verdicts(reader: Reader, runIds: readonly string[]): Promise<RunVerdictsRow[]> {
    return reader.query(verdictsOfRuns, [runIds]);
  }
}

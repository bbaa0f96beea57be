import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import type { Actor } from '../../src/access';
import type { Candidate } from '../../src/matching/engine/candidate';
import { CandidateStore } from '../../src/matching/candidate.store';
import { cellOf } from '../../src/matching/engine/geodesy';
import type { Need } from '../../src/matching/engine/need';
import { MatchRunsStore } from '../../src/matching/match-runs.store';
import { MatchingService, type RunAnswer } from '../../src/matching/matching.service';
import { ProgramHistoryStore } from '../../src/matching/program-history.store';
import { UnmetNeedsStore } from '../../src/matching/unmet-needs.store';
import { withClient } from '../../src/platform/database/embedded/client';
import type { SystemTx } from '../../src/platform/database/tx';
import type { TestUnitOfWork } from '../setup/unit-of-work';
import { buildCandidate } from './matching.arbitraries';

/** A candidate as it is stored; its ids are UUIDs. */
export type StoredCandidate = Candidate & { readonly timeZone: string };

const insertAgencies = `insert into agency (id, name, kind, state)
  select distinct "agencyId"::uuid, 'Provider', 'TREATMENT_PROVIDER', 'OH' from jsonb_to_recordset($1) as c("agencyId" text)
  on conflict do nothing`;

const insertPrograms = `insert into program (id, agency_id, name, state, latitude, longitude, time_zone, acceptance_mode, freshness_minutes, part2_program)
  select distinct on ("programId") "programId", "agencyId", 'Program', 'OH', null::float8, null::float8, 'UTC', "acceptanceMode", 1440, false
  from jsonb_to_recordset($1) as c("programId" uuid, "agencyId" uuid, "acceptanceMode" text)
  on conflict do nothing`;

const insertPools = `insert into bed_pool (id, program_id, agency_id, name, level_of_care, staffed, occupied, held, attested_at)
  select "poolId", "programId", "agencyId", "poolId"::text, "levelOfCare", staffed, occupied, held, "attestedAt"
  from jsonb_to_recordset($1) as c("poolId" uuid, "programId" uuid, "agencyId" uuid, "levelOfCare" text, staffed int, occupied int, held int, "attestedAt" timestamptz)`;

const insertMatchRows = `insert into pool_match
  select "poolId", "programId", "agencyId", "levelOfCare", cell, latitude, longitude, "minAge", "maxAge", sexes, "admitsPregnant", "acceptanceMode",
    services, "medicationsOffered", "medicationsAccepted", payers, languages, substances, "servesOnly", "acceptedPathways", "intakeWindows", "timeZone", "freshnessMinutes"
  from jsonb_to_recordset($1) as c("poolId" uuid, "programId" uuid, "agencyId" uuid, "levelOfCare" text, cell int, latitude float8, longitude float8,
    "minAge" int, "maxAge" int, sexes text[], "admitsPregnant" boolean, "acceptanceMode" text, services text[], "medicationsOffered" text[],
    "medicationsAccepted" text[], payers text[], languages text[], substances text[], "servesOnly" text, "acceptedPathways" text[], "intakeWindows" jsonb, "timeZone" text, "freshnessMinutes" int)`;

const insertAnswers = `insert into program_answers (program_id, agency_id, offers_put, offers_answered, median_answer_minutes)
  select "programId", "agencyId", "offersPut", "offersAnswered", "medianAnswerMinutes"
  from jsonb_to_recordset($1) as c("programId" uuid, "agencyId" uuid, "offersPut" int, "offersAnswered" int, "medianAnswerMinutes" float8)
  on conflict (program_id) do nothing`;

const cell = ({ latitude, longitude }: Candidate): number | null =>
  latitude === null || longitude === null ? null : cellOf(latitude, longitude);

/** Stores candidates as agencies, programs, pools, match rows and answer figures, each in one statement. */
export const insertCandidates = async (client: Client, candidates: readonly StoredCandidate[]): Promise<void> => {
  const rows = JSON.stringify(candidates.map((candidate) => ({ ...candidate, cell: cell(candidate) })));
  for (const statement of [insertAgencies, insertPrograms, insertPools, insertMatchRows, insertAnswers]) {
    await client.query(statement, [rows]);
  }
};

/** A pool of a program and an agency of its own in Chillicothe, with a census half an hour old. */
export const buildStored = (facts: Partial<StoredCandidate> = {}): StoredCandidate => ({
  ...buildCandidate({ attestedAt: new Date(Date.now() - 30 * 60_000) }),
  poolId: randomUUID(),
  programId: randomUUID(),
  agencyId: randomUUID(),
  timeZone: 'America/New_York',
  ...facts,
});

export interface StoredReferral {
  readonly referralId: string;
  readonly personId: string;
}

/** A submitted referral with its sender and, where one is given, its coordinating agency. */
export const insertReferral = async (
  client: Client,
  senderId: string,
  coordinatingId: string | null = null,
): Promise<StoredReferral> => {
  const [referralId, personId, episodeId] = [randomUUID(), randomUUID(), randomUUID()];
  await client.query('insert into person (id) values ($1)', [personId]);
  await client.query(
    "insert into episode (id, person_id, opened_by_agency_id, pathway) values ($1, $2, $3, 'NALOXONE_PLUS')",
    [episodeId, personId, senderId],
  );
  await client.query(
    `insert into referral (id, episode_id, person_id, pathway, state, sender_agency_id, submitted_by, coordinating_agency_id, need)
     values ($1, $2, $3, 'NALOXONE_PLUS', 'SUBMITTED', $4, $4, $5, '{}')`,
    [referralId, episodeId, personId, senderId, coordinatingId],
  );
  const parties = [[senderId, 'SENDER'], ...(coordinatingId === null ? [] : [[coordinatingId, 'COORDINATING']])];
  for (const [agencyId, side] of parties) {
    await client.query(
      'insert into referral_party (agency_id, referral_id, side, submitted_at) values ($1, $2, $3, now())',
      [agencyId, referralId, side],
    );
  }
  return { referralId, personId };
};

let places = 0;

/** A place farther from every other than anyone goes, so that no test sees another’s programs. */
export const nextPlace = () => ({ latitude: 15 + (places += 3), longitude: -100 });

/** Matching as one agency’s command uses it, on a database of its own. */
export class MatchingDesk {
  readonly runs = new MatchRunsStore();
  readonly unmetNeeds = new UnmetNeedsStore();
  readonly service = new MatchingService(new CandidateStore(), this.runs, this.unmetNeeds, new ProgramHistoryStore());

  constructor(
    readonly db: TestUnitOfWork,
    readonly sender: Actor,
  ) {}

  get reader() {
    return this.db.unitOfWork.reader(this.sender);
  }

  arrange(candidates: readonly StoredCandidate[]): Promise<void> {
    return withClient(this.db.database.ownerUrl, (client) => insertCandidates(client, candidates));
  }

  refer(coordinatingId: string | null = null): Promise<StoredReferral> {
    return withClient(this.db.database.ownerUrl, (client) =>
      insertReferral(client, this.sender.agencyId, coordinatingId),
    );
  }

  /** Inside a committed transaction past its decision. */
  async asSystem<Result>(work: (tx: SystemTx) => Promise<Result>): Promise<Result> {
    let result: Result | undefined;
    await this.db.unitOfWork.run(this.sender, { name: 'match', isHousekeeping: true }, async (tx) => {
      result = await work(tx.asSystem());
      return { id: randomUUID() };
    });
    return result as Result;
  }

  run(
    { referralId, personId }: StoredReferral,
    need: Need,
    excludedProgramIds: readonly string[] = [],
  ): Promise<RunAnswer> {
    const { agencyId } = this.sender;
    return this.asSystem((tx) => this.service.run(tx, { referralId, personId, agencyId, need, excludedProgramIds }));
  }

  /** Runs and records that nobody was left, whoever was. */
  async recordUnmetNeed(referral: StoredReferral, need: Need, countyFips: string | null = null): Promise<string> {
    const { runId: matchRunId, rulesOfLastRemoved: rules } = await this.run(referral, need);
    const facts = { referralId: referral.referralId, matchRunId, agencyId: this.sender.agencyId, rules, countyFips };
    return this.asSystem((tx) => this.service.recordUnmetNeed(tx, facts));
  }
}

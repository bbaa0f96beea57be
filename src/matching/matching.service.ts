import { Injectable } from '@nestjs/common';
import { invalid, notFound, Refusal } from '../kernel/refusal';
import type { Reader } from '../platform/database/reader';
import type { SystemTx } from '../platform/database/tx';
import { CandidateStore, type Candidates } from './candidate.store';
import type { AcceptanceMode, Candidate } from './engine/candidate';
import { contextOf } from './engine/context';
import { preferInDanger, type Danger } from './engine/danger';
import { defaultPolicy } from './engine/default-policy';
import { match, type MatchResult } from './engine/match';
import type { Need } from './engine/need';
import type { RuleName } from './engine/rules';
import { judge, type Verdict } from './engine/verdict';
import type { RunRule } from './matching.enums';
import { UNMET_NEED_RECORDED, UNMET_NEED_RESOLVED } from './matching.events';
import { MatchRunsStore } from './match-runs.store';
import type { NeedInput } from './need.input';
import { inOrder, packPreference, withPools } from './overdose-preference';
import { ProgramHistoryStore, type LastingDecline, type ProgramAnswers } from './program-history.store';
import { programVerdictsOf, rulesOfLastRemoved, runVerdictsOf, type RunVerdict } from './run-verdicts';
import { packVerdicts } from './stored-verdicts';
import { UnmetNeedsStore, type UnmetNeedFacts } from './unmet-needs.store';

export interface RunRequest {
  readonly referralId: string;
  /** The agency that sent the referral: it and its coordinator may read the run. */
  readonly agencyId: string;
  readonly personId: string;
  readonly need: Need;
  /** Programs this referral was put to before. */
  readonly excludedProgramIds: readonly string[];
  /** What puts the person in danger of another overdose, as far as the sender knows it; absent: nothing known. */
  readonly dangers?: readonly Danger[];
  /** Whose words the dangers are; null or absent: the sender’s own. */
  readonly toldByAgencyId?: string | null;
}

/** A program that may be asked, by its best pool. */
export interface RunCandidate {
  readonly programId: string;
  readonly poolId: string;
  readonly agencyId: string;
  readonly acceptanceMode: AcceptanceMode;
  /** 1 is the best. */
  readonly rank: number;
  readonly score: number;
}

export interface RunAnswer {
  readonly runId: string;
  /** Best first; each program once. */
  readonly candidates: readonly RunCandidate[];
  /** Empty while somebody is left. */
  readonly rulesOfLastRemoved: readonly RunRule[];
}

/** One who waits for a place: who, and what for. */
export interface WaitingPerson {
  readonly referralId: string;
  readonly personId: string;
  readonly need: Need;
  /** A program that they agreed to go to although it is farther than they would go. */
  readonly alsoAt: { readonly programId: string; readonly withinKm: number } | null;
}

/** One pool, and what the engine says of it for each of those who wait: asked one by one, for the first is often enough. */
export interface WaitedFor {
  readonly pool: Candidate;
  readonly asOf: Date;
  readonly verdictFor: (person: WaitingPerson) => Verdict;
}

/** The pool to ask of a program a human chose. */
export interface Eligibility {
  readonly programId: string;
  readonly poolId: string;
  readonly agencyId: string;
  readonly acceptanceMode: AcceptanceMode;
  /** Rules that stop automatic routing only and that the human set aside; for the record. */
  readonly waived: readonly RuleName[];
}

/**
 * Past its freshness contract a census stops automatic routing, and a closed desk may be called all the same: whoever chooses a
 * program by hand may know better. Every other rule stands.
 */
const WAIVABLE: readonly RuleName[] = ['CENSUS_FRESH', 'OPEN_NOW'];

const byPool = (candidates: readonly Candidate[]): ReadonlyMap<string, Candidate> =>
  new Map(candidates.map((candidate) => [candidate.poolId, candidate]));

const oldestCensus = (eligible: readonly RunVerdict[], pools: ReadonlyMap<string, Candidate>): Date | null => {
  const times = eligible.map(({ poolId }) => pools.get(poolId)?.attestedAt).filter((at) => at instanceof Date);
  return times.reduce<Date | null>((oldest, at) => (oldest === null || at < oldest ? at : oldest), null);
};

const candidateOf = ({ programId, poolId, score }: RunVerdict, pool: Candidate, index: number): RunCandidate => ({
  programId,
  poolId,
  agencyId: pool.agencyId,
  acceptanceMode: pool.acceptanceMode,
  rank: index + 1,
  score: score ?? 0,
});

const standing = (removedBy: readonly { readonly rule: RuleName }[]): RuleName[] =>
  removedBy.map(({ rule }) => rule).filter((rule) => !WAIVABLE.includes(rule));

const notEligible = ({ verdicts }: MatchResult): Refusal<'NOT_ELIGIBLE'> => {
  const closest = [...verdicts].sort((a, b) => standing(a.removedBy).length - standing(b.removedBy).length)[0];
  const removedBy = closest?.removedBy.filter(({ rule }) => !WAIVABLE.includes(rule)) ?? [];
  return new Refusal('NOT_ELIGIBLE', 'A hard rule stands against this program for this need.', {
    rules: removedBy.map(({ rule }) => rule),
    findings: removedBy,
    remedy: 'Choose another program, or correct the need where a rule rests on a wrong fact.',
  });
};

/** Matching for the rooms above. Every method works inside the caller’s transaction, past its decision. */
@Injectable()
export class MatchingService {
  constructor(
    private readonly candidates: CandidateStore,
    private readonly runs: MatchRunsStore,
    private readonly unmetNeeds: UnmetNeedsStore,
    private readonly history: ProgramHistoryStore,
  ) {}

  /** Judges every pool within reach, keeps the run whole, and answers who may be asked, best first. */
  async run(tx: SystemTx, request: RunRequest): Promise<RunAnswer> {
    const { referralId, agencyId, personId, need, excludedProgramIds, dangers = [] } = request;
    const { asOf, candidates, leftOut } = await this.candidates.within(tx, need, personId);
    const { policyVersion, verdicts } = match(need, candidates, asOf);
    const told = runVerdictsOf(verdicts, excludedProgramIds);
    const programs = programVerdictsOf(told);
    const eligible = programs.filter(({ isEligible }) => isEligible);
    const pools = byPool(candidates);
    const preferred = dangers.length === 0 ? null : preferInDanger(need, withPools(eligible, pools), dangers);
    const runId = this.runs.add(tx, {
      referralId,
      agencyId,
      asOf,
      policyVersion,
      need,
      verdicts: packVerdicts(told, leftOut),
      considered: programs.length,
      eligible: eligible.length,
      oldestCensusAt: oldestCensus(eligible, pools),
      overdosePreference: preferred && packPreference(preferred, dangers),
      toldByAgencyId: request.toldByAgencyId ?? null,
    });
    const details = { matchRunId: runId, considered: programs.length };
    tx.audit({ action: 'referral.matched', subjectType: 'Referral', subjectId: referralId, details });
    return {
      runId,
      candidates: inOrder(eligible, preferred).map((verdict, index) =>
        candidateOf(verdict, pools.get(verdict.poolId) as Candidate, index),
      ),
      rulesOfLastRemoved: rulesOfLastRemoved(told),
    };
  }

  /** The pool to ask of a program that a human chose, or NOT_FOUND, or NOT_ELIGIBLE with the rules in `details.rules`. */
  async eligibility(
    tx: SystemTx,
    need: Need,
    programId: string,
    personId: string,
  ): Promise<Eligibility | Refusal<'NOT_ELIGIBLE' | 'NOT_FOUND'>> {
    const { asOf, candidates } = await this.candidates.ofProgram(tx, programId, personId);
    if (candidates.length === 0) return notFound('program with open pools');
    const result = match(need, candidates, asOf);
    // Eligible pools come first and best first; of the others, any that only a waivable rule stands against.
    const taken = result.verdicts.find(({ removedBy }) => standing(removedBy).length === 0);
    const pool = taken && byPool(candidates).get(taken.poolId);
    if (!taken || !pool) return notEligible(result);
    const { poolId, agencyId, acceptanceMode } = pool;
    return { programId, poolId, agencyId, acceptanceMode, waived: taken.removedBy.map(({ rule }) => rule) };
  }

  /** Pools as they stand now, and the time they were read at. */
  pools(reader: Reader, poolIds: readonly string[]): Promise<Candidates> {
    return this.candidates.byIds(reader, poolIds);
  }

  /** Each of these pools for those who wait, judged as they were read. `reader` must be the system’s. */
  async waitedFor(reader: Reader, { asOf, candidates }: Candidates, waiting: readonly WaitingPerson[]) {
    const declined = await this.history.declinedAmong(
      reader,
      candidates.map(({ programId }) => programId),
      waiting.map(({ personId }) => personId),
    );
    const pairs = new Set(declined.map(({ personId, programId }) => `${personId} ${programId}`));
    return candidates.map((pool): WaitedFor => ({
      pool,
      asOf,
      verdictFor: ({ personId, need: own, alsoAt }) => {
        const reach = alsoAt?.programId === pool.programId ? alsoAt.withinKm : 0;
        const need = { ...own, maxDistanceKm: Math.max(own.maxDistanceKm, reach) };
        const isLastinglyDeclined = pairs.has(`${personId} ${pool.programId}`);
        return judge(need, { ...pool, isLastinglyDeclined }, contextOf(need, asOf));
      },
    }));
  }

  /** Keeps the word of the engine on the one pool that a waiting person was given. Answers the run’s id. */
  keepVerdict(
    tx: SystemTx,
    { referralId, agencyId, need }: Pick<RunRequest, 'referralId' | 'agencyId' | 'need'>,
    { asOf, pool }: Pick<WaitedFor, 'asOf' | 'pool'>,
    verdict: Verdict,
  ): string {
    const eligible = verdict.isEligible ? 1 : 0;
    const verdicts = packVerdicts(runVerdictsOf([verdict], []), 0);
    const judged = { asOf, policyVersion: defaultPolicy.version, need, verdicts, considered: 1, eligible };
    const matchRunId = this.runs.add(tx, {
      referralId,
      agencyId,
      ...judged,
      oldestCensusAt: pool.attestedAt,
      overdosePreference: null,
      toldByAgencyId: null,
    });
    const details = { matchRunId, considered: 1 };
    tx.audit({ action: 'referral.matched', subjectType: 'Referral', subjectId: referralId, details });
    return matchRunId;
  }

  /** Whether somebody may wait for a program: only rules about the moment may stand against it. Null: they may. */
  async suitability(
    tx: SystemTx,
    need: Need,
    programId: string,
    personId: string,
  ): Promise<Refusal<'NOT_ELIGIBLE' | 'NOT_FOUND'> | null> {
    const { asOf, candidates } = await this.candidates.ofProgram(tx, programId, personId);
    if (candidates.length === 0) return notFound('program with open pools');
    const result = match(need, candidates, asOf);
    return result.verdicts.some(({ isSuitable }) => isSuitable) ? null : notEligible(result);
  }

  /** INVALID_INPUT for a program that is wished for and does not exist; null when all do. `path` is the argument’s name. */
  async unknownWish(reader: Reader, input: NeedInput, path: string): Promise<Refusal<'INVALID_INPUT'> | null> {
    const wished = input.preferredProgramIds;
    if (wished.length === 0) return null;
    const [unknown] = await this.history.unlisted(reader, wished);
    return unknown === undefined
      ? null
      : invalid(
          `${path}.preferredProgramIds[${wished.indexOf(unknown)}]`,
          'No such program.',
          'Look the program up with `programs`, or leave it out.',
        );
  }

  /** Nobody could take the person. Answers the record’s id; a record still open for the referral is renewed. */
  async recordUnmetNeed(tx: SystemTx, facts: UnmetNeedFacts): Promise<string> {
    const id = await this.unmetNeeds.record(tx, facts);
    const { referralId, matchRunId } = facts;
    // Without the rules: they are read where the need is, and the trail is not.
    const details = { referralId, matchRunId };
    tx.audit({ action: UNMET_NEED_RECORDED, subjectType: 'UnmetNeed', subjectId: id, details });
    tx.emit({ name: UNMET_NEED_RECORDED, subjectType: 'UnmetNeed', subjectId: id, payload: { referralId } });
    return id;
  }

  /** Whether a record is open for the referral: nobody has been found since. */
  isUnmet(tx: SystemTx, referralId: string): Promise<boolean> {
    return this.unmetNeeds.isOpen(tx, referralId);
  }

  /** Closes the referral’s open record, if there is one. */
  async resolveUnmetNeed(tx: SystemTx, referralId: string): Promise<void> {
    const id = await this.unmetNeeds.resolve(tx, referralId);
    if (id === null) return;
    tx.audit({ action: UNMET_NEED_RESOLVED, subjectType: 'UnmetNeed', subjectId: id, details: { referralId } });
    tx.emit({ name: UNMET_NEED_RESOLVED, subjectType: 'UnmetNeed', subjectId: id, payload: { referralId } });
  }

  /** The program is not proposed for this person again until it is cleared. */
  recordLastingDecline(tx: SystemTx, decline: LastingDecline): Promise<void> {
    return this.history.decline(tx, decline);
  }

  /** A second look was asked for. Answers whether there was a decline to clear. */
  clearLastingDecline(tx: SystemTx, personId: string, programId: string): Promise<boolean> {
    return this.history.clear(tx, personId, programId);
  }

  /** How the program answered offers over the last 90 days. */
  saveAnswers(tx: SystemTx, answers: ProgramAnswers): Promise<void> {
    return this.history.saveAnswers(tx, answers);
  }
}

import { Injectable } from '@nestjs/common';
import type { Actor } from '../access';
import { isRefusal, type Refusal } from '../kernel/refusal';
import { minutesBetween } from '../kernel/clock';
import type { Reader } from '../platform/database/reader';
import { CandidateStore } from './candidate.store';
import { defaultPolicy } from './engine/default-policy';
import { emergencyInstruction, type MissingSignal } from './engine/intake';
import { match } from './engine/match';
import type { Need } from './engine/need';
import { rank } from './engine/rank';
import { removalCounts, type RuleCount } from './engine/unmet-need';
import type { MatchNeedInput, MatchProgramsArgs } from './match-programs.args';
import { MatchingService } from './matching.service';
import { checkNeed, isComplete, needOf } from './read-need';
import { shownTerm, type ShownTerm } from './shown-verdict';

export interface ProgramMatchRow {
  readonly programId: string;
  readonly poolId: string;
  readonly score: number;
  readonly distanceKm: number;
  readonly terms: readonly ShownTerm[];
  readonly censusAgeMinutes: number;
}

export interface ProgramMatchesRow {
  readonly matches: readonly ProgramMatchRow[];
  readonly asOf: Date | null;
  readonly policyVersion: string;
  readonly missing: readonly MissingSignal[];
  readonly emergencyInstruction: string | null;
  /** `null`: nothing was searched. */
  readonly need: Need | null;
}

/** What a wider look adds: also the programs that no query for the best would read. */
export interface Considered {
  readonly programs: number;
  readonly removedByRule: readonly RuleCount[];
}

const unsearched = (facts: Partial<ProgramMatchesRow>): ProgramMatchesRow => ({
  matches: [],
  asOf: null,
  policyVersion: defaultPolicy.version,
  missing: [],
  emergencyInstruction: null,
  need: null,
  ...facts,
});

/** A straight line between points known to a few hundred metres is not more exact than that. */
const tenths = (km: number): number => Math.round(km * 10) / 10;

/** Answers where there is room, for a need without a person. Keeps nothing. */
@Injectable()
export class ProgramMatchesService {
  readonly #considered = new WeakMap<Need, Promise<Considered>>();

  constructor(
    private readonly candidates: CandidateStore,
    private readonly matching: MatchingService,
  ) {}

  async find(
    actor: Actor,
    reader: Reader,
    { need: input, first }: MatchProgramsArgs,
  ): Promise<ProgramMatchesRow | Refusal> {
    const need = this.read(actor, input);
    if (isRefusal(need) || 'matches' in need) return need;
    return (await this.matching.unknownWish(reader, input, 'need')) ?? this.search(reader, need, first);
  }

  /** Counts over all programs within reach; one further read, however many fields ask for it. */
  considered(reader: Reader, { need }: ProgramMatchesRow): Promise<Considered> {
    if (need === null) return Promise.resolve({ programs: 0, removedByRule: [] });
    const known = this.#considered.get(need);
    if (known) return known;
    const counted = this.count(reader, need);
    this.#considered.set(need, counted);
    return counted;
  }

  private read(actor: Actor, input: MatchNeedInput): Need | ProgramMatchesRow | Refusal {
    const refusal = checkNeed(actor, input);
    if (refusal) return refusal;
    if (input.redFlags.length > 0) return unsearched({ emergencyInstruction: emergencyInstruction(input.redFlags) });
    const need = needOf(input, { pathway: input.pathway, age: input.ageYears ?? null, sex: input.sex ?? null });
    return isComplete(need) ? need : unsearched({ missing: need });
  }

  private async search(reader: Reader, need: Need, limit: number): Promise<ProgramMatchesRow> {
    const { asOf, candidates } = await this.candidates.suited(reader, need);
    const best = rank(need, candidates, asOf, { limit, isOncePerProgram: true });
    const attested = new Map(candidates.map(({ poolId, attestedAt }) => [poolId, attestedAt]));
    const matches = best.map(({ programId, poolId, score, distanceKm, terms }) => ({
      programId,
      poolId,
      terms: terms.map(shownTerm),
      // An eligible verdict has a score, a place and a census.
      score: score ?? 0,
      distanceKm: tenths(distanceKm ?? 0),
      censusAgeMinutes: Math.max(0, Math.floor(minutesBetween(attested.get(poolId) ?? asOf, asOf))),
    }));
    return unsearched({ matches, asOf, need });
  }

  private async count(reader: Reader, need: Need): Promise<Considered> {
    const { asOf, candidates } = await this.candidates.within(reader, need, null);
    const { verdicts } = match(need, candidates, asOf);
    return {
      programs: new Set(candidates.map(({ programId }) => programId)).size,
      removedByRule: removalCounts(verdicts),
    };
  }
}

import type { LevelOfCare, Medication, Service } from '../../kernel/vocabulary';
import type { Signal, SignalTerms } from './signals';

/** With the signal, only these levels are acceptable. Rows are read in order; the acceptable set is what all of them leave. */
export interface LevelRow {
  readonly when: Signal;
  readonly levels: readonly LevelOfCare[];
  /** Plain words for the person who asks why. */
  readonly reason: string;
  /** Where the rule comes from; `null`: a default of this product, for each state or installation to set. */
  readonly source: string | null;
}

/** With the signal, a program at one of these levels must have at least one of the services. */
export interface ServiceRow {
  readonly when: Signal;
  readonly atLevels: readonly LevelOfCare[];
  readonly anyOf: readonly Service[];
  readonly reason: string;
  readonly source: string | null;
}

/** With the signal, a program must offer or accept at least one of the medications. */
export interface MedicationRow {
  readonly when: Signal;
  readonly anyOf: readonly Medication[];
  readonly reason: string;
  readonly source: string | null;
}

/** With the signal, a program that has any of these fits better; `weight` against the other rows that apply. */
export interface FitRow {
  readonly name: string;
  readonly when: Signal;
  readonly weight: number;
  readonly services: readonly Service[];
  readonly medications: readonly Medication[];
  readonly levels: readonly LevelOfCare[];
}

/** What an earlier overdose says of the danger of another: signals of `rules/overdose-risk.json`. */
export type DangerSignal = 'RECENT_OVERDOSE' | 'REPEAT_OVERDOSE' | 'MANY_DOSES' | 'REFUSED_TRANSPORT';

/** For somebody in such danger, a program that has any of these goes before one alike without; `bonus` is added to its score. */
export interface DangerRow {
  readonly name: string;
  readonly when: readonly DangerSignal[];
  readonly bonus: number;
  readonly takesAtOnce: boolean;
  readonly services: readonly Service[];
  readonly medications: readonly Medication[];
  readonly levels: readonly LevelOfCare[];
  /** Of no use to somebody whose need names what they use, and no opioids. */
  readonly isForOpioids: boolean;
  /** Where it comes from; `null`: a default of this product. */
  readonly source: string | null;
}

export type TermName = 'TRAVEL' | 'STILL_OPEN' | 'RESPONSE' | 'FIT' | 'PREFERENCE';

export interface ScorePolicy {
  /** Relative weights, none negative, not all zero; the engine divides by their sum. */
  readonly weights: Readonly<Record<TermName, number>>;
  /** Kilometres at which the travel term has fallen to one half. */
  readonly halfTravelKm: number;
  /** Straight-line kilometres an hour, used to say how old the census will be on arrival. */
  readonly travelKmPerHour: number;
  /** Minutes after which one place seen open has an even chance to be taken. */
  readonly halfPlaceMinutes: number;
  /** Answer rate assumed of a program without history, and how many offers that assumption weighs. */
  readonly priorAnswerRate: number;
  readonly priorOffers: number;
  /** Median minutes to the answer assumed of a program without history. */
  readonly priorAnswerMinutes: number;
  /** Minutes at which the speed of an answer counts one half. */
  readonly halfAnswerMinutes: number;
  /** Share of the fit a program gets for accepting, but not offering, the medication the person wishes to start. */
  readonly acceptedMedicationFit: number;
  /** Weight of the wished medication among the fit rows. */
  readonly wantedMedicationWeight: number;
}

/** Every figure and table of matching that a state or an installation may set otherwise. Plain data: stored with the run. */
export interface MatchPolicy {
  /** Names this set of figures in stored runs; change it with any figure. */
  readonly version: string;
  readonly levelRows: readonly LevelRow[];
  readonly serviceRows: readonly ServiceRow[];
  readonly medicationRows: readonly MedicationRow[];
  readonly fitRows: readonly FitRow[];
  readonly dangerRows: readonly DangerRow[];
  /** Levels where people stay overnight: children who come along need beds there. */
  readonly overnightLevels: readonly LevelOfCare[];
  /** Languages spoken in every program, BCP-47 primary subtags in lower case. */
  readonly assumedLanguages: readonly string[];
  /** Intake that opens within so many minutes counts as open now. */
  readonly opensWithinMinutes: number;
  /** Longest freshness contract honoured, minutes. */
  readonly maxFreshnessMinutes: number;
  readonly signalTerms: SignalTerms;
  readonly score: ScorePolicy;
}

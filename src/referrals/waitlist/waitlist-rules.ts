import { overdoseSignals, type OverdoseSignal } from '../../overdoses';
import { readRules, rulesIn } from '../../platform/config';
import { keysOf } from '../../kernel/vocabulary';
import type { InterimRules } from './engine/interim';
import { interimServices } from './engine/interim';
import { priorityTiers, riskSignals, type PriorityTier, type RiskSignal, type WaitlistOrder } from './engine/order';
import { removalReasons, type RemovalRules } from './engine/removal';

/** What a state lays down about waiting: the part `waitlist` of a pack in `rules/states`. */
export interface WaitlistRules extends WaitlistOrder {
  readonly version: string;
  /** ISO date; the version holds from that day on. */
  readonly validFrom: string;
  readonly source: string;
  readonly risk: Readonly<Record<RiskSignal, number>>;
  /** What overdoses on file add to the risk. */
  readonly overdoses: Readonly<Record<OverdoseSignal, number>>;
  readonly interim: InterimRules;
  /** Whose admission has a deadline (45 CFR 96.126(b)). */
  readonly admissionDeadlineFor: readonly PriorityTier[];
  /** How far somebody may be sent to a program that can take them, kilometres. */
  readonly reasonableDistanceKm: number;
  readonly removal: RemovalRules;
}
interface Pack {
  readonly state: string;
  readonly waitlist?: readonly WaitlistRules[];
}

const sameAs = (names: readonly string[], all: readonly string[]): boolean =>
  names.length === all.length && all.every((one) => names.includes(one));

const problemsOf = ({
  version,
  order,
  risk,
  overdoses,
  interim,
  removal,
  reasonableDistanceKm,
}: WaitlistRules): string[] => {
  const tiers = keysOf(priorityTiers);
  const services = Object.values(interim.required).flat();
  return [
    ...(sameAs(order, tiers) ? [] : ['the order must name every tier once']),
    ...(sameAs(Object.keys(risk), keysOf(riskSignals)) ? [] : ['risk must name every signal']),
    ...(sameAs(Object.keys(overdoses), keysOf(overdoseSignals)) ? [] : ['overdoses must name every signal']),
    ...(sameAs(Object.keys(interim.required), tiers) ? [] : ['interim services are missing for a tier']),
    ...services.filter((one) => !Object.hasOwn(interimServices, one)).map((one) => `${one} is no interim service`),
    ...(sameAs(Object.keys(removal), keysOf(removalReasons)) ? [] : ['removal must name every reason']),
    ...(reasonableDistanceKm > 0 ? [] : ['the reasonable distance must be more than nothing']),
  ].map((problem) => `${version}: ${problem}`);
};

/** The rules of waiting in force: data, by state and day. */
export class WaitlistPacks {
  readonly #byState: ReadonlyMap<string, readonly WaitlistRules[]>;

  /** Throws when the data is faulty or the default is missing. */
  constructor(packs: readonly Pack[]) {
    this.#byState = new Map(packs.map(({ state, waitlist = [] }) => [state, waitlist]));
    const problems = packs.flatMap(({ waitlist = [] }) => waitlist.flatMap(problemsOf));
    if ((this.#byState.get('DEFAULT') ?? []).length === 0) problems.push('no DEFAULT');
    if (problems.length > 0) throw new Error(`Waitlist rules: ${problems.join('; ')}`);
  }

  /** The rules of a state (USPS code) in force at a moment; the default where it has none. */
  rulesOf(state: string, at: Date): WaitlistRules {
    const day = at.toISOString().slice(0, 10);
    const rules = this.on(state, day) ?? this.on('DEFAULT', day);
    if (!rules) throw new Error(`no waitlist rules of ${state} are in force on ${day}`);
    return rules;
  }

  private on(state: string, day: string): WaitlistRules | undefined {
    const inForce = (this.#byState.get(state) ?? []).filter(({ validFrom }) => validFrom <= day);
    return inForce.sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1))[0];
  }
}

/** What raised signals of overdoses add to the risk of one who waits. */
export const overdoseRiskOf = (
  signals: readonly OverdoseSignal[],
  { overdoses }: Pick<WaitlistRules, 'overdoses'>,
): number => signals.reduce((sum, signal) => sum + overdoses[signal], 0);

let shipped: WaitlistPacks | undefined;

/** The packs in `rules/states`, read once. */
export const waitlistPacks = (): WaitlistPacks => {
  shipped ??= new WaitlistPacks(rulesIn('states').map((file) => readRules(file) as Pack));
  return shipped;
};

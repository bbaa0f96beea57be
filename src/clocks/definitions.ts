import { Duration, IANAZone } from 'luxon';
import { levelsOfCare, type LevelOfCare } from '../kernel/vocabulary';
import { readRules } from '../platform/config';
import { clockKindNames, type ClockKind } from './clock-kinds';
import type { Calendar, Term } from './due-at';
import { bellProblems, type BellCalendar } from './engine/bells';
import type { Holiday } from './engine/holidays';
import type { Audience, Rung } from './engine/ladder';

export interface Definition extends Omit<Term, 'time'> {
  /** BELL: before the next bell of the school, and after `lasts` at the latest. */
  readonly time: Term['time'] | 'BELL';
  /** Instead, where somebody is at this level of care. */
  readonly lastsByLevel?: Readonly<Partial<Record<LevelOfCare, string>>>;
  readonly ladder: readonly Rung[];
  readonly source: string;
  /** The source is a law: at one place it may be shorter, and nowhere longer. */
  readonly isLaw?: boolean;
}
interface Version {
  readonly version: string;
  /** ISO date; the version holds from that day on. */
  readonly validFrom: string;
  readonly business: Pick<Calendar, 'weekdays' | 'opensAt' | 'closesAt'>;
  readonly clocks: Readonly<Record<ClockKind, Definition>>;
}
interface StateTerm {
  readonly state: string;
  readonly kind: ClockKind;
  readonly lasts: string;
  readonly validFrom: string;
  readonly source: string;
}
export interface ClockRules {
  readonly versions: readonly Version[];
  readonly states: readonly StateTerm[];
}
interface HolidayRules {
  readonly holidays: readonly Holiday[];
  readonly zones: Readonly<Record<string, readonly string[]>>;
}

type BellRules = Readonly<Record<'default', Omit<BellCalendar, 'zone' | 'holidays'>>>;

/** ISO 8601, longer than nothing, and no months or years, which differ in length. */
export const isTerm = (lasts: string): boolean => {
  const duration = Duration.fromISO(lasts);
  return (
    duration.isValid &&
    duration.months === 0 &&
    duration.years === 0 &&
    duration.toMillis() > 0 &&
    duration.as('days') <= 400
  );
};

export const isLonger = (lasts: string, than: string): boolean =>
  Duration.fromISO(lasts).toMillis() > Duration.fromISO(than).toMillis();

const problemsOfVersion = ({ version, clocks }: Version): string[] =>
  clockKindNames.flatMap((kind) => {
    const definition = clocks[kind] as Definition | undefined;
    if (!definition) return [`${version} lacks ${kind}`];
    const times = definition.ladder.map(({ afterMinutes }) => afterMinutes);
    return [
      ...[definition.lasts, ...Object.values(definition.lastsByLevel ?? {})]
        .filter((lasts) => !isTerm(lasts))
        .map((lasts) => `${version} ${kind}: ${lasts} is no length`),
      ...Object.keys(definition.lastsByLevel ?? {})
        .filter((level) => !Object.hasOwn(levelsOfCare, level))
        .map((level) => `${version} ${kind}: ${level} is no level of care`),
      ...(times.every((time, index) => time >= (times[index - 1] ?? -Infinity))
        ? []
        : [`${version} ${kind}: ladder out of order`]),
    ];
  });

/** The lengths and ladders in force: data, versioned by the day they apply from. Throws when the data is faulty. */
export class ClockDefinitions {
  readonly #zoneOfState: ReadonlyMap<string, string>;

  constructor(
    private readonly rules: ClockRules,
    private readonly calendar: HolidayRules,
    private readonly bells: BellRules,
  ) {
    this.#zoneOfState = new Map(
      Object.entries(calendar.zones).flatMap(([zone, states]) => states.map((state) => [state, zone] as const)),
    );
    const problems = [
      ...(rules.versions.length > 0 ? [] : ['no version']),
      ...rules.versions.flatMap(problemsOfVersion),
      ...rules.states.filter(({ lasts }) => !isTerm(lasts)).map(({ state, kind }) => `${state} ${kind}: no length`),
      ...Object.keys(calendar.zones).filter((zone) => !IANAZone.isValidZone(zone)),
      ...bellProblems({ ...bells.default, zone: '', holidays: [] }),
    ];
    if (problems.length > 0) throw new Error(`Clock rules: ${problems.join('; ')}`);
  }

  /** The version in force at a moment; before the first, the first. */
  versionAt(moment: Date): Version {
    const day = moment.toISOString().slice(0, 10);
    const inForce = this.rules.versions.filter(({ validFrom }) => validFrom <= day);
    const version = inForce.reduce<Version | undefined>(
      (latest, one) => (latest && latest.validFrom > one.validFrom ? latest : one),
      undefined,
    );
    return version ?? (this.rules.versions[0] as Version);
  }

  /** The ladder of a version that a clock was started under. */
  ladderOf(version: string, kind: ClockKind): readonly Rung[] {
    return this.rules.versions.find((one) => one.version === version)?.clocks[kind].ladder ?? [];
  }

  /** Clocks whose ladder names this audience, in any version. */
  kindsTold(audience: Audience): ClockKind[] {
    const tells = (kind: ClockKind): boolean =>
      this.rules.versions.some(({ clocks }) => clocks[kind].ladder.some(({ tell }) => tell === audience));
    return clockKindNames.filter(tells);
  }

  /** The longest that the law allows at a place, and which says so; null where none lays a length down. */
  legalLimit(state: string, kind: ClockKind, moment: Date): Pick<Definition, 'lasts' | 'source'> | null {
    const { isLaw = false, lasts, source } = this.versionAt(moment).clocks[kind];
    if (!isLaw) return null;
    const own = this.ofState(state, kind, moment);
    return own && !isLonger(own.lasts, lasts) ? own : { lasts, source };
  }

  /** The length a state lays down, if it does. */
  ofState(state: string, kind: ClockKind, moment: Date): StateTerm | null {
    const day = moment.toISOString().slice(0, 10);
    const own = this.rules.states.filter((one) => one.state === state && one.kind === kind && one.validFrom <= day);
    return own.sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1))[0] ?? null;
  }

  calendarOf(zone: string | null, state: string, moment: Date): Calendar {
    return {
      ...this.versionAt(moment).business,
      zone: zone ?? this.#zoneIn(state),
      holidays: this.calendar.holidays,
    };
  }

  /** The bells of a school in the state whose own calendar is not known; `zone`: of its county, where that is known. */
  bellsOf(state: string, zone: string | null = null): BellCalendar {
    return { ...this.bells.default, zone: zone ?? this.#zoneIn(state), holidays: this.calendar.holidays };
  }

  #zoneIn(state: string): string {
    return this.#zoneOfState.get(state) ?? 'America/New_York';
  }
}

let shipped: ClockDefinitions | undefined;
/** What ships in `rules/`, read once. */
export const clockDefinitions = (): ClockDefinitions => {
  shipped ??= new ClockDefinitions(
    readRules('clocks.json') as ClockRules,
    readRules('holidays.json') as HolidayRules,
    readRules('bells.json') as BellRules,
  );
  return shipped;
};

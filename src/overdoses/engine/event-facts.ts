import type { Doses, NaloxoneGiver, SuspectedSubstance, Transport } from './vocabulary';

/** What one report says of an overdose, but for who it was. */
export interface ReportedFacts {
  readonly occurredAt: Date;
  readonly isTimeKnown: boolean;
  readonly countyFips: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly residenceCountyFips: string | null;
  readonly isFatal: boolean;
  readonly isNaloxoneGiven: boolean;
  readonly doses: readonly Doses[] | null;
  readonly suspectedSubstances: readonly SuspectedSubstance[];
  readonly hasChildrenPresent: boolean | null;
  readonly transport: Transport | null;
  readonly ageYears: number | null;
  readonly sex: string | null;
  readonly race: string | null;
}

/** What all reports of one overdose say together. */
export interface EventFacts extends Omit<ReportedFacts, 'doses' | 'transport'> {
  /** All doses that anybody gave; null: nobody counted. */
  readonly doses: number | null;
  readonly isTransported: boolean | null;
  readonly hasRefusedTransport: boolean;
}

/** Two agencies tell of the same doses of one giver: the higher count of each giver, added up. */
export const dosesOf = (reports: readonly Pick<ReportedFacts, 'doses'>[]): number | null => {
  const most = new Map<NaloxoneGiver, number>();
  for (const { doses } of reports) {
    const own = new Map<NaloxoneGiver, number>();
    for (const { by, count } of doses ?? []) if (count !== null) own.set(by, (own.get(by) ?? 0) + count);
    for (const [by, count] of own) most.set(by, Math.max(most.get(by) ?? 0, count));
  }
  return most.size === 0 ? null : [...most.values()].reduce((sum, count) => sum + count, 0);
};

const firstKnown = <Value>(values: readonly (Value | null)[]): Value | null =>
  values.find((value) => value !== null) ?? null;

const anyOf = (values: readonly (boolean | null)[]): boolean | null =>
  values.includes(true) ? true : firstKnown(values);

/** The event that these reports, one or more in the order of time, tell of. */
export const eventFactsOf = (reports: readonly [ReportedFacts, ...ReportedFacts[]]): EventFacts => {
  // A known time before a day, a point before a county.
  const timed = reports.find(({ isTimeKnown }) => isTimeKnown) ?? reports[0];
  const placed = reports.find(({ latitude }) => latitude !== null) ?? reports[0];
  const substances = [...new Set(reports.flatMap(({ suspectedSubstances }) => suspectedSubstances))];
  const known = substances.filter((substance) => substance !== 'UNKNOWN');
  const transports = reports.map(({ transport }) => transport);
  const told = transports.filter((transport) => transport !== null);
  return {
    occurredAt: timed.occurredAt,
    isTimeKnown: timed.isTimeKnown,
    countyFips: placed.countyFips,
    latitude: placed.latitude,
    longitude: placed.longitude,
    residenceCountyFips: firstKnown(reports.map(({ residenceCountyFips }) => residenceCountyFips)),
    isFatal: reports.some(({ isFatal }) => isFatal),
    isNaloxoneGiven: reports.some(({ isNaloxoneGiven }) => isNaloxoneGiven),
    doses: dosesOf(reports),
    suspectedSubstances: (known.length > 0 ? known : substances).sort(),
    hasChildrenPresent: anyOf(reports.map(({ hasChildrenPresent }) => hasChildrenPresent)),
    isTransported: told.length === 0 ? null : told.includes('TRANSPORTED'),
    hasRefusedTransport: told.includes('REFUSED') && !told.includes('TRANSPORTED'),
    ageYears: firstKnown(reports.map(({ ageYears }) => ageYears)),
    sex: firstKnown(reports.map(({ sex }) => sex)),
    race: firstKnown(reports.map(({ race }) => race)),
  };
};

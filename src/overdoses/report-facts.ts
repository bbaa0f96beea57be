import { counties } from '../agencies';
import { addMinutes, ageOn } from '../kernel/clock';
import { invalid, isRefusal, type Refusal } from '../kernel/refusal';
import type { Race, Sex } from '../kernel/vocabulary';
import type { ReportedFacts } from './engine/event-facts';
import type { Doses } from './engine/vocabulary';
import type { OverdoseReportEntity } from './overdose-report.entity';
import type {
  CorrectOverdoseReportInput,
  NaloxoneDosesInput,
  OverdosePlaceInput,
  ReportOverdoseInput,
} from './report-overdose.inputs';

/** All that a report says, but for who it was. */
export type ReportFacts = Omit<ReportedFacts, 'doses' | 'suspectedSubstances' | 'sex' | 'race'> &
  Pick<OverdoseReportEntity, 'doses' | 'suspectedSubstances' | 'hasOthersPresent' | 'place' | 'residence'> & {
    readonly sex: Sex | null;
    readonly race: Race | null;
  };

type Fault = Refusal<'INVALID_INPUT'>;
type Located = Pick<ReportFacts, 'countyFips' | 'latitude' | 'longitude' | 'place'>;

/** Clocks of phones run ahead. */
const AHEAD_MINUTES = 15;
const DAY_MINUTES = 24 * 60;

const isGiven = (degrees: number | null | undefined): degrees is number => typeof degrees === 'number';

const countyFault = (fips: string | null | undefined, path: string): Fault | null =>
  fips && !counties().isCounty(fips)
    ? invalid(path, 'No county has this FIPS code.', 'Look the code up with the `counties` query.')
    : null;

/** A point lies in its county, or next to it: maps are cut more roughly than counties are. */
const isInOrBeside = (fips: string, pointFips: string): boolean =>
  fips === pointFips || (counties().county(fips)?.neighbours.includes(pointFips) ?? false);

const countyOfPoint = (latitude: number, longitude: number, told: string | null, path: string): string | Fault => {
  const found = counties().countyAt(latitude, longitude);
  if (told && found && !isInOrBeside(told, found)) {
    return invalid(
      `${path}.countyFips`,
      'The point lies in another county.',
      `Check both; the point lies in ${found}.`,
    );
  }
  const remedy = 'Check it, or send the county too.';
  return told ?? found ?? invalid(`${path}.latitude`, 'The point lies in no county.', remedy);
};

const locatedIn = (where: OverdosePlaceInput, path: string): Located | Fault => {
  const { latitude, longitude } = where;
  const [told, place] = [where.countyFips ?? null, where.place ?? null];
  const unknown = countyFault(told, `${path}.countyFips`);
  if (unknown) return unknown;
  if (isGiven(latitude) && isGiven(longitude)) {
    const countyFips = countyOfPoint(latitude, longitude, told, path);
    return isRefusal(countyFips) ? countyFips : { countyFips, latitude, longitude, place };
  }
  if (isGiven(latitude) || isGiven(longitude)) {
    return invalid(`${path}.latitude`, 'Latitude and longitude go together.', 'Send both, or a county.');
  }
  if (told === null) return invalid(path, 'It does not say where.', 'Send a point, or the county.');
  return { countyFips: told, latitude: null, longitude: null, place };
};

const dosesIn = (given: readonly NaloxoneDosesInput[] | null, isNaloxoneGiven: boolean): Doses[] | null | Fault => {
  if (given === null) return null;
  if (given.length > 0 && !isNaloxoneGiven) {
    return invalid('input.doses', 'Doses of naloxone that nobody gave.', 'Send isNaloxoneGiven: true, or no doses.');
  }
  const twice = given.findIndex(({ by }, at) => given.slice(0, at).some((one) => one.by === by));
  if (twice >= 0) return invalid(`input.doses[${twice}].by`, 'This giver is there already.', 'Add the doses up.');
  return given.map(({ by, count }) => ({ by, count: count ?? null }));
};

/** In one breath it is one of two slips. Who refused, and died later, is a late fact of a report that is there. */
const saidTwice = ({ isFatal, transport }: Pick<CorrectOverdoseReportInput, 'isFatal' | 'transport'>): Fault | null =>
  isFatal === true && transport === 'REFUSED'
    ? invalid(
        'input.transport',
        'Who died did not refuse to be taken.',
        'Send DIED_AT_SCENE or TRANSPORTED, or leave it out; who refused and died later: correct the first report.',
      )
    : null;

/** What is wrong with facts as a whole. */
const faultOf = ({ isFatal, transport, residenceCountyFips, occurredAt }: ReportFacts, asOf: Date): Fault | null => {
  if (occurredAt > addMinutes(asOf, AHEAD_MINUTES)) {
    return invalid('input.occurredAt', 'It cannot have happened in the future.', 'Check the time and its offset.');
  }
  if (transport === 'DIED_AT_SCENE' && !isFatal) {
    return invalid('input.transport', 'Who died at the scene died.', 'Send isFatal: true, or another transport.');
  }
  return countyFault(residenceCountyFips, 'input.residence.countyFips');
};

const faultIn = (
  input: CorrectOverdoseReportInput | ReportOverdoseInput,
  facts: ReportFacts,
  asOf: Date,
): Fault | null => saidTwice(input) ?? faultOf(facts, asOf);

/** Nobody overdoses before they are born. A day of slack: the day is that of the place, and the moment is in UTC. */
export const bornFault = (
  person: { readonly birthDate?: string | null } | null | undefined,
  { occurredAt }: ReportFacts,
  field: string,
): Fault | null =>
  person?.birthDate && new Date(person.birthDate) > addMinutes(occurredAt, DAY_MINUTES)
    ? invalid(field, 'The person was born after it happened.', 'Check the birth date and `occurredAt`.')
    : null;

type Told = Pick<
  ReportOverdoseInput,
  'suspectedSubstances' | 'hasChildrenPresent' | 'hasOthersPresent' | 'transport' | 'residence' | 'person'
>;

/** What is undefined stays as it was; null takes it back. */
const or = <Value>(given: Value | null | undefined, known: Value | null | undefined): Value | null =>
  given === undefined ? (known ?? null) : given;

/** One fact of several that are sent together: with null for all of them it is taken back too. */
const of = <All extends object, Fact extends keyof All>(all: All | null | undefined, fact: Fact) =>
  all === null ? null : all?.[fact];

/** The facts that stand as they are told. */
const toldIn = ({ residence, person, ...input }: Told, before: Partial<ReportFacts>) => ({
  suspectedSubstances: or(input.suspectedSubstances, before.suspectedSubstances) ?? [],
  hasChildrenPresent: or(input.hasChildrenPresent, before.hasChildrenPresent),
  hasOthersPresent: or(input.hasOthersPresent, before.hasOthersPresent),
  transport: or(input.transport, before.transport),
  residenceCountyFips: or(of(residence, 'countyFips'), before.residenceCountyFips),
  residence: or(of(residence, 'address'), before.residence),
  sex: or(of(person, 'sex'), before.sex),
  race: or(of(person, 'race'), before.race),
});

const ageIn = ({ person }: Told, occurredAt: Date, before: number | null): number | null => {
  if (!person?.birthDate) return or(of(person, 'ageYears'), before);
  const age = ageOn(person.birthDate, occurredAt);
  return age >= 0 && age <= 120 ? age : null;
};

/** What a new report says. */
export const factsOfReport = (input: ReportOverdoseInput, asOf: Date): ReportFacts | Fault => {
  const located = locatedIn(input.where, 'input.where');
  if (isRefusal(located)) return located;
  const doses = dosesIn(input.doses ?? null, input.isNaloxoneGiven);
  if (isRefusal(doses)) return doses;
  const { isFatal, isNaloxoneGiven } = input;
  const facts = {
    occurredAt: input.occurredAt,
    isTimeKnown: input.isTimeKnown ?? true,
    ...located,
    isFatal,
    isNaloxoneGiven,
    doses,
    ...toldIn(input, {}),
    ageYears: ageIn(input, input.occurredAt, null),
  };
  return faultIn(input, facts, asOf) ?? facts;
};

/** What a report says after a correction. */
export const factsCorrected = (
  before: ReportFacts,
  input: CorrectOverdoseReportInput,
  asOf: Date,
): ReportFacts | Fault => {
  const located = input.where ? locatedIn(input.where, 'input.where') : before;
  if (isRefusal(located)) return located;
  const isNaloxoneGiven = input.isNaloxoneGiven ?? before.isNaloxoneGiven;
  const doses = dosesIn(input.doses === undefined ? before.doses : input.doses, isNaloxoneGiven);
  if (isRefusal(doses)) return doses;
  const { countyFips, latitude, longitude, place } = located;
  const occurredAt = input.occurredAt ?? before.occurredAt;
  const facts = {
    occurredAt,
    isTimeKnown: input.isTimeKnown ?? before.isTimeKnown,
    ...{ countyFips, latitude, longitude, place },
    isFatal: input.isFatal ?? before.isFatal,
    isNaloxoneGiven,
    doses,
    ...toldIn(input, before),
    ageYears: ageIn(input, occurredAt, before.ageYears),
  };
  return faultIn(input, facts, asOf) ?? facts;
};

const OPEN = [
  'occurredAt',
  'isTimeKnown',
  'countyFips',
  'latitude',
  'longitude',
  'isFatal',
  'isNaloxoneGiven',
  'doses',
  'suspectedSubstances',
  'hasChildrenPresent',
  'hasOthersPresent',
  'transport',
  'residenceCountyFips',
  'ageYears',
  'sex',
  'race',
] as const satisfies readonly (keyof ReportFacts)[];

/** The facts of a report that its revisions keep in the open; named one by one, so that nothing else slips in. */
export const openFactsOf = (facts: ReportFacts): Record<string, unknown> =>
  Object.fromEntries(OPEN.map((fact) => [fact, facts[fact]]));

/** Which facts differ between two revisions, sealed ones included; names only. */
export const changedBetween = (before: Kept, after: Kept): string[] => [
  ...OPEN.filter((fact) => JSON.stringify(before.facts[fact]) !== JSON.stringify(after.facts[fact])),
  ...(before.place === after.place ? [] : ['place']),
  ...(before.residence === after.residence ? [] : ['residence']),
];

/** What belongs together: a point and its county, a time and how well it is known, naloxone and its doses, a home. */
const TOGETHER = [
  ['countyFips', 'latitude', 'longitude', 'place'],
  ['occurredAt', 'isTimeKnown'],
  ['isNaloxoneGiven', 'doses'],
  ['residenceCountyFips', 'residence'],
] as const satisfies readonly (readonly (keyof ReportFacts)[])[];

/** What a source told of a report until now, from its revisions in order: what its agency corrected by hand is not among it. */
export const toldBySource = (revisions: readonly (Kept & { readonly because: string })[]): Kept | undefined =>
  revisions.reduce<Kept | undefined>((told, revision, at) => {
    if (told === undefined) return revision;
    const before = revisions[at - 1];
    if (before === undefined || revision.because !== 'SOURCE_CHANGED') return told;
    return withFacts(told, revision, changedBetween(before, revision));
  }, undefined);

const withFacts = (kept: Kept, news: Kept, names: readonly string[]): Kept => ({
  facts: { ...kept.facts, ...Object.fromEntries(names.map((name) => [name, news.facts[name]])) },
  place: names.includes('place') ? news.place : kept.place,
  residence: names.includes('residence') ? news.residence : kept.residence,
});

/** What a report says once its source tells otherwise than before: what is news, with all that belongs to it, and the rest as it stands. */
export const withNews = (known: ReportFacts, told: Kept, facts: ReportFacts): ReportFacts => {
  const news = changedBetween(told, keptOf(facts));
  const names = new Set([...news, ...TOGETHER.filter((some) => some.some((name) => news.includes(name))).flat()]);
  const changed = Object.fromEntries([...names].map((name) => [name, facts[name as keyof ReportFacts]]));
  return { ...known, ...changed };
};

export interface Kept {
  readonly facts: Readonly<Record<string, unknown>>;
  readonly place: string | null;
  readonly residence: string | null;
}

/** Facts as a revision keeps them, for comparing. */
export const keptOf = (facts: ReportFacts): Kept => ({
  facts: JSON.parse(JSON.stringify(openFactsOf(facts))) as Record<string, unknown>,
  place: facts.place,
  residence: facts.residence,
});

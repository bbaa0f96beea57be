import type { BaseCount } from '../../src/reports/engine/lattice';
import { diceFrom, type Dice } from '../../src/surveillance/engine/dice';

/** A state that is made up: so many counties, the first the largest, and so many overdoses a week, each told by so many facts. */
export interface MadeUp {
  readonly counties: number;
  readonly perWeek: number;
  readonly facts: number;
}

const VALUES = 6;
const FIRST_COUNTY = 39001;
/** How far somebody comes who survives, the commonest first. */
const STEPS = [
  ['NO_CONTACT', 0.45],
  ['CONTACT_ONLY', 0.25],
  ['REFERRED_ONLY', 0.1],
  ['OFFERED_ONLY', 0.06],
  ['ACCEPTED_ONLY', 0.04],
  ['ARRIVED_ONLY', 0.03],
  ['ADMITTED_ONLY', 0.07],
] as const;
const DEATHS = 0.1;
const GIVEN = 0.6;
/** One in so many is told a week late. */
const LATE = 10;

const chosen = (dice: Dice, weights: readonly number[]): number => {
  let left = dice() * weights.reduce((sum, one) => sum + one, 0);
  return Math.max(
    0,
    weights.findIndex((weight) => (left -= weight) < 0),
  );
};

const monthOf = (week: number): number => Math.min(12, 1 + Math.floor((week * 7) / 30.44));
const falling = (many: number): number[] => Array.from({ length: many }, (_, rank) => 1 / (rank + 1));
const STEP_SHARES = STEPS.map(([, share]) => share);
const VALUE_SHARES = falling(VALUES);

/** One overdose as it is counted: by month and by each fact. */
const overdoseOf = (week: number, facts: number, countySizes: readonly number[], dice: Dice): BaseCount[] => {
  const countyFips = String(FIRST_COUNTY + 2 * chosen(dice, countySizes));
  const month = monthOf(week > 0 && dice() < 1 / LATE ? week - 1 : week);
  const [step] = STEPS[chosen(dice, STEP_SHARES)] ?? STEPS[0];
  const measures = [dice() < DEATHS ? 'DEATHS' : step, dice() < GIVEN ? 'GIVEN' : 'NOT_GIVEN'];
  const groups = Array.from({ length: facts }, (_, at) => ({
    dimension: `FACT_${at + 1}`,
    value: `${chosen(dice, VALUE_SHARES) + 1}`,
  }));
  return measures.flatMap((measure) => [
    { measure, countyFips, month, group: null, count: 1 },
    ...groups.map((group) => ({ measure, countyFips, month: null, group, count: 1 })),
  ]);
};

/** What is counted by the end of each week, all that came before with it. */
export function* weeksOf({ counties, perWeek, facts }: MadeUp, seed: number): Generator<readonly BaseCount[]> {
  const dice = diceFrom(seed);
  const sizes = falling(counties);
  const counted = new Map<string, BaseCount>();
  const add = (one: BaseCount): void => {
    const key = [one.measure, one.countyFips, one.month, one.group?.dimension, one.group?.value].join('|');
    counted.set(key, { ...one, count: (counted.get(key)?.count ?? 0) + 1 });
  };
  for (let week = 0; ; week += 1) {
    for (let nth = 0; nth < perWeek; nth += 1) overdoseOf(week, facts, sizes, dice).forEach(add);
    yield [...counted.values()];
  }
}

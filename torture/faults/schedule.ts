import { setTimeout as pause } from 'node:timers/promises';
import { diceFor, type Dice } from '../dice';
import type { Recorder } from '../history/recorder';
import type { Stage } from '../stage/stage';
import { faults, type FaultName } from './faults';

export interface Plan {
  readonly seed: number;
  readonly seconds: number;
  readonly names: readonly FaultName[];
}

/** Two things may go wrong at once, and often do. */
const MOST_HANDS = 2;
const BREAK_MS = [300, 4_000] as const;
const LENGTH_MS = [400, 6_000] as const;

const message = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const shuffled = <One>(ones: readonly One[], dice: Dice): One[] => {
  const rest = [...ones];
  return ones.map(() => rest.splice(dice.between(0, rest.length - 1), 1)[0] as One);
};

/** Dealt from a pack that is shuffled anew when it is used up, so that no fault is left out by chance: every nth card to each of n hands. */
export function* dealt(
  { seed, names }: Pick<Plan, 'seed' | 'names'>,
  number: number,
  hands: number,
): Generator<FaultName, never> {
  for (let card = 0, round = 0; ; round++) {
    for (const name of shuffled(names, diceFor(seed, `pack-${round}`))) if (card++ % hands === number) yield name;
  }
}

interface Hand {
  readonly dice: Dice;
  readonly faults: Iterator<FaultName, never>;
}

const play = async (plan: Plan, stage: Stage, recorder: Recorder, { dice, faults: next }: Hand): Promise<void> => {
  const endsAt = performance.now() + plan.seconds * 1_000;
  for (;;) {
    const left = endsAt - performance.now();
    await pause(Math.max(0, Math.min(dice.between(...BREAK_MS), left)));
    if (performance.now() >= endsAt) return;
    const name = next.next().value;
    const lengthMs = Math.round(Math.min(dice.between(...LENGTH_MS), Math.max(400, left)));
    const from = recorder.now();
    // A fault that cannot be played, because another one is in its way, is none; what it did so far is undone at the end.
    const detail = await faults[name]({ stage, dice, recorder, lengthMs }).catch(
      (error: unknown) => `not played to the end: ${message(error)}`,
    );
    recorder.fault({ name, detail, from, to: recorder.now() });
  }
};

/** Plays the seed’s faults, one after the other with each hand, until the time is up. */
export const playFaults = async (plan: Plan, stage: Stage, recorder: Recorder): Promise<void> => {
  const hands = Math.min(MOST_HANDS, plan.names.length);
  const handOf = (number: number): Hand => ({
    dice: diceFor(plan.seed, `fault-${number}`),
    faults: dealt(plan, number, hands),
  });
  await Promise.all(Array.from({ length: hands }, (_, number) => play(plan, stage, recorder, handOf(number))));
};

import { setTimeout as pause } from 'node:timers/promises';
import { diceFor } from '../dice';
import type { Recorder } from '../history/recorder';
import type { Stage } from '../stage/stage';
import { faults, type FaultName } from './faults';

export interface Plan {
  readonly seed: number;
  readonly seconds: number;
  readonly names: readonly FaultName[];
}

/** Two things may go wrong at once, and often do. */
const HANDS = 2;
const BREAK_MS = [300, 4_000] as const;
const LENGTH_MS = [400, 6_000] as const;

const message = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const hand = async (plan: Plan, stage: Stage, recorder: Recorder, number: number): Promise<void> => {
  const dice = diceFor(plan.seed, `fault-${number}`);
  const endsAt = performance.now() + plan.seconds * 1_000;
  while (plan.names.length > 0) {
    const left = endsAt - performance.now();
    await pause(Math.max(0, Math.min(dice.between(...BREAK_MS), left)));
    if (performance.now() >= endsAt) return;
    const name = dice.oneOf(plan.names);
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
  await Promise.all(Array.from({ length: HANDS }, (_, number) => hand(plan, stage, recorder, number)));
};

import { setImmediate } from 'node:timers/promises';
import type { Steps } from './engine/steps';

/** So long, in milliseconds, whoever asks for something else waits for a slice of the work. */
const SLICE_MS = 5;

/** Does the work bit by bit and sees to all else that waits in between. */
export const inSlices = async <Result>(work: Steps<Result>): Promise<Result> => {
  for (;;) {
    const until = performance.now() + SLICE_MS;
    let step = work.next();
    while (!step.done && performance.now() < until) step = work.next();
    if (step.done) return step.value;
    await setImmediate();
  }
};

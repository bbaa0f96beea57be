import type { Answered } from '../workload/api-client';
import type { Attempt, Call, FaultPlayed, History, Read, Recovery } from './history';

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
interface OpenCall extends Writable<Omit<Call, 'attempts'>> {
  readonly attempts: Attempt[];
}

/** Takes down everything that is asked and done, by one clock. */
export class Recorder {
  readonly #startedAt = performance.now();
  readonly #calls: OpenCall[] = [];
  readonly #reads: Read[] = [];
  readonly #faults: FaultPlayed[] = [];
  readonly #recoveries: Recovery[] = [];
  readonly #sightings: History['sightings'][number][] = [];
  #samples = 0;

  now(): number {
    return Math.round(performance.now() - this.#startedAt);
  }

  call(call: Omit<Call, 'attempts'>): (attempt: Attempt) => void {
    const open: OpenCall = { ...call, attempts: [] };
    this.#calls.push(open);
    return (attempt) => open.attempts.push(attempt);
  }

  read(person: string, attempt: Attempt): void {
    this.#reads.push({ person, attempt });
  }

  fault(fault: FaultPlayed): void {
    this.#faults.push(fault);
  }

  recovered(recovery: Recovery): void {
    this.#recoveries.push(recovery);
  }

  sample(breaches: readonly { poolId: string; what: string }[]): void {
    this.#samples += 1;
    for (const breach of breaches) this.#sightings.push({ at: this.now(), ...breach });
  }

  history(): History {
    return {
      calls: this.#calls,
      reads: this.#reads,
      faults: this.#faults,
      recoveries: this.#recoveries,
      sightings: this.#sightings,
      samples: this.#samples,
    };
  }
}

/** One sending as it is kept. */
export const attemptOf = (
  { end, status, code, id }: Answered,
  sent: Pick<Attempt, 'requestId' | 'api' | 'from' | 'to'>,
): Attempt => ({ ...sent, end, status, code, id });

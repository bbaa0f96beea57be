import { Logger } from '@nestjs/common';
import { Unavailable } from '../database/failures';
import { describeFault } from '../logging';
import { BackOff } from './back-off';
import { Turns } from './turns';

interface Due {
  readonly id: string;
}

interface Pace {
  /** Looked for at once. */
  readonly batch: number;
  /** Worked on at the same time. */
  readonly atOnce: number;
}

/** As many batches as one sweep takes; what is left is due at the next. */
const ROUNDS = 20;

/**
 * Works off what is due, batch after batch. Whose work fails, or finds nothing to do though it is due, rests and is not looked for
 * meanwhile: however many of them there are, they keep no other waiting.
 */
export class DueSweep {
  readonly #log = new Logger(DueSweep.name);

  constructor(
    private readonly pace: Pace,
    private readonly backOff = new BackOff(),
  ) {}

  /**
   * `find`: those due first, without those at rest. `work`: true when it took a step. All are tried; each failure is logged with its
   * id, and the first is thrown at the end. One of which the database did not answer is tried again without a rest.
   */
  async run<Item extends Due>(
    find: (limit: number, resting: readonly string[]) => Promise<readonly Item[]>,
    work: (item: Item) => Promise<boolean>,
  ): Promise<void> {
    const failures: unknown[] = [];
    const turns = new Turns(this.pace.atOnce);
    for (let round = 0; round < ROUNDS; round++) {
      const due = await find(this.pace.batch, this.backOff.resting());
      const walked = await Promise.all(due.map((item) => turns.run(() => this.walk(item, work, failures))));
      if (due.length < this.pace.batch || !walked.includes(true)) break;
    }
    if (failures.length > 0) throw failures[0];
  }

  /** True when the next look goes past it. */
  private async walk<Item extends Due>(
    item: Item,
    work: (item: Item) => Promise<boolean>,
    failures: unknown[],
  ): Promise<boolean> {
    try {
      if (await work(item)) this.backOff.done(item.id);
      else this.backOff.idle(item.id);
      return true;
    } catch (error) {
      failures.push(error);
      if (error instanceof Unavailable) return false;
      this.backOff.failed(item.id);
      this.#log.error({ id: item.id, fault: describeFault(error), msg: 'work on what was due failed, and rests' });
      return true;
    }
  }
}

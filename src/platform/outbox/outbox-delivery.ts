import { Injectable, type OnModuleInit } from '@nestjs/common';
import DataLoader from 'dataloader';
import { isUuid } from '../../kernel/id';
import { DELIVER_EVENT } from '../database/flusher';
import { Unavailable } from '../database/failures';
import { sql } from '../database/statement';
import { NO_AGENCY, systemActor } from '../database/system-actor';
import { UnitOfWork } from '../database/unit-of-work';
import { BackOff } from '../jobs/back-off';
import { Tasks, type TaskData } from '../jobs/tasks';
import { Subscribers, type DeliveredEvent } from './subscribers';

/** `line`: the referral an event is about, whichever of its records changed; otherwise the record. What is of one line comes in order. */
interface Waiting extends DeliveredEvent {
  readonly line: string;
}

/** The events, and before each every earlier one of its line that still waits. */
const waitingUpTo = sql<Waiting>(
  `with last as (
     select line, max(position) as position from outbox_event where id = any($1::uuid[]) and delivered_at is null group by line)
   select e.id, e.line, e.name, e.at, e.agency_id as "agencyId", e.subject_type as "subjectType", e.subject_id as "subjectId", e.payload
   from last join outbox_event e on e.line = last.line and e.delivered_at is null and e.position <= last.position
   order by e.position`,
);
const markDelivered = sql(
  'update outbox_event set delivered_at = app.now() where id = any($1::uuid[]) and delivered_at is null',
);

/**
 * Of each line the latest that has waited longer than any task takes that is not lost; those before it go with it. What a file caused
 * waits its turn for minutes, and comes after the rest.
 */
const overdue = sql<{ id: string; line: string }>(
  `select id, line from (
     select distinct on (line) id, line, is_bulk, position from outbox_event
     where delivered_at is null and line <> all ($2::uuid[])
       and at < app.now() - case when is_bulk then interval '10 minutes' else interval '15 seconds' end
     order by line, position desc) o
   order by is_bulk, position limit $1`,
);
/** As many lines as one sweep takes; what is left is overdue at the next. */
const SWEEP_LIMIT = 100;
/** What is delivered within this time is marked together: one commit instead of many. */
const TOGETHER_MS = 5;

/** Carries events from the outbox to their subscribers after commit: those of one line in order, lines side by side. */
@Injectable()
export class OutboxDelivery implements OnModuleInit {
  /** The last delivery of each line that this process has in hand. */
  readonly #inHand = new Map<string, Promise<void>>();
  /** Of each reading under way the lines whose delivery ended meanwhile: what it found of them may have been told since. */
  readonly #readings = new Set<Set<string>>();
  /** Lines of which something fails whenever it is told. */
  readonly #backOff = new BackOff();
  readonly #marks = new DataLoader<string, true>((ids) => this.mark(ids), {
    cache: false,
    batchScheduleFn: (callback) => setTimeout(callback, TOGETHER_MS),
  });

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly subscribers: Subscribers,
    private readonly tasks: Tasks,
  ) {}

  onModuleInit(): void {
    this.tasks.registerBatch(DELIVER_EVENT, (batch) => this.carry(batch));
    this.tasks.registerSweep(() => this.sweep());
  }

  /** News whose task was lost, has failed for good, or is in the hands of a worker that was killed. */
  async sweep(): Promise<void> {
    const reader = this.unitOfWork.reader(systemActor(NO_AGENCY));
    const found = await reader.query(overdue, [SWEEP_LIMIT, this.#backOff.resting()]);
    const ended = await this.deliver(found.map(({ id }) => id));
    // As many lines as one sweep takes may fail for ever: they rest, and the next sweep gets to those behind them.
    for (const [index, { line }] of found.entries()) {
      const one = ended[index];
      if (one?.status !== 'rejected') this.#backOff.done(line);
      else if (!(one.reason instanceof Unavailable)) this.#backOff.failed(line);
    }
    // One that fails holds up no other; the first failure is told at the end.
    for (const one of ended) if (one.status === 'rejected') throw one.reason;
  }

  /**
   * In order per line: what came earlier and still waits goes first, and nothing comes after what failed. Does nothing for what
   * was delivered before. Answers how each ended, in the order given.
   */
  async deliver(eventIds: readonly string[]): Promise<PromiseSettledResult<void>[]> {
    if (eventIds.length === 0) return [];
    const endedMeanwhile = new Set<string>();
    this.#readings.add(endedMeanwhile);
    const waiting = await this.waitingUpTo(eventIds).finally(() => this.#readings.delete(endedMeanwhile));
    const byLine = new Map<string, DeliveredEvent[]>();
    for (const event of waiting) byLine.set(event.line, [...(byLine.get(event.line) ?? []), event]);
    const ended = new Map(
      [...byLine].map(([line, events]) => [line, this.inOrder(line, events, endedMeanwhile.has(line))]),
    );
    const lineOf = new Map(waiting.map(({ id, line }) => [id, line]));
    return Promise.allSettled(eventIds.map(async (id) => ended.get(lineOf.get(id) ?? '')));
  }

  /** A task is done when all that it carries is. */
  private async carry(batch: readonly TaskData[]): Promise<PromiseSettledResult<void>[]> {
    // Tasks of an earlier version carry one, under the name for one.
    const carried = batch.map(({ eventId = '', eventIds = eventId }) => eventIds.split(',').filter(isUuid));
    const ids = carried.flat();
    const ended = new Map((await this.deliver(ids)).map((one, at) => [ids[at], one]));
    return carried.map((own) => {
      const failed = own.map((id) => ended.get(id)).find((one) => one?.status === 'rejected');
      return failed ?? { status: 'fulfilled', value: undefined };
    });
  }

  /** After what this process has in hand of the line already; whatever that delivered is not delivered again. */
  private inOrder(line: string, events: readonly DeliveredEvent[], isStale: boolean): Promise<void> {
    const before = this.#inHand.get(line);
    const carry = async (): Promise<void> => {
      await before?.catch(() => undefined);
      await this.tasks.inTurn(async () => {
        const left = before || isStale ? await this.waitingUpTo(events.map(({ id }) => id)) : events;
        for (const event of left) await this.deliverOne(event);
      });
    };
    const delivered = carry().finally(() => {
      for (const reading of this.#readings) reading.add(line);
      if (this.#inHand.get(line) === delivered) this.#inHand.delete(line);
    });
    this.#inHand.set(line, delivered);
    return delivered;
  }

  private async deliverOne(event: DeliveredEvent): Promise<void> {
    // Each in its own time; all have ended when one of them has failed, so that none is told twice at once.
    const heard = await Promise.allSettled(this.subscribers.of(event.name).map((subscriber) => subscriber(event)));
    for (const one of heard) if (one.status === 'rejected') throw one.reason;
    await this.#marks.load(event.id);
  }

  private waitingUpTo(eventIds: readonly string[]): Promise<Waiting[]> {
    return this.unitOfWork.reader(systemActor(NO_AGENCY)).query(waitingUpTo, [eventIds]);
  }

  private async mark(ids: readonly string[]): Promise<true[]> {
    await this.unitOfWork.runAsSystem(NO_AGENCY, { name: DELIVER_EVENT, isHousekeeping: true }, (tx) => {
      tx.post(markDelivered, [ids]);
      return Promise.resolve({ id: NO_AGENCY });
    });
    return ids.map(() => true);
  }
}

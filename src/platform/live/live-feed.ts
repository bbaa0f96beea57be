import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { Settings } from '../config';
import { isAway, Unavailable } from '../database/failures';
import { listenOnce } from '../database/listening';
import type { Reader } from '../database/reader';
import { sql } from '../database/statement';
import { NO_AGENCY, systemActor } from '../database/system-actor';
import { UnitOfWork } from '../database/unit-of-work';
import { faults, liveLag } from '../health/metrics';
import { describeFault } from '../logging/fault';
import { FEED_CHANNEL } from '../outbox/outbox-feed';
import type { DeliveredEvent } from '../outbox/subscribers';
import { Topics } from './topics';

const BATCH = 500;
const RECONNECT_MS = 500;
/** Looks without having been woken, should a wake-up be lost with a connection that only seems to be alive. */
const LOOK_MS = 2_000;

type FedEvent = DeliveredEvent & { readonly fed: string; readonly ageSeconds: number };

const newest = sql<{ fed: string }>('select coalesce(max(fed), 0)::text as fed from outbox_event');
const fedAfter = sql<FedEvent>(
  `select fed::text, id, name, at, agency_id as "agencyId", subject_type as "subjectType", subject_id as "subjectId", payload,
     extract(epoch from app.now() - at)::float8 as "ageSeconds"
   from outbox_event where fed > $1::bigint order by fed limit ${BATCH}`,
);

/**
 * Follows the line of events that the worker feeds, from where this process stands. It is woken by NOTIFY on a connection of
 * its own and always reads from its place on, so that a lost connection delays and loses nothing.
 */
@Injectable()
export class LiveFeed {
  readonly #log = new Logger(LiveFeed.name);
  readonly #stop = new AbortController();
  #place: string | null = null;
  #open: () => void = () => undefined;
  readonly #opened = new Promise<void>((resolve) => (this.#open = resolve));
  #isReading = false;
  #isWoken = false;
  #listening: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly settings: Settings,
    private readonly unitOfWork: UnitOfWork,
    private readonly topics: Topics,
  ) {}

  /** Whether it knows where to read on, within `patienceMs`: who subscribed before might miss what happens next. */
  async isOpen(patienceMs: number): Promise<boolean> {
    if (this.#place === null) await Promise.race([this.#opened, pause(patienceMs, null, { ref: false })]);
    return this.#place !== null;
  }

  start(): void {
    this.#listening = this.#listenOnAndOn();
    this.#timer = setInterval(() => {
      this.#wake();
    }, LOOK_MS).unref();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    clearInterval(this.#timer);
    await this.#listening;
  }

  async #listenOnAndOn(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      await this.#listen(signal).catch((error: unknown) => {
        if (!signal.aborted) this.#report('listening for news', error);
      });
      await pause(RECONNECT_MS, null, { signal }).catch(() => undefined);
    }
  }

  #listen(signal: AbortSignal): Promise<void> {
    const onNews = (): void => {
      this.#wake();
    };
    // From the first listening on, nothing is passed over; later connections read on from where the last one left off.
    const onListening = async (): Promise<void> => {
      this.#place ??= await this.#newest();
      this.#open();
      this.#wake();
    };
    const url = this.settings.databaseUrl ?? '';
    return listenOnce({ url, name: 'handrail-live', channel: FEED_CHANNEL, onNews, onListening }, signal);
  }

  async #newest(): Promise<string> {
    const rows = await this.unitOfWork.reader(systemActor(NO_AGENCY)).query(newest);
    return rows[0]?.fed ?? '0';
  }

  #wake(): void {
    this.#isWoken = true;
    if (this.#isReading || this.#stop.signal.aborted) return;
    this.#isReading = true;
    void this.#read().finally(() => (this.#isReading = false));
  }

  async #read(): Promise<void> {
    try {
      while (this.#isWoken && this.#place !== null) {
        this.#isWoken = false;
        if ((await this.#readOn(this.#place)) === BATCH) this.#isWoken = true;
      }
    } catch (error) {
      this.#report('reading news', error);
    }
  }

  /** Moves its place only when everyone was told: told twice does no harm. */
  async #readOn(place: string): Promise<number> {
    const reader = this.unitOfWork.reader(systemActor(NO_AGENCY));
    const events = await reader.query(fedAfter, [place]);
    await this.#tell(reader, events);
    for (const { ageSeconds } of events) liveLag.observe(ageSeconds);
    this.#place = events.at(-1)?.fed ?? place;
    return events.length;
  }

  /** What cannot be told to anybody is passed over, as a fault: all news of everybody would wait behind it for good. */
  async #tell(reader: Reader, events: readonly FedEvent[]): Promise<void> {
    try {
      await this.topics.hear(reader, events);
    } catch (error) {
      if (error instanceof Unavailable) throw error;
      const [event, ...others] = events;
      if (event && others.length === 0) this.#passOver(event, error);
      else for (const one of events) await this.#tell(reader, [one]);
    }
  }

  #passOver({ id, name }: FedEvent, error: unknown): void {
    faults.inc();
    this.#log.error({
      event: { id, name },
      fault: describeFault(error),
      msg: 'news that cannot be told is passed over',
    });
  }

  #report(what: string, error: unknown): void {
    const isFault = !isAway((error as Error | undefined)?.cause ?? error);
    if (isFault) faults.inc();
    this.#log[isFault ? 'error' : 'warn']({ fault: describeFault(error), msg: `${what} failed and is tried again` });
  }
}

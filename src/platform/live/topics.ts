import { Injectable } from '@nestjs/common';
import type { Reader } from '../database/reader';
import { liveDropped } from '../health/metrics';
import { tryEach } from '../jobs/try-each';
import type { DeliveredEvent } from '../outbox/subscribers';
import { Mailbox } from './mailbox';
import { Pacer } from './pacer';

export interface TopicPlan<Facts> {
  /** The subscription it serves, as clients call it. */
  readonly name: string;
  /** The record an event says to have changed, or null when it is not of this kind. */
  readonly about: (event: DeliveredEvent) => string | null;
  /**
   * What decides who is told, by record. Read once for all subscribers of this process, as Handrail itself: it may choose who
   * looks, and must never reach what they see.
   */
  readonly facts: (reader: Reader, ids: readonly string[]) => Promise<ReadonlyMap<string, Facts>>;
  /** At most one event of a record in so many milliseconds, the newest; `News.names` are those of the newest then. */
  readonly paceMs?: number;
}

interface Watcher<Facts> {
  readonly wants: (facts: Facts) => boolean;
  readonly mailbox: Mailbox<unknown>;
}

/** One kind of news, and who in this process waits for it. */
export class Topic<Facts> {
  readonly #watchers = new Set<Watcher<Facts>>();
  readonly #pacer: Pacer | null;

  constructor(private readonly plan: TopicPlan<Facts>) {
    this.#pacer = plan.paceMs === undefined ? null : new Pacer(plan.paceMs);
  }

  /** What a subscription’s handler returns. `watch` comes back with every event. */
  watch<Watch>(wants: (facts: Facts) => boolean, watch: Watch): Mailbox<Watch> {
    const mailbox = new Mailbox(watch, () => this.#watchers.delete(watcher));
    const watcher: Watcher<Facts> = { wants, mailbox };
    this.#watchers.add(watcher);
    return mailbox;
  }

  async hear(reader: Reader, events: readonly DeliveredEvent[]): Promise<void> {
    if (this.#watchers.size === 0) return;
    const told = this.#told(events);
    if (told.size === 0) return;
    const facts = await this.plan.facts(reader, [...told.keys()]);
    for (const [id, names] of told) {
      const known = facts.get(id);
      if (known === undefined) continue;
      const tell = (): void => {
        this.#tell(id, names, known);
      };
      if (this.#pacer) this.#pacer.offer(id, tell);
      else tell();
    }
  }

  /** The names of the events, by the record they are about. */
  #told(events: readonly DeliveredEvent[]): ReadonlyMap<string, ReadonlySet<string>> {
    const told = new Map<string, Set<string>>();
    for (const event of events) {
      const id = this.plan.about(event);
      if (id !== null) told.set(id, (told.get(id) ?? new Set()).add(event.name));
    }
    return told;
  }

  #tell(id: string, names: ReadonlySet<string>, facts: Facts): void {
    for (const { wants, mailbox } of this.#watchers) {
      if (!wants(facts) || mailbox.put(id, names)) continue;
      liveDropped.inc({ subscription: this.plan.name, reason: 'joined' });
    }
  }
}

/** All kinds of news. A room adds its own in the constructor of its subscription resolver. */
@Injectable()
export class Topics {
  readonly #all: { hear: (reader: Reader, events: readonly DeliveredEvent[]) => Promise<void> }[] = [];

  add<Facts>(plan: TopicPlan<Facts>): Topic<Facts> {
    const topic = new Topic(plan);
    this.#all.push(topic);
    return topic;
  }

  /** Every topic hears, also behind one that fails; the first failure is thrown at the end. */
  hear(reader: Reader, events: readonly DeliveredEvent[]): Promise<void> {
    return tryEach(this.#all, (topic) => topic.hear(reader, events));
  }
}

import { Injectable } from '@nestjs/common';

/** One delivered event: ids only; a subscriber reads again under its own rights. */
export interface DeliveredEvent {
  readonly id: string;
  readonly name: string;
  readonly at: Date;
  readonly agencyId: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly payload: Readonly<Record<string, string>>;
}
export type Subscriber = (event: DeliveredEvent) => Promise<void>;

/** Who wants to hear of what. Delivery is at least once and in order per referral, elsewhere per subject; a subscriber must bear repeats. */
@Injectable()
export class Subscribers {
  readonly #byName = new Map<string, Subscriber[]>();
  readonly #toEvery: Subscriber[] = [];

  on(name: string, subscriber: Subscriber): void {
    this.#byName.set(name, [...(this.#byName.get(name) ?? []), subscriber]);
  }

  /** Every event, whatever its name: for rooms that pass news on. */
  onEvery(subscriber: Subscriber): void {
    this.#toEvery.push(subscriber);
  }

  of(name: string): readonly Subscriber[] {
    return [...(this.#byName.get(name) ?? []), ...this.#toEvery];
  }
}

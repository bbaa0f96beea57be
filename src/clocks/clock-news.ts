import { Injectable } from '@nestjs/common';
import type { Actor } from '../access';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import { Topics, type Topic } from '../platform/live';
import { roomClockKinds } from './clock-kinds';

export interface WatchedClock {
  readonly id: string;
  readonly isAboutRoom: boolean;
  readonly isOfReferral: boolean;
  readonly agencyIds: readonly string[];
}

// Who has to act and who coordinates; what a sender is counted for is shown to nobody there.
const watchedBy = sql<WatchedClock>(
  `select id, kind in (${roomClockKinds.map((kind) => `'${kind}'`).join()}) as "isAboutRoom", referral_id is not null as "isOfReferral",
     array_remove(array[case when owner_side <> 'SENDER' then owner_agency_id end, coordinator_agency_id], null) as "agencyIds"
   from clock where id = any($1::uuid[])`,
);

/** News of what is due: reminded, breached, escalated. What a subscriber sees of it is read under their own rights. */
@Injectable()
export class ClockNews {
  readonly #ofReferrals: Topic<WatchedClock>;
  readonly #ofRoom: Topic<WatchedClock>;

  constructor(topics: Topics) {
    const topic = (name: string): Topic<WatchedClock> =>
      topics.add<WatchedClock>({
        name,
        about: ({ subjectType, subjectId }) => (subjectType === 'Clock' ? subjectId : null),
        facts: (reader, ids) => this.facts(reader, ids),
      });
    this.#ofReferrals = topic('clockChanged');
    this.#ofRoom = topic('roomClockChanged');
  }

  watchReferrals({ agencyId }: Actor) {
    return this.#ofReferrals.watch((clock) => clock.isOfReferral && clock.agencyIds.includes(agencyId), null);
  }

  watchRoom({ agencyId }: Actor) {
    return this.#ofRoom.watch((clock) => clock.isAboutRoom && clock.agencyIds.includes(agencyId), null);
  }

  /** The agencies that watch each clock. As the system. */
  async facts(reader: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, WatchedClock>> {
    return new Map((await reader.query(watchedBy, [ids])).map((clock) => [clock.id, clock]));
  }
}

import { Injectable } from '@nestjs/common';
import { isRefusal, notFound } from '../../kernel/refusal';
import type { Reader } from '../../platform/database/reader';
import { NO_AGENCY, systemActor } from '../../platform/database/system-actor';
import { UnitOfWork } from '../../platform/database/unit-of-work';
import { BackOff } from '../../platform/jobs/back-off';
import { DueSweep } from '../../platform/jobs/due-sweep';
import { tryEach } from '../../platform/jobs/try-each';
import { Finders } from './finders';
import { LeaderlessStore, type Finderless } from './leaderless.store';
import { RosterService } from './roster.service';
import type { DueCase } from './roster.store';

const BATCH = 100;

/** Cases of teams of which nobody is left, and those that wait for a program where nobody is left who was to find one. */
@Injectable()
export class LeaderlessService {
  /** Where nobody was found: whole states may have no team, and thousands of cases. */
  readonly #nobody = new BackOff();
  readonly #finderless = new DueSweep({ batch: BATCH, atOnce: 1 });
  readonly #leaderless = new DueSweep({ batch: BATCH, atOnce: 1 });

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: LeaderlessStore,
    private readonly finders: Finders,
    private readonly roster: RosterService,
  ) {}

  async sweep(): Promise<void> {
    const reader = this.unitOfWork.reader(systemActor(NO_AGENCY));
    const kinds = [
      () =>
        this.#leaderless.run(
          (limit, resting) => this.store.leaderless(reader, limit, resting),
          (due) => this.letGo(due),
        ),
      async () => {
        const places = await this.store.finderless(reader, BATCH, this.#nobody.resting());
        await tryEach(places, (place) => this.findFor(reader, place));
      },
    ];
    await tryEach(kinds, (kind) => kind());
  }

  private async letGo({ id, agencyId }: DueCase): Promise<boolean> {
    const done = await this.unitOfWork.runAsSystem(agencyId ?? NO_AGENCY, { name: 'letGoOutreachCase' }, async (tx) =>
      (await this.roster.letGo(tx, id)) ? { id } : notFound('case of a team that is gone'),
    );
    return !isRefusal(done);
  }

  /** Looks before it takes the turn of the roster, in which everybody’s reports are placed. */
  private async findFor(reader: Reader, place: Finderless): Promise<void> {
    const { id, countyFips, sourceAgencyId } = place;
    const finder = await this.finders.finderIn(reader, countyFips, sourceAgencyId === null ? [] : [sourceAgencyId]);
    if (finder === null) {
      this.#nobody.failed(id);
      return;
    }
    this.#nobody.done(id);
    await this.#finderless.run(
      (limit, resting) => this.store.finderlessAt(reader, place, limit, resting),
      (due) => this.findAnew(due),
    );
  }

  private async findAnew({ id, agencyId }: DueCase): Promise<boolean> {
    const step = { name: 'findFinderAnew' } as const;
    const done = await this.unitOfWork.runAsSystem(agencyId ?? NO_AGENCY, step, async (tx) =>
      (await this.roster.findAnew(tx, id)) ? { id } : notFound('case whose finder is gone'),
    );
    return !isRefusal(done);
  }
}

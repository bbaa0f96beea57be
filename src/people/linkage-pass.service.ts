import { Injectable } from '@nestjs/common';
import type { SystemTx } from '../platform/database/tx';
import { NO_AGENCY, systemActor } from '../platform/database/system-actor';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { KeyRing } from '../platform/encryption/key-ring';
import { defaultLinkagePolicy as policy } from './linkage/engine/default-policy';
import { LinkagePassesStore, type Pass } from './linkage-passes.store';
import { PersonLinkingService } from './person-linking.service';

/** People in one transaction: small enough that whoever comes in meanwhile does not wait. */
const BATCH = 25;
/** Other sweeps wait for this one: the rest comes with the next, seconds later. */
const SWEEP_MS = 2000;
/** How often consents that have ended by their date are looked for, and how many of their people at a time. */
const PART_EVERY_MS = 600_000;
const LAPSED = 200;
const command = { name: 'linkPeople', isHousekeeping: true } as const;

/** Compares everybody on file with everybody else, once for each version of the figures and each key; goes on where it stopped. */
@Injectable()
export class LinkagePassService {
  /** The key and version that everybody is known to be compared by: nothing to ask the database then. */
  #done = '';
  #partAgainAt = 0;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly passes: LinkagePassesStore,
    private readonly linking: PersonLinkingService,
    private readonly ring: KeyRing,
  ) {}

  /** One person anew: somebody else came in at the same moment, or the person has agreed to something. */
  async compare(personId: string): Promise<void> {
    await this.unitOfWork.runAsSystem(NO_AGENCY, command, async (tx) => {
      await this.linking.place(tx, personId);
      await this.linking.drawClusters(tx, [personId]);
      return { id: personId };
    });
  }

  async sweep(): Promise<void> {
    await this.partLapsed();
    if (!this.ring.isLoaded() || this.#done === this.name()) return;
    const until = performance.now() + SWEEP_MS;
    let isDone = false;
    while (!isDone && performance.now() < until) isDone = await this.step();
    if (isDone) this.#done = this.name();
  }

  /** Consents end by their date without anybody’s doing, and with them what they held together. */
  private async partLapsed(): Promise<void> {
    if (performance.now() < this.#partAgainAt) return;
    this.#partAgainAt = performance.now() + PART_EVERY_MS;
    for (const id of await this.passes.lapsed(this.unitOfWork.reader(systemActor(NO_AGENCY)), LAPSED)) {
      await this.unitOfWork.runAsSystem(NO_AGENCY, command, async (tx) => {
        await this.linking.drawClusters(tx, [id]);
        return { id };
      });
    }
  }

  /** To its end at once, for who waits for it. Answers what it has come to. */
  async finish(): Promise<Pass | undefined> {
    while (!(await this.step()));
    return this.passes.find(this.unitOfWork.reader(systemActor(NO_AGENCY)), this.key());
  }

  /** A batch of people; true: there is nobody left. */
  private async step(): Promise<boolean> {
    let isDone = false;
    await this.unitOfWork.runAsSystem(NO_AGENCY, command, async (tx) => {
      const pass = await this.passes.lock(tx, this.key());
      isDone = pass.finishedAt !== null || (await this.batch(tx, pass)) < BATCH;
      return { id: pass.id };
    });
    return isDone;
  }

  private async batch(tx: SystemTx, pass: Pass): Promise<number> {
    const ids = await this.passes.personsAfter(tx, pass.reached, BATCH);
    let [linked, forReview] = [0, 0];
    for (const id of ids) {
      const placement = await this.linking.place(tx, id);
      linked += placement.linked.length;
      forReview += placement.review.length;
    }
    const reached = ids.at(-1) ?? pass.reached;
    this.passes.advance(tx, pass.id, {
      reached,
      persons: ids.length,
      linked,
      forReview,
      isFinished: ids.length < BATCH,
    });
    return ids.length;
  }

  private key() {
    return { policyVersion: policy.version, indexKeyId: this.ring.current('INDEX').id };
  }

  private name(): string {
    const { policyVersion, indexKeyId } = this.key();
    return `${policyVersion} ${indexKeyId}`;
  }
}

import { Injectable, Logger, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { isAway } from '../platform/database/failures';
import { NO_AGENCY } from '../platform/database/system-actor';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { faults } from '../platform/health';
import { Tasks } from '../platform/jobs/tasks';
import { tryEach } from '../platform/jobs/try-each';
import { describeFault } from '../platform/logging';
import { Subscribers } from '../platform/outbox/subscribers';
import { NudgeHearingService } from './nudge-hearing.service';
import { NudgeMessagesStore } from './nudge-messages.store';
import { NudgeSenderService } from './nudge-sender.service';
import { NudgeTellingService } from './nudge-telling.service';
import { NudgesStore } from './nudges.store';

/** Messages that one worker sends at the same time. */
const AT_ONCE = 8;

/** From the outbox to nudges, from nudges to messages, and from messages to people. */
@Injectable()
export class NudgesJobs implements OnModuleInit, BeforeApplicationShutdown {
  readonly #log = new Logger(NudgesJobs.name);
  readonly #underway = new Set<Promise<void>>();

  constructor(
    private readonly tasks: Tasks,
    private readonly subscribers: Subscribers,
    private readonly unitOfWork: UnitOfWork,
    private readonly hearing: NudgeHearingService,
    private readonly telling: NudgeTellingService,
    private readonly sender: NudgeSenderService,
    private readonly nudges: NudgesStore,
    private readonly messages: NudgeMessagesStore,
  ) {}

  onModuleInit(): void {
    this.subscribers.onEvery((event) => this.hearing.hear(event));
    this.tasks.registerTail(() => this.#sendSome());
    this.tasks.registerSweep(() => this.#tidy());
  }

  /** Lets what is underway come to its end: a lease would only make it come twice. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.#underway);
  }

  /** All that is due by now. */
  async sendAll(): Promise<void> {
    for (;;) {
      await this.#sendSome();
      if (this.#underway.size === 0) return;
      await Promise.all(this.#underway);
    }
  }

  /** What is written down already leaves, whether or not more can be. */
  #sendSome(): Promise<void> {
    return tryEach([() => this.telling.tellAll(), () => this.#takeUp()], (step) => step());
  }

  /** Takes up what is due as far as there is room, and does not wait for it. */
  async #takeUp(): Promise<void> {
    const room = AT_ONCE - this.#underway.size;
    if (room <= 0) return;
    for (const message of await this.sender.claim(room)) {
      const sent = this.sender
        .send(message)
        .catch((error: unknown) => {
          this.#report(error);
        })
        .finally(() => this.#underway.delete(sent));
      this.#underway.add(sent);
    }
  }

  async #tidy(): Promise<void> {
    await this.unitOfWork.runAsSystem(NO_AGENCY, { name: 'tidyNudges', isHousekeeping: true }, (tx) => {
      this.nudges.forget(tx);
      this.messages.forget(tx);
      return Promise.resolve({ id: NO_AGENCY });
    });
  }

  /** Its lease runs out, and it is taken up again. */
  #report(error: unknown): void {
    const isFault = !isAway((error as Error | undefined)?.cause ?? error);
    if (isFault) faults.inc();
    const fault = describeFault(error);
    this.#log[isFault ? 'error' : 'warn']({ fault, msg: 'sending a message failed and is tried again' });
  }
}

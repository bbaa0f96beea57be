import DataLoader from 'dataloader';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { AGENCY_UPDATED } from '../../agencies';
import { ClockNews } from '../../clocks';
import { isAway } from '../../platform/database/failures';
import type { Reader } from '../../platform/database/reader';
import { NO_AGENCY, systemActor } from '../../platform/database/system-actor';
import { UnitOfWork } from '../../platform/database/unit-of-work';
import { faults } from '../../platform/health';
import type { WakeUp } from '../../platform/jobs/wake-up';
import { Tasks } from '../../platform/jobs/tasks';
import { describeFault } from '../../platform/logging';
import { Subscribers, type DeliveredEvent } from '../../platform/outbox/subscribers';
import { ReferralNews } from '../../referrals';
import { WebhookDeliveriesStore, type News } from './webhook-deliveries.store';
import { WebhookEndpointsService } from './webhook-endpoints.service';
import { webhookKindNames, webhookKinds, type WebhookKind } from './webhook-kinds';
import { WebhookSenderService, type Ready } from './webhook-sender.service';

/** Deliveries that one worker sends at the same time; how they are shared out is said where they are claimed. */
const AT_ONCE = 16;
/** News that is heard within this time is written down together: one commit instead of many. */
const TOGETHER_MS = 5;

/** From the outbox to deliveries, and from deliveries to receivers. */
@Injectable()
export class WebhooksJobs implements OnModuleInit, BeforeApplicationShutdown {
  readonly #log = new Logger(WebhooksJobs.name);
  readonly #underway = new Map<Promise<void>, Ready>();
  readonly #heard = new DataLoader<DeliveredEvent, true>((events) => this.write(events), {
    cache: false,
    batchScheduleFn: (callback) => setTimeout(callback, TOGETHER_MS),
  });
  #sending: WakeUp | undefined;

  constructor(
    private readonly tasks: Tasks,
    private readonly subscribers: Subscribers,
    private readonly unitOfWork: UnitOfWork,
    private readonly deliveries: WebhookDeliveriesStore,
    private readonly endpoints: WebhookEndpointsService,
    private readonly sender: WebhookSenderService,
    private readonly referrals: ReferralNews,
    private readonly clocks: ClockNews,
  ) {}

  onModuleInit(): void {
    this.subscribers.onEvery((event) => this.hear(event));
    this.subscribers.on(AGENCY_UPDATED, ({ subjectId }) => this.endpoints.resumeOpened(subjectId));
    this.#sending = this.tasks.registerTail(() => this.sendSome());
    this.tasks.registerSweep(() => this.endpoints.beginAll());
    this.tasks.registerSweep(() => this.tidy());
  }

  /** Lets what is underway come to its end: a lease would only make it come twice. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.#underway.keys());
  }

  /** Writes a delivery for every endpoint that an event concerns. Who sees what of it is decided when it is sent. */
  async hear(event: DeliveredEvent): Promise<void> {
    if (webhookKindNames.some((kind) => webhookKinds[kind].about(event) !== null)) await this.#heard.load(event);
  }

  /** Takes up what is due as far as there is room, and does not wait for it. */
  async sendSome(): Promise<void> {
    const room = AT_ONCE - this.#underway.size;
    if (room <= 0) return;
    const underway = [...this.#underway.values()].map(({ endpointId }) => endpointId);
    for (const delivery of await this.sender.claim({ atOnce: AT_ONCE, room, underway })) this.begin(delivery);
  }

  /** All that is due by now. */
  async sendAll(): Promise<void> {
    await this.endpoints.beginAll();
    for (;;) {
      // What is in hand when it looks may hold back the rest, and be over when it has looked.
      const before = this.#underway.size;
      await this.sendSome();
      if (before + this.#underway.size === 0) return;
      await Promise.all(this.#underway.keys());
    }
  }

  private begin(delivery: Ready): void {
    const sent = this.sender
      .send(delivery)
      .catch((error: unknown) => {
        this.report(error);
      })
      .finally(() => {
        this.#underway.delete(sent);
        this.#sending?.call();
      });
    this.#underway.set(sent, delivery);
  }

  private async write(events: readonly DeliveredEvent[]): Promise<true[]> {
    const reader = this.unitOfWork.reader(systemActor(NO_AGENCY));
    const wanted = await this.deliveries.wantedKinds(reader);
    const news: News[] = [];
    for (const kind of webhookKindNames.filter((one) => wanted.has(one))) {
      const told = events.flatMap((event) => {
        const subjectId = webhookKinds[kind].about(event);
        return subjectId === null ? [] : [{ kind, eventId: event.id, subjectId }];
      });
      if (told.length === 0) continue;
      const concerned = await this.concerned(reader, kind, [...new Set(told.map(({ subjectId }) => subjectId))]);
      news.push(...told.map((one) => ({ ...one, agencyIds: concerned(one.subjectId) })));
    }
    const wantedNews = news.filter(({ agencyIds }) => agencyIds?.length !== 0);
    if (wantedNews.length > 0) {
      await this.unitOfWork.runAsSystem(NO_AGENCY, { name: 'hearNews', isHousekeeping: true }, (tx) => {
        this.deliveries.addAll(tx, wantedNews);
        return Promise.resolve({ id: NO_AGENCY });
      });
      this.#sending?.call();
    }
    return events.map(() => true);
  }

  /** The agencies that records of a kind concern; null: all. */
  private async concerned(
    reader: Reader,
    kind: WebhookKind,
    ids: readonly string[],
  ): Promise<(id: string) => readonly string[] | null> {
    if (kind === 'BED_POOL_CHANGED') return () => null;
    if (kind === 'REFERRAL_CHANGED' || kind === 'OFFER_CHANGED') {
      const agencies = await this.referrals.agenciesOf(reader, kind === 'OFFER_CHANGED' ? 'Offer' : 'Referral', ids);
      return (id) => agencies.get(id) ?? [];
    }
    const clocks = await this.clocks.facts(reader, ids);
    return (id) => {
      const clock = clocks.get(id);
      const isOfKind = kind === 'ROOM_CLOCK_CHANGED' ? clock?.isAboutRoom : clock?.isOfReferral;
      return clock && isOfKind ? clock.agencyIds : [];
    };
  }

  private async tidy(): Promise<void> {
    await this.unitOfWork.runAsSystem(NO_AGENCY, { name: 'tidyWebhooks', isHousekeeping: true }, (tx) => {
      this.deliveries.tidy(tx);
      return Promise.resolve({ id: NO_AGENCY });
    });
  }

  /** Its lease runs out, and it is taken up again. */
  private report(error: unknown): void {
    const isFault = !isAway((error as Error | undefined)?.cause ?? error);
    if (isFault) faults.inc();
    this.#log[isFault ? 'error' : 'warn']({
      fault: describeFault(error),
      msg: 'sending a webhook failed and is tried again',
    });
  }
}

import { Injectable } from '@nestjs/common';
import type { Actor } from '../../access';
import { ServiceAccountsService } from '../../agencies';
import { NO_AGENCY, systemActor } from '../../platform/database/system-actor';
import type { SystemTx } from '../../platform/database/tx';
import { UnitOfWork } from '../../platform/database/unit-of-work';
import { OutboundHttp, OutboundRefused } from '../../platform/outbound';
import { nextAttempt, wordOf } from './engine/retry';
import { WebhookDeliveriesStore, type Claimed, type Outcome, type Slots } from './webhook-deliveries.store';
import { WEBHOOK_ENDPOINT_DISABLED } from './webhook.events';
import { WebhookEndpointsStore } from './webhook-endpoints.store';
import { WebhookMessages, type Message } from './webhook-messages';
import { signedHeaders } from './webhook-secrets';
import { webhookEndpointMachine } from './webhook-endpoint.machine';
import type { AttemptCode, DisabledReason } from './webhook.enums';

const TIMEOUT_MS = 10_000;
/** A receiver whose last answer took longer is slow. */
const QUICK_MS = 1000;
const UPKEEP = { name: 'sendWebhooks', isHousekeeping: true } as const;

/** What all deliveries to an endpoint need. */
interface Partner {
  /** The partner system it is read for; null: its account has ended. */
  readonly actor: Actor | null;
  readonly secrets: readonly string[];
}

/** A delivery in hand, with its partner: read once for those that are taken in hand together, and where that fails no other waits. */
export interface Ready extends Claimed {
  readonly partner: Promise<Partner>;
}

interface Attempt {
  readonly code: AttemptCode;
  readonly status: number | null;
  readonly isGone?: boolean;
  readonly retryAfterSeconds?: number | null;
}

/** Sends one delivery: reads it as the partner system, signs it, and writes down what came of it. */
@Injectable()
export class WebhookSenderService {
  /** By endpoint, whether its last answer to this process was quick. */
  readonly #isQuick = new Map<string, boolean>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly systems: ServiceAccountsService,
    private readonly deliveries: WebhookDeliveriesStore,
    private readonly endpoints: WebhookEndpointsStore,
    private readonly messages: WebhookMessages,
    private readonly outbound: OutboundHttp,
  ) {}

  /** Takes in hand what is due, for a minute. */
  async claim(slots: Omit<Slots, 'quick' | 'slow'>): Promise<Ready[]> {
    let claimed: Claimed[] = [];
    const known = [...this.#isQuick];
    const quick = known.filter(([, isQuick]) => isQuick).map(([id]) => id);
    const slow = known.filter(([, isQuick]) => !isQuick).map(([id]) => id);
    await this.unitOfWork.runAsSystem(NO_AGENCY, UPKEEP, async (tx) => {
      claimed = await this.deliveries.claim(tx, { ...slots, quick, slow });
      return { id: NO_AGENCY };
    });
    const partners = new Map<string, Promise<Partner>>();
    return claimed.map((delivery) => {
      const partner = partners.get(delivery.endpointId) ?? this.partnerOf(delivery);
      // Each delivery hears of it when it is sent.
      partner.catch(() => undefined);
      partners.set(delivery.endpointId, partner);
      return { ...delivery, partner };
    });
  }

  private async partnerOf({ endpointId, agencyId, membershipId }: Claimed): Promise<Partner> {
    const reader = this.unitOfWork.reader(systemActor(agencyId));
    const [actor, secrets] = await Promise.all([
      this.systems.actor(reader, membershipId),
      this.endpoints.secretsOf(reader, endpointId),
    ]);
    return { actor, secrets };
  }

  async send(delivery: Ready): Promise<void> {
    const { endpointId, agencyId, kind, subjectId, claimedAt: at } = delivery;
    const { actor, secrets } = await delivery.partner;
    if (!actor) return this.stop(delivery, 'ACCOUNT_ENDED');
    // A secret that does not open is withheld, and nothing leaves unsigned.
    if (secrets.length === 0) return this.failed(delivery, { code: 'NOT_READ', status: null });
    const reader = this.unitOfWork.reader(systemActor(agencyId));
    // The memory is of referrals alone.
    const isRemembered = kind === 'REFERRAL_CHANGED' && subjectId !== null;
    const remembered = isRemembered ? await this.endpoints.imageOf(reader, endpointId, subjectId) : null;
    const message = await this.messages.of(actor, delivery, remembered);
    if (message.is === 'ACCOUNT_ENDED') return this.stop(delivery, 'ACCOUNT_ENDED');
    if (message.is !== 'READY') return this.leave(delivery, message);
    const headers = signedHeaders({ id: delivery.id, at, body: message.body }, secrets);
    const attempt = await this.post(delivery, headers, message.body);
    if (attempt.isGone) return this.stop(delivery, 'GONE', attempt);
    if (attempt.code === 'OK') return this.delivered(delivery, attempt, message.image);
    return this.failed(delivery, attempt);
  }

  private async post({ url, endpointId }: Claimed, headers: Record<string, string>, body: string): Promise<Attempt> {
    const began = performance.now();
    try {
      const request = { method: 'POST', headers, body, timeoutMs: TIMEOUT_MS, isStatusEnough: true } as const;
      const { status, headers: answered } = await this.outbound.send(url, request);
      const word = wordOf(status, answered['retry-after']);
      if (word.is === 'TAKEN') return { code: 'OK', status };
      if (word.is === 'GONE') return { code: 'HTTP_STATUS', status, isGone: true };
      return { code: 'HTTP_STATUS', status, retryAfterSeconds: word.retryAfterSeconds };
    } catch (error) {
      if (error instanceof OutboundRefused) return { code: 'ADDRESS_REFUSED', status: null };
      const isLate = (error as Error).name === 'TimeoutError' || (error as Error).name === 'AbortError';
      return { code: isLate ? 'TIMEOUT' : 'UNREACHABLE', status: null };
    } finally {
      this.#isQuick.set(endpointId, performance.now() - began <= QUICK_MS);
    }
  }

  private delivered(delivery: Claimed, { code, status }: Attempt, image: string | null): Promise<void> {
    const { endpointId, subjectId, failingSince } = delivery;
    const outcome: Outcome = { state: 'DELIVERED', code, status, nextAttemptAt: null };
    return this.settle(delivery, outcome, true, (tx) => {
      if (image !== null && subjectId !== null) this.endpoints.remember(tx, endpointId, [{ id: subjectId, image }]);
      if (failingSince === null) return;
      this.endpoints.markWell(tx, endpointId);
      this.deliveries.hurry(tx, endpointId);
    });
  }

  /** Nothing left the house. */
  private leave(delivery: Claimed, message: Exclude<Message, { is: 'READY' | 'ACCOUNT_ENDED' }>): Promise<void> {
    const { endpointId, subjectId } = delivery;
    if (message.is === 'NOTHING') {
      const outcome: Outcome = { state: 'SKIPPED', code: 'NOTHING_TO_SEE', status: null, nextAttemptAt: null };
      return this.settle(delivery, outcome, false, (tx) => {
        const { image } = message;
        if (image !== null && subjectId !== null) this.endpoints.remember(tx, endpointId, [{ id: subjectId, image }]);
      });
    }
    if (!message.mayRetryAtOnce) return this.failed(delivery, { code: 'NOT_READ', status: null });
    return this.inTransaction(delivery, (tx) => {
      this.deliveries.giveBack(tx, delivery.id);
    });
  }

  private failed(delivery: Claimed, { code, status, retryAfterSeconds = null }: Attempt): Promise<void> {
    return this.inTransaction(delivery, async (tx) => {
      const { endpointId, firstAttemptAt, attempts, failingSince } = delivery;
      const asOf = tx.asOf;
      const began = firstAttemptAt ?? asOf;
      const next = nextAttempt({
        ...{ attempts: attempts + 1, firstAttemptAt: began, asOf, retryAfterSeconds },
        chance: Math.random(),
      });
      // The receiver named the time, or was well and refused just this: that others arrive changes nothing for it.
      const isTimed = retryAfterSeconds !== null || (code === 'HTTP_STATUS' && failingSince === null);
      const outcome: Outcome = { state: next ? 'WAITING' : 'DEAD', code, status, nextAttemptAt: next, isTimed };
      if (!(await this.deliveries.settle(tx, delivery.id, outcome, true))) return;
      this.endpoints.markFailing(tx, endpointId, asOf);
      // A whole time of trying in which nothing else arrived either.
      const isAllInVain = next === null && failingSince !== null && failingSince <= began;
      if (isAllInVain) await this.disable(tx, endpointId, 'UNREACHABLE');
    });
  }

  /** Nothing may be sent to it any more, this delivery included. */
  private stop(delivery: Claimed, why: DisabledReason, attempt?: Attempt): Promise<void> {
    return this.inTransaction(delivery, async (tx) => {
      await this.endpoints.lock(tx, delivery.endpointId);
      // Its agency was opened again since it was read.
      const hasGoneOn = why === 'ACCOUNT_ENDED' && (await this.systems.actor(tx, delivery.membershipId)) !== null;
      if (hasGoneOn) return this.deliveries.giveBack(tx, delivery.id);
      const code = attempt?.code ?? 'ACCOUNT_ENDED';
      const outcome: Outcome = { state: 'DEAD', code, status: attempt?.status ?? null, nextAttemptAt: null };
      await this.deliveries.settle(tx, delivery.id, outcome, attempt !== undefined);
      await this.disable(tx, delivery.endpointId, why);
    });
  }

  /** Once; its admins are told. */
  private async disable(tx: SystemTx, endpointId: string, why: DisabledReason): Promise<void> {
    const endpoint = await this.endpoints.lock(tx, endpointId);
    const state = endpoint && webhookEndpointMachine.next(endpoint.state, 'disable');
    if (state !== 'DISABLED') return;
    this.endpoints.move(tx, endpointId, state, why);
    this.deliveries.bury(tx, endpointId);
    const subject = { subjectType: 'WebhookEndpoint', subjectId: endpointId };
    tx.audit({ action: WEBHOOK_ENDPOINT_DISABLED, ...subject, details: { why } });
    tx.emit({ name: WEBHOOK_ENDPOINT_DISABLED, ...subject, payload: { why } });
  }

  private settle(delivery: Claimed, outcome: Outcome, wasTried: boolean, then: (tx: SystemTx) => void): Promise<void> {
    return this.inTransaction(delivery, async (tx) => {
      if (await this.deliveries.settle(tx, delivery.id, outcome, wasTried)) then(tx);
    });
  }

  private async inTransaction({ id, agencyId }: Claimed, work: (tx: SystemTx) => Promise<void> | void): Promise<void> {
    await this.unitOfWork.runAsSystem(agencyId, UPKEEP, async (tx) => {
      await work(tx);
      return { id };
    });
  }
}

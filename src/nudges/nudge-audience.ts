import { Injectable } from '@nestjs/common';
import { mayDo, mayRead, type Actor } from '../access';
import { WebhooksLoaders } from '../partners';
import { SignedOut } from '../platform/database/failures';
import type { Reader } from '../platform/database/reader';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { receiptFor, ReferralsLoaders, type OfferRow, type ReferralRow } from '../referrals';
import { ChildReportsLoaders, NoticesLoaders } from '../safety';
import { SurveillanceLoaders } from '../surveillance';
import { DueAudience, type DueKind, type Waits } from './due-audience';
import type { NudgeKind } from './nudge-kinds';

/** Of a program that takes people at once: nobody there has seen it yet, and the person is on the way. */
const isTakenAtOnce = (offer: OfferRow | null): offer is OfferRow =>
  offer?.state === 'ACCEPTED' && offer.endedAt !== null && offer.endedAt <= offer.createdAt;

/**
 * Who is told of what, by the access table: whoever may take the step that waits, or see what has changed, looked at as themselves
 * when they are about to be told. Nothing that is looked at here leaves, so neither trail nor ledger knows of it.
 */
@Injectable()
export class NudgeAudience {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly due: DueAudience,
    private readonly referrals: ReferralsLoaders,
    private readonly notices: NoticesLoaders,
    private readonly children: ChildReportsLoaders,
    private readonly webhooks: WebhooksLoaders,
    private readonly alerts: SurveillanceLoaders,
  ) {}

  readonly #waits: Readonly<Record<Exclude<NudgeKind, DueKind>, Waits>> = {
    OFFER_WAITS: async (reader, id) => {
      const offer = await this.referrals.offer.readBack(reader, id);
      if (offer?.state === 'PENDING') return mayDo(reader.actor, 'Offer', 'acknowledge', offer);
      return isTakenAtOnce(offer) && mayRead(reader.actor, 'Offer', 'state', offer);
    },
    REFERRAL_MOVED: async (reader, id) => {
      const referral = await this.referrals.referral.readBack(reader, id);
      return referral?.submittedBy === reader.actor.id && mayRead(reader.actor, 'Referral', 'progress', referral);
    },
    FACTS_WANTED: async (reader, id) => {
      const referral = await this.#toAnswer(reader, id);
      return referral?.submittedBy === reader.actor.id;
    },
    FACTS_WANTED_SOON: async (reader, id) => (await this.#toAnswer(reader, id)) !== null,
    REFERRAL_LAPSED: async (reader, id) => (await this.#toCoordinate(reader, id))?.state === 'EXPIRED',
    WAITLISTED: async (reader, id) => {
      const referral = await this.#toCoordinate(reader, id);
      return referral?.state === 'WAITLISTED';
    },
    PLACE_GIVEN: async (reader, id) => (await this.#toCoordinate(reader, id)) !== null,
    SCHOOL_NOTICE: async (reader, id) => {
      const notice = await this.notices.notice.readBack(reader, id);
      return notice?.readAt === null && mayDo(reader.actor, 'HandleWithCareNotice', 'acknowledge', notice);
    },
    // First whoever sent it, who may have gone home; then everybody there.
    NOTICE_UNREAD: async (reader, id) => {
      const receipt = await this.notices.receipt.readBack(reader, id);
      if (!receipt?.isOverdue || !mayRead(reader.actor, 'HandleWithCareReceipt', 'isOverdue', receipt)) return false;
      return receipt.sentBy === reader.actor.id || receipt.isLongOverdue;
    },
    CHILD_REPORT: async (reader, id) => {
      const report = await this.children.report.readBack(reader, id);
      return report?.state === 'SUBMITTED' && mayDo(reader.actor, 'ChildReport', 'receive', report);
    },
    ENDPOINT_DISABLED: async (reader, id) => {
      const endpoint = await this.webhooks.endpoint.readBack(reader, id);
      return endpoint?.state === 'DISABLED' && mayDo(reader.actor, 'WebhookEndpoint', 'resume', endpoint);
    },
    SPIKE: async (reader, id) => {
      const alert = await this.alerts.alert.readBack(reader, id);
      return alert?.state === 'OPEN' && mayRead(reader.actor, 'SpikeAlert', 'state', alert);
    },
    BATCH_WARNING: async (reader, id) => {
      const warning = await this.alerts.warning.readBack(reader, id);
      return warning?.isInForce === true && mayRead(reader.actor, 'BatchWarning', 'issuedAt', warning);
    },
  };

  /** False also for whoever has left. */
  async waitsFor(actor: Actor, kind: NudgeKind, subjectId: string): Promise<boolean> {
    const waits: Readonly<Record<NudgeKind, Waits>> = { ...this.due.waits, ...this.#waits };
    try {
      return await waits[kind](this.unitOfWork.reader(actor), subjectId);
    } catch (error) {
      if (error instanceof SignedOut) return false;
      throw error;
    }
  }

  /** For whoever may send the facts that are missing as far as they may know. */
  async #toAnswer(reader: Reader, id: string): Promise<ReferralRow | null> {
    const referral = await this.referrals.referral.readBack(reader, id);
    if (!referral || !mayDo(reader.actor, 'Referral', 'provideInfo', referral)) return null;
    return receiptFor(reader.actor, referral).missing.length > 0 ? referral : null;
  }

  /** Of those who coordinate it, for whoever may follow where in treatment the person is. */
  async #toCoordinate(reader: Reader, id: string): Promise<ReferralRow | null> {
    const referral = await this.referrals.referral.readBack(reader, id);
    const mayFollow =
      referral !== null &&
      mayRead(reader.actor, 'Referral', 'state', referral) &&
      mayDo(reader.actor, 'WaitlistEntry', 'recordContact', referral);
    return mayFollow ? referral : null;
  }
}

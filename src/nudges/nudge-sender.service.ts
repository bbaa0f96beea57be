import { Injectable } from '@nestjs/common';
import { StaffService } from '../agencies';
import { nextTry, type BackOff } from '../kernel/back-off';
import { NO_AGENCY, systemActor } from '../platform/database/system-actor';
import type { SystemTx } from '../platform/database/tx';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { Messenger, type Attempt } from '../platform/messaging';
import { NudgeAddressesStore, type NudgeAddressRow } from './nudge-addresses.store';
import { NudgeAudience } from './nudge-audience';
import type { NudgeEntity, NudgeMessageEntity } from './nudge.entity';
import { NudgeMessagesStore, type Outcome } from './nudge-messages.store';
import { codeWords, nudgeWords, type NudgeLanguage, type Words } from './nudge-texts';
import { NudgesStore } from './nudges.store';

const MINUTE_MS = 60_000;
/** A nudge that is a day late nudges nobody: what waits is still listed. */
const PATIENCE: BackOff = {
  delaysMs: [MINUTE_MS / 2, 2 * MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, 30 * MINUTE_MS, 60 * MINUTE_MS],
  forMs: 24 * 60 * MINUTE_MS,
  jitter: 0.2,
};
const UPKEEP = { name: 'sendNudges', isHousekeeping: true } as const;

type Ready = { readonly is: 'READY'; readonly address: NudgeAddressRow; readonly words: Words };
type Unsaid = { readonly is: 'UNSAID'; readonly code: 'NOT_THEIRS' | 'ADDRESS_GONE' };

/** Sends one message: looks once more whether it is for them, and writes down what came of it. */
@Injectable()
export class NudgeSenderService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly staff: StaffService,
    private readonly nudges: NudgesStore,
    private readonly addresses: NudgeAddressesStore,
    private readonly messages: NudgeMessagesStore,
    private readonly audience: NudgeAudience,
    private readonly messenger: Messenger,
  ) {}

  async claim(limit: number): Promise<NudgeMessageEntity[]> {
    let claimed: NudgeMessageEntity[] = [];
    await this.unitOfWork.runAsSystem(NO_AGENCY, UPKEEP, async (tx) => {
      claimed = await this.messages.claim(tx, limit);
      return { id: NO_AGENCY };
    });
    return claimed;
  }

  async send(message: NudgeMessageEntity): Promise<void> {
    const ready = await this.#ready(message);
    if (ready.is === 'UNSAID') {
      const outcome: Outcome = { state: 'DROPPED', code: ready.code, status: null, nextAttemptAt: null };
      return this.#inTransaction(message, async (tx) => {
        await this.messages.settle(tx, message.id, outcome);
      });
    }
    const { address, words } = ready;
    const attempt = await this.messenger.send(message.channel, { id: message.id, address: address.address, ...words });
    return this.#inTransaction(message, (tx) => this.#settle(tx, message, attempt));
  }

  async #ready({ agencyId, accountId, addressId, batchId, membershipId }: NudgeMessageEntity): Promise<Ready | Unsaid> {
    const reader = this.unitOfWork.reader(systemActor(agencyId));
    const address = await this.addresses.byId(reader, addressId);
    // One that does not open is withheld: nobody could be written to.
    if (!address?.address || address.state === 'BROKEN') return { is: 'UNSAID', code: 'ADDRESS_GONE' };
    const { language } = await this.addresses.setting(reader, { agencyId, accountId });
    if (batchId === null) {
      const isLive = (await this.staff.actor(reader, membershipId)) !== null;
      if (!isLive || address.code === null) return { is: 'UNSAID', code: 'NOT_THEIRS' };
      return { is: 'READY', address, words: codeWords(address.code, language) };
    }
    if (address.state !== 'CONFIRMED') return { is: 'UNSAID', code: 'ADDRESS_GONE' };
    const words = await this.#wordsOf(agencyId, batchId, language);
    return words ? { is: 'READY', address, words } : { is: 'UNSAID', code: 'NOT_THEIRS' };
  }

  /** Of all that was to be told only what still is for them counts. */
  async #wordsOf(agencyId: string, batchId: string, language: NudgeLanguage): Promise<Words | null> {
    const reader = this.unitOfWork.reader(systemActor(agencyId));
    const theirs: NudgeEntity[] = [];
    for (const nudge of await this.nudges.inBatch(reader, batchId)) {
      const actor = await this.staff.actor(reader, nudge.membershipId);
      if (actor && (await this.audience.waitsFor(actor, nudge.kind, nudge.subjectId))) theirs.push(nudge);
    }
    if (theirs.length === 0) return null;
    const waiting = { isSeveral: theirs.length > 1, isUrgent: theirs.some(({ isUrgent }) => isUrgent) };
    return nudgeWords(waiting, language, this.messenger.appUrl);
  }

  async #settle(tx: SystemTx, message: NudgeMessageEntity, { code, status }: Attempt): Promise<void> {
    const outcome = outcomeOf(message, { code, status }, tx.asOf);
    if (!(await this.messages.settle(tx, message.id, outcome)) || outcome.state === 'QUEUED') return;
    const { id, channel, addressId } = message;
    const isSent = outcome.state === 'SENT';
    // In Handrail’s own trail: an agency’s says what its people and systems did.
    const details = { channel, code };
    const about = { subjectType: 'NudgeMessage', subjectId: id, details };
    tx.inTrailOf(null).audit({ action: isSent ? 'nudge-message.sent' : 'nudge-message.failed', ...about });
    if (code !== 'BAD_ADDRESS' || !(await this.addresses.markBroken(tx, addressId))) return;
    const broken = { subjectType: 'NudgeAddress', subjectId: addressId, details: { channel } };
    tx.audit({ action: 'nudge-address.broken', ...broken });
  }

  async #inTransaction({ id, agencyId }: NudgeMessageEntity, work: (tx: SystemTx) => Promise<void>): Promise<void> {
    await this.unitOfWork.runAsSystem(agencyId, UPKEEP, async (tx) => {
      await work(tx);
      return { id };
    });
  }
}

const outcomeOf = (message: NudgeMessageEntity, { code, status }: Attempt, asOf: Date): Outcome => {
  if (code === 'TAKEN') return { state: 'SENT', code, status, nextAttemptAt: null };
  const firstAttemptAt = message.firstAttemptAt ?? asOf;
  const next =
    code === 'BAD_ADDRESS'
      ? null
      : nextTry(PATIENCE, { attempts: message.attempts + 1, firstAttemptAt, asOf, chance: Math.random() });
  return { state: next ? 'QUEUED' : 'FAILED', code, status, nextAttemptAt: next };
};

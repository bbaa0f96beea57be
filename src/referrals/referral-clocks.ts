import { Injectable } from '@nestjs/common';
import { CapacityService } from '../capacity';
import { ClocksService, type ClockEnd, type ClockKind, type NewClock } from '../clocks';
import { addMinutes } from '../kernel/clock';
import type { SystemTx } from '../platform/database/tx';
import type { ClockSettings } from './clock-settings';
import { ClockSource } from './clock-source';
import type { Ending } from './leaving';
import type { ReferralEntity } from './referral.entity';
import type { InterimServiceKind } from './waitlist/engine/interim';
import { WaitlistEntriesStore } from './waitlist/waitlist-entries.store';
import type { WaitEnd } from './waitlist/waitlist-words';

const OFFER: readonly ClockKind[] = ['OFFER_ACKNOWLEDGED', 'OFFER_DECIDED'];
type Admission = 'ADMISSION' | 'ADMISSION_WITH_INTERIM' | 'PLACE_FOUND';
/** What runs while medication bridges the wait, by the service that does. */
const BRIDGES: Readonly<Partial<Record<InterimServiceKind, ClockKind>>> = {
  THREE_DAY_BRIDGE: 'BRIDGE_ENDS',
  INTERIM_METHADONE: 'INTERIM_METHADONE_ENDS',
};
const BRIDGE = Object.values(BRIDGES);
export const FOLLOW_UPS = ['FOLLOW_UP_DAY_30', 'FOLLOW_UP_DAY_90'] as const satisfies readonly ClockKind[];
const ADMISSION: readonly Admission[] = ['ADMISSION', 'ADMISSION_WITH_INTERIM', 'PLACE_FOUND'];

/** Facts of a referral that say who owns what runs on it. */
type Watched = Pick<ReferralEntity, 'id' | 'coordinatingAgencyId' | 'senderAgencyId'>;

/** Which clocks each step on a referral starts and ends, and with them the wait; always in the transaction of the step. */
@Injectable()
export class ReferralClocks {
  constructor(
    private readonly clocks: ClocksService,
    private readonly capacity: CapacityService,
    private readonly source: ClockSource,
    private readonly waitlist: WaitlistEntriesStore,
  ) {}

  /** The limits of routing. */
  settings(): ClockSettings {
    return this.source.settings();
  }

  /** By when the programs have to acknowledge and to decide on offers made now. */
  async offerTimes(
    tx: SystemTx,
    programIds: readonly string[],
  ): Promise<(programId: string) => { acknowledgeBy: Date; decideBy: Date }> {
    const terms = await this.clocks.termsOfPrograms(tx, programIds);
    return (programId) => {
      const own = terms.get(programId);
      if (!own) throw new Error('an offer to a program that does not exist');
      return {
        acknowledgeBy: own.dueAt('OFFER_ACKNOWLEDGED', tx.asOf),
        decideBy: own.dueAt('OFFER_DECIDED', tx.asOf),
      };
    };
  }

  offerMade(
    tx: SystemTx,
    referral: Watched,
    offer: {
      readonly offerId: string;
      readonly agencyId: string;
      readonly acknowledgeBy: Date;
      readonly decideBy: Date;
    },
  ): void {
    const one = {
      subjectType: 'Offer',
      subjectId: offer.offerId,
      ...ownedByProgram(referral, offer.agencyId),
    };
    this.clocks.start(tx, [
      { ...one, kind: 'OFFER_ACKNOWLEDGED', dueAt: offer.acknowledgeBy },
      { ...one, kind: 'OFFER_DECIDED', dueAt: offer.decideBy },
    ]);
  }

  offerAcknowledged(tx: SystemTx, offerId: string): void {
    this.clocks.end(tx, ['OFFER_ACKNOWLEDGED'], [offerId], 'MET');
  }

  offerDeclined(tx: SystemTx, offerId: string): void {
    this.clocks.end(tx, OFFER, [offerId], 'MET');
  }

  offerExpired(tx: SystemTx, offerId: string): void {
    this.clocks.end(tx, OFFER, [offerId], 'BREACHED');
  }

  offersRecalled(tx: SystemTx, offerIds: readonly string[]): void {
    this.clocks.end(tx, OFFER, offerIds, 'CANCELLED');
  }

  /** When a place that is kept from now on is given up. */
  async holdEnds(tx: SystemTx, programId: string): Promise<Date> {
    return (await this.clocks.termsOfProgram(tx, programId)).dueAt('HOLD_ENDS', tx.asOf);
  }

  /** A place is kept: this program has decided, the others need not, and nobody waits any more. */
  placeKept(
    tx: SystemTx,
    referral: Watched,
    {
      offerId,
      ...kept
    }: { readonly offerId: string; readonly holdId: string; readonly agencyId: string; readonly endsAt: Date },
  ): void {
    this.clocks.end(tx, OFFER, [offerId], 'MET');
    this.clocks.endOfReferral(tx, referral.id, [...OFFER, 'INFO_PROVIDED', 'INTERIM_SERVICES', 'WAITLIST_CONTACT']);
    this.waitlist.end(tx, referral.id, 'PLACED');
    const hold = { subjectType: 'Hold', subjectId: kept.holdId, ...ownedByProgram(referral, kept.agencyId) };
    this.clocks.start(tx, [{ ...hold, kind: 'HOLD_ENDS', dueAt: kept.endsAt }]);
  }

  /** Somebody waits: what the law gives them until when, counted from the request, and that nobody loses them meanwhile. */
  async waiting(
    tx: SystemTx,
    referral: Watched & Pick<ReferralEntity, 'submittedAt'>,
    { completedAt, admission }: { readonly completedAt: Date | null; readonly admission: Admission },
  ): Promise<void> {
    const { owner, terms } = await this.coordinated(tx, referral);
    const asked = { ...owner, startedAt: referral.submittedAt };
    const due = (kind: ClockKind) => ({ ...asked, kind, dueAt: terms.dueAt(kind, referral.submittedAt) });
    this.clocks.end(
      tx,
      ADMISSION.filter((kind) => kind !== admission),
      [referral.id],
      'CANCELLED',
    );
    if (completedAt) this.clocks.endAsDone(tx, ['INTERIM_SERVICES'], [referral.id], completedAt);
    this.clocks.start(tx, [
      ...(completedAt ? [] : [due('INTERIM_SERVICES')]),
      due(admission),
      { ...owner, kind: 'WAITLIST_CONTACT', dueAt: terms.dueAt('WAITLIST_CONTACT', tx.asOf) },
    ]);
  }

  /** The checklist is complete, whenever that was recorded. In time, it buys who injects the longer time to admission. */
  async interimGiven(
    tx: SystemTx,
    referral: Watched & Pick<ReferralEntity, 'submittedAt'>,
    { completedAt, isLonger }: { readonly completedAt: Date; readonly isLonger: boolean },
  ): Promise<void> {
    this.clocks.endAsDone(tx, ['INTERIM_SERVICES'], [referral.id], completedAt);
    if (!isLonger) return;
    const { owner, terms } = await this.coordinated(tx, referral);
    const kind = 'ADMISSION_WITH_INTERIM';
    this.clocks.end(tx, ['ADMISSION'], [referral.id], 'CANCELLED');
    const dueAt = terms.dueAt(kind, referral.submittedAt);
    this.clocks.start(tx, [{ ...owner, startedAt: referral.submittedAt, kind, dueAt }]);
  }

  /** Somebody tried to reach the person; the next try is due in its turn. */
  async contacted(tx: SystemTx, referral: Watched): Promise<void> {
    const { owner, terms } = await this.coordinated(tx, referral);
    this.clocks.end(tx, ['WAITLIST_CONTACT'], [referral.id], 'MET');
    const dueAt = terms.dueAt('WAITLIST_CONTACT', tx.asOf);
    this.clocks.start(tx, [{ ...owner, kind: 'WAITLIST_CONTACT', dueAt }]);
  }

  /** Medication bridges the wait until then, and is what followed the bridge before it. */
  bridged(
    tx: SystemTx,
    referral: Watched,
    { service, givenAt, until }: { readonly service: InterimServiceKind; readonly givenAt: Date; readonly until: Date },
  ): void {
    const kind = BRIDGES[service];
    if (!kind) return;
    this.clocks.endAsDone(tx, BRIDGE, [referral.id], givenAt);
    const owner = { ...ownedByCoordinator(referral), subjectType: 'Referral', subjectId: referral.id };
    this.clocks.start(tx, [{ ...owner, kind, startedAt: givenAt, dueAt: until }]);
  }

  private async coordinated(tx: SystemTx, referral: Watched) {
    const owner = { ...ownedByCoordinator(referral), subjectType: 'Referral', subjectId: referral.id };
    return { owner, terms: await this.clocks.termsOfAgency(tx, owner.ownerAgencyId) };
  }

  arrivalAgreed(tx: SystemTx, holdId: string, arrivalAt: Date): Date {
    const endsAt = addMinutes(arrivalAt, this.source.settings().arrivalGraceMinutes);
    this.clocks.move(tx, 'HOLD_ENDS', holdId, endsAt);
    return endsAt;
  }

  /** They are here, and the place is theirs until the program says that they stay, or that they do not. */
  async arrived(tx: SystemTx, referral: Watched, { holdId, programId, agencyId }: KeptPlace): Promise<void> {
    this.clocks.end(tx, ['HOLD_ENDS'], [holdId], 'MET');
    const dueAt = (await this.clocks.termsOfProgram(tx, programId)).dueAt('ARRIVAL_DECIDED', tx.asOf);
    const subject = { subjectType: 'Referral', subjectId: referral.id };
    this.clocks.start(tx, [{ ...ownedByProgram(referral, agencyId), ...subject, kind: 'ARRIVAL_DECIDED', dueAt }]);
  }

  placeLost(tx: SystemTx, holdId: string): void {
    this.clocks.end(tx, ['HOLD_ENDS'], [holdId], 'CANCELLED');
  }

  missed(tx: SystemTx, holdId: string): void {
    this.clocks.end(tx, ['HOLD_ENDS'], [holdId], 'BREACHED');
  }

  /** They stay: what follows an earlier stay of the episode is counted from the end of this one. */
  admitted(tx: SystemTx, referral: ReferralEntity): Promise<void> {
    this.clocks.end(tx, ['ARRIVAL_DECIDED', ...ADMISSION, ...BRIDGE], [referral.id], 'MET');
    this.clocks.end(tx, FOLLOW_UPS, [referral.episodeId], 'CANCELLED');
    return this.stays(tx, referral);
  }

  /** The program says from time to time that they are still there, or that they have left. */
  async stays(tx: SystemTx, referral: ReferralEntity): Promise<void> {
    const { programId, receiverAgencyId, holdId } = referral;
    if (!programId || !receiverAgencyId || !holdId) throw new Error('a stay is at no program');
    const terms = (await this.clocks.termsOfProgram(tx, programId)).at(await this.capacity.levelOf(tx, holdId));
    const stay = { subjectType: 'Referral', subjectId: referral.id, kind: 'STAY_CONFIRMED' } as const;
    const dueAt = terms.dueAt('STAY_CONFIRMED', tx.asOf);
    this.clocks.start(tx, [{ ...ownedByProgram(referral, receiverAgencyId), ...stay, dueAt }]);
  }

  discharged(tx: SystemTx, referralId: string): void {
    this.clocks.end(tx, ['STAY_CONFIRMED'], [referralId], 'MET');
  }

  turnedAway(tx: SystemTx, referralId: string): void {
    this.clocks.end(tx, ['ARRIVAL_DECIDED'], [referralId], 'MET');
  }

  /** Whoever sent it has until then; asked for more, anew from now on. */
  async factsAsked(tx: SystemTx, referral: Watched): Promise<void> {
    const { owner, terms } = await this.coordinated(tx, referral);
    this.clocks.end(tx, ['INFO_PROVIDED'], [referral.id], 'CANCELLED');
    this.clocks.start(tx, [{ ...owner, kind: 'INFO_PROVIDED', dueAt: terms.dueAt('INFO_PROVIDED', tx.asOf) }]);
  }

  /** MET: they were sent. CANCELLED: whoever asked is out of it. BREACHED: they never came. */
  factsSettled(tx: SystemTx, referralId: string, how: ClockEnd): void {
    this.clocks.end(tx, ['INFO_PROVIDED'], [referralId], how);
  }

  /** Nothing is to be done any more, and nobody waits. How somebody is after an earlier stay of the episode is asked all the same. */
  ended(tx: SystemTx, { id, episodeId }: Ended, why: EndReason, waitEnd: WaitEnd = 'REFERRAL_ENDED'): void {
    this.clocks.endOfReferral(tx, id);
    this.waitlist.end(tx, id, waitEnd);
    if (isLeftAlone(why)) this.clocks.end(tx, FOLLOW_UPS, [episodeId], 'CANCELLED');
  }

  /** Day 30 and day 90 after a stay, wherever it goes on to, or after a path that ended before one. */
  async followUp(tx: SystemTx, referral: ReferralEntity, receiverAgencyId: string | null): Promise<void> {
    if (isLeftAlone(referral.outcome) || isLeftAlone(referral.senderWithdrewReason)) return;
    const owner =
      referral.coordinatingAgencyId === null && receiverAgencyId !== null
        ? ownedByProgram(referral, receiverAgencyId)
        : ownedByCoordinator(referral);
    const terms = await this.clocks.termsOfAgency(tx, owner.ownerAgencyId);
    const one = { ...owner, subjectType: 'Episode', subjectId: referral.episodeId };
    // A later stay of the same episode is what they count from; a path that ended before one leaves those of an earlier stay as they run.
    if (referral.admittedAt !== null) this.clocks.end(tx, FOLLOW_UPS, [referral.episodeId], 'CANCELLED');
    this.clocks.start(
      tx,
      FOLLOW_UPS.map((kind) => ({ ...one, kind, dueAt: terms.dueAt(kind, tx.asOf) })),
    );
  }
}

type Ended = Pick<ReferralEntity, 'id' | 'episodeId'>;
type EndReason = Ending['reason'] | null;

/** Nobody asks after who has died or withdrew consent. */
const isLeftAlone = (why: string | null): boolean => why === 'DECEASED' || why === 'CONSENT_REVOKED';

/** Where the place is that is kept for somebody. */
interface KeptPlace {
  readonly holdId: string;
  readonly programId: string;
  readonly agencyId: string;
}

type Owned = Pick<NewClock, 'referralId' | 'ownerAgencyId' | 'ownerSide' | 'coordinatorAgencyId'>;

const ownedByProgram = ({ id, coordinatingAgencyId }: Watched, agencyId: string): Owned => ({
  referralId: id,
  ownerAgencyId: agencyId,
  ownerSide: 'PROVIDER',
  coordinatorAgencyId: coordinatingAgencyId,
});

/** Where nobody coordinates, the sender owns it, for the counts only. */
export const ownedByCoordinator = ({ id, coordinatingAgencyId, senderAgencyId }: Watched): Owned => ({
  referralId: id,
  ownerAgencyId: coordinatingAgencyId ?? senderAgencyId,
  ownerSide: coordinatingAgencyId === null ? 'SENDER' : 'COORDINATING',
  coordinatorAgencyId: coordinatingAgencyId,
});

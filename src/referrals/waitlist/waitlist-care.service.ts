import { Injectable } from '@nestjs/common';
import type { Actor } from '../../access';
import { invalid, Refusal } from '../../kernel/refusal';
import { isComplete, MatchingService, readNeed } from '../../matching';
import type { SystemTx } from '../../platform/database/tx';
import type { Command, Done } from '../../platform/database/unit-of-work';
import { ReferralClocks } from '../referral-clocks';
import { ReferralCommands, type ReferralStep } from '../referral-command';
import type { ReferralEntity } from '../referral.entity';
import { FILL_PLACES } from '../referral-tasks';
import {
  bridgedUntil,
  interimCompletedAt,
  isInTime,
  reachedBy,
  renewedUntil,
  usedUpUntil,
  type Given,
  type InterimRules,
  type RecordedInterim,
} from './engine/interim';
import type { ContactOutcome } from './engine/removal';
import { methadoneProblem, notWaiting, renewalProblem, serviceProblem, usedUpProblem } from './entry-problems';
import { WaitlistEntriesStore, type WaitlistEntryRow } from './waitlist-entries.store';
import type { InterimServiceEntity } from './waitlist-entry.entity';
import type { RecordInterimServiceInput, SetWaitlistContactInput } from './waitlist.inputs';
import { WaitlistPlacesStore } from './waitlist-places.store';
import { waitlistPacks } from './waitlist-rules';

/** What a coordinator does for a person who waits. */
@Injectable()
export class WaitlistCareService {
  constructor(
    private readonly commands: ReferralCommands,
    private readonly entries: WaitlistEntriesStore,
    private readonly places: WaitlistPlacesStore,
    private readonly matching: MatchingService,
    private readonly clocks: ReferralClocks,
  ) {}

  /** With the last one missing the checklist is complete, and the clock of interim services ends. */
  recordInterim(actor: Actor, input: RecordInterimServiceInput, command: Command): Promise<Done | Refusal> {
    return this.take(
      { actor, referralId: input.referralId, step: 'recordInterimService', command },
      async (tx, referral, entry) => {
        const { service, result, programId = null } = input;
        const givenAt = input.givenAt ?? tx.asOf;
        const problem = serviceProblem({ service, result, givenAt }, entry.requestedAt, tx.asOf);
        if (problem) return problem;
        const unsuitable = await this.unsuitable(tx, referral, { service, result, programId });
        if (unsuitable) return unsuitable;
        const before = await this.entries.interimOf(tx, [entry.id]);
        const { interim } = waitlistPacks().rulesOf(entry.senderState, tx.asOf);
        const given = { service, givenAt, result };
        const elsewhere = await this.entries.ownInterimOf(tx, referral.personId);
        const all = [...before, ...elsewhere];
        const tooMuch = bridgeProblem(given, all, interim);
        if (tooMuch) return tooMuch;
        this.entries.addInterim(tx, entry, { service, result, givenAt, programId });
        noteEntry(tx, entry, 'waitlist.interim-recorded', { service, result });
        // One that was given earlier and is recorded later does not take the place of what bridges the wait for longer.
        const until = reachedBy(given, all, interim);
        if (until && until >= (bridgedUntil(before, interim) ?? until)) {
          this.clocks.bridged(tx, referral, { service, givenAt, until });
        }
        await this.completeInterim(tx, referral, entry, [...before, given]);
        return null;
      },
    );
  }

  private async unsuitable(
    tx: SystemTx,
    { need }: ReferralEntity,
    { service, result, programId }: Pick<InterimServiceEntity, 'service' | 'result' | 'programId'>,
  ): Promise<Refusal | null> {
    const program = programId === null ? null : await this.entries.programOf(tx, programId);
    return program === undefined ? unknownProgram() : methadoneProblem({ service, result }, need, program);
  }

  /** The clock of contact begins anew, whatever came of the attempt. */
  recordContact(actor: Actor, referralId: string, outcome: ContactOutcome, command: Command): Promise<Done | Refusal> {
    return this.take({ actor, referralId, step: 'recordContact', command }, async (tx, referral, entry) => {
      this.entries.addContact(tx, entry, { at: tx.asOf, outcome });
      await this.clocks.contacted(tx, referral);
      noteEntry(tx, entry, 'waitlist.contact-recorded', { outcome });
      return null;
    });
  }

  setContact(
    actor: Actor,
    { referralId, way, detail = null }: SetWaitlistContactInput,
    command: Command,
  ): Promise<Done | Refusal> {
    return this.take({ actor, referralId, step: 'setContact', command }, (tx, _referral, entry) => {
      this.entries.setContact(tx, entry.id, way, detail);
      noteEntry(tx, entry, 'waitlist.contact-agreed', { way });
      return Promise.resolve(null);
    });
  }

  /** From now on places of this program are theirs as well, in the same order; one that is free is put to the list at once. */
  transfer(actor: Actor, referralId: string, programId: string, command: Command): Promise<Done | Refusal> {
    return this.take({ actor, referralId, step: 'transfer', command }, async (tx, referral, entry) => {
      const need = readNeed({ ...referral.need, pathway: referral.pathway });
      if (!isComplete(need)) return new Refusal('ILLEGAL_TRANSITION', 'The referral misses facts.', { missing: need });
      const { reasonableDistanceKm } = waitlistPacks().rulesOf(entry.senderState, tx.asOf);
      const maxDistanceKm = Math.max(need.maxDistanceKm, reasonableDistanceKm);
      const unsuitable = await this.matching.suitability(tx, { ...need, maxDistanceKm }, programId, referral.personId);
      if (unsuitable) return unsuitable;
      this.entries.transfer(tx, entry.id, programId);
      noteEntry(tx, entry, 'waitlist.transferred', { programId });
      for (const poolId of await this.places.poolsOfProgram(tx, programId)) {
        tx.enqueue({ name: FILL_PLACES, data: { poolId } });
      }
      return null;
    });
  }

  private async completeInterim(
    tx: SystemTx,
    referral: ReferralEntity,
    entry: WaitlistEntryRow,
    recorded: readonly RecordedInterim[],
  ): Promise<void> {
    const { interim, admissionDeadlineFor } = waitlistPacks().rulesOf(entry.senderState, tx.asOf);
    const completedAt = interimCompletedAt(entry.tier, recorded, interim);
    if (completedAt === null || entry.interimCompletedAt !== null) return;
    this.entries.interimDone(tx, entry.id, completedAt);
    const isLonger = admissionDeadlineFor.includes(entry.tier) && isInTime(entry.requestedAt, completedAt, interim);
    await this.clocks.interimGiven(tx, referral, { completedAt, isLonger });
  }

  private take(
    { actor, referralId, step, command }: Step,
    work: (tx: SystemTx, referral: ReferralEntity, entry: WaitlistEntryRow) => Promise<Refusal | null>,
  ): Promise<Done | Refusal> {
    return this.commands.take({ actor, referralId, resource: 'WaitlistEntry', step, command }, async (tx, referral) => {
      const [entry] = await this.entries.byReferrals(tx, [referralId]);
      return entry?.endedAt === null ? work(tx, referral, entry) : notWaiting();
    });
  }
}

type Step = Pick<ReferralStep, 'actor' | 'referralId' | 'step' | 'command'>;

/** One that would renew or extend another, or come after as much of it as may be given. */
const bridgeProblem = (given: Given, recorded: readonly Given[], rules: InterimRules): Refusal | null => {
  const renewed = renewedUntil(given, recorded, rules);
  if (renewed) return renewalProblem(renewed);
  const usedUp = usedUpUntil(given, recorded, rules);
  return usedUp && usedUpProblem(usedUp);
};

const noteEntry = (tx: SystemTx, { id, referralId }: WaitlistEntryRow, action: string, details: object): void => {
  tx.audit({ action, subjectType: 'WaitlistEntry', subjectId: id, details: { referralId, ...details } });
  tx.emit({ name: action, subjectType: 'WaitlistEntry', subjectId: id, payload: { referralId } });
};

const unknownProgram = (): Refusal =>
  invalid('input.programId', 'No such program.', 'Look the program up with `programs`, or leave it out.');

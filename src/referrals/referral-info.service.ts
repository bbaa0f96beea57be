import { Injectable } from '@nestjs/common';
import type { Actor } from '../access';
import { invalid, isRefusal, type Refusal } from '../kernel/refusal';
import { checkPlace, placeOf, type PartialNeed } from '../matching';
import type { SystemTx } from '../platform/database/tx';
import type { Command, Done } from '../platform/database/unit-of-work';
import { givenFacts, mergedNeed, missingAtIntake, stillMissing, type Answered } from './intake';
import { OffersStore } from './offers.store';
import type { Missing } from './progress';
import type { ProvideReferralInfoInput, RequestReferralInfoInput } from './referral-info.inputs';
import { ReferralClocks } from './referral-clocks';
import { noteReferral, ReferralCommands } from './referral-command';
import type { ReferralEntity } from './referral.entity';
import { referralMachine } from './referral.machine';
import { ReferralsStore } from './referrals.store';
import { RoutingService } from './routing.service';
import { WaitingService } from './waitlist/waiting.service';

/** Questions and answers about a need. What is missing is asked for, never invented. */
@Injectable()
export class ReferralInfoService {
  constructor(
    private readonly commands: ReferralCommands,
    private readonly store: ReferralsStore,
    private readonly offers: OffersStore,
    private readonly routing: RoutingService,
    private readonly waiting: WaitingService,
    private readonly clocks: ReferralClocks,
  ) {}

  /** A program that acknowledged the referral asks for facts of the need. Its offer stays open, and its clock runs on. */
  requestInfo(actor: Actor, input: RequestReferralInfoInput, command: Command): Promise<Done | Refusal> {
    return this.commands.take(
      { actor, referralId: input.referralId, step: 'requestInfo', command },
      async (tx, referral) => {
        const to = referralMachine.next(referral.state, 'requestInfo');
        if (isRefusal(to)) return to;
        if (referral.pathway === 'HOSPITAL_REFERRAL' && input.missing.includes('PAYER')) return payerBeforeScreening;
        const missing = [...new Set([...referral.missing, ...input.missing])];
        this.store.move(tx, referral.id, { command: 'requestInfo', from: referral.state, to }, { missing });
        // What was asked before gives no more time when it is asked again.
        if (missing.length > referral.missing.length) await this.clocks.factsAsked(tx, referral);
        noteReferral(tx, referral, 'referral.info-requested', { missing });
        return null;
      },
    );
  }

  /** New facts. With nothing missing any more the referral is routed, or goes on where programs were considering it. */
  provideInfo(actor: Actor, input: ProvideReferralInfoInput, command: Command): Promise<Done | Refusal> {
    return this.commands.take(
      { actor, referralId: input.referralId, step: 'provideInfo', command },
      async (tx, referral) => {
        const to = referralMachine.next(referral.state, 'provideInfo');
        if (isRefusal(to)) return to;
        const given = factsOf(input);
        if (isRefusal(given)) return given;
        const need = mergedNeed(referral.need, given);
        const redFlags = input.isMedicallyCleared ? [] : referral.redFlags;
        const { notKnown, isMedicallyCleared } = input;
        const missing = missingAfter(referral, need, { given, notKnown, isMedicallyCleared });
        this.store.move(
          tx,
          referral.id,
          { command: 'provideInfo', from: referral.state, to },
          { need, missing, redFlags },
        );
        noteReferral(tx, referral, 'referral.info-provided', { facts: givenFacts(given), missing });
        this.clocks.factsSettled(tx, referral.id, 'MET');
        const told = { ...referral, state: to, need, missing, redFlags };
        await this.waiting.reassess(tx, told);
        await this.goOn(tx, told);
        return null;
      },
    );
  }

  private async goOn(tx: SystemTx, referral: ReferralEntity): Promise<void> {
    if (referral.missing.length === 0) {
      return this.routing.route(tx, referral, await this.offers.ofReferral(tx, referral.id));
    }
    this.store.move(tx, referral.id, { command: 'requestInfo', from: referral.state, to: 'NEEDS_INFO' });
    await this.clocks.factsAsked(tx, referral);
    tx.emit({ name: 'referral.info-requested', subjectType: 'Referral', subjectId: referral.id });
  }
}

/** What a program asked stays asked until it is answered anew; what intake cannot do without is checked on the whole need. */
const missingAfter = (referral: ReferralEntity, need: PartialNeed, answered: Answered): Missing[] => {
  const asked = stillMissing(referral.missing, answered);
  const needed = missingAtIntake(need, answered.isMedicallyCleared ? [] : referral.redFlags);
  return [...new Set([...asked, ...needed])];
};

/** In an emergency department nobody is asked about money before they were screened (42 CFR 489.24(d)(4)). */
const payerBeforeScreening = invalid(
  'input.missing',
  'A hospital is not asked for the payer before the person was screened.',
  'Ask for other facts; the payer is settled with the person on admission.',
);

const factsOf = ({ facts }: ProvideReferralInfoInput): PartialNeed | Refusal => {
  const { countyFips, ageYears, latitude, longitude, ...others } = facts ?? {};
  const place = { countyFips, latitude, longitude };
  return checkPlace(place, 'input.facts') ?? { ...others, ...placeOf(place), age: ageYears ?? null };
};

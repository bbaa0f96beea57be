import { Injectable } from '@nestjs/common';
import type { Actor } from '../access';
import { ConsentsService } from '../consent';
import { PeopleService } from '../people';
import type { Command, Done } from '../platform/database/unit-of-work';
import { Refusal } from '../kernel/refusal';
import type { RecordConsentInput } from './submit-referral.input';
import { ReferralCommands } from './referral-command';
import { referralMachine, type ReferralState } from './referral.machine';

/** Consents that a person signs after the referral was sent. */
@Injectable()
export class ConsentRecordingService {
  constructor(
    private readonly commands: ReferralCommands,
    private readonly consents: ConsentsService,
    private readonly people: PeopleService,
  ) {}

  /** Takes effect with the next statement of whom it concerns. */
  record(actor: Actor, input: RecordConsentInput, command: Command): Promise<Done | Refusal> {
    const step = { actor, referralId: input.referralId, step: 'recordConsent', command };
    return this.commands.take(step, (tx, referral) => {
      if (referralMachine.isFinal(referral.state)) return Promise.resolve(ended(referral.state));
      const recipientOf = () =>
        input.consent.scope === 'IDENTITY_TO_COORDINATOR' ? referral.coordinatingAgencyId : referral.senderAgencyId;
      const refused = this.consents.record(tx, referral.personId, [input.consent], recipientOf);
      if (refused) return Promise.resolve(refused);
      if (input.consent.scope === 'IDENTITY_TO_COORDINATOR' && referral.coordinatingAgencyId) {
        this.people.showToCoordinator(tx, referral.coordinatingAgencyId, referral.personId);
      }
      return Promise.resolve(null);
    });
  }
}

const ended = (state: ReferralState): Refusal =>
  new Refusal('ILLEGAL_TRANSITION', `A consent is recorded while the referral is open; this one is ${state}.`, {
    from: state,
    remedy: 'Send the consent with the next referral of the episode.',
  });

import { Injectable } from '@nestjs/common';
import type { Actor } from '../access';
import { AgenciesService, zoneOfAgency } from '../agencies';
import { ConsentsService, isNamed, type About } from '../consent';
import { PeopleService, PersonLinkingService } from '../people';
import type { Command, Done } from '../platform/database/unit-of-work';
import { notFound, Refusal } from '../kernel/refusal';
import { namedBy } from './named-recipient';
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
    private readonly linking: PersonLinkingService,
    private readonly agencies: AgenciesService,
  ) {}

  /** Takes effect with the next statement of whom it concerns. */
  record(actor: Actor, input: RecordConsentInput, command: Command): Promise<Done | Refusal> {
    const step = { actor, referralId: input.referralId, step: 'recordConsent', command };
    return this.commands.take(step, async (tx, referral) => {
      if (referralMachine.isFinal(referral.state)) return ended(referral.state);
      const person = await this.people.find(tx, referral.personId);
      const sender = await this.agencies.agencyFacts(tx, referral.senderAgencyId);
      if (!person || !sender) return notFound('referral');
      // Another team is found by place for those who wait, or whose own has gone: named by that, a consent would tell where they stand.
      const { coordinatingAgencyId: team, isTeamByPlace } = referral;
      const isOwnTeam = team !== null && !isTeamByPlace && (await this.agencies.hasCoordinator(tx, team));
      const teamId = isOwnTeam ? team : sender.coordinatingAgencyId;
      const about: About = {
        personId: person.id,
        isNamed: isNamed(person),
        age: await this.people.knownAgeOf(tx, person, zoneOfAgency(sender)),
        state: sender.state,
        zone: zoneOfAgency(sender),
        referralId: referral.id,
      };
      const refused = this.consents.record(
        tx,
        about,
        new Map([['input.consent', input.consent]]),
        namedBy(sender, teamId),
      );
      if (refused) return refused;
      this.linking.compareLater(tx, referral.personId);
      await this.people.followConsents(tx, [referral.personId]);
      return null;
    });
  }
}

const ended = (state: ReferralState): Refusal =>
  new Refusal('ILLEGAL_TRANSITION', `A consent is recorded while the referral is open; this one is ${state}.`, {
    from: state,
    remedy: 'Send the consent with the next referral of the episode.',
  });

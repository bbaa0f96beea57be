import { Injectable } from '@nestjs/common';
import { mayDo, NO_FACTS, type Actor } from '../access';
import { AgenciesService, zoneOfAgency } from '../agencies';
import { ConsentsService, isNamed } from '../consent';
import { invalid, isRefusal, notFound, Refusal } from '../kernel/refusal';
import type { Pathway, Sex } from '../kernel/vocabulary';
import { checkNeed, MatchingService, partialNeedOf } from '../matching';
import {
  ageAt,
  identityOf,
  identityProblem,
  PeopleService,
  PersonLinkingService,
  type KnownAge,
  type PersonInput,
  type PersonRow,
} from '../people';
import type { SystemTx, Tx } from '../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import { missingAtIntake } from './intake';
import { namedBy } from './named-recipient';
import { consentToReferOn, mayReferOn } from './part2-consent';
import { pathwaysOf } from './pathways';
import { ReferralClocks } from './referral-clocks';
import type { ReferralEntity } from './referral.entity';
import { newReferral } from './new-referral';
import { ReferralsStore, type NewReferral } from './referrals.store';
import { RoutingService } from './routing.service';
import type { KnownOverdoses } from './sender-dangers.store';
import type { SubmitReferralInput } from './submit-referral.input';
import { isOpenToItsSender } from './valve';

/** Whose path the referral goes on, and what the need takes from the person. */
interface Path {
  readonly personId: string;
  readonly episodeId: string;
  readonly age: KnownAge;
  readonly sex: Sex | null;
  readonly isNamed: boolean;
  /** Taken in with this referral. */
  readonly isNew: boolean;
}

export interface SentReferral {
  readonly id: string;
  readonly personId: string;
  /** Sent by the actor’s agency. */
  readonly isOwn: boolean;
  readonly isOpen: boolean;
}

type AgencyFacts = NonNullable<Awaited<ReturnType<AgenciesService['agencyFacts']>>>;

/** Taking a referral in: the person, the episode, what they agreed to, and on to routing in the same transaction. */
@Injectable()
export class ReferralIntakeService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: ReferralsStore,
    private readonly agencies: AgenciesService,
    private readonly people: PeopleService,
    private readonly linking: PersonLinkingService,
    private readonly consents: ConsentsService,
    private readonly matching: MatchingService,
    private readonly routing: RoutingService,
    private readonly clocks: ReferralClocks,
  ) {}

  /** Nothing is half done: the referral is kept and routed, or kept and asked about, or refused whole. */
  submit(actor: Actor, input: SubmitReferralInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, (tx) => this.take(tx, input));
  }

  /**
   * The same within a step of a room above, as its actor; the transaction is past its decisions then. `known`: overdoses that the room
   * showed to the actor’s agency.
   */
  async take(tx: Tx, input: SubmitReferralInput, known?: KnownOverdoses): Promise<Done | Refusal> {
    const { actor } = tx;
    if (!mayDo(actor, 'Referral', 'submit', NO_FACTS)) {
      return new Refusal('FORBIDDEN', 'Your role does not submit referrals.');
    }
    const refused = await this.problemOf(tx, input);
    if (refused) return refused;
    const sender = await this.agencies.agencyFacts(tx, actor.agencyId);
    if (!sender) return notFound('agency');
    const zone = zoneOfAgency(sender);
    const path = await this.pathOf(tx, input, zone);
    if (isRefusal(path)) return path;
    const about = { ...path, state: sender.state, zone };
    const consents = new Map(input.consents.map((consent, index) => [`input.consents[${index}]`, consent]));
    const unsigned = this.consents.record(tx, about, consents, namedBy(sender, sender.coordinatingAgencyId));
    if (unsigned) return unsigned;
    if (await this.isKeptBy(tx, sender, path.personId)) return consentToReferOn('input.consents');
    const referral = this.keep(tx, input, path, sender);
    const system = tx.asSystem();
    const again = await this.recognize(system, referral, path, input);
    if (again) return again;
    this.routing.keepDangers(system, referral, known);
    // Whoever is on file may have agreed earlier.
    await this.showToOthers(system, referral, !path.isNew || input.consents.length > 0);
    if (referral.missing.length > 0) await this.askForInfo(system, referral);
    else await this.routing.routeNew(system, referral);
    return { id: referral.id };
  }

  /** How referrals of a room above stand, the latest first; one of the actor’s own agency as that agency is shown it. */
  async sent(tx: SystemTx, ids: readonly string[]): Promise<SentReferral[]> {
    const rows = ids.length === 0 ? [] : await this.store.byIds(tx, ids);
    return rows
      .sort((a, b) => b.submittedAt.getTime() - a.submittedAt.getTime())
      .map((referral) => {
        const isOwn = referral.relations.includes('SENDER');
        const isOpen = isOwn ? isOpenToItsSender(tx.actor, referral) : referral.closedAt === null;
        return { id: referral.id, personId: referral.personId, isOwn, isOpen };
      });
  }

  private async problemOf(tx: Tx, { need, pathway }: SubmitReferralInput): Promise<Refusal | null> {
    const problem = checkNeed(tx.actor, need, 'input.need') ?? pathwayProblem(tx.actor, pathway);
    return problem ?? (await this.matching.unknownWish(tx, need, 'input.need'));
  }

  /** A new person with a new episode, or the next step of an episode that the agency knows, closed or not. */
  private async pathOf(tx: Tx, input: SubmitReferralInput, zone: string): Promise<Path | Refusal> {
    if (input.personId) return this.pathOfKnown(tx, input.personId, input, zone);
    if (input.episodeId) return this.nextStepOf(tx, input.episodeId, input.person, zone);
    const problem = identityProblem(input.person, tx.asOf, 'input.person');
    if (problem) return problem;
    const identity = identityOf(input.person, input.need.language);
    const { birthDate, sex } = identity;
    const ageYears = input.person?.ageYears ?? null;
    const personId = this.people.takeIn(tx, identity);
    const episodeId = this.people.openEpisode(tx, personId, input.pathway);
    return {
      personId,
      episodeId,
      age: { birthDate, told: ageYears === null ? null : { years: ageYears, at: tx.asOf } },
      sex,
      isNamed: isNamed(identity),
      isNew: true,
    };
  }

  private async nextStepOf(
    tx: Tx,
    episodeId: string,
    given: PersonInput | null | undefined,
    zone: string,
  ): Promise<Path | Refusal> {
    if (given) {
      const remedy = 'Leave the person out, or leave episodeId out to take in a person anew.';
      return invalid('input.person', 'An episode has its person already.', remedy);
    }
    const person = await this.people.resumeEpisode(tx, episodeId);
    return person ? this.stepIn(tx, person, episodeId, zone) : notFound('episode');
  }

  /** Somebody on file with the agency, who need not be taken in a second time. */
  private async pathOfKnown(
    tx: Tx,
    personId: string,
    { person: given, episodeId, pathway }: SubmitReferralInput,
    zone: string,
  ): Promise<Path | Refusal> {
    if (given || episodeId) {
      const remedy = 'Send one of person, episodeId and personId.';
      return invalid('input.personId', 'It is said twice who the person is.', remedy);
    }
    const person = await this.people.find(tx, personId);
    if (!person) return notFound('person');
    return this.stepIn(tx, person, await this.people.episodeOf(tx, personId, pathway), zone);
  }

  private async stepIn(tx: Tx, person: PersonRow, episodeId: string, zone: string): Promise<Path | Refusal> {
    const earlier = await this.store.byEpisodes(tx, [episodeId]);
    const open = earlier.find((referral) => isOpenToItsSender(tx.actor, referral));
    if (open) return referredAlready(open.id, 'input.episodeId');
    const age = await this.people.knownAgeOf(tx, person, zone);
    return { personId: person.id, episodeId, age, sex: person.sex, isNamed: isNamed(person), isNew: false };
  }

  /** Somebody new is compared with all on file; of somebody on file no other referral may be open, under any record that the agency knows to be theirs. */
  private async recognize(
    tx: SystemTx,
    referral: ReferralEntity,
    { isNew }: Path,
    { personId }: SubmitReferralInput,
  ): Promise<Refusal | null> {
    if (isNew) {
      await this.linking.place(tx.inTrailOf(null), referral.personId);
      return null;
    }
    const others = await this.store.sentOfPerson(tx, referral);
    const open = others.find((other) => isOpenToItsSender(tx.actor, other));
    return open ? referredAlready(open.id, personId ? 'input.personId' : 'input.episodeId') : null;
  }

  /** Whether a Part 2 program may not yet say whom it refers. */
  private async isKeptBy(tx: Tx, sender: AgencyFacts, personId: string): Promise<boolean> {
    if (sender.kind !== 'TREATMENT_PROVIDER' || !(await this.store.sendsAsPart2(tx))) return false;
    return !mayReferOn(await this.consents.activeScopes(tx, personId, sender.id));
  }

  private keep(
    tx: Tx,
    input: SubmitReferralInput,
    { age, sex, personId, episodeId }: Path,
    sender: AgencyFacts,
  ): ReferralEntity {
    const years = ageAt(age, tx.asOf, zoneOfAgency(sender));
    const need = partialNeedOf(input.need, { pathway: input.pathway, age: years, sex });
    const { redFlags } = input.need;
    const coordinatingAgencyId = sender.coordinatingAgencyId === tx.actor.agencyId ? null : sender.coordinatingAgencyId;
    const missing = missingAtIntake(need, redFlags);
    const kept: NewReferral = {
      personId,
      episodeId,
      pathway: input.pathway,
      coordinatingAgencyId,
      need,
      redFlags,
      missing,
    };
    const id = this.store.insert(tx, kept);
    this.store.recordChange(tx, id, { command: 'submit', from: null, to: 'SUBMITTED' });
    tx.audit({
      action: 'referral.submitted',
      subjectType: 'Referral',
      subjectId: id,
      details: { pathway: input.pathway },
    });
    tx.emit({ name: 'referral.submitted', subjectType: 'Referral', subjectId: id });
    return newReferral(id, kept, tx);
  }

  private async showToOthers(tx: SystemTx, referral: ReferralEntity, hasConsents: boolean): Promise<void> {
    const { coordinatingAgencyId: teamId, personId } = referral;
    if (teamId !== null) this.store.addParty(tx, teamId, referral, 'COORDINATING');
    if (hasConsents) await this.people.followConsents(tx, [personId]);
  }

  private async askForInfo(tx: SystemTx, referral: ReferralEntity): Promise<void> {
    this.store.move(tx, referral.id, { command: 'requestInfo', from: 'SUBMITTED', to: 'NEEDS_INFO' });
    await this.clocks.factsAsked(tx, referral);
    const details = { missing: referral.missing };
    tx.audit({ action: 'referral.info-requested', subjectType: 'Referral', subjectId: referral.id, details });
    tx.emit({ name: 'referral.info-requested', subjectType: 'Referral', subjectId: referral.id });
  }
}

/** Decided from what the sender is shown: a second referral taken or not would tell whether a program still has the first. */
const referredAlready = (referralId: string, field: string): Refusal<'ALREADY_EXISTS'> =>
  new Refusal('ALREADY_EXISTS', 'A referral of your agency is open for this person.', {
    field,
    referralId,
    remedy:
      'Go on with that referral; send a new one when its progress is CLOSED, by its end or by cancelReferral. If it is of somebody else whose record was taken for this person’s, part the two with splitPersons.',
  });

const pathwayProblem = (actor: Actor, pathway: Pathway): Refusal | null => {
  const allowed = pathwaysOf(actor.agencyKind);
  if (allowed.includes(pathway)) return null;
  return invalid(
    'input.pathway',
    'An agency of your kind does not refer on this pathway.',
    `Send one of: ${allowed.join(', ')}.`,
  );
};

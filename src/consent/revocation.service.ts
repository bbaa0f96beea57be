import { Injectable } from '@nestjs/common';
import { mayDo, NO_FACTS, type Actor, type ConsentScope } from '../access';
import { AgenciesService, dayIn, zoneOfAgency } from '../agencies';
import { notFound, Refusal } from '../kernel/refusal';
import { PeopleService, PersonLinkingService } from '../people';
import type { Reader } from '../platform/database/reader';
import type { SystemTx, Tx } from '../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import type { RevokeConsentInput, RevokePersonConsentsInput } from './consent.inputs';
import { CONSENT_REVOKED } from './consent.events';
import type { ConsentRow } from './consents.store';
import { mayRevoke } from './engine/may-consent';
import { RevocationsStore, type Asked, type RecipientsLeft, type Resting } from './revocations.store';
import { StatePacks } from './state-rules';

const nothingLeft = (): Refusal =>
  new Refusal('ILLEGAL_TRANSITION', 'Nothing of this is in force any more.', { remedy: 'Nothing more to do.' });

/**
 * A person takes back what they agreed to: with the agency that recorded it, or with any agency that knows them (42 CFR
 * 2.31(a)(6)). It takes effect with the next statement: what was shown on its strength is hidden in the same transaction.
 */
@Injectable()
export class RevocationService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: RevocationsStore,
    private readonly people: PeopleService,
    private readonly linking: PersonLinkingService,
    private readonly agencies: AgenciesService,
    private readonly packs: StatePacks,
  ) {}

  /** One consent that the actor’s agency recorded, whole or in part. */
  revoke(actor: Actor, { consentId, scopes, ...asked }: RevokeConsentInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const consent = await this.store.lockOwn(tx, consentId);
      if (!consent) return notFound('consent');
      if (!mayDo(actor, 'Consent', 'revoke', { ...NO_FACTS, relations: consent.relations })) {
        return new Refusal('FORBIDDEN', 'Your role does not revoke consents.');
      }
      const stranger = await this.strangerFault(tx, consent.personId, asked);
      if (stranger) return stranger;
      const isLeft = (scopes ?? consent.inForce).every((scope) => consent.inForce.includes(scope));
      if (consent.revokedAt !== null || !isLeft) return nothingLeft();
      const system = tx.asSystem();
      this.end(system, consent, scopes ?? null, asked);
      await this.hide(system, [consent.personId]);
      return { id: consentId };
    });
  }

  /**
   * Every consent of a person the actor’s agency knows, or every one of some scopes, on all its records of them. Never refused for there being none: that
   * would tell what other agencies recorded.
   */
  revokeOfPerson(
    actor: Actor,
    { personId, scopes, ...asked }: RevokePersonConsentsInput,
    command: Command,
  ): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const person = await this.people.find(tx, personId);
      if (!person) return notFound('person');
      if (!mayDo(actor, 'Consent', 'revoke', { ...NO_FACTS, relations: person.relations })) {
        return new Refusal('FORBIDDEN', 'Your role does not revoke consents.');
      }
      const personIds = await this.recordsOf(tx.asSystem(), personId);
      // How old the person is by each record, in the words that the actor’s agency may read.
      tx.asActor();
      for (const id of personIds) {
        const stranger = await this.strangerFault(tx, id, asked);
        if (stranger) return stranger;
      }
      await this.endAll(tx.asSystem(), personIds, scopes ?? null, asked);
      return { id: personId };
    });
  }

  /** The person takes everything back, with a command of another room. */
  async revokeAll(tx: SystemTx, personId: string): Promise<void> {
    return this.endAll(tx, await this.recordsOf(tx, personId), null, { askedBy: 'PERSON', method: 'WITH_RECALL' });
  }

  /**
   * To whom consents to treatment, payment and operations still speak, for each of these of which one was taken back since. What is
   * not in the answer has lost none. `reader` must be the system’s.
   */
  recipientsLeft(reader: Reader, all: readonly Resting[]): Promise<RecipientsLeft[]> {
    return all.length === 0
      ? Promise.resolve([])
      : this.store.recipientsLeft(reader, all, 'TREATMENT_PAYMENT_OPERATIONS');
  }

  /** By the same rules as who signs: a parent ends nothing that a minor alone agrees to. */
  private async strangerFault(tx: Tx, personId: string, { askedBy }: Asked): Promise<Refusal | null> {
    if (askedBy === 'PERSON') return null;
    const own = await this.agencies.agencyFacts(tx, tx.actor.agencyId);
    const person = await this.people.find(tx, personId);
    if (!own) return notFound('agency');
    const zone = zoneOfAgency(own);
    const rules = this.packs.rulesOf(own.state, dayIn(zone, tx.asOf));
    const fault = mayRevoke(person ? await this.people.ageOf(tx, person, zone) : null, askedBy, rules);
    if (!fault) return null;
    const { rule, source, message, remedy } = fault;
    return new Refusal('INVALID_INPUT', message, {
      rule,
      source,
      stateRules: rules.version,
      field: 'input.askedBy',
      remedy,
    });
  }

  private async endAll(
    tx: SystemTx,
    personIds: readonly string[],
    scopes: ConsentScope[] | null,
    asked: Asked,
  ): Promise<void> {
    const consents = await this.store.lockOfPersons(tx, personIds);
    for (const consent of consents) this.end(tx, consent, scopes, asked);
    const details = { scopes: scopes ?? 'ALL', askedBy: asked.askedBy, method: asked.method };
    for (const subjectId of personIds) {
      tx.audit({ action: 'consents.revoked', subjectType: 'Person', subjectId, details });
    }
    await this.hide(tx, personIds);
  }

  /**
   * The record, and those the actor’s agency may know to be of the same person and could take consents back on one by one. No
   * other: that somebody else has a record of them is not told, and not to be found out by what happens to it.
   */
  private async recordsOf(tx: SystemTx, personId: string): Promise<string[]> {
    const linked = await this.people.linkedTo(tx, personId);
    const others = linked.filter(
      ({ id, relations }) => id !== personId && mayDo(tx.actor, 'Consent', 'revoke', { ...NO_FACTS, relations }),
    );
    return [personId, ...others.map(({ id }) => id)];
  }

  /** Ends these scopes of a consent, or the whole of it. */
  private end(tx: SystemTx, consent: ConsentRow, scopes: readonly ConsentScope[] | null, asked: Asked): void {
    const ended = consent.inForce.filter((scope) => scopes === null || scopes.includes(scope));
    if (scopes !== null && ended.length === 0) return;
    const seals = this.store.revoke(tx, consent, ended, asked);
    const { id, personId, recordedByAgencyId } = consent;
    const details = { scopes: ended, askedBy: asked.askedBy, method: asked.method, seals };
    // How many others had recorded is not for whoever asks: each finds it in its own trail.
    const trail = recordedByAgencyId === tx.actor.agencyId ? tx : tx.inTrailOf(recordedByAgencyId);
    trail.audit({ action: CONSENT_REVOKED, subjectType: 'Consent', subjectId: id, details });
    const payload = { personId, recordedByAgencyId, scopes: ended.join(' ') };
    tx.emit({ name: CONSENT_REVOKED, subjectType: 'Consent', subjectId: id, payload });
  }

  /** From each agency to which no consent speaks any more, whoever else is still agreed to. */
  private async hide(tx: SystemTx, personIds: readonly string[]): Promise<void> {
    await this.people.followConsents(tx, personIds);
    // What a Part 2 program knows is one with others’ records only as long as the person agrees.
    await this.linking.drawClusters(tx.inTrailOf(null), personIds);
  }
}

import { Injectable } from '@nestjs/common';
import { mayDo, NO_FACTS, type Actor, type ConsentScope } from '../access';
import { invalid, isRefusal, notFound, Refusal } from '../kernel/refusal';
import { PeopleService } from '../people';
import type { Reader } from '../platform/database/reader';
import type { SystemTx, Tx } from '../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import { ConsentsStore, type SignedConsent } from './consents.store';

/** Scopes that must name their recipient; the rest hold for treating programs in general. */
const NAMED: ReadonlySet<ConsentScope> = new Set(['OUTCOME_TO_SENDER', 'IDENTITY_TO_COORDINATOR']);
const YEAR_MS = 365 * 24 * 3_600_000;

export interface ConsentInput {
  readonly scope: ConsentScope;
  readonly signedAt: Date;
  readonly expiresAt?: Date | null | undefined;
}

@Injectable()
export class ConsentsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: ConsentsStore,
    private readonly people: PeopleService,
  ) {}

  /** Consents handed in with a referral, in its transaction. `recipient` says who a named scope names, or null. */
  record(
    tx: Tx,
    personId: string,
    inputs: readonly ConsentInput[],
    recipientOf: (scope: ConsentScope) => string | null,
  ): Refusal | null {
    for (const [index, input] of inputs.entries()) {
      if (inputs.findIndex(({ scope }) => scope === input.scope) < index) {
        return invalid(`input.consents[${index}].scope`, 'This consent is sent twice.', 'Send each scope once.');
      }
      const consent = signed(input, recipientOf(input.scope), tx.asOf, `input.consents[${index}]`);
      if (isRefusal(consent)) return consent;
      const id = this.store.insert(tx, personId, consent);
      tx.audit({
        action: 'consent.recorded',
        subjectType: 'Consent',
        subjectId: id,
        details: { personId, scope: consent.scope },
      });
    }
    return null;
  }

  /** Revocation takes effect with the next statement: what was shown on its strength is hidden in the same transaction. */
  revoke(actor: Actor, id: string, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const consent = await this.store.lock(tx, id);
      if (!consent) return notFound('consent');
      if (!mayDo(actor, 'Consent', 'revoke', { ...NO_FACTS, relations: consent.relations })) {
        return new Refusal('FORBIDDEN', 'Your role does not revoke consents.');
      }
      if (consent.revokedAt !== null) {
        return new Refusal('ILLEGAL_TRANSITION', 'This consent was revoked before.', { remedy: 'Nothing more to do.' });
      }
      this.store.revoke(tx, id);
      tx.audit({ action: 'consent.revoked', subjectType: 'Consent', subjectId: id, details: { scope: consent.scope } });
      tx.emit({
        name: 'consent.revoked',
        subjectType: 'Consent',
        subjectId: id,
        payload: { personId: consent.personId },
      });
      this.hideWhatItShowed(tx.asSystem(), consent.personId, consent.scope);
      return { id };
    });
  }

  /** The person takes everything back: every consent ends, and what was shown on its strength is hidden. */
  async revokeAll(tx: SystemTx, personId: string): Promise<void> {
    for (const id of await this.store.revokeAll(tx, personId)) {
      tx.audit({ action: 'consent.revoked', subjectType: 'Consent', subjectId: id });
    }
    this.people.hideConsented(tx, personId, 'ACKNOWLEDGED_WITH_CONSENT');
    this.people.hideConsented(tx, personId, 'COORDINATION_WITH_CONSENT');
  }

  activeScopes(reader: Reader, personId: string, agencyId: string): Promise<readonly ConsentScope[]> {
    return this.store.activeScopes(reader, personId, agencyId);
  }

  private hideWhatItShowed(tx: SystemTx, personId: string, scope: ConsentScope): void {
    if (scope === 'IDENTITY_BEFORE_ACCEPTANCE') this.people.hideConsented(tx, personId, 'ACKNOWLEDGED_WITH_CONSENT');
    if (scope === 'IDENTITY_TO_COORDINATOR') this.people.hideConsented(tx, personId, 'COORDINATION_WITH_CONSENT');
  }
}

const signed = (
  input: ConsentInput,
  recipientAgencyId: string | null,
  asOf: Date,
  field: string,
): SignedConsent | Refusal => {
  const expiresAt = input.expiresAt ?? new Date(input.signedAt.getTime() + YEAR_MS);
  if (input.signedAt > asOf) {
    return invalid(`${field}.signedAt`, 'A consent cannot be signed in the future.', 'Send the time of the signature.');
  }
  if (expiresAt <= asOf) {
    return invalid(`${field}.expiresAt`, 'This consent has expired.', 'Ask the person to sign again.');
  }
  if (NAMED.has(input.scope) && recipientAgencyId === null) {
    return invalid(
      `${field}.scope`,
      'This consent must name a recipient, and your agency has no coordinating team.',
      'Leave this consent out.',
    );
  }
  return {
    scope: input.scope,
    recipientAgencyId: NAMED.has(input.scope) ? recipientAgencyId : null,
    signedAt: input.signedAt,
    expiresAt,
  };
};

import { Injectable } from '@nestjs/common';
import { mayDo, NO_FACTS, type Actor, type ConsentScope } from '../access';
import { AgenciesService, dayIn, zoneOfAgency } from '../agencies';
import { invalid, isRefusal, notFound, Refusal } from '../kernel/refusal';
import { ageAt, PeopleService, PersonLinkingService, type KnownAge } from '../people';
import type { Reader } from '../platform/database/reader';
import type { Tx } from '../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import { keysetOf, pageOf, type Connection } from '../platform/graphql';
import type { ConsentsArgs, RecordPersonConsentInput } from './consent.inputs';
import { CONSENT_RECORDED } from './consent.events';
import { ConsentTexts } from './consent-texts';
import { ConsentsStore, type ConsentRow, type SignedConsent } from './consents.store';
import { signedConsent, type Named, type NamedAgency, type Signature } from './signing';
import { StatePacks } from './state-rules';

/** A consent sent for one scope. */
export interface ConsentInput extends Signature {
  readonly scope: ConsentScope;
}

/** Whose consent it is, as far as it decides who may sign. */
export interface About {
  readonly personId: string;
  /** A given or family name is known. */
  readonly isNamed: boolean;
  readonly age: KnownAge;
  /** Of the agency that records it, USPS code: the rules of this state on the day of the signature apply. */
  readonly state: string;
  /** IANA zone of that agency: which day that was. */
  readonly zone: string;
  /** The referral that it is handed in with, where the step tells of that one by itself. */
  readonly referralId?: string;
}

/** Records what people agree to, with every element of 42 CFR 2.31 or not at all. */
@Injectable()
export class ConsentsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: ConsentsStore,
    private readonly texts: ConsentTexts,
    private readonly packs: StatePacks,
    private readonly people: PeopleService,
    private readonly linking: PersonLinkingService,
    private readonly agencies: AgenciesService,
  ) {}

  /**
   * Consents handed in with a referral, in its transaction, by where they stand in the input. `namedFor` says which agency a
   * consent of a scope names, where it names one.
   */
  record(
    tx: Tx,
    about: About,
    inputs: ReadonlyMap<string, ConsentInput>,
    namedFor: (scope: ConsentScope) => NamedAgency | null,
  ): Refusal | null {
    const seen = new Set<ConsentScope>();
    for (const [field, input] of inputs) {
      if (seen.has(input.scope)) {
        return invalid(`${field}.scope`, 'This consent is sent twice.', 'Send each scope once.');
      }
      seen.add(input.scope);
      const isGeneral = this.textOf(input)?.recipientKinds.includes('TREATING_PROVIDERS') ?? false;
      const named = { agency: isGeneral ? null : namedFor(input.scope), name: null };
      const consent = this.signed(tx, about, { ...input, named, field });
      if (isRefusal(consent)) return consent;
      this.keep(tx, about, consent);
    }
    return null;
  }

  /** A consent of a person the actor’s agency knows, outside of a referral. */
  recordForPerson(actor: Actor, input: RecordPersonConsentInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const person = await this.people.find(tx, input.personId);
      if (!person) return notFound('person');
      if (!mayDo(actor, 'Consent', 'record', { ...NO_FACTS, relations: person.relations })) {
        return new Refusal('FORBIDDEN', 'Your role does not record consents.');
      }
      const own = await this.agencies.agencyFacts(tx, actor.agencyId);
      const named = await this.namedIn(tx, input);
      if (!own || isRefusal(named)) return own && isRefusal(named) ? named : notFound('agency');
      const about: About = {
        personId: person.id,
        isNamed: isNamed(person),
        age: await this.people.knownAgeOf(tx, person, zoneOfAgency(own)),
        state: own.state,
        zone: zoneOfAgency(own),
      };
      const consent = this.signed(tx, about, { ...input, scope: null, named, field: 'input' });
      if (isRefusal(consent)) return consent;
      // A wall around a Part 2 record may have opened.
      this.linking.compareLater(tx, person.id);
      const id = this.keep(tx, about, consent);
      await this.people.followConsents(tx.asSystem(), [person.id]);
      return { id };
    });
  }

  async page(reader: Reader, args: ConsentsArgs): Promise<Connection<ConsentRow>> {
    const rows = await this.store.page(reader, args.personId, keysetOf(args), args.first + 1);
    return pageOf(rows, args, ({ id, createdAtText }) => ({ id, createdAt: createdAtText }));
  }

  activeScopes(reader: Reader, personId: string, agencyId: string): Promise<readonly ConsentScope[]> {
    return this.store.activeScopes(reader, personId, agencyId);
  }

  private signed(
    { asOf }: Tx,
    { isNamed: isPersonNamed, age, state, zone }: About,
    { scope, named, field, ...signature }: Signature & { scope: ConsentScope | null; named: Named; field: string },
  ): SignedConsent | Refusal {
    const text = this.textOf(signature);
    const on = signature.signedAt ?? asOf;
    const rules = this.packs.find(state, dayIn(zone, on));
    if (!rules) {
      return invalid(
        `${field}.signedAt`,
        'Which rules of the state held on that day is not known.',
        'Send the time of the signature, or ask the person to sign again.',
      );
    }
    const ageSigned = ageAt(age, on, zone);
    return signedConsent({ signature, text, named, scope, isPersonNamed, ageSigned, rules, asOf, field });
  }

  private keep(tx: Tx, { personId, referralId }: About, consent: SignedConsent): string {
    const { id, seal } = this.store.insert(tx, personId, consent);
    const { kind, permits, textVersion } = consent;
    const details = { personId, kind, permits, textVersion, seals: [seal] };
    tx.audit({ action: CONSENT_RECORDED, subjectType: 'Consent', subjectId: id, details });
    const payload = {
      personId,
      scopes: permits.join(' '),
      ...(referralId === undefined ? {} : { besides: referralId }),
    };
    tx.emit({ name: CONSENT_RECORDED, subjectType: 'Consent', subjectId: id, payload });
    return id;
  }

  private textOf({ textVersion }: Signature) {
    return textVersion ? (this.texts.find(textVersion) ?? null) : null;
  }

  private async namedIn(tx: Tx, input: RecordPersonConsentInput): Promise<Named | Refusal> {
    const { recipientAgencyId, recipientName } = input;
    if (recipientAgencyId && recipientName) {
      return invalid('input.recipientName', 'A recipient is an agency or named in words.', 'Send one of the two.');
    }
    if (!recipientAgencyId) return { agency: null, name: recipientName ?? null };
    const agency = await this.agencies.agencyFacts(tx, recipientAgencyId);
    return agency?.isActive ? { agency, name: null } : notFound('agency');
  }
}

/** A consent carries the person’s name: a given or a family name will do. */
export const isNamed = (person: { readonly givenName: string | null; readonly familyName: string | null }): boolean =>
  [person.givenName, person.familyName].some((name) => (name ?? '').trim() !== '');

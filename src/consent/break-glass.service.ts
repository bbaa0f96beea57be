import { Injectable } from '@nestjs/common';
import { mayDo, NO_FACTS, purposeOf, type Actor } from '../access';
import { AgenciesService } from '../agencies';
import { ClocksService, type NewClock } from '../clocks';
import { addMinutes } from '../kernel/clock';
import { isRefusal, notFound, Refusal } from '../kernel/refusal';
import { PeopleService } from '../people';
import type { SystemTx, Tx } from '../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import type { BreakGlassInput } from './break-glass.inputs';
import { BreakGlassStore, type OpenedGlass } from './break-glass.store';
import { documentedIn, lookupIn, type Documented } from './engine/emergency';
import { BREAK_GLASS_ENDED, BREAK_GLASS_OPENED } from './oversight.events';
import { ownedBy } from './oversight-clocks';
import { OversightRules } from './oversight-rules';

/** What one look in an emergency is opened with, whatever it finds. */
interface Grant {
  readonly glass: Omit<OpenedGlass, 'personId' | 'openedWith'>;
  readonly by: 'REFERRAL' | 'PHONE' | 'NAME_AND_BIRTH_DATE';
  readonly reviewBy: Date;
}

/** Who may break the glass: a person of a medical role who says that it is an emergency. */
const strangerToEmergencies = (actor: Actor): Refusal | null => {
  if (actor.kind !== 'STAFF' || !mayDo(actor, 'BreakGlass', 'open', NO_FACTS)) {
    return new Refusal('FORBIDDEN', 'Only medical personnel open a record in an emergency.');
  }
  if (purposeOf(actor) === 'MEDICAL_EMERGENCY') return null;
  return new Refusal('FORBIDDEN', 'The request does not say that it is a medical emergency.', {
    field: 'handrail-purpose',
    remedy: 'Send the request header `handrail-purpose: MEDICAL_EMERGENCY`.',
  });
};

/** Access to what a doctor needs when consent cannot be had (42 CFR 2.51). */
@Injectable()
export class BreakGlassService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: BreakGlassStore,
    private readonly people: PeopleService,
    private readonly agencies: AgenciesService,
    private readonly rules: OversightRules,
    private readonly clocks: ClocksService,
  ) {}

  /**
   * Opens every record of the one person that is found, each before its own privacy officers. A look-up that finds nobody or several is refused alike, and is on the
   * trail like every refusal.
   */
  open(actor: Actor, input: BreakGlassInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const stranger = strangerToEmergencies(actor);
      if (stranger) return stranger;
      const documented = documentedIn(input);
      if (isRefusal(documented)) return documented;
      const lookup = lookupIn(input);
      if (isRefusal(lookup)) return lookup;
      const { agencyId, id: openedBy, role } = actor;
      const { name: medicalPersonnel, agencyName: affiliation } = await this.agencies.nameplate(tx);
      const reviewBy = (await this.clocks.termsOfAgency(tx, agencyId)).dueAt('BREAK_GLASS_REVIEWED', tx.asOf);
      const system = tx.asSystem();
      const found = await this.people.findInEmergency(system, lookup);
      if (found.length === 0) {
        return new Refusal('NOT_FOUND', 'Nobody is found by this, or more than one.', {
          remedy: 'Try another exact way, or treat without the record.',
        });
      }
      const by = lookup.referralId ? 'REFERRAL' : lookup.phone ? 'PHONE' : 'NAME_AND_BIRTH_DATE';
      const terms = this.termsOf(documented, tx.asOf);
      const glass = { agencyId, openedBy, role, medicalPersonnel, affiliation, ...terms };
      return { id: await this.openEach(tx, found, { glass, by, reviewBy }) };
    });
  }

  /** Ends it before its time, with all that the same grant opened. */
  end(actor: Actor, id: string, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const grant = await this.store.lockGrant(tx, id);
      const glass = grant.find((one) => one.id === id);
      if (!glass) return notFound('break-glass');
      if (!mayDo(actor, 'BreakGlass', 'end', glass)) {
        return new Refusal('FORBIDDEN', 'Your role does not end it.');
      }
      if (!glass.isActive) {
        return new Refusal('ILLEGAL_TRANSITION', 'It has ended already.', { remedy: 'Nothing more to do.' });
      }
      for (const { id: subjectId } of grant) {
        this.store.end(tx, subjectId);
        tx.audit({ action: BREAK_GLASS_ENDED, subjectType: 'BreakGlass', subjectId });
        tx.emit({ name: BREAK_GLASS_ENDED, subjectType: 'BreakGlass', subjectId });
      }
      return { id };
    });
  }

  /** One grant over all records of a person; answers the id of the first. */
  private async openEach(tx: Tx, personIds: readonly string[], { glass, by, reviewBy }: Grant): Promise<string> {
    const system = tx.asSystem();
    const { agencyId, nature, ground } = glass;
    let first: string | null = null;
    for (const personId of personIds) {
      const id = this.store.open(system, { ...glass, personId, openedWith: first }, reviewBy);
      this.clocks.start(system, await this.reviewsOf(system, id, reviewBy));
      const details = { personId, nature, ground, by, purpose: purposeOf(tx.actor), openedWith: first };
      tx.audit({ action: BREAK_GLASS_OPENED, subjectType: 'BreakGlass', subjectId: id, details });
      const payload = { personId, agencyId };
      tx.emit({ name: BREAK_GLASS_OPENED, subjectType: 'BreakGlass', subjectId: id, payload });
      first ??= id;
    }
    return first ?? '';
  }

  /** Everybody who has to review it has a clock of their own. */
  private async reviewsOf(tx: SystemTx, id: string, dueAt: Date): Promise<NewClock[]> {
    const kind = { kind: 'BREAK_GLASS_REVIEWED', subjectType: 'BreakGlassReview', dueAt } as const;
    return (await this.store.reviewsOf(tx, id)).map((review) => ({
      ...ownedBy(review.agencyId),
      ...kind,
      subjectId: review.id,
    }));
  }

  private termsOf(documented: Documented, openedAt: Date) {
    return { ...documented, openedAt, endsAt: addMinutes(openedAt, this.rules.emergencyMinutes) };
  }
}

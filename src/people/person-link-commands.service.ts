import { Injectable } from '@nestjs/common';
import { mayDo, type Actor } from '../access';
import { invalid, isRefusal, notFound, Refusal } from '../kernel/refusal';
import type { SystemTx, Tx } from '../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import { defaultLinkagePolicy as policy } from './linkage/engine/default-policy';
import { RegisterSearch } from './linkage/engine/register/register-search';
import { wordsReader } from './linkage/words-reader';
import { PeopleStore } from './people.store';
import { personLinkMachine, type PersonLinkCommand, type PersonLinkState } from './person-link.machine';
import type { LinkStep } from './link-words';
import { PersonLinkingService } from './person-linking.service';
import { PersonLinksStore, type PersonLinkRow } from './person-links.store';
import { PersonRegisterStore } from './person-register.store';

const steps: Readonly<Record<PersonLinkCommand, { readonly step: LinkStep; readonly action: string }>> = {
  confirm: { step: 'CONFIRM', action: 'person-link.confirmed' },
  reject: { step: 'REJECT', action: 'person-link.rejected' },
  merge: { step: 'MERGE', action: 'person-link.merged' },
  split: { step: 'SPLIT', action: 'person-link.split' },
  reopen: { step: 'REOPEN', action: 'person-link.reopened' },
};

/** What is REJECTED is in doubt again before it is one person. Repeating what stands is refused by the machine. */
const stepsOf = (from: PersonLinkState, isSamePerson: boolean): readonly PersonLinkCommand[] => {
  if (isSamePerson) return from === 'REJECTED' ? ['reopen', 'confirm'] : ['confirm'];
  return from === 'LINKED' ? ['split'] : ['reject'];
};

const notYours = new Refusal('FORBIDDEN', 'Your role does not decide who is who.');
const walled = new Refusal('CONSENT_REQUIRED', 'One of the two is known to a program under 42 CFR part 2.', {
  scope: 'TREATMENT_PAYMENT_OPERATIONS',
  remedy: 'Record the person’s consent (TREATMENT_PAYMENT_OPERATIONS) first, or leave the records apart.',
});

/** What people decide about pairs of records that their agency knows. Every decision stays on file and can be taken back. */
@Injectable()
export class PersonLinkCommandsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly links: PersonLinksStore,
    private readonly people: PeopleStore,
    private readonly register: PersonRegisterStore,
    private readonly linking: PersonLinkingService,
  ) {}

  /** Of two who decide at once the first decides; the other is told that the state has changed. */
  decide(
    actor: Actor,
    { linkId, step }: { readonly linkId: string; readonly step: Exclude<PersonLinkCommand, 'merge'> },
    command: Command,
  ): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const [link] = await this.links.byIds(tx, [linkId]);
      if (!link) return notFound('link');
      if (!mayDo(actor, 'PersonLink', step, link)) return notYours;
      return this.move(tx, link, step);
    });
  }

  /** Says that two records are one person, whether or not Handrail has found that they may be. */
  merge(
    actor: Actor,
    { personId, samePersonId }: { readonly personId: string; readonly samePersonId: string },
    command: Command,
  ): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      if (personId === samePersonId) {
        return invalid('input.samePersonId', 'This is the same record.', 'Send the ids of two records.');
      }
      const known = await this.people.personsById(tx, [personId, samePersonId]);
      if (known.length < 2) return notFound('person');
      if (!known.every((person) => mayDo(actor, 'PersonLink', 'merge', person))) return notYours;
      const pair = [personId, samePersonId].sort() as [string, string];
      const link = await this.links.byPair(tx, pair);
      return link ? this.move(tx, link, 'merge') : this.tie(tx.asSystem(), pair);
    });
  }

  /**
   * For a team that meets both on its roster, and whose own walls have shown it the pair: it says whether they are one, or takes back what
   * it said. Null: done.
   */
  async decideForTeam(tx: SystemTx, linkId: string, isSamePerson: boolean): Promise<Refusal | null> {
    const [before] = await this.links.byIds(tx, [linkId]);
    for (const step of stepsOf(before?.state ?? 'OPEN', isSamePerson)) {
      const [link] = await this.links.byIds(tx, [linkId]);
      const done = link ? await this.move(tx, link, step) : notFound('link');
      if (isRefusal(done)) return done;
    }
    return null;
  }

  /**
   * A team took in whoever a record is of that it met on its roster: the two are one person, whatever is known of them; not where somebody
   * has said otherwise, and not over a wall. Nothing of the record is shown by it.
   */
  async tieForTeam(tx: SystemTx, personId: string, recordId: string): Promise<void> {
    const pair = [personId, recordId].sort() as [string, string];
    const link = await this.links.byPair(tx, pair);
    if (link?.state === 'OPEN') await this.move(tx, link, 'confirm');
    if (!link) await this.tie(tx, pair);
  }

  private async move(tx: Tx, link: PersonLinkRow, step: PersonLinkCommand): Promise<Done | Refusal> {
    const to = personLinkMachine.next(link.state, step);
    if (isRefusal(to)) return to;
    const system = tx.asSystem();
    const pair = [link.leftPersonId, link.rightPersonId] as const;
    if (to === 'LINKED' && !(await this.linking.mayBeTied(system, pair))) return walled;
    if (!(await this.links.move(system, link.id, { from: link.state, to }))) return this.overtaken(system, link, step);
    await this.follow(system, { ...link, pair, to, step });
    return { id: link.id };
  }

  /** Somebody else has decided since it was read. */
  private async overtaken(tx: SystemTx, { id }: PersonLinkRow, step: PersonLinkCommand): Promise<Refusal> {
    const [now] = await this.links.byIds(tx, [id]);
    const told = personLinkMachine.next(now?.state ?? 'OPEN', step);
    return isRefusal(told)
      ? told
      : new Refusal('ILLEGAL_TRANSITION', 'It has changed meanwhile.', { remedy: 'Read it again.' });
  }

  private async tie(tx: SystemTx, pair: readonly [string, string]): Promise<Done | Refusal> {
    if (!(await this.linking.mayBeTied(tx, pair))) return walled;
    const [one, other] = await this.people.linkageRecords(tx, pair);
    if (!one || !other) return notFound('person');
    const reader = wordsReader();
    const looked = await this.register.look(tx, reader.read(one.record), one.id);
    const { probability, bits, evidence, conflict } = new RegisterSearch(one.record, looked, reader, policy).judged(
      other,
    );
    const judged = { probability, bits, evidence, conflict, policyVersion: policy.version } as const;
    const [leftPersonId, rightPersonId] = pair;
    const by = { foundBy: 'HUMAN', decidedBy: 'HUMAN', state: 'LINKED' } as const;
    const id = await this.links.insert(tx, { leftPersonId, rightPersonId, ...judged, ...by });
    if (id === null) {
      return new Refusal('ILLEGAL_TRANSITION', 'Somebody else has just decided about the two.', {
        remedy: 'Read `personLinks` again.',
      });
    }
    await this.follow(tx, { id, pair, to: 'LINKED', step: 'merge', policyVersion: policy.version });
    return { id };
  }

  private async follow(tx: SystemTx, { id, pair, to, step, policyVersion }: Decided): Promise<void> {
    this.links.noteDecision(tx, { linkId: id, step: steps[step].step, toState: to, byWhom: 'HUMAN', policyVersion });
    tx.audit({ action: steps[step].action, subjectType: 'PersonLink', subjectId: id, details: { state: to } });
    const system = tx.inTrailOf(null);
    await this.linking.drawClusters(system, pair);
    this.linking.tellDoubt(system, pair[0]);
  }
}

interface Decided {
  readonly id: string;
  readonly pair: readonly [string, string];
  readonly to: PersonLinkState;
  readonly step: PersonLinkCommand;
  readonly policyVersion: string;
}

import { Injectable } from '@nestjs/common';
import { mayDo, type Actor } from '../../access';
import { invalid, isRefusal, notFound, Refusal } from '../../kernel/refusal';
import { PeopleService, PersonLinkCommandsService, type PersonInput } from '../../people';
import type { SystemTx, Tx } from '../../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../../platform/database/unit-of-work';
import { ReferralIntakeService, type SentReferral } from '../../referrals';
import { outreachCaseMachine } from '../outreach-case.machine';
import { CaseKeeping, moved } from './case-keeping';
import type { CaseRow } from './outreach-case.entity';
import { OptOuts } from './opt-outs';
import { notYours } from './outreach-cases.refusals';
import { OutreachCasesStore, type OutreachCaseRow } from './outreach-cases.store';
import type { ReferFromOutreachInput } from './refer-from-outreach.input';
import { ReferredRowsStore } from './referred-rows.store';

/** Who is referred: typed by the team, or on file with it, or as its roster has them. */
type Who = { readonly person: PersonInput | null } | { readonly personId: string };

/** From the door to a program, in one step: the contact is recorded, and the referral sent, or neither. */
@Injectable()
export class OutreachReferralsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: OutreachCasesStore,
    private readonly rows: ReferredRowsStore,
    private readonly optOuts: OptOuts,
    private readonly keeping: CaseKeeping,
    private readonly people: PeopleService,
    private readonly links: PersonLinkCommandsService,
    private readonly intake: ReferralIntakeService,
  ) {}

  refer(actor: Actor, input: ReferFromOutreachInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const row = await this.store.lock(tx, input.caseId);
      if (!row) return notFound('case');
      if (!mayDo(actor, 'OutreachCase', 'refer', row)) return notYours();
      const fault = rowFault(row, input) ?? (await this.optOuts.fault(tx.asSystem(), row));
      if (fault) return fault;
      const who = await this.whoIs(tx, row, input.person ?? null);
      if (isRefusal(who)) return who;
      const done = await this.send(tx, row, { ...input, who });
      if (isRefusal(done)) return done;
      await this.record(tx.asSystem(), row, { ...input, referralId: done.id });
      return { id: row.id };
    });
  }

  /** Of a family whoever of them asks; else whoever the row is of, of whom no other referral may be open. */
  private async whoIs(tx: Tx, row: OutreachCaseRow, typed: PersonInput | null): Promise<Who | Refusal> {
    if (row.kind === 'FAMILY') return { person: typed };
    const system = tx.asSystem();
    const cluster = row.personId === null ? null : await this.clusterOf(system, row.personId);
    if (cluster !== null) this.rows.takeTurn(system, cluster);
    const sent = await this.intake.sent(system, await this.rows.referralsOf(system, row, cluster));
    const open = sent.find(({ isOpen }) => isOpen);
    if (open) return referredElsewhere(open.id);
    if (typed) return { person: typed };
    const personId = await this.onFile(system, sent, cluster);
    return personId === null ? { person: await this.behind(system, row) } : { personId };
  }

  /** The record under which the actor’s agency referred the person before: a second one would be a second person to it. */
  private async onFile(tx: SystemTx, sent: readonly SentReferral[], cluster: string | null): Promise<string | null> {
    for (const { isOwn, personId } of sent) {
      if (isOwn && (await this.clusterOf(tx, personId)) === cluster) return personId;
    }
    return null;
  }

  private async clusterOf(tx: SystemTx, personId: string): Promise<string> {
    return (await this.people.clustersOf(tx, [personId])).get(personId) ?? personId;
  }

  /** Name and number as the roster has them, under their own names; no more of the record than the team was shown. */
  private async behind(tx: SystemTx, row: OutreachCaseRow): Promise<PersonInput | null> {
    const record = row.personId === null ? null : await this.people.find(tx, row.personId);
    const { givenName = null, familyName = null } = record ?? {};
    const phone = row.phone;
    const isKnown = [givenName, familyName, phone].some((fact) => fact !== null);
    return isKnown ? { givenName, familyName, phone } : null;
  }

  private async send(
    tx: Tx,
    row: OutreachCaseRow,
    { who, need, consents, person }: ReferFromOutreachInput & { readonly who: Who },
  ): Promise<Done | Refusal> {
    tx.asActor();
    const overdoses = await this.store.past(tx, [row.id], null);
    const toldByAgencyId = row.sourceAgencyId ?? tx.actor.agencyId;
    const submission = { pathway: 'ACTIVE_OUTREACH', need, consents, ...who } as const;
    const done = await this.intake.take(tx, submission, { toldByAgencyId, overdoses });
    // Sent by the team itself, and from no row of its roster.
    if (isRefusal(done)) return done.code === 'ALREADY_EXISTS' ? referredElsewhere(done.details['referralId']) : done;
    if (row.personId !== null && row.kind !== 'FAMILY' && !person) await this.tie(tx.asSystem(), row.personId, done.id);
    return done;
  }

  /** Whom the team met is whoever the row is of: what counts a person’s referrals finds both records. */
  private async tie(tx: SystemTx, recordId: string, referralId: string): Promise<void> {
    const [referral] = await this.intake.sent(tx, [referralId]);
    if (referral) await this.links.tieForTeam(tx.inTrailOf(null), referral.personId, recordId);
  }

  private async record(
    tx: SystemTx,
    row: OutreachCaseRow,
    { channel, result, referralId }: ReferFromOutreachInput & Pick<CaseRow, 'referralId'>,
  ): Promise<void> {
    const contact = { channel, result, services: [], naloxoneKits: null, leftBehind: 'NEVER', note: null } as const;
    this.store.addAttempt(tx, { ...contact, caseId: row.id, at: tx.asOf, services: [] });
    const contacted = { reachedAt: tx.asOf, isSettled: true, callBackAt: null, referralId };
    await this.keeping.change(tx, { before: row, after: { ...moved(row, 'reach'), ...contacted }, command: 'reach' });
  }
}

const rowFault = (row: OutreachCaseRow, { person }: ReferFromOutreachInput): Refusal | null => {
  const impossible = outreachCaseMachine.next(row.state, 'reach');
  if (isRefusal(impossible)) return impossible;
  if (row.referralId !== null) return referredAlready(row.referralId);
  return row.kind === 'FAMILY' && !person
    ? invalid('input.person', 'Whom the row is of has died.', 'Say who of the family asks for treatment.')
    : null;
};

const referredAlready = (referralId: string): Refusal<'ALREADY_EXISTS'> =>
  new Refusal('ALREADY_EXISTS', 'This case has a referral.', {
    field: 'input.caseId',
    referralId,
    remedy: 'Go on with it; send a further one with submitReferral and its episode.',
  });

const referredElsewhere = (referralId: unknown): Refusal<'ALREADY_EXISTS'> =>
  new Refusal('ALREADY_EXISTS', 'A referral of this person is open already.', {
    field: 'input.caseId',
    referralId,
    remedy: 'Go on with it; send another when it is over, by its end or by cancelReferral.',
  });

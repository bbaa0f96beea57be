import { Injectable } from '@nestjs/common';
import { mayDo, type Actor } from '../../access';
import { isRefusal, notFound, Refusal } from '../../kernel/refusal';
import { PeopleService, type PersonInput } from '../../people';
import type { Tx } from '../../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../../platform/database/unit-of-work';
import { ReferralIntakeService } from '../../referrals';
import { outreachCaseMachine } from '../outreach-case.machine';
import { CaseKeeping, moved } from './case-keeping';
import { OptOuts } from './opt-outs';
import { notYours } from './outreach-cases.refusals';
import { OutreachCasesStore, type OutreachCaseRow } from './outreach-cases.store';
import type { ReferFromOutreachInput } from './refer-from-outreach.input';

/** From the door to a program, in one step: the contact is recorded, and the referral sent, or neither. */
@Injectable()
export class OutreachReferralsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: OutreachCasesStore,
    private readonly optOuts: OptOuts,
    private readonly keeping: CaseKeeping,
    private readonly people: PeopleService,
    private readonly intake: ReferralIntakeService,
  ) {}

  refer(actor: Actor, input: ReferFromOutreachInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const row = await this.store.lock(tx, input.caseId);
      if (!row) return notFound('case');
      if (!mayDo(actor, 'OutreachCase', 'refer', row)) return notYours();
      const impossible = outreachCaseMachine.next(row.state, 'reach');
      if (isRefusal(impossible)) return impossible;
      if (row.referralId !== null) return referredAlready(row.referralId);
      const { person, forbidden } = await this.behind(tx, row);
      if (forbidden) return forbidden;
      const { need, consents } = input;
      const submission = { pathway: 'ACTIVE_OUTREACH', person: input.person ?? person, need, consents } as const;
      const overdoses = await this.store.past(tx, [row.id], null);
      const toldByAgencyId = row.sourceAgencyId ?? actor.agencyId;
      const done = await this.intake.take(tx, { ...submission, consents }, { toldByAgencyId, overdoses });
      if (isRefusal(done)) return done;
      const system = tx.asSystem();
      const contact = { channel: input.channel, result: input.result, services: [], naloxoneKits: null } as const;
      const at = { caseId: row.id, at: tx.asOf, leftBehind: 'NEVER', note: null } as const;
      this.store.addAttempt(system, { ...contact, ...at, services: [] });
      const after = {
        ...moved(row, 'reach'),
        reachedAt: tx.asOf,
        isSettled: true,
        callBackAt: null,
        referralId: done.id,
      };
      await this.keeping.change(system, { before: row, after, command: 'reach' });
      return { id: row.id };
    });
  }

  /** Name and number as the roster has them, under their own names; no more of the record than the team was shown. */
  private async behind(tx: Tx, row: OutreachCaseRow) {
    const system = tx.asSystem();
    const forbidden = await this.optOuts.fault(system, row);
    const record = row.personId === null ? null : await this.people.find(system, row.personId);
    tx.asActor();
    const { givenName = null, familyName = null } = record ?? {};
    const phone = row.phone;
    const isKnown = [givenName, familyName, phone].some((fact) => fact !== null);
    const person: PersonInput | null = isKnown ? { givenName, familyName, phone } : null;
    return { forbidden, person };
  }
}

const referredAlready = (referralId: string): Refusal<'ALREADY_EXISTS'> =>
  new Refusal('ALREADY_EXISTS', 'This case has a referral.', {
    field: 'input.caseId',
    referralId,
    remedy: 'Go on with it; send a further one with submitReferral and its episode.',
  });

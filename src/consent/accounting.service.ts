import { Injectable } from '@nestjs/common';
import { mayDo, NO_FACTS, type Actor } from '../access';
import { ClocksService } from '../clocks';
import { invalid, notFound, Refusal } from '../kernel/refusal';
import type { AgencyKind } from '../kernel/vocabulary';
import { PeopleService } from '../people';
import type { Reader } from '../platform/database/reader';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import { keysetOf, pageOf, type Connection, type GraphqlContext } from '../platform/graphql';
import type { AccountingOfDisclosuresArgs, AccountingRequestsArgs, RequestAccountingInput } from './accounting.inputs';
import { AccountingStore, type AccountingRequestRow, type LedgerRow } from './accounting.store';
import { basisOf, fieldsIn, plainWords, yearsBefore } from './engine/accounting';
import { ACCOUNTING_ANSWERED, ACCOUNTING_REQUESTED } from './oversight.events';
import { ownedBy } from './oversight-clocks';
import { OversightRules } from './oversight-rules';

/** A line of the ledger in the words of the person who asks. */
const accounted = (row: LedgerRow, { personId }: AccountingRequestRow) => ({
  ...row,
  personId,
  what: plainWords(row.told),
  fields: fieldsIn(row.told),
  basis: basisOf(row.told, row.consentScopes),
});
export type AccountedRow = ReturnType<typeof accounted>;

/** To whom their words went tells where the person was taken, which the person may not have agreed that they learn. */
const OUTSIDE_CARE: ReadonlySet<AgencyKind> = new Set<AgencyKind>(['LAW_ENFORCEMENT', 'SCHOOL']);
const byOperatorOnly = invalid(
  'input.source',
  'An agency outside of care does not learn to whom its referrals led.',
  'Send INTERMEDIARY: the operator answers for everybody.',
);

/** Answers a person who asks who was told of them. */
@Injectable()
export class AccountingService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: AccountingStore,
    private readonly people: PeopleService,
    private readonly rules: OversightRules,
    private readonly clocks: ClocksService,
  ) {}

  request(actor: Actor, { personId, source }: RequestAccountingInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const person = await this.people.find(tx, personId);
      if (!person) return notFound('person');
      if (!mayDo(actor, 'AccountingRequest', 'request', { ...NO_FACTS, relations: person.relations })) {
        return new Refusal('FORBIDDEN', 'Your role does not record what a person asks for.');
      }
      if (source === 'OWN_AGENCY' && OUTSIDE_CARE.has(actor.agencyKind)) return byOperatorOnly;
      const agencyId = source === 'OWN_AGENCY' ? actor.agencyId : await this.store.operatorId(tx);
      if (agencyId === null) return notFound('operator');
      const dueAt = (await this.clocks.termsOfAgency(tx, agencyId)).dueAt('ACCOUNTING_ANSWERED', tx.asOf);
      const id = this.store.insert(tx, {
        personId,
        agencyId,
        recordedByAgencyId: actor.agencyId,
        recordedBy: actor.id,
        requestedAt: tx.asOf,
        coversFrom: yearsBefore(tx.asOf, this.rules.accountingYears),
        dueAt,
      });
      const about = { subjectType: 'AccountingRequest', subjectId: id };
      tx.audit({ action: ACCOUNTING_REQUESTED, ...about, details: { personId, source } });
      tx.emit({ name: ACCOUNTING_REQUESTED, ...about, payload: { personId, agencyId } });
      this.clocks.start(tx.asSystem(), [{ ...ownedBy(agencyId), ...about, kind: 'ACCOUNTING_ANSWERED', dueAt }]);
      return { id };
    });
  }

  /** Closes the clock. */
  answer(actor: Actor, id: string, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const request = await this.store.lock(tx, id);
      if (!request) return notFound('request');
      if (!mayDo(actor, 'AccountingRequest', 'answer', request)) {
        return new Refusal('FORBIDDEN', 'A privacy officer answers.');
      }
      if (request.answeredAt !== null) {
        return new Refusal('ILLEGAL_TRANSITION', 'It has been answered.', { remedy: 'Nothing more to do.' });
      }
      this.store.close(tx, id);
      this.clocks.end(tx.asSystem(), ['ACCOUNTING_ANSWERED'], [id], 'MET');
      const about = { subjectType: 'AccountingRequest', subjectId: id };
      tx.audit({ action: ACCOUNTING_ANSWERED, ...about, details: { personId: request.personId } });
      tx.emit({ name: ACCOUNTING_ANSWERED, ...about, payload: { personId: request.personId } });
      return { id };
    });
  }

  async page(reader: Reader, args: AccountingRequestsArgs): Promise<Connection<AccountingRequestRow>> {
    const rows = await this.store.page(reader, args.state ?? null, keysetOf(args), args.first + 1);
    return pageOf(rows, args, ({ id, dueAtText }) => ({ id, createdAt: dueAtText }));
  }

  /** The list, oldest first; null for a request that another agency answers. That it was read is on the trail first. */
  async disclosures(
    { reader, releases }: GraphqlContext,
    args: AccountingOfDisclosuresArgs,
  ): Promise<Connection<AccountedRow> | null> {
    const { accountingRequestId: id } = args;
    const [request] = await this.store.byId(reader, [id]);
    if (request?.agencyId !== reader.actor.agencyId) return null;
    releases.look('Person', request.personId, 'AccountingRequest').ids.add(id);
    const rows = await this.store.disclosures(reader, id, keysetOf(args), args.first + 1);
    const lines = rows.map((row) => accounted(row, request));
    return pageOf(lines, args, ({ id: line, atText }) => ({ id: line, createdAt: atText }));
  }
}

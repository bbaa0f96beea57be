import { Injectable } from '@nestjs/common';
import { mayDo, type Actor } from '../access';
import { invalid, Refusal } from '../kernel/refusal';
import type { Reader } from '../platform/database/reader';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import { keysetOf, pageOf, type Connection, type ConnectionArgs } from '../platform/graphql';
import type { RecordLegalRequestInput } from './accounting.inputs';
import { decisionFault } from './engine/legal-requests';
import { LegalRequestsStore, type LegalRequestRow } from './legal-requests.store';
import { LEGAL_REQUEST_RECORDED } from './oversight.events';

/** Requests by way of law end with the privacy officer. Recording one reads nothing and opens nothing. */
@Injectable()
export class LegalRequestsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: LegalRequestsStore,
  ) {}

  record(actor: Actor, input: RecordLegalRequestInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, (tx) => {
      if (!mayDo(actor, 'LegalRequest', 'record', { relations: ['OWN_AGENCY'], consents: [] })) {
        return Promise.resolve(new Refusal('FORBIDDEN', 'Requests by way of law go to the privacy officer.'));
      }
      const { kind, issuer, receivedAt, decision } = input;
      const fault =
        receivedAt > tx.asOf
          ? invalid('input.receivedAt', 'It cannot have come in the future.', 'Send when it came.')
          : decisionFault(kind, decision);
      if (fault) return Promise.resolve(fault);
      const id = this.store.insert(tx, { kind, issuer, receivedAt, decision });
      const about = { subjectType: 'LegalRequest', subjectId: id };
      tx.audit({ action: LEGAL_REQUEST_RECORDED, ...about, details: { kind, issuer, decision } });
      tx.emit({ name: LEGAL_REQUEST_RECORDED, ...about });
      return Promise.resolve({ id });
    });
  }

  async page(reader: Reader, args: ConnectionArgs): Promise<Connection<LegalRequestRow>> {
    const rows = await this.store.page(reader, keysetOf(args), args.first + 1);
    return pageOf(rows, args, ({ id, recordedAtText }) => ({ id, createdAt: recordedAtText }));
  }
}

import { Injectable } from '@nestjs/common';
import { defineLoader, inOrderOf } from '../platform/graphql';
import { AccountingStore, type AccountingRequestRow } from './accounting.store';
import { LegalRequestsStore, type LegalRequestRow } from './legal-requests.store';

@Injectable()
export class OversightLoaders {
  constructor(
    private readonly accounting: AccountingStore,
    private readonly legal: LegalRequestsStore,
  ) {}

  readonly accountingRequest = defineLoader<string, AccountingRequestRow>(async (reader, ids) =>
    inOrderOf(ids, await this.accounting.byId(reader, ids), (row) => row.id),
  );

  readonly legalRequest = defineLoader<string, LegalRequestRow>(async (reader, ids) =>
    inOrderOf(ids, await this.legal.byId(reader, ids), (row) => row.id),
  );
}

import { Injectable } from '@nestjs/common';
import type { Keyset } from '../platform/graphql';
import type { Reader } from '../platform/database/reader';
import { OffersStore, type ListedOffer } from './offers.store';
import { ReferralsStore, type ListedReferral } from './referrals.store';

/** Lists, under the reader’s own rights. */
@Injectable()
export class ReferralsService {
  constructor(
    private readonly referrals: ReferralsStore,
    private readonly offers: OffersStore,
  ) {}

  page(reader: Reader, after: Keyset | null, limit: number): Promise<ListedReferral[]> {
    return this.referrals.page(reader, after, limit);
  }

  offersPage(
    reader: Reader,
    after: Keyset | null,
    limit: number,
    states: readonly string[] | null,
  ): Promise<ListedOffer[]> {
    return this.offers.page(reader, after, limit, states);
  }
}

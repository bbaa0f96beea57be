import { Injectable } from '@nestjs/common';
import { defineLoader, inOrderOf } from '../platform/graphql';
import { DueClocksStore, type ClockRow } from './due-clocks.store';
import { HandOffsStore, type HandOffRow } from './hand-offs.store';
import { OffersStore, type OfferRow } from './offers.store';
import { ReferralsStore, type ChangeRow, type ReferralRow } from './referrals.store';

const grouped = <Row>(keys: readonly string[], rows: readonly Row[], keyOf: (row: Row) => string): Row[][] => {
  const groups = new Map(keys.map((key) => [key, [] as Row[]]));
  for (const row of rows) groups.get(keyOf(row))?.push(row);
  return keys.map((key) => groups.get(key) ?? []);
};

@Injectable()
export class ReferralsLoaders {
  constructor(
    private readonly referrals: ReferralsStore,
    private readonly offers: OffersStore,
    private readonly handOffs: HandOffsStore,
    private readonly clocks: DueClocksStore,
  ) {}

  readonly referral = defineLoader<string, ReferralRow>(async (reader, ids) =>
    inOrderOf(ids, await this.referrals.byIds(reader, ids), ({ id }) => id),
  );

  readonly byEpisode = defineLoader<string, ReferralRow[]>(async (reader, ids) =>
    grouped(ids, await this.referrals.byEpisodes(reader, ids), ({ episodeId }) => episodeId),
  );

  readonly clock = defineLoader<string, ClockRow>(async (reader, ids) =>
    inOrderOf(ids, await this.clocks.byIds(reader, ids), ({ id }) => id),
  );

  readonly offer = defineLoader<string, OfferRow>(async (reader, ids) =>
    inOrderOf(ids, await this.offers.byIds(reader, ids), ({ id }) => id),
  );

  readonly offersOf = defineLoader<string, OfferRow[]>(async (reader, ids) =>
    grouped(ids, await this.offers.byReferrals(reader, ids), ({ referralId }) => referralId),
  );

  readonly handOffsOf = defineLoader<string, HandOffRow[]>(async (reader, ids) =>
    grouped(ids, await this.handOffs.byReferrals(reader, ids), ({ referralId }) => referralId),
  );

  readonly changesOf = defineLoader<string, ChangeRow[]>(async (reader, ids) =>
    grouped(ids, await this.referrals.changesOf(reader, ids), ({ referralId }) => referralId),
  );
}

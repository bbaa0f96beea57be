import { Injectable } from '@nestjs/common';
import type { Reader } from '../platform/database/reader';
import { Topics, type Topic } from '../platform/live';
import { ReferralNewsStore } from './referral-news.store';
import { imageOf, ReferralValve, type ReferralImage } from './referral-valve';
import { ReferralsStore } from './referrals.store';

type Agencies = readonly string[];

/** News of referrals and offers, and whom it may concern. What they see of it is read under their own rights. */
@Injectable()
export class ReferralNews {
  readonly #referrals: Topic<Agencies>;
  readonly #offers: Topic<Agencies>;

  constructor(
    topics: Topics,
    private readonly store: ReferralNewsStore,
    private readonly list: ReferralsStore,
  ) {
    this.#referrals = topics.add<Agencies>({
      name: 'referralChanged',
      about: ({ subjectType, subjectId, payload }) =>
        subjectType === 'Referral' ? subjectId : (payload['referralId'] ?? null),
      facts: (reader, ids) => store.partiesOf(reader, ids),
    });
    this.#offers = topics.add<Agencies>({
      name: 'offerChanged',
      about: ({ subjectType, subjectId, payload }) =>
        subjectType === 'Offer' ? subjectId : (payload['offerId'] ?? null),
      facts: (reader, ids) => store.agenciesOf(reader, ids),
    });
  }

  /** Listens first and looks then: what happens in between waits in the mailbox. */
  async watchReferrals(reader: Reader) {
    const { actor } = reader;
    const valve = new ReferralValve(actor);
    const mailbox = this.#referrals.watch((agencies) => agencies.includes(actor.agencyId), valve);
    try {
      valve.begin(await this.list.page(reader, null, ReferralValve.memory + 1));
      return mailbox;
    } catch (error) {
      await mailbox.return();
      throw error;
    }
  }

  /** Whom news of each concerns, as the system. */
  agenciesOf(
    reader: Reader,
    subject: 'Referral' | 'Offer',
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, Agencies>> {
    return subject === 'Offer' ? this.store.agenciesOf(reader, ids) : this.store.partiesOf(reader, ids);
  }

  /** What a reader sees of their newest referrals now, by referral: where the memory of news on file begins. */
  async imagesOf(reader: Reader): Promise<ReadonlyMap<string, ReferralImage>> {
    const rows = await this.list.page(reader, null, ReferralValve.memory);
    return new Map(rows.map((row) => [row.id, imageOf(reader.actor, row)]));
  }

  watchOffers({ actor }: Reader) {
    return this.#offers.watch((agencies) => agencies.includes(actor.agencyId), null);
  }
}

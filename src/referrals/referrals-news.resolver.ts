import { Resolver, Subscription } from '@nestjs/graphql';
import { Access } from '../platform/auth';
import { Ctx, type GraphqlContext } from '../platform/graphql';
import type { News } from '../platform/live';
import { Offer } from './offer.type';
import { ReferralNews } from './referral-news';
import type { ReferralValve } from './referral-valve';
import { Referral } from './referral.type';
import { ReferralsLoaders } from './referrals.loaders';

@Resolver()
export class ReferralsNewsResolver {
  constructor(
    private readonly news: ReferralNews,
    private readonly loaders: ReferralsLoaders,
  ) {}

  @Access({ resource: 'Referral', command: 'read' })
  @Subscription(() => Referral, {
    nullable: true,
    description:
      'Referrals your agency takes part in, as you may see them when the event is sent. Whoever may see `state` hears of every change; everybody else only when something has changed that they may see, such as `progress` or `missing`, or when the end of a consent has closed something to them that they could read (a sender is not told). Several changes at once are one event.',
    async resolve(this: ReferralsNewsResolver, news: News<ReferralValve>, _args: object, context: GraphqlContext) {
      const referral = await this.loaders.referral(context).load(news.id);
      return news.watch.lets(news, news.id, referral) ? referral : null;
    },
  })
  referralChanged(@Ctx() { reader }: GraphqlContext) {
    return this.news.watchReferrals(reader);
  }

  @Access({ resource: 'Offer', command: 'read' })
  @Subscription(() => Offer, {
    nullable: true,
    description:
      'Offers to the programs of your agency, new ones and ended ones included, as you may see them when the event is sent. Several changes at once are one event.',
    resolve(this: ReferralsNewsResolver, { id }: News, _args: object, context: GraphqlContext) {
      return this.loaders.offer(context).load(id);
    },
  })
  offerChanged(@Ctx() { reader }: GraphqlContext) {
    return this.news.watchOffers(reader);
  }
}

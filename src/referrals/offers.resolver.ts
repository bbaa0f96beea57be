import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access';
import { BedPool, BedPoolLoaders, Program, ProgramLoaders } from '../capacity';
import { Access } from '../platform/auth';
import {
  answer,
  commandOf,
  connectionOf,
  Ctx,
  CurrentActor,
  IdempotencyKey,
  keysetOf,
  pageOf,
  resultOf,
  type GraphqlContext,
} from '../platform/graphql';
import { AcceptanceService } from './acceptance.service';
import { offerCommandsOf } from './allowed-actions';
import { OfferResponseService } from './offer-response.service';
import { Offer } from './offer.type';
import type { OfferRow } from './offers.store';
import { DeclineOfferInput, OffersArgs } from './referral-steps.inputs';
import { Referral } from './referral.type';
import { ReferralsLoaders } from './referrals.loaders';
import { ReferralsService } from './referrals.service';

const OfferResult = resultOf(Offer);
const OfferConnection = connectionOf(Offer);

/** Offers as a program answers them. */
@Resolver(() => Offer)
export class OffersResolver {
  constructor(
    private readonly loaders: ReferralsLoaders,
    private readonly service: ReferralsService,
    private readonly responses: OfferResponseService,
    private readonly acceptance: AcceptanceService,
    private readonly programs: ProgramLoaders,
    private readonly pools: BedPoolLoaders,
  ) {}

  @Access({ resource: 'Offer', command: 'read' })
  @Query(() => Offer, { nullable: true, description: 'One offer you may see; null for any other, existing or not.' })
  offer(@Args('id', { type: () => ID }) id: string, @Ctx() context: GraphqlContext) {
    return this.loaders.offer(context).load(id);
  }

  @Access({ resource: 'Offer', command: 'read' })
  @Query(() => OfferConnection, { name: 'offers', description: 'Offers made to your agency’s programs, newest first.' })
  async page(@Args() args: OffersArgs, @Ctx() context: GraphqlContext) {
    const rows = await this.service.offersPage(context.reader, keysetOf(args), args.first + 1, args.states ?? null);
    return pageOf(rows, args, ({ id, createdAtText }) => ({ id, createdAt: createdAtText }));
  }

  @Access({ resource: 'Offer', command: 'acknowledge' })
  @Mutation(() => OfferResult, {
    description:
      'The program has seen the offer. Name and contact show from here on if the person agreed to that. Not needed before `acceptOffer`.',
  })
  async acknowledgeOffer(
    @Args('id', { type: () => ID }) id: string,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const done = await this.responses.acknowledge(
      actor,
      id,
      commandOf(context, { name: 'acknowledgeOffer', input: { id }, key, answers: this.loaders.offer }),
    );
    return answer(done, this.loaders.offer(context));
  }

  @Access({ resource: 'Offer', command: 'accept' })
  @Mutation(() => OfferResult, {
    description:
      'The program takes the person: a place is kept and every other offer withdrawn. Refused with NO_CAPACITY when no place is left, with HOLD_EXPIRED when its time to decide, or the place kept after an earlier acceptance, has run out, with ILLEGAL_TRANSITION when the offer has ended otherwise (details.from says how), with CONSENT_REQUIRED when the person took back the consent it rested on and none still in force speaks to your agency.',
  })
  async acceptOffer(
    @Args('id', { type: () => ID }) id: string,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    return answer(
      await this.acceptance.accept(
        actor,
        id,
        commandOf(context, { name: 'acceptOffer', input: { id }, key, answers: this.loaders.offer }),
      ),
      this.loaders.offer(context),
    );
  }

  @Access({ resource: 'Offer', command: 'decline' })
  @Mutation(() => OfferResult, {
    description:
      'The program, or the person through it, says no with a coded reason; the next program is asked at once.',
  })
  async declineOffer(
    @Args('input') input: DeclineOfferInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'declineOffer', input, key, answers: this.loaders.offer });
    return answer(
      await this.responses.decline(actor, input.offerId, input.reason, command),
      this.loaders.offer(context),
    );
  }

  @ResolveField(() => Referral, { nullable: true, description: 'Null once your program’s part in it has ended.' })
  referral(@Parent() offer: OfferRow, @Ctx() context: GraphqlContext) {
    return this.loaders.referral(context).load(offer.referralId);
  }

  @ResolveField(() => Program, { nullable: true })
  program(@Parent() offer: OfferRow, @Ctx() context: GraphqlContext) {
    return this.programs.byId(context).load(offer.programId);
  }

  @ResolveField(() => BedPool, { nullable: true, description: 'The pool a place would be kept in.' })
  pool(@Parent() offer: OfferRow, @Ctx() context: GraphqlContext) {
    return this.pools.byId(context).load(offer.poolId);
  }

  @ResolveField(() => [String], { nullable: true, description: 'Mutations you may call on this offer now.' })
  allowedActions(@Parent() offer: OfferRow, @CurrentActor() actor: Actor): string[] {
    return offerCommandsOf(actor, offer.state, offer);
  }
}

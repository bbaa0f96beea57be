import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access';
import { Access } from '../platform/auth';
import {
  answer,
  commandOf,
  connectionOf,
  Ctx,
  CurrentActor,
  IdempotencyKey,
  resultOf,
  type GraphqlContext,
} from '../platform/graphql';
import { BreakGlassReviewsArgs, ReviewBreakGlassInput } from './break-glass.inputs';
import { BreakGlassLoaders } from './break-glass.loaders';
import { BreakGlass, BreakGlassReview } from './break-glass.type';
import { BreakGlassReviewsService } from './break-glass-reviews.service';
import type { BreakGlassReviewRow } from './break-glass-reviews.store';

const BreakGlassReviewResult = resultOf(BreakGlassReview);
const BreakGlassReviewConnection = connectionOf(BreakGlassReview);

@Resolver(() => BreakGlassReview)
export class BreakGlassReviewsResolver {
  constructor(
    private readonly service: BreakGlassReviewsService,
    private readonly loaders: BreakGlassLoaders,
  ) {}

  @Access({ resource: 'BreakGlassReview', command: 'read' })
  @Query(() => BreakGlassReviewConnection, {
    description:
      'Records opened in emergencies that your agency’s privacy officer has to look at, first those that are due first.',
  })
  breakGlassReviews(@Args() args: BreakGlassReviewsArgs, @Ctx() context: GraphqlContext) {
    return this.service.page(context.reader, args);
  }

  @Access({ resource: 'BreakGlassReview', command: 'review' })
  @Mutation(() => BreakGlassReviewResult, {
    description:
      'A privacy officer says what they found. Refused: ILLEGAL_TRANSITION when a finding stands; FORBIDDEN for one’s own emergency.',
  })
  async reviewBreakGlass(
    @Args('input') input: ReviewBreakGlassInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'reviewBreakGlass', input, key, answers: this.loaders.review });
    return answer(await this.service.review(actor, input, command), this.loaders.review(context));
  }

  @ResolveField(() => BreakGlass, { nullable: true, description: 'What was opened, by whom, why.' })
  breakGlass(@Parent() { breakGlassId }: BreakGlassReviewRow, @Ctx() context: GraphqlContext) {
    return this.loaders.byId(context).load(breakGlassId);
  }
}

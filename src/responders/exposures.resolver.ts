import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access';
import { County, countyByFips } from '../agencies';
import { Access } from '../platform/auth';
import {
  answer,
  commandOf,
  ConnectionArgs,
  connectionOf,
  Ctx,
  CurrentActor,
  IdempotencyKey,
  resultOf,
  type GraphqlContext,
} from '../platform/graphql';
import { AddToExposureInput, CloseExposureInput, ReportExposureInput, ReviewExposureInput } from './exposure.inputs';
import { Exposure } from './exposure.type';
import { ExposuresService } from './exposures.service';
import type { ExposureRow } from './exposures.store';
import { RespondersLoaders } from './responders.loaders';

const ExposureConnection = connectionOf(Exposure);
const ExposureResult = resultOf(Exposure);

@Resolver(() => Exposure)
export class ExposuresResolver {
  constructor(
    private readonly service: ExposuresService,
    private readonly loaders: RespondersLoaders,
  ) {}

  @Access({ resource: 'Exposure', command: 'read' })
  @Query(() => ExposureConnection, {
    description: 'Exposures, newest first: your own, and for the safety officer those of the agency.',
  })
  exposures(@Args() args: ConnectionArgs, @Ctx() context: GraphqlContext) {
    return this.service.page(context.reader, args);
  }

  @Access({ resource: 'Exposure', command: 'report' })
  @Mutation(() => ExposureResult, {
    description:
      'You, or your dog, were exposed. The safety officer of your agency is to look at it in time. Refused: INVALID_INPUT for a time to come or more than a year ago, or an unknown county.',
  })
  async reportExposure(
    @Args('input') input: ReportExposureInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.exposure;
    const command = commandOf(context, { name: 'reportExposure', input, key, answers });
    return answer(await this.service.report(actor, input, command), answers(context));
  }

  @Access({ resource: 'Exposure', command: 'add' })
  @Mutation(() => ExposureResult, {
    description:
      'Adds to an exposure of your own what has shown since. Refused: NOT_FOUND for that of another, ILLEGAL_TRANSITION once it is closed.',
  })
  async addToExposure(
    @Args('input') input: AddToExposureInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.exposure;
    const command = commandOf(context, { name: 'addToExposure', input, key, answers });
    return answer(await this.service.add(actor, input, command), answers(context));
  }

  @Access({ resource: 'Exposure', command: 'review' })
  @Mutation(() => ExposureResult, {
    description:
      'The safety officer has looked at it and spoken with the responder, who is asked once more later. Refused: ILLEGAL_TRANSITION when that was done.',
  })
  async reviewExposure(
    @Args('input') input: ReviewExposureInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.exposure;
    const command = commandOf(context, { name: 'reviewExposure', input, key, answers });
    return answer(await this.service.review(actor, input.exposureId, command), answers(context));
  }

  @Access({ resource: 'Exposure', command: 'close' })
  @Mutation(() => ExposureResult, {
    description: 'The responder was asked once more, and it ends. Refused: ILLEGAL_TRANSITION unless it is REVIEWED.',
  })
  async closeExposure(
    @Args('input') input: CloseExposureInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.exposure;
    const command = commandOf(context, { name: 'closeExposure', input, key, answers });
    return answer(await this.service.close(actor, input, command), answers(context));
  }

  @ResolveField(() => County, { nullable: true, description: 'Where; null: not told.' })
  county(@Parent() { countyFips }: ExposureRow): County | null {
    return countyFips === null ? null : countyByFips(countyFips);
  }
}

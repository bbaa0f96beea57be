import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access';
import { Agency, AgencyLoaders, County, countiesByFips } from '../agencies';
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
import {
  BatchWarning,
  BatchWarningsArgs,
  IssueBatchWarningInput,
  WithdrawBatchWarningInput,
} from './batch-warning.type';
import { BatchWarningsService } from './batch-warnings.service';
import type { BatchWarningRow } from './batch-warnings.store';
import { WarningLanguageEnum } from './surveillance.enums';
import { SurveillanceLoaders } from './surveillance.loaders';
import { warningText, type WarningLanguage } from './warning-texts';

const BatchWarningConnection = connectionOf(BatchWarning);
const BatchWarningResult = resultOf(BatchWarning);

@Resolver(() => BatchWarning)
export class BatchWarningsResolver {
  constructor(
    private readonly service: BatchWarningsService,
    private readonly loaders: SurveillanceLoaders,
    private readonly agencies: AgencyLoaders,
  ) {}

  @Access({ resource: 'BatchWarning', command: 'read' })
  @Query(() => BatchWarningConnection, { description: 'Warnings that your agency was told of, the newest first.' })
  batchWarnings(@Args() args: BatchWarningsArgs, @Ctx() context: GraphqlContext) {
    return this.service.page(context.reader, args);
  }

  @Access({ resource: 'BatchWarning', command: 'issue' })
  @Mutation(() => BatchWarningResult, {
    description:
      'Warns the agencies of these counties, and next to them, of a batch. Refused: FORBIDDEN for other roles, and for LABORATORY by anybody but a public-health department; INVALID_INPUT for an unknown county, one in which your agency does not work nor next to it, or an end that cannot be.',
  })
  async issueBatchWarning(
    @Args('input') input: IssueBatchWarningInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'issueBatchWarning', input, key, answers: this.loaders.warning });
    return answer(await this.service.issue(actor, input, command), this.loaders.warning(context));
  }

  @Access({ resource: 'BatchWarning', command: 'withdraw' })
  @Mutation(() => BatchWarningResult, {
    description:
      'Takes a warning of your own agency back. Refused: NOT_FOUND for that of another, ILLEGAL_TRANSITION where it was withdrawn before.',
  })
  async withdrawBatchWarning(
    @Args('input') input: WithdrawBatchWarningInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'withdrawBatchWarning', input, key, answers: this.loaders.warning });
    return answer(await this.service.withdraw(actor, input, command), this.loaders.warning(context));
  }

  @ResolveField(() => Agency, { nullable: true, description: 'Who issued it; null: a laboratory’s result raised it.' })
  issuedBy(@Parent() { agencyId }: BatchWarningRow, @Ctx() context: GraphqlContext) {
    return agencyId === null ? null : this.agencies.byId(context).load(agencyId);
  }

  @ResolveField(() => [County], {
    description: 'Counties it is about, in the order of their codes as told; agencies next to them are told as well.',
    nullable: true,
  })
  counties(@Parent() { countyFips }: BatchWarningRow): County[] {
    return countiesByFips(countyFips);
  }

  @ResolveField(() => String, { nullable: true, description: 'What may be published: no person, no address.' })
  publicText(
    @Parent() { countyFips }: BatchWarningRow,
    @Args('language', { type: () => WarningLanguageEnum, defaultValue: 'en' }) language: WarningLanguage,
  ): string {
    return warningText('batch', countyFips, language);
  }
}

import { Args, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access';
import { Agency, AgencyLoaders } from '../agencies';
import { Access } from '../platform/auth';
import { Ctx, CurrentActor, IdempotencyKey, resultOf, type GraphqlContext, commandOf } from '../platform/graphql';
import { answer } from '../platform/graphql';
import { Consent } from './consent.type';
import { ConsentsLoaders } from './consents.loaders';
import { ConsentsService } from './consents.service';
import type { ConsentRow } from './consents.store';

const ConsentResult = resultOf(Consent);

@Resolver(() => Consent)
export class ConsentsResolver {
  constructor(
    private readonly service: ConsentsService,
    private readonly loaders: ConsentsLoaders,
    private readonly agencies: AgencyLoaders,
  ) {}

  @Access({ resource: 'Consent', command: 'revoke' })
  @Mutation(() => ConsentResult, {
    description:
      'The person takes a consent back. What it showed is hidden from the same moment on. Refused: ILLEGAL_TRANSITION when it was revoked before.',
  })
  async revokeConsent(
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
    @Args('id', { type: () => ID }) id: string,
    @IdempotencyKey() key: string | null,
  ) {
    const command = commandOf(context, { name: 'revokeConsent', input: { id }, key, answers: this.loaders.byId });
    const done = await this.service.revoke(actor, id, command);
    return answer(done, this.loaders.byId(context));
  }

  @ResolveField(() => Agency, {
    nullable: true,
    description: 'Who may receive it; null for a general designation of treating programs.',
  })
  recipientAgency(@Parent() consent: ConsentRow, @Ctx() context: GraphqlContext) {
    return consent.recipientAgencyId ? this.agencies.byId(context).load(consent.recipientAgencyId) : null;
  }
}

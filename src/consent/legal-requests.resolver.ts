import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access';
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
import { RecordLegalRequestInput } from './accounting.inputs';
import { LegalRequest } from './legal-request.type';
import { LegalRequestsService } from './legal-requests.service';
import { OversightLoaders } from './oversight.loaders';

const LegalRequestResult = resultOf(LegalRequest);
const LegalRequestConnection = connectionOf(LegalRequest);

@Resolver(() => LegalRequest)
export class LegalRequestsResolver {
  constructor(
    private readonly service: LegalRequestsService,
    private readonly loaders: OversightLoaders,
  ) {}

  @Access({ resource: 'LegalRequest', command: 'record' })
  @Mutation(() => LegalRequestResult, {
    description:
      'The privacy officer records that a request by way of law came, and what was decided (42 CFR 2.61 to 2.67). Reads nothing, opens nothing. Refused: INVALID_INPUT for a decision that the regulation does not leave to a request of this kind.',
  })
  async recordLegalRequest(
    @Args('input') input: RecordLegalRequestInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.legalRequest;
    const command = commandOf(context, { name: 'recordLegalRequest', input, key, answers });
    return answer(await this.service.record(actor, input, command), answers(context));
  }

  @Access({ resource: 'LegalRequest', command: 'read' })
  @Query(() => LegalRequestConnection, {
    description: 'Requests by way of law that came to your agency’s privacy officer, newest first.',
  })
  legalRequests(@Args() args: ConnectionArgs, @Ctx() context: GraphqlContext) {
    return this.service.page(context.reader, args);
  }
}

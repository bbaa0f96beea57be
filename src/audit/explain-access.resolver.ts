import { Args, Query, Resolver } from '@nestjs/graphql';
import { Access } from '../platform/auth';
import { Ctx, type GraphqlContext } from '../platform/graphql';
import { ExplainAccessService } from './explain-access.service';
import { AccessExplanation, ExplainAccessArgs } from './explain-access.type';

@Resolver(() => AccessExplanation)
export class ExplainAccessResolver {
  constructor(private readonly explanations: ExplainAccessService) {}

  @Access({ resource: 'AccessExplanation', command: 'read' })
  @Query(() => AccessExplanation, {
    description:
      'Which rule and which consent permit or deny a field of a record: to you, or, for a privacy officer, to a member of the own agency. Errors: BAD_USER_INPUT for a type or field that is not explained, or a member who is not yours.',
  })
  explainAccess(@Args() args: ExplainAccessArgs, @Ctx() context: GraphqlContext) {
    return this.explanations.explain(context, args);
  }
}

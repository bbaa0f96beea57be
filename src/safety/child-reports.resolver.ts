import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access';
import { Agency, AgencyLoaders } from '../agencies';
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
import { CloseChildReportInput, ReportChildInput } from './child-report.inputs';
import { ChildAttentionEnum } from './child-report.enums';
import { CaregiverCandidate, ChildReport } from './child-report.type';
import { ChildReportsLoaders } from './child-reports.loaders';
import { ChildReportsService } from './child-reports.service';
import type { ChildReportRow } from './child-reports.store';

const ChildReportResult = resultOf(ChildReport);
const ChildReportConnection = connectionOf(ChildReport);

@Resolver(() => ChildReport)
export class ChildReportsResolver {
  constructor(
    private readonly service: ChildReportsService,
    private readonly loaders: ChildReportsLoaders,
    private readonly agencies: AgencyLoaders,
  ) {}

  @Access({ resource: 'ChildReport', command: 'read' })
  @Query(() => ChildReportConnection, {
    description: 'Reports of children that lie with your agency, or that it sent; newest first.',
  })
  childReports(@Args() args: ConnectionArgs, @Ctx() context: GraphqlContext) {
    return this.service.page(context.reader, args);
  }

  @Access({ resource: 'ChildReport', command: 'submit' })
  @Mutation(() => ChildReportResult, {
    description:
      'Reports a child to child services, as the law of the state asks. Refused: INVALID_INPUT for an agency that is not child services, or a school that is none.',
  })
  async reportChild(
    @Args('input') input: ReportChildInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.report;
    const command = commandOf(context, { name: 'reportChild', input, key, answers });
    return answer(await this.service.report(actor, input, command), answers(context));
  }

  @Access({ resource: 'ChildReport', command: 'receive' })
  @Mutation(() => ChildReportResult, {
    description:
      'Child services have taken a report in hand; whoever sent it sees that. Refused: ILLEGAL_TRANSITION when they have.',
  })
  async receiveChildReport(
    @Args('id', { type: () => ID }) id: string,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.report;
    const command = commandOf(context, { name: 'receiveChildReport', input: { id }, key, answers });
    return answer(await this.service.receive(actor, id, command), answers(context));
  }

  @Access({ resource: 'ChildReport', command: 'close' })
  @Mutation(() => ChildReportResult, {
    description:
      'Child services are done with a report. Refused: ILLEGAL_TRANSITION unless it is RECEIVED; INVALID_INPUT for PLACED while the child is with nobody, and while the child is with somebody for what says otherwise; NOT_ELIGIBLE while a check of whoever has the child has not passed.',
  })
  async closeChildReport(
    @Args('input') input: CloseChildReportInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.report;
    const command = commandOf(context, { name: 'closeChildReport', input, key, answers });
    return answer(await this.service.close(actor, input, command), answers(context));
  }

  @Access({ resource: 'ChildReport', command: 'reopen' })
  @Mutation(() => ChildReportResult, {
    description:
      'Child services take a closed report in hand again: there is more to do, or it was closed by mistake. Refused: ILLEGAL_TRANSITION unless it is CLOSED.',
  })
  async reopenChildReport(
    @Args('id', { type: () => ID }) id: string,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const answers = this.loaders.report;
    const command = commandOf(context, { name: 'reopenChildReport', input: { id }, key, answers });
    return answer(await this.service.reopen(actor, id, command), answers(context));
  }

  @ResolveField(() => Agency, { nullable: true, description: 'Who reported.' })
  reportingAgency(@Parent() { reportingAgencyId }: ChildReportRow, @Ctx() context: GraphqlContext) {
    return this.agencies.byId(context).load(reportingAgencyId);
  }

  @ResolveField(() => Agency, { nullable: true, description: 'The child’s school, as far as known.' })
  school(@Parent() { schoolAgencyId }: ChildReportRow, @Ctx() context: GraphqlContext) {
    return schoolAgencyId === null ? null : this.agencies.byId(context).load(schoolAgencyId);
  }

  @ResolveField(() => ChildAttentionEnum, {
    nullable: true,
    description: 'What has to be seen to now: null, nothing, or it is not in hand.',
  })
  attention(@Parent() report: ChildReportRow, @Ctx() context: GraphqlContext) {
    return this.loaders.attention(context).load(report);
  }

  @ResolveField(() => [CaregiverCandidate], {
    nullable: true,
    description: 'Who may take the child in, in the order they were named; fewer than 50.',
  })
  candidates(@Parent() { id }: ChildReportRow, @Ctx() context: GraphqlContext) {
    return this.loaders.candidatesOf(context).load(id);
  }
}

import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../access';
import { County, countyByFips } from '../agencies';
import { Episode, PeopleLoaders, Person } from '../people';
import { Access } from '../platform/auth';
import {
  answer,
  commandOf,
  connectionOf,
  Ctx,
  CurrentActor,
  IdempotencyKey,
  Operations,
  readRows,
  resultOf,
  type GraphqlContext,
} from '../platform/graphql';
import { OverdoseCorrectionsService } from './overdose-corrections.service';
import { OverdoseIntakeService, rowPath } from './overdose-intake.service';
import { OverdoseReport, OverdoseReportRevision } from './overdose-report.type';
import { OverdoseReportsArgs } from './overdose-reports.args';
import type { OverdoseReportRow } from './overdose-reports.store';
import { OverdoseWarningEnum } from './overdose.enums';
import { OverdosesLoaders } from './overdoses.loaders';
import { OverdosesService } from './overdoses.service';
import {
  CorrectOverdoseReportInput,
  ReportOverdoseInput,
  ReportOverdosesInput,
  RetractOverdoseReportInput,
  SetOverdoseReportApartInput,
} from './report-overdose.inputs';
import { warningsOf } from './report-warnings';

const OverdoseReportResult = resultOf(OverdoseReport);
const OverdoseReportConnection = connectionOf(OverdoseReport);

/** Reports of overdoses, as the agencies that make them work with them. */
@Resolver(() => OverdoseReport)
export class OverdoseReportsResolver {
  constructor(
    private readonly loaders: OverdosesLoaders,
    private readonly people: PeopleLoaders,
    private readonly overdoses: OverdosesService,
    private readonly intake: OverdoseIntakeService,
    private readonly corrections: OverdoseCorrectionsService,
    private readonly operations: Operations,
  ) {}

  @Access({ resource: 'OverdoseReport', command: 'read' })
  @Query(() => OverdoseReport, {
    nullable: true,
    description: 'One report of your agency; null for any other, existing or not.',
  })
  overdoseReport(@Args('id', { type: () => ID }) id: string, @Ctx() context: GraphqlContext) {
    return this.loaders.report(context).load(id);
  }

  @Access({ resource: 'OverdoseReport', command: 'read' })
  @Query(() => OverdoseReportConnection, { description: 'What your agency reported, the latest overdose first.' })
  overdoseReports(@Args() args: OverdoseReportsArgs, @Ctx() context: GraphqlContext) {
    return this.overdoses.page(context.reader, args);
  }

  @Access({ resource: 'OverdoseReport', command: 'report' })
  @Mutation(() => OverdoseReportResult, {
    description:
      'Reports an overdose of one person. Four fields are enough; the rest may follow with `correctOverdoseReport`. Whether somebody else has reported the same overdose is not told; Handrail counts it once. Refused: INVALID_INPUT for no place, an unknown county, a point in another county, a time in the future, doses that nobody gave, a birth date after it or in the future; NOT_FOUND for a person who is not on file with your agency; ALREADY_EXISTS when your `clientId` stands for a report that says something else (details.reportId, details.differing).',
  })
  async reportOverdose(
    @Args('input') input: ReportOverdoseInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'reportOverdose', input, key, answers: this.loaders.report });
    return answer(await this.intake.report(actor, input, command), this.loaders.report(context));
  }

  @Access({ resource: 'OverdoseReport', command: 'report' })
  @Mutation(() => [OverdoseReportResult], {
    description:
      'Reports many overdoses, each by itself: one answer per row, in the order of the rows. A refused row takes no other with it, and all of it may be sent again. Refused per row: as `reportOverdose`, and INVALID_INPUT for a row without `clientId` and for whatever a row holds that `ReportOverdoseInput` does not take.',
  })
  async reportOverdoses(
    @Args('input') { reports }: ReportOverdosesInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'reportOverdoses', input: reports, key });
    const shape = { schema: this.operations.schema, of: ReportOverdoseInput };
    const rows = await this.intake.reportMany(actor, await readRows(shape, reports, rowPath), command);
    const loader = this.loaders.report(context);
    return Promise.all(rows.map((done) => answer(done, loader)));
  }

  @Access({ resource: 'OverdoseReport', command: 'correct' })
  @Mutation(() => OverdoseReportResult, {
    description:
      'Says what a report of your agency is to say from now on; earlier revisions are kept. Refused: as `reportOverdose`; INVALID_INPUT when nothing would change; ILLEGAL_TRANSITION when it was taken back.',
  })
  async correctOverdoseReport(
    @Args('input') input: CorrectOverdoseReportInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'correctOverdoseReport', input, key, answers: this.loaders.report });
    return answer(await this.corrections.correct(actor, input, command), this.loaders.report(context));
  }

  @Access({ resource: 'OverdoseReport', command: 'retract' })
  @Mutation(() => OverdoseReportResult, {
    description:
      'Takes a report of your agency back. It is kept, and counts no more. Refused: ILLEGAL_TRANSITION when it was taken back before.',
  })
  async retractOverdoseReport(
    @Args('input') input: RetractOverdoseReportInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'retractOverdoseReport', input, key, answers: this.loaders.report });
    return answer(await this.corrections.retract(actor, input, command), this.loaders.report(context));
  }

  @Access({ resource: 'OverdoseReport', command: 'setApart' })
  @Mutation(() => OverdoseReportResult, {
    description:
      'Says that a report of your agency is of an overdose that nobody else reported, or takes that back. Answers the same whether or not anybody did. Refused: ILLEGAL_TRANSITION when the report was taken back.',
  })
  async setOverdoseReportApart(
    @Args('input') input: SetOverdoseReportApartInput,
    @IdempotencyKey() key: string | null,
    @CurrentActor() actor: Actor,
    @Ctx() context: GraphqlContext,
  ) {
    const command = commandOf(context, { name: 'setOverdoseReportApart', input, key, answers: this.loaders.report });
    return answer(await this.corrections.setApart(actor, input, command), this.loaders.report(context));
  }

  @ResolveField(() => County, { nullable: true, description: 'The county it happened in.' })
  county(@Parent() { countyFips }: OverdoseReportRow) {
    return countyByFips(countyFips);
  }

  @ResolveField(() => [OverdoseWarningEnum], {
    nullable: true,
    description: 'What may be a slip in it, as it stands now; empty: nothing. The report counts all the same.',
  })
  warnings(@Parent() report: OverdoseReportRow) {
    return warningsOf(report);
  }

  @ResolveField(() => County, { nullable: true, description: 'The county the person lives in; null: not told.' })
  residenceCounty(@Parent() { residenceCountyFips }: OverdoseReportRow) {
    return residenceCountyFips === null ? null : countyByFips(residenceCountyFips);
  }

  @ResolveField(() => Person, { nullable: true, description: 'Who it was, as your agency has them on file.' })
  person(@Parent() { personId }: OverdoseReportRow, @Ctx() context: GraphqlContext) {
    return personId === null ? null : this.people.person(context).load(personId);
  }

  @ResolveField(() => Episode, {
    nullable: true,
    description:
      'The person’s path that this belongs to: refer them with its id (`submitReferral`). Null: nobody was named, or they died.',
  })
  episode(@Parent() { episodeId }: OverdoseReportRow, @Ctx() context: GraphqlContext) {
    return episodeId === null ? null : this.people.episode(context).load(episodeId);
  }

  @ResolveField(() => [OverdoseReportRevision], {
    nullable: true,
    description: 'What it said before, the first first.',
  })
  revisions(@Parent() { id }: OverdoseReportRow, @Ctx() context: GraphqlContext) {
    return this.loaders.revisions(context).load(id);
  }
}

import { Args, Query, Resolver } from '@nestjs/graphql';
import { Access } from '../platform/auth';
import { resultOf } from '../platform/graphql';
import { ReportArgs } from './report.args';
import { Report } from './report.type';
import { ReportsService } from './reports.service';

const ReportResult = resultOf(Report);

@Resolver()
export class ReportsResolver {
  constructor(private readonly service: ReportsService) {}

  @Access({ resource: 'Report', command: 'read' })
  @Query(() => ReportResult, {
    description:
      'Counts of a year, by month, quarter, year or one fact. Refused: INVALID_INPUT for a year to come, an unknown county, or a fact by which this report is not counted.',
  })
  report(@Args() args: ReportArgs) {
    return this.service.report(args);
  }
}

import { Injectable } from '@nestjs/common';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { BaseCount } from './engine/lattice';
import type { ReportBook } from './report-books';
import { countsOf } from './reports.statements';

export interface YearSpan {
  readonly from: Date;
  readonly until: Date;
  /** The database’s own moment. */
  readonly asOf: Date;
}

// A year of Eastern time, in which most of the field’s counties are; and the database’s own moment.
const spanOfYear = sql<YearSpan>(
  `select make_timestamptz($1, 1, 1, 0, 0, 0, 'America/New_York') as "from",
     make_timestamptz($1 + 1, 1, 1, 0, 0, 0, 'America/New_York') as until, app.now() as "asOf"`,
);

/** Counts over everything. `reader` must be the system’s; nothing of it leaves before what is small has been hidden. */
@Injectable()
export class ReportsStore {
  async year(reader: Reader, year: number): Promise<YearSpan> {
    const [row] = await reader.query(spanOfYear, [year]);
    if (!row) throw new Error('the database did not say when a year begins');
    return row;
  }

  async counts(reader: Reader, book: ReportBook, from: Date, until: Date): Promise<BaseCount[]> {
    const rows = await reader.query(countsOf[book], [from, until]);
    return rows.map(({ measure, countyFips, month, dimension, value, count, things }) => ({
      measure,
      countyFips,
      month,
      group: dimension === null ? null : { dimension, value: value ?? 'UNKNOWN' },
      ...{ count, things },
    }));
  }
}

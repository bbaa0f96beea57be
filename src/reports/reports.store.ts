import { Injectable } from '@nestjs/common';
import { selectList } from '../platform/database/columns';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { SystemTx } from '../platform/database/tx';
import type { Edition } from './engine/edition';
import type { BaseCount } from './engine/lattice';
import type { ReportBook } from './report-books';
import { ReportEditionEntity } from './report-edition.entity';
import { countsOf } from './reports.statements';

export interface YearSpan {
  readonly from: Date;
  readonly until: Date;
  /** The database’s own moment. */
  readonly asOf: Date;
  /** The Monday of its week. */
  readonly week: string;
}

// A year of Eastern time, in which most of the field’s counties are; and the database’s own moment.
const spanOfYear = sql<YearSpan>(
  `select make_timestamptz($1, 1, 1, 0, 0, 0, 'America/New_York') as "from",
     make_timestamptz($1 + 1, 1, 1, 0, 0, 0, 'America/New_York') as until, app.now() as "asOf",
     to_char(date_trunc('week', app.now() at time zone 'America/New_York'), 'YYYY-MM-DD') as week`,
);

interface EditionOf {
  readonly book: ReportBook;
  readonly year: number;
}

const newest = sql<ReportEditionEntity>(
  `select ${selectList(ReportEditionEntity, 'e', ['week'])}, to_char(e.week, 'YYYY-MM-DD') as week
   from report_edition e where e.book = $1 and e.year = $2`,
);

// Two processes may count at once: the first to write is the edition of the week.
const keep = sql(
  `insert into report_edition as e (book, year, week, counted_at, counts, hidden) values ($1, $2, $3, $4, $5::jsonb, $6::jsonb)
   on conflict (book, year) do update
     set week = excluded.week, counted_at = excluded.counted_at, counts = excluded.counts, hidden = excluded.hidden
   where e.week < excluded.week`,
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

  async newestEdition(reader: Reader, { book, year }: EditionOf): Promise<Edition | null> {
    const [row] = await reader.query(newest, [book, year]);
    return row ?? null;
  }

  keepEdition(tx: SystemTx, { book, year, week, countedAt, counts, hidden }: EditionOf & Edition): void {
    tx.post(keep, [book, year, week, countedAt, JSON.stringify(counts), JSON.stringify(hidden)]);
  }
}

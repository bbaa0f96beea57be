import { sql, type Statement } from '../platform/database/statement';
import { needFacts, offerFacts, overdoseFacts, referralFacts, waitFacts } from './facts/people';
import { alertFacts, clockFacts, doseFacts, placeFacts } from './facts/things';
import { reportBooks, type ReportBook } from './report-books';

export interface CountedRow {
  readonly measure: string;
  readonly countyFips: string;
  readonly month: number | null;
  readonly dimension: string | null;
  readonly value: string | null;
  readonly count: number;
  readonly things: number;
}

/**
 * One row for each thing that is counted: its measures, how many it is, county, moment, and the groups it is in. `thing` where several rows
 * are about one: what they are about, so that a person who is counted twelve times stays one.
 */
const facts: Readonly<Record<ReportBook, string>> = {
  OVERDOSES: overdoseFacts,
  REFERRALS: referralFacts,
  OFFERS: offerFacts,
  NEEDS: needFacts,
  WAITS: waitFacts,
  PLACES: placeFacts,
  CLOCKS: clockFacts,
  DOSES: doseFacts,
  ALERTS: alertFacts,
};

const SEVERAL: readonly ReportBook[] = ['OFFERS', 'NEEDS', 'DOSES'];
const thingsOf = `case when bool_and(thing is not null) then count(distinct thing) else sum(weight) end::int`;

const counted = (book: ReportBook): Statement<CountedRow> =>
  sql<CountedRow>(
    `with fact as materialized (${facts[book]}),
     measured as (select measure, weight, ${SEVERAL.includes(book) ? 'thing::text' : 'null::text'} as thing, county, at, groups from fact, unnest(measures) measure)
     select measure, county as "countyFips", extract(month from at at time zone 'America/New_York')::int as month, null::text as dimension,
       null::text as value, sum(weight)::int as count, ${thingsOf} as things from measured group by 1, 2, 3
     union all
     select measure, county, null, g.key, g.value, sum(weight)::int, ${thingsOf} from measured, jsonb_each_text(groups) g group by measure, county, g.key, g.value
     order by 1, 2, 3, 4, 5`,
  );

export const countsOf = Object.fromEntries(reportBooks.map((book) => [book, counted(book)])) as Readonly<
  Record<ReportBook, Statement<CountedRow>>
>;

import { sql, type Statement } from '../platform/database/statement';
import { needFacts, offerFacts, overdoseFacts, referralFacts, waitFacts } from './facts/people';
import { alertFacts, clockFacts, doseFacts, placeFacts } from './facts/things';
import type { ReportBook } from './report-books';

export interface CountedRow {
  readonly measure: string;
  readonly countyFips: string;
  readonly month: number | null;
  readonly dimension: string | null;
  readonly value: string | null;
  readonly count: number;
}

/** One row for each thing that is counted: its measures, how many it is, county, moment, and the groups it is in. */
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

const counted = (fact: string): Statement<CountedRow> =>
  sql<CountedRow>(
    `with fact as materialized (${fact}),
     measured as (select measure, weight, county, at, groups from fact, unnest(measures) measure)
     select measure, county as "countyFips", extract(month from at at time zone 'America/New_York')::int as month, null::text as dimension,
       null::text as value, sum(weight)::int as count from measured group by 1, 2, 3
     union all
     select measure, county, null, g.key, g.value, sum(weight)::int from measured, jsonb_each_text(groups) g group by measure, county, g.key, g.value
     order by 1, 2, 3, 4, 5`,
  );

export const countsOf = Object.fromEntries(
  Object.entries(facts).map(([book, fact]) => [book, counted(fact)]),
) as Readonly<Record<ReportBook, Statement<CountedRow>>>;

import { Injectable } from '@nestjs/common';
import { counties } from '../agencies';
import { invalid, type Refusal } from '../kernel/refusal';
import { keysOf } from '../kernel/vocabulary';
import { NO_AGENCY, systemActor } from '../platform/database/system-actor';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { EVERYWHERE, groupOf, periods, YEAR, type Figure, type Lattice } from './engine/lattice';
import { bookShapes, type ReportBook } from './report-books';
import { chartOf, spikeChartOf, type ChartHead } from './report-chart';
import { csvOf } from './report-csv';
import { reportDefinitions, type ReportDefinition } from './report-definitions';
import { ReportEditions, type Asked, type Counted } from './report-editions';
import { reportGroups, type ReportGroup } from './report-kinds';
import type { ReportArgs } from './report.args';
import type { ReportLine, ReportRow } from './report-row';
import { ReportsStore, type YearSpan } from './reports.store';

const MINUTE_MS = 60_000;
const FIRST_YEAR = 2000;
/** As far as the database’s calendar is sure to go. */
const LAST_YEAR = 9999;
const unknownYear = invalid('year', 'Nothing is counted in that year.', `Send a year from ${FIRST_YEAR} to this one.`);
const isOnCalendar = (year: number): boolean => year >= FIRST_YEAR && year <= LAST_YEAR;
const isGroup = (by: string): by is ReportGroup => Object.hasOwn(reportGroups, by);

/** What a report shows of one book. */
interface OpenBook {
  readonly measures: Readonly<Record<string, string>>;
  readonly now: Counted;
  /** Null: nothing of the kind was counted in the year before. */
  readonly before: Lattice | null;
}

/** Counts that may be published: small ones hidden, with whatever would give them away. */
@Injectable()
export class ReportsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: ReportsStore,
    private readonly editions: ReportEditions,
  ) {}

  async report({ kind, year, countyFips, by }: ReportArgs): Promise<ReportRow | Refusal> {
    const definition = reportDefinitions[kind];
    const reader = this.unitOfWork.reader(systemActor(NO_AGENCY));
    if (!isOnCalendar(year)) return unknownYear;
    const asked: Asked = { reader, year, span: await this.store.year(reader, year) };
    const { from, until, asOf: askedAt } = asked.span;
    const wrong = askedProblem({ kind, countyFips: countyFips ?? null, by }, asked.span);
    if (wrong) return wrong;
    const books = await this.books(asked, definition);
    const asOf = new Date(Math.min(...books.map(({ now: { asOf: at } }) => at.getTime())));
    const place = countyFips ?? EVERYWHERE;
    const columns = columnsOf(books, by).filter(({ key }) => !isToCome(year, asOf, key));
    const lines = books.flatMap(({ measures, now: { lattice }, before }) =>
      Object.entries(measures).flatMap(([measure, name]) =>
        columns.map(({ of, key }): ReportLine => {
          const address = { measure, place, of: key };
          const countYearBefore = before?.figure(address) ?? null;
          const isYearBeforeHidden = before !== null && countYearBefore === null;
          return { measure, name, of, count: lattice.figure(address), countYearBefore, isYearBeforeHidden };
        }),
      ),
    );
    const county = countyFips == null ? null : counties().titleOf(countyFips);
    const head = {
      ...{ kind, year, county, from, asOf },
      // Of a year that runs: as far as was counted.
      until: new Date(Math.min(until.getTime(), asOf.getTime())),
      dataAgeMinutes: Math.floor((askedAt.getTime() - asOf.getTime()) / MINUTE_MS),
      definition: definition.definition,
      denominator: definition.denominator,
      placedBy: definition.placedBy,
    };
    const hidden = lines.filter(({ count }) => count === null).length;
    const isRunning = asOf < until;
    const chart =
      kind === 'SPIKES' ? await this.spikeChart(asked, place, head) : chartOf({ ...head, isRunning }, lines);
    return { ...head, lines, hidden, csv: csvOf(head, lines), chart };
  }

  /** What the report shows of each book, with the year before. */
  private books(asked: Asked, definition: ReportDefinition): Promise<OpenBook[]> {
    return Promise.all(
      keysOf(definition.books).map(async (book) => {
        const [now, before] = await Promise.all([this.editions.figures(asked, book), this.yearBefore(asked, book)]);
        return { measures: definition.books[book] ?? {}, now, before };
      }),
    );
  }

  /** Overdoses by month beside the year before, and the months with alerts. Figures of the lattices, so nothing small. */
  private async spikeChart(asked: Asked, place: string, head: Omit<ChartHead, 'isRunning'>): Promise<string> {
    const { lattice, asOf } = await this.editions.figures(asked, 'OVERDOSES');
    const before = await this.yearBefore(asked, 'OVERDOSES');
    const { lattice: alerts } = await this.editions.figures(asked, 'ALERTS');
    const { year, span } = asked;
    const events = (of: string, where = place): Figure =>
      before?.figure({ measure: 'EVENTS', place: where, of }) ?? null;
    // In its first year an installation counts from some month on: before it, zero is no figure.
    const isCounted = (of: string): boolean =>
      periods.MONTH.some((month) => month <= of && events(month, EVERYWHERE) !== 0);
    return spikeChartOf(
      { ...head, asOf, isRunning: asOf < span.until },
      {
        months: periods.MONTH.filter((of) => !isToCome(year, asOf, of)),
        overdoses: (of) => lattice.figure({ measure: 'EVENTS', place, of }),
        yearBefore: (of) => (isCounted(of) ? events(of) : null),
        alerts: (of) => alerts.figure({ measure: 'ALERTS', place, of }) ?? 0,
      },
    );
  }

  private async yearBefore({ reader, year }: Asked, book: ReportBook): Promise<Lattice | null> {
    if (year <= FIRST_YEAR) return null;
    const asked = { reader, year: year - 1, span: await this.store.year(reader, year - 1) };
    const { lattice } = await this.editions.figures(asked, book);
    const isCounted = bookShapes[book].leaves.some(
      (measure) => lattice.figure({ measure, place: EVERYWHERE, of: YEAR }) !== 0,
    );
    return isCounted ? lattice : null;
  }
}

/** A day of Eastern time begins so long after that of Greenwich, in winter. */
const EASTERN_MS = 5 * 60 * MINUTE_MS;

/** Whether a month or quarter had not begun when it was counted; a group is of the whole year, which has. */
const isToCome = (year: number, asOf: Date, of: string): boolean => {
  const month = Math.max(periods.MONTH.indexOf(of), 3 * periods.QUARTER.indexOf(of), 0);
  return Date.UTC(year, month, 1) + EASTERN_MS > asOf.getTime();
};

/** Periods of the year; or the values of a group in either year, in order. */
const columnsOf = (books: readonly OpenBook[], by: ReportArgs['by']): { of: string; key: string }[] => {
  if (!isGroup(by)) return periods[by].map((of) => ({ of, key: of }));
  const lattices = books.flatMap(({ now, before }) => [now.lattice, before]);
  const values = [...new Set(lattices.flatMap((lattice) => lattice?.groups.get(by) ?? []))].sort();
  return values.map((value) => ({ of: value, key: groupOf({ dimension: by, value }) }));
};

const askedProblem = (
  { kind, countyFips, by }: Pick<ReportArgs, 'kind' | 'by'> & { countyFips: string | null },
  { from, asOf }: YearSpan,
): Refusal | null => {
  if (from > asOf) return unknownYear;
  if (countyFips !== null && !counties().isCounty(countyFips)) {
    return invalid('countyFips', 'No county has this code.', 'Look the code up with `counties(state)`.');
  }
  const { groups } = reportDefinitions[kind];
  if (isGroup(by) && !groups.includes(by)) {
    const remedy = `Send MONTH, QUARTER, YEAR${groups.length > 0 ? ` or ${groups.join(', ')}` : ''}.`;
    return invalid('by', `${kind} is not counted by ${by}.`, remedy);
  }
  return null;
};

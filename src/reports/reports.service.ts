import { Injectable } from '@nestjs/common';
import { counties } from '../agencies';
import { invalid, type Refusal } from '../kernel/refusal';
import type { Reader } from '../platform/database/reader';
import { NO_AGENCY, systemActor } from '../platform/database/system-actor';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { EVERYWHERE, groupOf, latticeOf, periods, type Lattice } from './engine/lattice';
import { csvOf } from './report-csv';
import { chartOf } from './report-chart';
import { reportDefinitions, reportGroups, type ReportGroup, type ReportKind } from './report-kinds';
import type { ReportArgs } from './report.args';
import type { ReportRow } from './report-row';
import { ReportsStore } from './reports.store';

interface Known {
  readonly until: number;
  readonly asOf: Date;
  readonly lattice: Lattice;
}

/** For so long the same figures are shown to everybody: a count that grows while it is asked again would tell the newest. */
const GOOD_FOR_MS = 60 * 60_000;
const KEPT = 64;
const FIRST_YEAR = 2000;
/** As far as the database’s calendar is sure to go. */
const LAST_YEAR = 9999;
const unknownYear = invalid('year', 'Nothing is counted in that year.', `Send a year from ${FIRST_YEAR} to this one.`);
const isOnCalendar = (year: number): boolean => year >= FIRST_YEAR && year <= LAST_YEAR;
const isGroup = (by: string): by is ReportGroup => Object.hasOwn(reportGroups, by);

/** Counts that may be published: small ones hidden, with whatever would give them away. */
@Injectable()
export class ReportsService {
  readonly #known = new Map<string, Known>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: ReportsStore,
  ) {}

  async report({ kind, year, countyFips, by }: ReportArgs): Promise<ReportRow | Refusal> {
    const definition = reportDefinitions[kind];
    const reader = this.unitOfWork.reader(systemActor(NO_AGENCY));
    if (!isOnCalendar(year)) return unknownYear;
    const span = await this.store.year(reader, year);
    const wrong = askedProblem({ kind, countyFips: countyFips ?? null, by }, span);
    if (wrong) return wrong;
    const { lattice, asOf } = await this.figures(reader, kind, year, span);
    const place = countyFips ?? EVERYWHERE;
    const columns = isGroup(by)
      ? (lattice.groups.get(by) ?? []).map((value) => ({ of: value, key: groupOf({ dimension: by, value }) }))
      : periods[by].map((of) => ({ of, key: of }));
    const lines = Object.entries(definition.measures).flatMap(([measure, name]) =>
      columns.map(({ of, key }) => ({ measure, name, of, count: lattice.figure({ measure, place, of: key }) })),
    );
    const county = countyFips == null ? null : (counties().county(countyFips)?.name ?? null);
    const head = {
      kind,
      year,
      county,
      asOf,
      definition: definition.definition,
      denominator: definition.denominator,
      placedBy: definition.placedBy,
    };
    const hidden = lines.filter(({ count }) => count === null).length;
    return { ...head, lines, hidden, csv: csvOf(head, lines), chart: chartOf(head, lines) };
  }

  private async figures(
    reader: Reader,
    kind: ReportKind,
    year: number,
    { from, until, asOf }: Awaited<ReturnType<ReportsStore['year']>>,
  ): Promise<Known> {
    const key = `${kind}/${year}`;
    const known = this.#known.get(key);
    const now = asOf.getTime();
    if (known && now < known.until && now >= known.until - GOOD_FOR_MS) return known;
    const lattice = latticeOf(await this.store.counts(reader, kind, from, until), reportDefinitions[kind]);
    const made = { until: now + GOOD_FOR_MS, asOf, lattice };
    if (this.#known.size >= KEPT) this.#known.clear();
    this.#known.set(key, made);
    return made;
  }
}

const askedProblem = (
  { kind, countyFips, by }: Pick<ReportArgs, 'kind' | 'by'> & { countyFips: string | null },
  { from, asOf }: { readonly from: Date; readonly asOf: Date },
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

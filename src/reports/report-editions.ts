import { Injectable } from '@nestjs/common';
import type { Reader } from '../platform/database/reader';
import { NO_AGENCY } from '../platform/database/system-actor';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { hiddenSince, isOverBy, isToComeBy, weeksOf, withZeros, type Edition } from './engine/edition';
import { latticeOf, type Lattice } from './engine/lattice';
import type { Steps } from './engine/steps';
import { suppressed, type Known } from './engine/suppression';
import { inSlices } from './in-slices';
import { bookShapes, type ReportBook } from './report-books';
import { isZeroByMeaning } from './report-zeros';
import { ReportsStore, type YearSpan } from './reports.store';

export interface Asked {
  readonly reader: Reader;
  readonly year: number;
  readonly span: YearSpan;
}

export interface Counted {
  readonly asOf: Date;
  readonly lattice: Lattice;
}

interface Begun {
  readonly week: string;
  /** Under way where somebody has just asked: whoever asks meanwhile waits for the same. */
  readonly counted: Promise<Counted>;
}

const KEPT = 64;

/**
 * One edition of the figures a week, the same for everybody and in every process: a count that grows while it is asked again would
 * tell the newest. Each is hidden after those before it, so that all together tell nothing of what is hidden.
 */
@Injectable()
export class ReportEditions {
  readonly #known = new Map<string, Begun>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: ReportsStore,
  ) {}

  figures(asked: Asked, book: ReportBook): Promise<Counted> {
    const key = `${book}/${asked.year}`;
    const { week } = asked.span;
    const known = this.#known.get(key);
    if (known && known.week >= week) return known.counted;
    const counted = this.edition(asked, book).then((edition) => laidOut(edition, book));
    if (this.#known.size >= KEPT) this.#known.clear();
    this.#known.set(key, { week, counted });
    counted.catch(() => this.#known.delete(key));
    return counted;
  }

  private async edition(asked: Asked, book: ReportBook): Promise<Edition> {
    const { reader, year, span } = asked;
    const last = await this.store.newestEdition(reader, { book, year });
    if (last !== null && last.week >= span.week) return last;
    const next = await this.next(asked, book, last);
    await this.unitOfWork.runAsSystem(NO_AGENCY, { name: 'keepEdition', isHousekeeping: true }, (tx) => {
      this.store.keepEdition(tx, { book, year, ...next });
      return Promise.resolve({ id: NO_AGENCY });
    });
    // Another process may have been first.
    return (await this.store.newestEdition(reader, { book, year })) ?? next;
  }

  private async next({ reader, year, span }: Asked, book: ReportBook, last: Edition | null): Promise<Edition> {
    const { from, until, asOf: countedAt, week } = span;
    const before = last?.hidden ?? {};
    const isToCome = isToComeBy(year, countedAt);
    const isZero = isZeroByMeaning(book);
    const counts = withZeros(await this.store.counts(reader, book, from, until), last?.counts ?? []);
    const known: Known = {
      hidden: weeksOf(before),
      isOver: isOverBy(year, countedAt),
      isSurelyZero: (cell) => isToCome(cell) || isZero(cell),
    };
    const lattice = await inSlices(latticeOf(counts, bookShapes[book], (figures) => suppressed(figures, known)));
    return { week, countedAt, counts, hidden: hiddenSince(week, lattice.hiddenKeys, before) };
  }
}

const laidOut = async ({ countedAt, counts, hidden }: Edition, book: ReportBook): Promise<Counted> => {
  const asDecided = function* (): Steps<ReadonlySet<string>> {
    return new Set(weeksOf(hidden).keys());
  };
  return { asOf: countedAt, lattice: await inSlices(latticeOf(counts, bookShapes[book], asDecided)) };
};

import { setTimeout } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Reader } from '../platform/database/reader';
import { NO_AGENCY } from '../platform/database/system-actor';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { hiddenSince, isOverBy, standingsOf, withZeros, type Edition } from './engine/edition';
import { latticeOf, type Lattice } from './engine/lattice';
import type { Steps } from './engine/steps';
import { suppressed, type Known } from './engine/suppression';
import { inSlices } from './in-slices';
import { bookShapes, type ReportBook } from './report-books';
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
  /** The edition before, where there is one: told as long as this one takes longer than anybody waits. */
  readonly before: Promise<Counted | null>;
}

const KEPT = 64;
/** So long, in milliseconds, whoever asks waits for a new edition where an earlier one can be told. */
const PATIENCE_MS = 1000;

/**
 * One edition of the figures a week, the same for everybody and in every process: a count that grows while it is asked again would
 * tell the newest. Each is hidden after those before it, so that all together tell nothing of what is hidden.
 */
@Injectable()
export class ReportEditions {
  readonly #known = new Map<string, Begun>();
  /** One is made at a time: each takes the whole process for as long as it lasts, and a count the database. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: ReportsStore,
  ) {}

  /** Of this week; or, while those are still being made, of an earlier one. */
  async figures(asked: Asked, book: ReportBook): Promise<Counted> {
    const { counted, before } = this.begun(asked, book);
    const late = setTimeout(PATIENCE_MS, null, { ref: false });
    return (await Promise.race([counted, late.then(() => before)])) ?? counted;
  }

  private begun(asked: Asked, book: ReportBook): Begun {
    const key = `${book}/${asked.year}`;
    const { week } = asked.span;
    const known = this.#known.get(key);
    if (known && known.week >= week) return known;
    const last = this.store.newestEdition(asked.reader, { book, year: asked.year });
    const before = known?.counted ?? last.then((one) => (one && one.week < week ? laidOut(one, book) : null));
    const edition = before.then(() => last).then((one) => this.edition(asked, book, one));
    const counted = edition.then((one) => laidOut(one, book));
    const begun = { week, counted, before };
    if (this.#known.size >= KEPT) this.#known.clear();
    this.#known.set(key, begun);
    counted.then(
      () => this.#known.set(key, { ...begun, before: counted }),
      () => this.#known.delete(key),
    );
    return begun;
  }

  private async edition(asked: Asked, book: ReportBook, last: Edition | null): Promise<Edition> {
    const { reader, year, span } = asked;
    if (last !== null && last.week >= span.week) return last;
    const next = await this.inTurn(() => this.next(asked, book, last));
    await this.unitOfWork.runAsSystem(NO_AGENCY, { name: 'keepEdition', isHousekeeping: true }, (tx) => {
      this.store.keepEdition(tx, { book, year, ...next });
      return Promise.resolve({ id: NO_AGENCY });
    });
    // Another process may have been first.
    return (await this.store.newestEdition(reader, { book, year })) ?? next;
  }

  private inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => null);
    return done;
  }

  private async next({ reader, year, span }: Asked, book: ReportBook, last: Edition | null): Promise<Edition> {
    const { from, until, asOf: countedAt, week } = span;
    const before = last?.hidden ?? {};
    const counts = withZeros(await this.store.counts(reader, book, from, until), last?.counts ?? []);
    const known: Known = { hidden: standingsOf(before), isOver: isOverBy(year, countedAt) };
    const lattice = await inSlices(latticeOf(counts, bookShapes[book], (figures) => suppressed(figures, known)));
    return { week, countedAt, counts, hidden: hiddenSince(week, lattice, before) };
  }
}

const laidOut = async ({ countedAt, counts, hidden }: Edition, book: ReportBook): Promise<Counted> => {
  const asDecided = function* (): Steps<ReadonlySet<string>> {
    return new Set(standingsOf(hidden).keys());
  };
  return { asOf: countedAt, lattice: await inSlices(latticeOf(counts, bookShapes[book], asDecided)) };
};

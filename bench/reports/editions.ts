import { monitorEventLoopDelay } from 'node:perf_hooks';
import { hiddenSince, standingsOf, type HiddenSince } from '../../src/reports/engine/edition';
import { EVERYWHERE, latticeOf, YEAR, type BaseCount, type Lattice } from '../../src/reports/engine/lattice';
import type { Steps } from '../../src/reports/engine/steps';
import { SMALL_CELL } from '../../src/reports/engine/sums';
import { suppressed, type Figures } from '../../src/reports/engine/suppression';
import { inSlices } from '../../src/reports/in-slices';
import { bookShapes } from '../../src/reports/report-books';
import { weeksOf, type MadeUp } from './made-up-state';

/** Of figures above zero: how many are shown, how many are of eleven and more, and how many there are. */
interface Told {
  readonly shown: number;
  readonly elevenAndMore: number;
  readonly all: number;
}

export interface EditionMeasured {
  readonly week: number;
  readonly all: Told;
  /** Of all counties together. */
  readonly everywhere: Told;
  /** Of one county and the whole year. */
  readonly yearsOfCounties: Told;
  readonly processorSeconds: number;
  /** Without a pause, in milliseconds of the processor. */
  readonly longestStep: number;
  /** How long others waited at most, in milliseconds; on a busy machine also for the processor. */
  readonly longestWait: number;
}

const CELL = /^[^|]*\|([^|]*)\|(.*)$/;
const isEverywhere = (cell: string): boolean => CELL.exec(cell)?.[1] === EVERYWHERE;
const isYearOfCounty = (cell: string): boolean => !isEverywhere(cell) && CELL.exec(cell)?.[2] === YEAR;

const toldOf = ({ things }: Figures, lattice: Lattice, isOf: (cell: string) => boolean): Told => {
  const own = [...things].filter(([cell, many]) => many > 0 && isOf(cell));
  return {
    shown: own.filter(([cell]) => !lattice.isHidden(cell)).length,
    elevenAndMore: own.filter(([, many]) => many >= SMALL_CELL).length,
    all: own.length,
  };
};

const processorMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

class Timed {
  longest = 0;

  *steps<Result>(work: Steps<Result>): Steps<Result> {
    for (;;) {
      const before = processorMs();
      const step = work.next();
      this.longest = Math.max(this.longest, processorMs() - before);
      if (step.done) return step.value;
      yield;
    }
  }
}

const editionOf = async (week: number, counts: readonly BaseCount[], before: HiddenSince) => {
  let figures: Figures = { counts: new Map(), things: new Map(), sums: [] };
  const known = { hidden: standingsOf(before), isOver: () => false };
  const work = latticeOf(counts, bookShapes.OVERDOSES, (of) => {
    figures = of;
    return suppressed(of, known);
  });
  const timed = new Timed();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const from = processorMs();
  delay.enable();
  const lattice = await inSlices(timed.steps(work));
  delay.disable();
  const measured: EditionMeasured = {
    week,
    all: toldOf(figures, lattice, () => true),
    everywhere: toldOf(figures, lattice, isEverywhere),
    yearsOfCounties: toldOf(figures, lattice, isYearOfCounty),
    processorSeconds: Number(((processorMs() - from) / 1000).toFixed(1)),
    longestStep: Math.round(timed.longest),
    longestWait: Math.round(delay.max / 1e6),
  };
  return { measured, hidden: hiddenSince(`2026-W${String(week).padStart(2, '0')}`, lattice, before) };
};

/** Weekly editions of the overdoses of a made-up state, from an empty year on. */
export async function* editionsOf(state: MadeUp, seed: number): AsyncGenerator<EditionMeasured> {
  let before: HiddenSince = {};
  let week = 0;
  for (const counts of weeksOf(state, seed)) {
    week += 1;
    const { measured, hidden } = await editionOf(week, counts, before);
    before = hidden;
    yield measured;
  }
}

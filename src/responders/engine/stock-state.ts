import { isGood, type DrawableLot } from './draw';
import type { StockWarningKind } from './vocabulary';

export interface StockTerms {
  /** False: the agency keeps its stock elsewhere, and nobody here knows what it has. */
  readonly isKept: boolean;
  readonly lowAt: number;
  readonly spikeFactor: number;
  readonly expiringDays: number;
}

export interface StockState {
  /** Doses that may be given. */
  readonly usable: number;
  /** Of these, doses whose date is near. */
  readonly expiring: number;
  readonly expired: number;
  /** Below so many doses the stock is low, now. */
  readonly level: number;
  readonly isLow: boolean;
}

export interface Moment {
  /** ISO date. */
  readonly today: string;
  /** An alert is open that the agency was told of. */
  readonly isSpike: boolean;
}

const MS_A_DAY = 86_400_000;
const dayAfter = (today: string, days: number): string =>
  new Date(Date.parse(today) + days * MS_A_DAY).toISOString().slice(0, 10);

const dosesOf = (lots: readonly Pick<DrawableLot, 'onHand'>[]): number =>
  lots.reduce((sum, { onHand }) => sum + onHand, 0);

/** How a stock stands. While a spike is open, as many times more are wanted as the terms say. */
export const stockStateOf = (
  lots: readonly Pick<DrawableLot, 'onHand' | 'expiresOn'>[],
  terms: StockTerms,
  { today, isSpike }: Moment,
): StockState => {
  const good = lots.filter((lot) => isGood(lot, today));
  const soon = dayAfter(today, terms.expiringDays);
  const usable = dosesOf(good);
  const level = isSpike ? terms.lowAt * terms.spikeFactor : terms.lowAt;
  return {
    usable,
    expiring: dosesOf(good.filter(({ expiresOn }) => expiresOn <= soon)),
    expired: dosesOf(lots) - usable,
    level,
    isLow: terms.isKept && usable < level,
  };
};

export interface WantedWarning {
  readonly kind: StockWarningKind;
  readonly doses: number;
  readonly level: number | null;
}

/** What an agency is to be warned of. */
export const warningsOf = (
  { usable, expiring, expired, level, isLow }: StockState,
  { lowAt }: Pick<StockTerms, 'lowAt'>,
  isSpike: boolean,
): readonly WantedWarning[] => [
  ...(isLow && usable < lowAt ? [{ kind: 'LOW', doses: usable, level: lowAt } as const] : []),
  ...(isSpike && isLow ? [{ kind: 'LOW_IN_SPIKE', doses: usable, level } as const] : []),
  ...(expiring > 0 ? [{ kind: 'EXPIRING', doses: expiring, level: null } as const] : []),
  ...(expired > 0 ? [{ kind: 'EXPIRED', doses: expired, level: null } as const] : []),
];

export interface WarningChanges {
  readonly raised: readonly WantedWarning[];
  readonly ended: readonly StockWarningKind[];
}

/** What changes of the warnings that are open. One of a kind is open at a time, however often it is looked at. */
export const warningChanges = (
  open: readonly StockWarningKind[],
  wanted: readonly WantedWarning[],
): WarningChanges => ({
  raised: wanted.filter(({ kind }) => !open.includes(kind)),
  ended: open.filter((kind) => !wanted.some((one) => one.kind === kind)),
});

import { readRules } from '../platform/config';
import type { StockTerms } from './engine/stock-state';

const NAMES = ['lowAt', 'spikeFactor', 'expiringDays', 'mostExposureDays', 'dosesPerKit', 'mostShelfYears'] as const;

/** When a stock is low, what a kit holds, and how far back an exposure may be reported, from `rules/naloxone.json`. */
export class ResponderRules implements Omit<StockTerms, 'isKept'> {
  readonly lowAt: number;
  readonly spikeFactor: number;
  readonly expiringDays: number;
  readonly mostExposureDays: number;
  readonly dosesPerKit: number;
  readonly mostShelfYears: number;

  /** Throws for what is missing or out of its range. */
  constructor(content: Readonly<Record<string, unknown>>) {
    const wrong = NAMES.filter((name) => !Number.isInteger(content[name]) || (content[name] as number) < 1);
    if (wrong.length > 0) throw new Error(`rules/naloxone.json: ${wrong.join(', ')} must be whole numbers from 1`);
    const { lowAt, spikeFactor, expiringDays, mostExposureDays, dosesPerKit, mostShelfYears } = content as Readonly<
      Record<(typeof NAMES)[number], number>
    >;
    this.lowAt = lowAt;
    this.spikeFactor = spikeFactor;
    this.expiringDays = expiringDays;
    this.mostExposureDays = mostExposureDays;
    this.dosesPerKit = dosesPerKit;
    this.mostShelfYears = mostShelfYears;
  }
}

export const responderRules = (): ResponderRules =>
  new ResponderRules(readRules('naloxone.json') as Readonly<Record<string, unknown>>);

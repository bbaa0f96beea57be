import { readRules } from '../platform/config';

/** Time limits of emergencies and accountings, from `rules/oversight.json`. Whole numbers. */
export class OversightRules {
  readonly emergencyMinutes: number;
  readonly accountingYears: number;

  /** Throws for a limit that is missing or out of its range. */
  constructor(content: Readonly<Record<string, unknown>>) {
    const limit = (name: string, most: number): number => {
      const value = content[name];
      if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most) return value;
      throw new Error(`rules/oversight.json: ${name} must be a whole number from 1 to ${most}`);
    };
    // The database lets no emergency last longer than a day.
    this.emergencyMinutes = limit('emergencyMinutes', 24 * 60);
    this.accountingYears = limit('accountingYears', 10);
  }
}

export const oversightRules = (): OversightRules =>
  new OversightRules(readRules('oversight.json') as Readonly<Record<string, unknown>>);

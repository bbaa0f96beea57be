import { Duration } from 'luxon';
import { readRules } from '../platform/config';

const MOST_DAYS = 60;

/** How long a school keeps a notice, from `rules/handle-with-care.json`. */
export class NoticeRules {
  readonly keepDays: number;
  /** ISO 8601. */
  readonly waitAtMost: string;

  /** Throws for what is missing or out of its range. */
  constructor({ keepDays, waitAtMost }: Readonly<Record<string, unknown>>) {
    const isDays = typeof keepDays === 'number' && Number.isInteger(keepDays) && keepDays >= 1 && keepDays <= MOST_DAYS;
    if (!isDays) throw new Error(`rules/handle-with-care.json: keepDays must be a whole number from 1 to ${MOST_DAYS}`);
    const isTerm = typeof waitAtMost === 'string' && Duration.fromISO(waitAtMost).isValid;
    if (!isTerm) throw new Error('rules/handle-with-care.json: waitAtMost is no length of time');
    this.keepDays = keepDays;
    this.waitAtMost = waitAtMost;
  }
}

export const noticeRules = (): NoticeRules =>
  new NoticeRules(readRules('handle-with-care.json') as Readonly<Record<string, unknown>>);

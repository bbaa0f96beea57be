import { readRules } from '../platform/config';

const MOST_DAYS = 60;

/** How long a school keeps a notice, from `rules/handle-with-care.json`. */
export class NoticeRules {
  readonly keepDays: number;

  /** Throws for what is missing or out of its range. */
  constructor({ keepDays }: Readonly<Record<string, unknown>>) {
    const isDays = typeof keepDays === 'number' && Number.isInteger(keepDays) && keepDays >= 1 && keepDays <= MOST_DAYS;
    if (!isDays) throw new Error(`rules/handle-with-care.json: keepDays must be a whole number from 1 to ${MOST_DAYS}`);
    this.keepDays = keepDays;
  }
}

export const noticeRules = (): NoticeRules =>
  new NoticeRules(readRules('handle-with-care.json') as Readonly<Record<string, unknown>>);

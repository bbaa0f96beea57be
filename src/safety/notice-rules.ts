import { addMinutes } from '../kernel/clock';
import type { TellingWords } from '../kernel/plain-words';
import { readRules } from '../platform/config';

const MOST_DAYS = 60;
/** However long a school is closed, a child’s name lies there no longer. */
const MOST_DAYS_FROM_SENDING = 120;
const MINUTES_A_DAY = 1440;

/** How long a school keeps a notice, from `rules/handle-with-care.json`, and what must not stand in one, from `rules/telling-words.json`. */
export class NoticeRules {
  readonly keepDays: number;

  /** Throws for what is missing or out of its range. */
  constructor(
    { keepDays }: Readonly<Record<string, unknown>>,
    readonly telling: TellingWords,
  ) {
    const isDays = typeof keepDays === 'number' && Number.isInteger(keepDays) && keepDays >= 1 && keepDays <= MOST_DAYS;
    if (!isDays) throw new Error(`rules/handle-with-care.json: keepDays must be a whole number from 1 to ${MOST_DAYS}`);
    this.keepDays = keepDays;
  }

  /**
   * When the school’s row goes: so many days after its first bell, which after a long break comes later than the sender’s deadline;
   * null: none is known.
   */
  expiresAt(sentAt: Date, dueAt: Date, firstBell: Date | null): Date {
    const after = (moment: Date, days: number): number => addMinutes(moment, days * MINUTES_A_DAY).getTime();
    const kept = firstBell === null ? Infinity : after(firstBell, this.keepDays);
    return new Date(Math.max(after(dueAt, this.keepDays), Math.min(kept, after(sentAt, MOST_DAYS_FROM_SENDING))));
  }
}

export const noticeRules = (): NoticeRules =>
  new NoticeRules(
    readRules('handle-with-care.json') as Readonly<Record<string, unknown>>,
    readRules('telling-words.json') as TellingWords,
  );

interface WeeklyTime {
  readonly startsAt: Date;
  /** Null: held nowhere near. */
  readonly miles: number | null;
  readonly meeting: { readonly weekday: number };
}

const farOf = ({ miles }: WeeklyTime): number => miles ?? Number.MAX_VALUE;
const byNearness = (one: WeeklyTime, other: WeeklyTime): number => farOf(one) - farOf(other);

/**
 * At most so many times of a week, in the order in which they begin: the nearest of each day, then the second nearest of each, and so on;
 * where not all of those fit, the nearer ones. Of equally near ones those that were given first.
 */
export const spreadOverWeek = <Time extends WeeklyTime>(times: readonly Time[], most: number): Time[] => {
  const seen = new Map<number, number>();
  const ranked = [...times].sort(byNearness).map((time) => {
    const rank = seen.get(time.meeting.weekday) ?? 0;
    seen.set(time.meeting.weekday, rank + 1);
    return { time, rank };
  });
  return ranked
    .sort((one, other) => one.rank - other.rank)
    .slice(0, most)
    .map(({ time }) => time)
    .sort((one, other) => one.startsAt.getTime() - other.startsAt.getTime());
};

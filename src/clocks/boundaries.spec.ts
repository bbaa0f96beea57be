import { DateTime } from 'luxon';
import { clockKindNames, type ClockKind } from './clock-kinds';
import { Terms } from './clocks.service';
import { clockDefinitions } from './definitions';
import { advance } from './engine/ladder';
import { dueByBell } from './next-bell';

const zone = 'America/New_York';
const terms = new Terms({ agencyId: '', programId: null, state: 'OH', zone, settings: [] });
const at = (text: string): Date => DateTime.fromISO(text, { zone }).toJSDate();
const iso = (moment: Date): string | null =>
  DateTime.fromJSDate(moment, { zone }).toISO({ suppressMilliseconds: true, suppressSeconds: true });

/** When it starts, and the instant at which it is due, written out by hand. */
type Deadline = readonly [start: string, due: string];
interface Boundary {
  /** Over a change of clocks: forward on 8 March 2026 at two in the morning, back on 1 November. */
  readonly daylight: Deadline;
  /** Over a holiday, or onto one: Thanksgiving is on 26 November 2026. */
  readonly holiday: Deadline;
}

/** Every clock of domain §5 that this room keeps. Those under federal law count every day; what people do at a desk rolls on. */
const boundaries: Readonly<Record<ClockKind, Boundary>> = {
  OFFER_ACKNOWLEDGED: {
    daylight: ['2026-03-08T01:45', '2026-03-08T03:15-04:00'],
    holiday: ['2026-11-26T10:00', '2026-11-26T10:30-05:00'],
  },
  OFFER_DECIDED: {
    daylight: ['2026-11-01T00:30', '2026-11-01T01:30-05:00'],
    holiday: ['2026-11-25T23:00', '2026-11-26T01:00-05:00'],
  },
  HOLD_ENDS: {
    daylight: ['2026-03-08T01:00', '2026-03-08T04:00-04:00'],
    holiday: ['2026-11-26T23:00', '2026-11-27T01:00-05:00'],
  },
  ARRIVAL_DECIDED: {
    daylight: ['2026-03-08T00:30', '2026-03-08T05:30-04:00'],
    holiday: ['2026-11-25T22:00', '2026-11-26T02:00-05:00'],
  },
  STAY_CONFIRMED: {
    daylight: ['2026-02-16T09:00', '2026-03-18T09:00-04:00'],
    holiday: ['2026-10-27T10:00', '2026-11-27T10:00-05:00'],
  },
  INFO_PROVIDED: {
    daylight: ['2026-03-04T09:00', '2026-03-11T09:00-04:00'],
    holiday: ['2026-11-19T10:00', '2026-11-26T10:00-05:00'],
  },
  INTERIM_SERVICES: {
    daylight: ['2026-03-07T12:00', '2026-03-09T13:00-04:00'],
    holiday: ['2026-11-25T09:00', '2026-11-27T09:00-05:00'],
  },
  ADMISSION: {
    daylight: ['2026-10-25T12:00', '2026-11-08T12:00-05:00'],
    holiday: ['2026-11-12T12:00', '2026-11-26T12:00-05:00'],
  },
  ADMISSION_WITH_INTERIM: {
    daylight: ['2026-07-04T12:00', '2026-11-01T12:00-05:00'],
    holiday: ['2026-07-29T12:00', '2026-11-26T12:00-05:00'],
  },
  WAITLIST_CONTACT: {
    daylight: ['2026-03-03T10:00', '2026-03-10T10:00-04:00'],
    holiday: ['2026-11-19T10:00', '2026-11-27T10:00-05:00'],
  },
  PLACE_FOUND: {
    daylight: ['2026-07-04T12:00', '2026-11-01T12:00-05:00'],
    holiday: ['2026-07-29T12:00', '2026-11-26T12:00-05:00'],
  },
  BRIDGE_ENDS: {
    daylight: ['2026-03-06T12:00', '2026-03-09T13:00-04:00'],
    holiday: ['2026-11-24T12:00', '2026-11-27T12:00-05:00'],
  },
  INTERIM_METHADONE_ENDS: {
    daylight: ['2026-05-10T12:00', '2026-11-06T11:00-05:00'],
    holiday: ['2026-05-30T12:00', '2026-11-26T11:00-05:00'],
  },
  CAPACITY_NOTICE: {
    daylight: ['2026-03-04T09:00', '2026-03-11T09:00-04:00'],
    holiday: ['2026-12-18T09:00', '2026-12-25T09:00-05:00'],
  },
  CENSUS_FRESH: {
    daylight: ['2026-03-07T12:00', '2026-03-08T13:00-04:00'],
    holiday: ['2026-11-25T18:00', '2026-11-26T18:00-05:00'],
  },
  FOLLOW_UP_DAY_30: {
    daylight: ['2026-10-26T10:00', '2026-11-25T10:00-05:00'],
    holiday: ['2026-10-27T10:00', '2026-11-27T10:00-05:00'],
  },
  FOLLOW_UP_DAY_90: {
    daylight: ['2026-08-27T10:00', '2026-11-25T10:00-05:00'],
    holiday: ['2026-08-28T10:00', '2026-11-27T10:00-05:00'],
  },
  ACCOUNTING_ANSWERED: {
    daylight: ['2026-10-20T12:00', '2026-11-19T11:00-05:00'],
    holiday: ['2026-11-26T12:00', '2026-12-26T12:00-05:00'],
  },
  BREAK_GLASS_REVIEWED: {
    daylight: ['2026-03-06T12:00', '2026-03-09T13:00-04:00'],
    holiday: ['2026-11-24T12:00', '2026-11-27T12:00-05:00'],
  },
  OUTREACH_VISIT: {
    daylight: ['2026-03-06T12:00', '2026-03-09T13:00-04:00'],
    holiday: ['2026-11-24T12:00', '2026-11-27T12:00-05:00'],
  },
  OUTREACH_STOP: {
    daylight: ['2026-03-04T09:00', '2026-03-11T10:00-04:00'],
    holiday: ['2026-11-20T09:00', '2026-11-27T09:00-05:00'],
  },
  OUTREACH_FAMILY_VISIT: {
    daylight: ['2026-02-20T10:00', '2026-03-20T10:00-04:00'],
    holiday: ['2026-10-29T10:00', '2026-11-26T10:00-05:00'],
  },
  OUTREACH_FAMILY_STOP: {
    daylight: ['2026-02-20T10:00', '2026-04-03T10:00-04:00'],
    holiday: ['2026-10-15T10:00', '2026-11-26T10:00-05:00'],
  },
  OUTREACH_AT_RISK_VISIT: {
    daylight: ['2026-03-07T12:00', '2026-03-09T13:00-04:00'],
    holiday: ['2026-11-25T09:00', '2026-11-27T09:00-05:00'],
  },
  OUTREACH_ACKNOWLEDGED: {
    daylight: ['2026-03-07T12:00', '2026-03-08T13:00-04:00'],
    holiday: ['2026-11-25T18:00', '2026-11-26T18:00-05:00'],
  },
  OUTREACH_ASSIGNED: {
    daylight: ['2026-10-31T12:00', '2026-11-01T11:00-05:00'],
    holiday: ['2026-11-25T18:00', '2026-11-26T18:00-05:00'],
  },
  NOTICE_READ: {
    daylight: ['2026-03-06T20:00', '2026-03-09T08:00-04:00'],
    holiday: ['2026-11-25T08:00', '2026-11-27T08:00-05:00'],
  },
  CHILD_RECEIVED: {
    daylight: ['2026-11-01T01:30-04:00', '2026-11-01T01:30-05:00'],
    holiday: ['2026-11-26T10:00', '2026-11-26T11:00-05:00'],
  },
  CHILD_SETTLED: {
    daylight: ['2026-11-01T00:00', '2026-11-01T03:00-05:00'],
    holiday: ['2026-11-25T22:00', '2026-11-26T02:00-05:00'],
  },
  RESTOCK_ANSWERED: {
    daylight: ['2026-10-31T12:00', '2026-11-01T11:00-05:00'],
    holiday: ['2026-11-25T18:00', '2026-11-26T18:00-05:00'],
  },
  RESTOCK_RECEIVED: {
    daylight: ['2026-03-03T10:00', '2026-03-10T10:00-04:00'],
    holiday: ['2026-11-19T10:00', '2026-11-27T10:00-05:00'],
  },
  EXPOSURE_REVIEWED: {
    daylight: ['2026-10-31T12:00', '2026-11-01T11:00-05:00'],
    holiday: ['2026-11-25T18:00', '2026-11-26T18:00-05:00'],
  },
  EXPOSURE_FOLLOWED_UP: {
    daylight: ['2026-03-03T10:00', '2026-03-10T10:00-04:00'],
    holiday: ['2026-11-19T10:00', '2026-11-27T10:00-05:00'],
  },
};
const rows = clockKindNames.flatMap((kind) =>
  (['daylight', 'holiday'] as const).map((over) => [kind, over, ...boundaries[kind][over]] as const),
);

describe('a clock at its boundary', () => {
  it.each(rows)('%s over %s, from %s: not due an instant before %s, due at it', (kind, _, start, due) => {
    const startedAt = at(start);
    const dueAt = terms.dueAt(kind, startedAt);
    expect(iso(dueAt)).toBe(due);
    const { ladder } = clockDefinitions().versionAt(startedAt).clocks[kind];
    const fresh = { startedAt, dueAt, step: 0, isBreached: false };
    const before = advance(fresh, ladder, new Date(dueAt.getTime() - 1));
    expect(before.isBreached).toBe(false);
    expect(before.nextAt?.getTime()).toBeLessThanOrEqual(dueAt.getTime());
    const reached = advance({ ...fresh, step: before.step }, ladder, dueAt);
    expect(reached.isBreached).toBe(true);
    const isDue = ladder.filter(({ afterMinutes }) => afterMinutes === 0);
    expect(reached.told).toEqual(isDue);
  });

  it.each([
    // In the night of the change of clocks the bell rings at the hour of the school.
    ['2026-03-06T20:00', '2026-03-09T08:00-04:00'],
    ['2026-10-30T20:00', '2026-11-02T08:00-05:00'],
    ['2026-11-25T07:59:59.999', '2026-11-25T08:00-05:00'],
    ['2026-11-25T08:00', '2026-11-27T08:00-05:00'],
    ['2026-12-24T08:00', '2026-12-28T08:00-05:00'],
  ])('a notice to a school of %s is due with the bell at %s', (start, due) => {
    expect(iso(dueByBell('P7D', at(start), clockDefinitions().bellsOf('OH')))).toBe(due);
  });
});

import { defaultSpikePolicy, type SpikePolicy } from '../../src/surveillance/engine/policy';
import type { Alert } from '../../src/surveillance/engine/replay';
import { DAY_MS } from '../../src/surveillance/engine/timeline';
import { grouped } from './grouped';
import type { EventFile } from './read-events';

const SHOWN = 8;
/** Days of a place’s own, and the guard day after them. */
export const NOT_JUDGED_DAYS = defaultSpikePolicy.minimumDays + 1;

const namesOf = (places: readonly string[]): string => {
  const more = places.length - SHOWN;
  const shown = places.slice(0, SHOWN).map((place) => `“${place}”`);
  return shown.join(', ') + (more > 0 ? ` and ${more} more` : '');
};

/** What a short past leaves open, and where it does. */
export const historyNotes = (
  { events, watch }: EventFile,
  { alerts, notJudged }: { readonly alerts: readonly Alert[]; readonly notJudged: readonly string[] },
  policy: SpikePolicy,
): readonly string[] => {
  const places = [...watch.from.values()];
  const days = policy.shortHistoryDays;
  const short = places.filter((from) => watch.until - from < days * DAY_MS).length;
  const counts = [...grouped(events, ({ place }) => place).values()].map((own) => own.length);
  const few = places.length - counts.filter((count) => count >= policy.minimumCount).length;
  const isEarly = ({ raised }: Alert): boolean => (raised.details['historyDays'] as number) < days;
  const early = alerts.filter(isEarly).length;
  return [
    ...(short > 0
      ? [
          `${short} of ${places.length} places have less than ${days} days of history: only the obvious is a spike there.`,
        ]
      : []),
    ...(notJudged.length > 0
      ? [
          `${notJudged.length} of ${places.length} places were not judged (NOT_JUDGED) in their first ${NOT_JUDGED_DAYS} days, in which they ` +
            `have ${policy.minimumCount} reports or more: ${namesOf(notJudged)}. Neither their own past nor three other places say whether ` +
            'that is many there.',
        ]
      : []),
    ...(few > 0
      ? [`${few} of ${places.length} places have fewer than ${policy.minimumCount} reports, and so no alert.`]
      : []),
    ...(early > 0
      ? [
          `${early} alerts are from the first ${days} days of their place (SHORT_HISTORY): what was expected is uncertain, ` +
            'and drawn to the rate of the other places where three or more are known.',
        ]
      : []),
  ];
};

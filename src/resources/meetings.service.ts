import { Injectable } from '@nestjs/common';
import { isRefusal, type Refusal } from '../kernel/refusal';
import type { Reader } from '../platform/database/reader';
import { addMinutes } from '../kernel/clock';
import { beginsIn } from './meeting-times';
import type { MeetingsNearArgs } from './meetings-near.args';
import { MeetingsStore, type SupportMeetingRow } from './meetings.store';
import { boxAround, milesBetween, placeGiven, type Place } from './near';

export interface MeetingTimeRow {
  readonly meeting: SupportMeetingRow;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** Null: held online only. */
  readonly miles: number | null;
}

export interface MeetingsNearRow {
  readonly times: readonly MeetingTimeRow[];
  readonly total: number;
}

export type MeetingsAsked = Pick<MeetingsNearArgs, 'withinMiles' | 'mayBeOnline'> & {
  readonly firstDay?: string | null;
  readonly language?: string | null;
};

/** Support-group meetings near a place, this week. */
@Injectable()
export class MeetingsService {
  constructor(private readonly store: MeetingsStore) {}

  async near(reader: Reader, args: MeetingsNearArgs): Promise<MeetingsNearRow | Refusal> {
    const place = placeGiven(args, '');
    if (isRefusal(place)) return place;
    const times = await this.nearPlace(reader, place, args);
    return { times: times.slice(0, args.first), total: times.length };
  }

  /** All of a week, in the order of their beginnings. */
  async nearPlace(reader: Reader, place: Place, asked: MeetingsAsked): Promise<MeetingTimeRow[]> {
    const { withinMiles, mayBeOnline, firstDay = null, language = null } = asked;
    const rows = await this.store.within(reader, { place, box: boxAround(place, withinMiles), mayBeOnline, language });
    const times = rows.flatMap((meeting) => {
      const miles = milesTo(meeting, place);
      if (miles !== null && miles > withinMiles) return [];
      const startsAt = beginsIn(meeting, { asOf: meeting.asOf, firstDay });
      return [{ meeting, startsAt, endsAt: addMinutes(startsAt, meeting.durationMinutes), miles }];
    });
    return times.sort(
      (one, other) => one.startsAt.getTime() - other.startsAt.getTime() || (one.miles ?? 0) - (other.miles ?? 0),
    );
  }
}

const milesTo = ({ venueKind, latitude, longitude }: SupportMeetingRow, place: Place): number | null =>
  venueKind === 'ONLINE' || latitude === null || longitude === null
    ? null
    : milesBetween(place, { latitude, longitude });

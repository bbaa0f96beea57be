import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { VenueKindEnum } from './meeting.enums';
import type { VenueKind } from './meeting-words';

@ObjectType({ description: 'What a meeting is like, in the words of the list it comes from.' })
export class MeetingFormat {
  @Field({ description: 'Short code of the list, for example `O`.' })
  key: string;

  @Field({ description: 'For example “Open”, “Wheelchair”, “Beginners”.' })
  name: string;
}

@ObjectType({
  description: 'A support-group meeting that takes place every week. From published lists; no person in it.',
})
export class SupportMeeting {
  @Field(() => ID)
  id: string;

  @Field({ description: 'As its group calls it.' })
  name: string;

  @Field(() => Int, { description: '1 = Monday … 7 = Sunday (ISO 8601).' })
  weekday: number;

  @Field(() => Int, { description: 'Minutes after midnight, by the clocks of `timeZone`.' })
  startMinute: number;

  @Field(() => Int, { description: 'Length in minutes.' })
  durationMinutes: number;

  @Field({ description: 'IANA time zone of the place, for example `America/New_York`.' })
  timeZone: string;

  @Field(() => VenueKindEnum)
  venueKind: VenueKind;

  @Field(() => String, { nullable: true, description: 'Name of the building, for example a church.' })
  venue: string | null;

  @Field(() => String, { description: 'Street and number, as published; null: not told.', nullable: true })
  street: string | null;

  @Field(() => String, { description: 'Town or city, as published; null: not told.', nullable: true })
  city: string | null;

  @Field(() => String, { nullable: true, description: 'USPS code.' })
  state: string | null;

  @Field(() => String, { description: 'ZIP code, as published; null: not told.', nullable: true })
  postalCode: string | null;

  @Field(() => String, { nullable: true, description: 'How to find the room, as its group says it.' })
  directions: string | null;

  @Field(() => Float, { nullable: true, description: 'Degrees north, WGS 84.' })
  latitude: number | null;

  @Field(() => Float, { nullable: true, description: 'Degrees east, WGS 84.' })
  longitude: number | null;

  @Field(() => String, { nullable: true, description: 'Address of the video meeting: http or https.' })
  onlineUrl: string | null;

  @Field(() => String, { nullable: true, description: 'Telephone number to dial in.' })
  dialIn: string | null;

  @Field({ description: 'Language it is held in: BCP-47 primary subtag.' })
  language: string;

  @Field(() => [MeetingFormat], { description: 'What kind of meeting it is, as published; empty: not told.' })
  formats: MeetingFormat[];
}

@ObjectType({ description: 'One meeting within the week asked for.' })
export class MeetingTime {
  @Field(() => SupportMeeting)
  meeting: SupportMeeting;

  @Field(() => Date, { description: 'When it begins.' })
  startsAt: Date;

  @Field(() => Date, { description: 'When it ends.' })
  endsAt: Date;

  @Field(() => Float, { nullable: true, description: 'In a straight line; null: held online only.' })
  miles: number | null;
}

@ObjectType({ description: 'Support-group meetings near a place within seven days.' })
export class MeetingsNear {
  @Field(() => [MeetingTime], { description: 'The earliest first.' })
  times: MeetingTime[];

  @Field(() => Int, {
    description: 'How many there are, shown or not, among the 2,000 nearest; those online only count as farthest.',
  })
  total: number;
}

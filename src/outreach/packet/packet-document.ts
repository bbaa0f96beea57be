import { DateTime } from 'luxon';
import type { CrisisLineFacts, MeetingTimeRow } from '../../resources';
import { printedParts } from '../engine/leave-behind';
import type { LeaveBehind, PacketPart } from '../outreach.words';
import { printableText } from '../../platform/pdf';
import { isPlain } from '../telling-words';
import { filled, type PacketWords } from './packet-texts';
import type { OpenProgramRow } from '../../capacity';

/** What a packet is made of. No person and no address in it: what stands here may lie on a table. */
export interface PacketFacts {
  readonly madeAt: Date;
  readonly zone: string;
  readonly leaveBehind: LeaveBehind;
  readonly team: { readonly name: string; readonly phone: string };
  readonly meetings: readonly MeetingTimeRow[];
  readonly places: readonly (OpenProgramRow & { readonly miles: number })[];
  readonly lines: readonly CrisisLineFacts[];
}

/** One thing of a list: what it is, and what is said of it. */
export interface Item {
  readonly head: string;
  readonly body: readonly string[];
}
export interface Section {
  readonly part: PacketPart;
  readonly title: string;
  readonly text: readonly string[];
  readonly items: readonly Item[];
  readonly isNumbered: boolean;
}
export interface PacketDocument {
  readonly title: string;
  readonly locale: string;
  readonly madeAt: Date;
  readonly isCard: boolean;
  readonly sections: readonly Section[];
}

/** Lines whose names and words tell a stranger nothing. */
const PLAIN_LINES = new Set(['EMERGENCY', 'SUICIDE_AND_CRISIS']);

const isPlainLine = ({ id, name, does }: CrisisLineFacts): boolean => PLAIN_LINES.has(id) && isPlain(`${name} ${does}`);

const listed = (part: PacketPart, title: string, text: readonly string[], items: readonly Item[] = []): Section => ({
  part,
  title,
  text,
  items,
  isNumbered: false,
});

const joined = (parts: readonly (string | null)[], by: string): string => parts.filter(Boolean).join(by);

/** What others wrote, as far as it can be printed; the rest is left out. */
const printed = (lines: readonly (string | null)[]): string[] =>
  lines.flatMap((line) => (line === null ? [] : (printableText(line) ?? [])));

const meetingItem = ({ meeting, startsAt, miles }: MeetingTimeRow, words: PacketWords): Item => {
  const at = DateTime.fromJSDate(startsAt, { zone: meeting.timeZone }).setLocale(words.locale).toFormat(words.time);
  const far = miles === null ? null : filled(words.places.miles, { miles: miles.toFixed(1) });
  const where =
    meeting.venueKind === 'ONLINE'
      ? words.meetings.online
      : joined(printed([meeting.venue, meeting.street, meeting.city]), ', ');
  return {
    head: `${capital(at)} – ${printableText(meeting.name) ?? words.meetings.unnamed}`,
    body: printed([joined([where, far], ' – '), meeting.directions, meeting.onlineUrl, meeting.dialIn]),
  };
};

const placeItem = (place: PacketFacts['places'][number], words: PacketWords, zone: string): Item => {
  const when = DateTime.fromJSDate(place.attestedAt, { zone }).setLocale(words.locale).toFormat(words.day);
  const far = filled(words.places.miles, { miles: place.miles.toFixed(0) });
  return {
    head: joined([printableText(place.name) ?? words.places.unnamed, place.phone], ' – '),
    body: [
      joined([place.levelsOfCare.map((level) => words.care[level]).join('; ')], ''),
      joined([...printed([place.street, place.city]), far], ', '),
      filled(words.places.room, { count: String(place.available), when }),
    ].filter((line) => line !== ''),
  };
};

const lineItem = ({ name, phone, text, does }: CrisisLineFacts, words: PacketWords): Item => ({
  head: joined([`${name} – ${phone}`, text && filled(words.lines.text, { text })], ' '),
  body: [does],
});

const capital = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);

type Compose = (facts: PacketFacts, words: PacketWords) => Section;

const composed: Readonly<Record<PacketPart, Compose>> = {
  OUTSIDE: ({ team }, { outside }) =>
    listed('OUTSIDE', outside.title, [...outside.lines, outside.call, team.phone, team.name]),
  PLAIN_LINES: ({ lines }, words) =>
    listed(
      'PLAIN_LINES',
      words.lines.title,
      [],
      lines.filter(isPlainLine).map((line) => lineItem(line, words)),
    ),
  MEETINGS: ({ meetings }, words) =>
    listed(
      'MEETINGS',
      words.meetings.title,
      [meetings.length > 0 ? words.meetings.note : words.meetings.none],
      meetings.map((meeting) => meetingItem(meeting, words)),
    ),
  PLACES: ({ places, zone }, words) =>
    listed(
      'PLACES',
      words.places.title,
      [places.length > 0 ? words.places.note : words.places.none],
      places.map((place) => placeItem(place, words, zone)),
    ),
  PRIMER: (_, { primer }) => ({
    part: 'PRIMER',
    title: primer.title,
    text: [primer.intro, primer.safe],
    items: primer.steps.map((head) => ({ head, body: [] })),
    isNumbered: true,
  }),
  LINES: ({ lines }, words) =>
    listed(
      'LINES',
      words.lines.title,
      [],
      lines.map((line) => lineItem(line, words)),
    ),
  TEAM: ({ team }, { us, outside }) => listed('TEAM', us.title, [us.text, `${outside.call} ${team.phone}`, team.name]),
};

/** What is printed under the program’s policy; null: nothing. */
export const packetDocument = (facts: PacketFacts, words: PacketWords): PacketDocument | null => {
  const parts = printedParts(facts.leaveBehind);
  if (parts.length === 0) return null;
  return {
    title: words.title,
    locale: words.locale,
    madeAt: facts.madeAt,
    isCard: !parts.includes('MEETINGS'),
    sections: parts.map((part) => composed[part](facts, words)),
  };
};

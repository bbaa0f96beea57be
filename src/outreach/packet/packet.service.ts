import { Injectable } from '@nestjs/common';
import { counties } from '../../agencies';
import { OpenProgramsStore } from '../../capacity';
import { isRefusal, notFound, type Refusal } from '../../kernel/refusal';
import type { Reader } from '../../platform/database/reader';
import {
  boxAround,
  CrisisLines,
  MeetingsService,
  milesBetween,
  placeGiven,
  type HelpLanguage,
  type Place,
} from '../../resources';
import { printedParts } from '../engine/leave-behind';
import { spreadOverWeek } from '../engine/spread-over-week';
import { OutreachProgramsStore, type OutreachProgramRow } from '../outreach-programs.store';
import { isPlain } from '../telling-words';
import { packetDocument, type PacketFacts } from './packet-document';
import { packetPdf } from './packet-pdf';
import { PacketTexts, type PacketWords } from './packet-texts';
import type { PacketArgs } from './packet.args';

/** More than anybody reads. */
const MEETINGS_PRINTED = 12;
const PLACES_PRINTED = 6;

export interface PacketRow extends PacketFacts {
  readonly program: OutreachProgramRow;
  readonly language: HelpLanguage;
  readonly words: PacketWords;
}

/** What a person may carry home: made from what is near a place right now. Nothing of it is kept. */
@Injectable()
export class PacketService {
  constructor(
    private readonly programs: OutreachProgramsStore,
    private readonly meetings: MeetingsService,
    private readonly open: OpenProgramsStore,
    private readonly lines: CrisisLines,
    private readonly texts: PacketTexts,
  ) {}

  async make(reader: Reader, args: PacketArgs): Promise<PacketRow | Refusal> {
    const place = placeGiven(args, '');
    if (isRefusal(place)) return place;
    const program = await this.programs.find(reader, args.programId);
    if (!program) return notFound('outreach program');
    const { withinMiles, language } = args;
    const times = await this.meetings.nearPlace(reader, place, { withinMiles, mayBeOnline: true });
    const { phone, leaveBehind, timeZone: zone } = program;
    const state = counties().county(program.countyFips[0] ?? '')?.state ?? null;
    const words = this.texts.in(language);
    return {
      program,
      language,
      words,
      madeAt: await this.programs.now(reader),
      zone,
      leaveBehind,
      // The list of telling words may have grown since the name was taken.
      team: { name: isPlain(program.publicName) ? program.publicName : words.outside.name, phone },
      meetings: spreadOverWeek(times, MEETINGS_PRINTED),
      places: await this.placesNear(reader, place, withinMiles),
      lines: this.lines.in(language, state),
    };
  }

  /** Base64; null: the policy prints nothing. */
  async pdf(packet: PacketRow): Promise<string | null> {
    const document = packetDocument(packet, packet.words);
    return document && (await packetPdf(document)).toString('base64');
  }

  private async placesNear(reader: Reader, place: Place, miles: number): Promise<PacketRow['places']> {
    const found = await this.open.within(reader, boxAround(place, miles));
    return found
      .map((program) => ({ ...program, miles: milesBetween(place, program) }))
      .filter((program) => program.miles <= miles)
      .sort((one, other) => one.miles - other.miles)
      .slice(0, PLACES_PRINTED);
  }
}

export const partsOf = ({ leaveBehind }: PacketRow) => printedParts(leaveBehind);

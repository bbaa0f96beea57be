import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import { Program } from '../../capacity';
import type { LevelOfCare } from '../../kernel/vocabulary';
import { LevelOfCareEnum } from '../../platform/graphql';
import { CrisisLine, HelpLanguageEnum, MeetingTime, type HelpLanguage } from '../../resources';
import { OutreachProgram } from '../outreach-program.type';
import { LeaveBehindEnum, PacketPartEnum } from '../outreach.enums';
import type { LeaveBehind, PacketPart } from '../outreach.words';

@ObjectType({ description: 'A program near the place with room by a census that is still fresh.' })
export class PacketPlace {
  @Field(() => Program, { nullable: true })
  program: Program | null;

  @Field(() => String, { nullable: true, description: 'How to reach it: its own number, else its agency’s.' })
  phone: string | null;

  @Field(() => [LevelOfCareEnum], { description: 'Levels of care with room.' })
  levelsOfCare: LevelOfCare[];

  @Field(() => Int, { description: 'Places that were free by the census, over all its pools with room.' })
  available: number;

  @Field(() => Date, { description: 'When the oldest of these censuses was attested: as good as the number is.' })
  attestedAt: Date;

  @Field(() => Float, { description: 'In a straight line.' })
  miles: number;
}

@ObjectType({ description: 'What a stranger may see: names no drug, no overdose, no treatment, no police.' })
export class PacketOutside {
  @Field({ description: 'What stands on the outside; it names neither drug nor overdose.' })
  title: string;

  @Field(() => [String], { description: 'What may be read from outside, line by line; empty: nothing but the title.' })
  lines: string[];

  @Field({ description: 'The program’s public name; other words where it would tell a stranger why somebody came.' })
  team: string;

  @Field({ description: 'The team’s number.' })
  phone: string;
}

@ObjectType({ description: 'How to use naloxone, in plain words.' })
export class NaloxonePrimer {
  @Field({ description: 'Heading, in the language of the packet.' })
  title: string;

  @Field({ description: 'What naloxone is, one or two sentences.' })
  intro: string;

  @Field(() => [String], { description: 'In order.' })
  steps: string[];

  @Field({ description: 'That it does no harm, one or two sentences.' })
  safe: string;
}

@ObjectType({
  description:
    'The packet for a place and a language, as data and to print: no person and no address in it. The whole of it is here for whoever talks with the person; what is printed is the program’s leave-behind policy.',
})
export class Packet {
  @Field(() => OutreachProgram, { nullable: true })
  program: OutreachProgram | null;

  @Field(() => HelpLanguageEnum)
  language: HelpLanguage;

  @Field(() => Date, {
    description: 'When it was put together, by the database’s clock: room and meetings are as of then.',
  })
  madeAt: Date;

  @Field(() => LeaveBehindEnum)
  leaveBehind: LeaveBehind;

  @Field(() => [PacketPartEnum], { description: 'What `pdf` holds, in order; empty: nothing is printed.' })
  printedParts: PacketPart[];

  @Field(() => PacketOutside)
  outside: PacketOutside;

  @Field(() => [MeetingTime], {
    description:
      'Within seven days, at most 12, the earliest first. Of more than that the nearest of each day are taken, then the second nearest, and so on.',
  })
  meetings: MeetingTime[];

  @Field(() => [PacketPlace], { description: 'The nearest first, at most 6.' })
  places: PacketPlace[];

  @Field(() => NaloxonePrimer)
  primer: NaloxonePrimer;

  @Field(() => [CrisisLine], { description: 'Lines to call in a crisis, in the order to print them.' })
  crisisLines: CrisisLine[];

  @Field(() => String, {
    nullable: true,
    description:
      'The printable packet: a tagged PDF (PDF/UA) in Base64, some 30 to 60 kB. Its first page is the outside. Null where the policy is NEVER.',
  })
  pdf: string | null;
}

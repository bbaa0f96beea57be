import { Field, ID, Int, ObjectType, Float } from '@nestjs/graphql';
import type { Sex } from '../kernel/vocabulary';
import { SexEnum, Steps } from '../platform/graphql';
import type { Doses, NaloxoneGiver, RetractionReason, SuspectedSubstance, Transport } from './engine/vocabulary';
import { NaloxoneGiverEnum, RetractionReasonEnum, SuspectedSubstanceEnum, TransportEnum } from './overdose.enums';

@ObjectType({ description: 'Naloxone that one kind of giver gave.' })
export class NaloxoneDoses {
  @Field(() => NaloxoneGiverEnum, { description: 'Who gave it.' })
  by: NaloxoneGiver;

  @Field(() => Int, { nullable: true, description: 'How many doses; null: given, and not counted.' })
  count: number | null;
}

const stands = ({ retractedAt }: { readonly retractedAt: Date | null }): boolean => retractedAt === null;

@ObjectType({
  description:
    'What your agency reported of one overdose of one person. It stays your agency’s: what others reported of the same overdose is neither shown nor hinted at here, and yours is not shown to them.',
})
@Steps({ report: null, correct: stands, retract: stands, setApart: stands })
export class OverdoseReport {
  @Field(() => ID, { nullable: true })
  id: string;

  @Field(() => String, { nullable: true, description: 'Your own key of it, if you sent one.' })
  clientId: string | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When Handrail received it; later than `occurredAt`, often much later.',
  })
  receivedAt: Date;

  @Field(() => Int, { nullable: true, description: '1, and one more with every correction.' })
  revision: number;

  @Field(() => Date, { nullable: true, description: 'Set once your agency has taken it back: it no longer counts.' })
  retractedAt: Date | null;

  @Field(() => RetractionReasonEnum, { description: 'Why it was taken back; null while it stands.', nullable: true })
  retractedBecause: RetractionReason | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: your agency has said that this is no part of what others reported (`setOverdoseReportApart`).',
  })
  isApart: boolean;

  @Field(() => Date, {
    nullable: true,
    description: 'When it happened. Where `isTimeKnown` is false, the beginning of the day.',
  })
  occurredAt: Date;

  @Field(() => Boolean, { nullable: true, description: 'False: only the day is known.' })
  isTimeKnown: boolean;

  @Field(() => Float, { nullable: true, description: 'Where it happened: degrees north, WGS 84.' })
  latitude: number | null;

  @Field(() => Float, { nullable: true, description: 'Where it happened: degrees east, WGS 84.' })
  longitude: number | null;

  @Field(() => String, { nullable: true, description: 'Where it happened, in words. Kept sealed.' })
  place: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the person died.' })
  isFatal: boolean;

  @Field(() => Boolean, { nullable: true, description: 'Whether anybody gave naloxone.' })
  isNaloxoneGiven: boolean;

  @Field(() => [NaloxoneDoses], { nullable: true, description: 'Doses, by who gave them; null: not told.' })
  doses: Doses[] | null;

  @Field(() => [SuspectedSubstanceEnum], { nullable: true, description: 'Empty: not told.' })
  suspectedSubstances: SuspectedSubstance[];

  @Field(() => Boolean, { nullable: true, description: 'Whether children were there; null: not told.' })
  hasChildrenPresent: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether other people were there; null: not told.' })
  hasOthersPresent: boolean | null;

  @Field(() => TransportEnum, { nullable: true, description: 'Null: not told.' })
  transport: Transport | null;

  @Field(() => String, { nullable: true, description: 'Where the person lives, in words. Kept sealed.' })
  residence: string | null;

  @Field(() => Int, { nullable: true, description: 'Age in completed years at the time; null: not told.' })
  ageYears: number | null;

  @Field(() => SexEnum, { nullable: true, description: 'Null: not told.' })
  sex: Sex | null;
}

@ObjectType({ description: 'One version of a report: who corrected it is on the audit trail.' })
export class OverdoseReportRevision {
  @Field(() => Int, { nullable: true, description: '1: as it was first sent.' })
  revision: number;

  @Field(() => Date, { description: 'When the report said so from, by the database’s clock.', nullable: true })
  at: Date;

  @Field(() => String, {
    nullable: true,
    description: 'REPORTED, LATE_FACT, MISTAKE, RETRACTED, or SOURCE_CHANGED for an import that told otherwise.',
  })
  because: string;

  @Field(() => [String], { nullable: true, description: 'Which facts it changed, by name.' })
  changed: readonly string[];
}

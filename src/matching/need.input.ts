import { Field, Float, ID, InputType, Int } from '@nestjs/graphql';
import { ArrayMaxSize, IsOptional, Matches, Max, Min } from 'class-validator';
import type { LevelOfCare, Medication, Payer, RedFlag, Substance } from '../kernel/vocabulary';
import {
  CountyFips,
  LevelOfCareEnum,
  MedicationEnum,
  PayerEnum,
  RedFlagEnum,
  SubstanceEnum,
} from '../platform/graphql';
import type { LastUse } from './engine/need';
import { LastUseEnum } from './matching.enums';

export const DEFAULT_DISTANCE_KM = 80;
const LIST_LIMIT = 20;
const WISH_LIMIT = 10;

/**
 * What a person needs, as signals that somebody without clinical training can give. Nothing here says who the person is.
 * Everything may be left out: unknown stays unknown and removes no program; what cannot be done without is asked for.
 */
@InputType({
  description:
    'What a person needs, as signals anyone can give. Nothing here says who the person is. Leave out, or send null for, what is not known: an unknown removes no program, and what cannot be done without is answered in `missing`.',
})
export class NeedInput {
  @Field(() => [RedFlagEnum], {
    defaultValue: [],
    description:
      'Signs of an emergency seen now, at most 20. With any of them nothing is routed and the answer says: call EMS.',
  })
  @ArrayMaxSize(LIST_LIMIT)
  redFlags: RedFlag[] = [];

  @Field(() => Boolean, { nullable: true, description: 'Pregnant, or has been told so.' })
  @IsOptional()
  pregnant?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Injects drugs. Orders the waitlist (45 CFR 96.131).' })
  @IsOptional()
  injects?: boolean | null;

  @Field(() => [SubstanceEnum], {
    nullable: true,
    description: 'What the person uses, at most 20. `[UNKNOWN]` says: asked, and not known. Null: not asked.',
  })
  @IsOptional()
  @ArrayMaxSize(LIST_LIMIT)
  substances?: Substance[] | null;

  @Field(() => LastUseEnum, {
    nullable: true,
    description: 'Time since last use of any of them. Null counts as UNKNOWN.',
  })
  @IsOptional()
  lastUse?: LastUse | null;

  @Field(() => [MedicationEnum], {
    nullable: true,
    description:
      'Medication for opioid use disorder taken today; nobody goes to a program that neither offers nor accepts it. `[]` says: asked, none. Null: not asked, and answered in `missing` where opioids may be in use.',
  })
  @IsOptional()
  @ArrayMaxSize(LIST_LIMIT)
  currentMedications?: Medication[] | null;

  @Field(() => MedicationEnum, {
    nullable: true,
    description: 'Medication the person wishes to start. A wish, no wall.',
  })
  @IsOptional()
  wantedMedication?: Medication | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'A bodily complaint short of a red flag. Null counts as none seen.',
  })
  @IsOptional()
  hasMedicalComplaint?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Psychosis or thoughts of suicide, short of a red flag. Null counts as none seen.',
  })
  @IsOptional()
  hasPsychiatricConcern?: boolean | null;

  @Field(() => Int, { nullable: true, description: 'Children who come along, 0 to 20. Null counts as none.' })
  @IsOptional()
  @Min(0)
  @Max(20)
  childrenWithThem?: number | null;

  @Field(() => PayerEnum, {
    nullable: true,
    description:
      'How treatment would be paid for. Null: not asked, as before medical screening in an emergency department (42 CFR 489.24(d)(4)); removes no program.',
  })
  @IsOptional()
  payer?: Payer | null;

  @Field({
    defaultValue: 'en',
    description: 'Language to be treated in: BCP-47 primary subtag, for example `en`, `es`.',
  })
  @Matches(/^[a-z]{2,3}$/, { context: { remedy: 'Send a language as `en`, `es`, `so`.' } })
  language: string = 'en';

  @Field({ defaultValue: false, description: 'True: only programs accessible by wheelchair are left.' })
  usesWheelchair: boolean = false;

  @Field({ defaultValue: false, description: 'True: only programs with sign language are left.' })
  needsSignLanguage: boolean = false;

  @Field({
    defaultValue: false,
    description:
      'Has served in the armed forces: programs for veterans then fit better, and only then are those for veterans alone left.',
  })
  isVeteran: boolean = false;

  @Field(() => Float, {
    nullable: true,
    description: 'Where the person is now: degrees north, WGS 84. With `longitude`.',
  })
  @IsOptional()
  @Min(-90)
  @Max(90)
  latitude?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Degrees east, WGS 84 (negative in the Americas). With `latitude`.',
  })
  @IsOptional()
  @Min(-180)
  @Max(180)
  longitude?: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Five-digit FIPS code of the county the person is in. Its centroid is taken where no coordinates are sent.',
  })
  @IsOptional()
  @CountyFips()
  countyFips?: string | null;

  @Field(() => Int, {
    defaultValue: DEFAULT_DISTANCE_KM,
    description: 'How far the person will go, kilometres in a straight line, 1 to 500.',
  })
  @Min(1)
  @Max(500)
  maxDistanceKm: number = DEFAULT_DISTANCE_KM;

  @Field(() => [LevelOfCareEnum], {
    defaultValue: [],
    description:
      'Levels of care a clinician has assigned, any of which will do, at most 20. Roles HOSPITAL_STAFF and PROVIDER_STAFF only, others are refused (FORBIDDEN). Empty: derived from the signals.',
  })
  @ArrayMaxSize(LIST_LIMIT)
  levelsOfCare: LevelOfCare[] = [];

  @Field(() => [ID], { defaultValue: [], description: 'Programs the person asks for, best first, at most 10.' })
  @ArrayMaxSize(WISH_LIMIT)
  preferredProgramIds: string[] = [];
}

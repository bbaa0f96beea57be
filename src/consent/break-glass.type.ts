import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { Role } from '../access';
import type { Medication, Substance } from '../kernel/vocabulary';
import { CalendarDate, MedicationEnum, SubstanceEnum, Steps } from '../platform/graphql';
import {
  EmergencyGroundEnum,
  EmergencyNatureEnum,
  ReviewFindingEnum,
  ReviewStateEnum,
  type ReviewState,
} from './break-glass.enums';
import { mayFind, type EmergencyGround, type EmergencyNature, type ReviewFinding } from './engine/emergency';

@ObjectType({
  description:
    'A record opened in a medical emergency (42 CFR 2.51): for a limited time, for the agency that opened it. Documented as 2.51(c) wants; privacy officers see the documentation.',
})
@Steps<{ readonly isActive: boolean }>({ open: null, end: ({ isActive }) => isActive })
export class BreakGlass {
  @Field(() => ID, { nullable: true })
  id: string;

  @Field(() => EmergencyNatureEnum, { nullable: true, description: 'The nature of the emergency, 2.51(c)(4).' })
  nature: EmergencyNature;

  @Field(() => EmergencyGroundEnum, { nullable: true, description: 'What was attested to, 2.51(a)(1).' })
  ground: EmergencyGround;

  @Field(() => Date, { nullable: true, description: 'Date and time of the disclosure, 2.51(c)(3).' })
  openedAt: Date;

  @Field(() => Date, { nullable: true, description: 'When it ends by itself.' })
  endsAt: Date;

  @Field(() => Date, { nullable: true, description: 'When it was ended before its time; null: it was not.' })
  endedAt: Date | null;

  @Field(() => Boolean, { nullable: true, description: 'Neither ended nor over, by the database’s clock.' })
  isActive: boolean;

  @Field(() => String, { nullable: true, description: 'Name of the medical personnel, 2.51(c)(1).' })
  medicalPersonnel: string;

  @Field(() => String, { nullable: true, description: 'Their affiliation, 2.51(c)(1), as it was called then.' })
  affiliation: string;

  @Field(() => String, { nullable: true, description: 'Role of the medical personnel, such as `MEDIC`.' })
  role: Role;

  @Field(() => String, { nullable: true, description: 'Name of the individual making the disclosure, 2.51(c)(2).' })
  discloser: string;

  @Field(() => ID, { nullable: true, description: 'Whose record it is.' })
  personId: string;
}

@ObjectType({
  description:
    'What a doctor needs of a person in an emergency, and not more: shown to the agency that opened it, as long as that lasts, to requests with the purpose MEDICAL_EMERGENCY. Every reading is on the audit trail, and on the disclosure ledger where the words are another agency’s.',
})
export class EmergencyRecord {
  @Field(() => ID, { nullable: true, description: 'The id of the break-glass.' })
  id: string;

  @Field(() => String, { nullable: true, description: 'As told at intake; null: not known.' })
  givenName: string | null;

  @Field(() => String, { nullable: true, description: 'As told at intake; null: not known.' })
  familyName: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'As told at intake; null: not known.' })
  birthDate: string | null;

  @Field(() => [MedicationEnum], {
    nullable: true,
    description:
      'Medication for opioid use disorder, as last told; empty: asked, none; null: not known. Others are not on file.',
  })
  currentMedications: Medication[] | null;

  @Field(() => [SubstanceEnum], { nullable: true, description: 'As last told; null: not known.' })
  substances: Substance[] | null;

  @Field(() => Boolean, { nullable: true, description: 'As last told; null: not known.' })
  pregnant: boolean | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When the referral was submitted that medication, substances and pregnancy are from: they may be old.',
  })
  needAsOf: Date | null;

  @Field(() => String, { nullable: true, description: 'The program that treats the person now; null: none on file.' })
  treatingProgram: string | null;

  @Field(() => String, { nullable: true, description: 'Its telephone number.' })
  treatingProgramPhone: string | null;
}

@ObjectType({
  description:
    'A record opened in an emergency, before the privacy officer of your agency: because your agency opened it, or because its words are shown.',
})
@Steps<{ readonly openedBy: string; readonly finding: ReviewFinding | null }>({
  review: ({ openedBy, finding }, { id }) => openedBy !== id && mayFind(finding, 'JUSTIFIED'),
})
export class BreakGlassReview {
  @Field(() => ID, { nullable: true })
  id: string;

  @Field(() => ReviewStateEnum, { nullable: true, description: 'By the database’s clock.' })
  state: ReviewState;

  @Field(() => Date, { nullable: true, description: 'When it is overdue without a finding.' })
  dueAt: Date;

  @Field(() => ReviewFindingEnum, { nullable: true, description: 'Null: none yet.' })
  finding: ReviewFinding | null;

  @Field(() => Date, { nullable: true, description: 'When it was found; null: not yet.' })
  reviewedAt: Date | null;

  @Field(() => ID, { nullable: true, description: 'The account of the privacy officer; null: not yet.' })
  reviewedBy: string | null;
}

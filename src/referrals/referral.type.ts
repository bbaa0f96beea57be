import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { LastUse } from '../matching';
import { LastUseEnum } from '../matching';
import type { LevelOfCare, Medication, Pathway, Payer, Sex, Substance } from '../kernel/vocabulary';
import { LevelOfCareEnum, MedicationEnum, PathwayEnum, PayerEnum, SexEnum, SubstanceEnum } from '../platform/graphql';
import type { Outcome } from './reasons';
import { OutcomeEnum, ReferralStateEnum } from './referral.enums';
import type { ReferralState } from './referral.machine';

@ObjectType({
  description:
    'A request that a program take a person. What a field shows depends on who asks: police and schools learn that it was sent, acknowledged, closed, and with the person’s written consent where they were taken and whether they arrived. A withheld field is null.',
})
export class Referral {
  @Field(() => ID, { nullable: true })
  id: string;

  @Field(() => PathwayEnum, { nullable: true })
  pathway: Pathway;

  @Field(() => Date, { nullable: true, description: 'When Handrail received it.' })
  submittedAt: Date;

  @Field(() => Date, { nullable: true, description: 'When the first program acknowledged it.' })
  acknowledgedAt: Date | null;

  @Field(() => ReferralStateEnum, { nullable: true })
  state: ReferralState;

  @Field(() => Date, { nullable: true, description: 'The arrival agreed on.' })
  scheduledFor: Date | null;

  @Field(() => Date, { nullable: true, description: 'When the program recorded that the person came; null: not yet.' })
  arrivedAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When the kept place became an occupied one; null: not yet.' })
  admittedAt: Date | null;

  @Field(() => Int, { nullable: true, description: 'How often the person did not come.' })
  noShows: number;

  @Field(() => OutcomeEnum, {
    nullable: true,
    description: 'How it ended; null while open, and where it ended before admission for another reason.',
  })
  outcome: Outcome | null;

  @Field(() => String, {
    nullable: true,
    description: 'The coded reason that ended it before admission: a CancelReason, CONSENT_REVOKED or DID_NOT_ARRIVE.',
  })
  endReason: string | null;

  @Field(() => Date, {
    nullable: true,
    description:
      'When the sender cancelled or recalled without being able to know that the person had arrived; null: it did not. To the sender the referral is closed since; the stay goes on, and if the person is turned away nobody else is asked.',
  })
  senderWithdrewAt: Date | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The sender’s coded reason: a CancelReason, or CONSENT_REVOKED for a recall; null: it did not withdraw.',
  })
  senderWithdrewReason: string | null;
}

@ObjectType({ description: 'The need as a program weighs it: signals, and nothing that says who the person is.' })
export class ReferralNeed {
  @Field(() => String, {
    nullable: true,
    description: 'What to do at once where a red flag was seen; null otherwise.',
  })
  emergencyInstruction: string | null;

  @Field(() => Int, { nullable: true, description: 'Completed years; null: not known.' })
  age: number | null;

  @Field(() => SexEnum, { nullable: true, description: 'Null: not known.' })
  sex: Sex | null;

  @Field(() => Boolean, { nullable: true, description: 'Pregnant, or has been told so; null: not known.' })
  pregnant: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Injects drugs; null: not known. Orders the waitlist (45 CFR 96.131).',
  })
  injects: boolean | null;

  @Field(() => [SubstanceEnum], {
    nullable: true,
    description: 'What the person uses; `[UNKNOWN]`: asked, and not known; null: not asked.',
  })
  substances: Substance[] | null;

  @Field(() => LastUseEnum, { nullable: true, description: 'Time since last use of any of them; null: not asked.' })
  lastUse: LastUse | null;

  @Field(() => [MedicationEnum], {
    nullable: true,
    description: 'Taken today; an empty list says: asked, none; null: not asked.',
  })
  currentMedications: Medication[] | null;

  @Field(() => MedicationEnum, {
    nullable: true,
    description: 'Medication the person wishes to start; null: none named.',
  })
  wantedMedication: Medication | null;

  @Field(() => Boolean, { nullable: true, description: 'A bodily complaint short of a red flag; null: not known.' })
  hasMedicalComplaint: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Psychosis or thoughts of suicide, short of a red flag; null: not known.',
  })
  hasPsychiatricConcern: boolean | null;

  @Field(() => Int, { nullable: true, description: 'Children who come along; null: not known.' })
  childrenWithThem: number | null;

  @Field(() => PayerEnum, { nullable: true, description: 'Null: not asked.' })
  payer: Payer | null;

  @Field(() => String, {
    nullable: true,
    description: 'Language to be treated in: BCP 47 primary subtag, for example `es`.',
  })
  language: string | null;

  @Field(() => Boolean, { nullable: true, description: 'The program must be accessible by wheelchair.' })
  usesWheelchair: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'The program must offer sign language.' })
  needsSignLanguage: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Has served.' })
  isVeteran: boolean | null;

  @Field(() => Int, { nullable: true, description: 'How far the person will go, kilometres in a straight line.' })
  maxDistanceKm: number | null;

  @Field(() => [LevelOfCareEnum], {
    nullable: true,
    description: 'Assigned by a clinician; empty: derived from the signals.',
  })
  levelsOfCare: LevelOfCare[] | null;
}

@ObjectType({ description: 'One step of a referral’s history.' })
export class ReferralChange {
  @Field(() => ID, { nullable: true })
  id: string;

  @Field(() => Date, { nullable: true, description: 'When it was taken.' })
  at: Date;

  @Field(() => String, { nullable: true, description: 'The command that was taken, as the state diagram names it.' })
  command: string;

  @Field(() => ReferralStateEnum, { nullable: true, description: 'Null for the submission itself.' })
  fromState: ReferralState | null;

  @Field(() => ReferralStateEnum, { nullable: true, description: 'Where the referral stood afterwards.' })
  toState: ReferralState;

  @Field(() => String, { nullable: true, description: 'Coded, where the step ended something.' })
  reason: string | null;
}

import { referralMachine, type ReferralState } from './referral.machine';

/** All that the one-way valve lets a sender see: it was sent, somebody acknowledged it, it is closed. */
export const progressSteps = {
  SENT: 'Received by Handrail; no program has acknowledged it yet',
  ACKNOWLEDGED: 'A program has acknowledged it',
  CLOSED: 'Nothing more will happen on this referral',
} as const;
export type Progress = keyof typeof progressSteps;

export interface ProgressFacts {
  readonly state: ReferralState;
  readonly acknowledgedAt: Date | null;
}

export const progressOf = ({ state, acknowledgedAt }: ProgressFacts): Progress => {
  if (referralMachine.isFinal(state)) return 'CLOSED';
  return acknowledgedAt === null ? 'SENT' : 'ACKNOWLEDGED';
};

/** Facts still to be asked for, by intake or by a program that considers the referral. */
export const missingFacts = {
  LOCATION: 'Where the person is now',
  SUBSTANCES: 'What the person uses; not known is an answer',
  CURRENT_MEDICATIONS: 'Whether the person takes methadone, buprenorphine or naltrexone today; none is an answer',
  MEDICAL_CLEARANCE: 'That EMS or a hospital has cleared the person after a red flag',
  LAST_USE: 'When the person last used',
  PREGNANCY: 'Whether the person is pregnant',
  PAYER: 'How treatment will be paid for',
  AGE: 'How old the person is',
} as const;
export type Missing = keyof typeof missingFacts;

/** What the sender can do now, without saying where in treatment the person is. */
export const nextStepOf = (progress: Progress, missing: readonly Missing[]): string => {
  if (progress === 'CLOSED') return 'Nothing: this referral is closed.';
  if (missing.includes('MEDICAL_CLEARANCE')) {
    return 'Call 911 (EMS). When the person is medically cleared, send provideReferralInfo with isMedicallyCleared.';
  }
  if (missing.length > 0) return `Send provideReferralInfo with: ${missing.join(', ')}.`;
  return progress === 'SENT'
    ? 'Nothing: no program has acknowledged it yet. Silence moves it on by itself, and where no program can take the person now it waits.'
    : 'A program has it in hand and will reach you as the person agreed.';
};

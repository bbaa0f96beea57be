/** Coded reasons. Free text is not kept: it would carry what the one-way valve keeps back. */
export const declineReasons = {
  NO_PLACE: 'No place after all',
  STAFFING: 'Not enough staff now',
  NEEDS_HIGHER_LEVEL_OF_CARE: 'The person needs more care than the program gives',
  NEEDS_LOWER_LEVEL_OF_CARE: 'The person needs less care than the program gives',
  MEDICALLY_UNSTABLE: 'The person needs medical clearance first',
  PAYER_NOT_ACCEPTED: 'The program cannot be paid for this person',
  OUTSIDE_ADMISSION_CRITERIA: 'The program does not serve this person’s group',
  SAFETY_HISTORY: 'Earlier events at the program rule a stay out',
  CANNOT_REACH_REFERRER: 'Questions stayed unanswered',
  PERSON_CHANGED_MIND: 'The person does not want treatment now',
  PERSON_WANTS_OTHER_PROGRAM: 'The person wants another program',
  PERSON_CANNOT_TRAVEL: 'The person cannot get there',
  OTHER_TEMPORARY: 'Another reason that will pass',
  OTHER_LASTING: 'Another reason that will last',
} as const;
export type DeclineReason = keyof typeof declineReasons;

/** Why a coordinator puts somebody to a place before others of the same tier who wait longer, or at more risk as far as is known. */
export const orderReasons = {
  CLINICAL_RISK: 'Waiting is more dangerous for this person than the recorded signals say',
  RETURNS_TO_PROGRAM: 'The program treats or treated this person, and takes them back',
  KEPT_TOGETHER: 'A child, partner or other relative of theirs has a place at the program',
} as const;
export type OrderReason = keyof typeof orderReasons;

/** Reasons that rule the pair of person and program out until a coordinator asks for a second look. */
const LASTING: ReadonlySet<DeclineReason> = new Set([
  'NEEDS_HIGHER_LEVEL_OF_CARE',
  'NEEDS_LOWER_LEVEL_OF_CARE',
  'PAYER_NOT_ACCEPTED',
  'OUTSIDE_ADMISSION_CRITERIA',
  'SAFETY_HISTORY',
  'PERSON_WANTS_OTHER_PROGRAM',
  'OTHER_LASTING',
]);
export const isLasting = (reason: DeclineReason): boolean => LASTING.has(reason);

export const declinedBy = { PROGRAM: 'The program said no', PERSON: 'The person said no' } as const;
export type DeclinedBy = keyof typeof declinedBy;

export const declinedByOf = (reason: DeclineReason): DeclinedBy =>
  reason.startsWith('PERSON_') ? 'PERSON' : 'PROGRAM';

export const withdrawReasons = {
  ANOTHER_ACCEPTED: 'Another program accepted first',
  RECALLED: 'The person withdrew consent',
  CANCELLED: 'The referral was cancelled',
  PROGRAM_CLOSED: 'The program, its pool or its agency was closed',
  PLACE_GIVEN_UP: 'The program had accepted, and the place it kept was given up: nobody comes on it',
} as const;
export type WithdrawReason = keyof typeof withdrawReasons;

export const cancelReasons = {
  PERSON_CHANGED_MIND: 'The person does not want treatment now',
  PERSON_NOT_REACHABLE: 'The person cannot be found',
  HOSPITALIZED: 'The person is in hospital',
  INCARCERATED: 'The person is in custody',
  DECEASED: 'The person has died',
  PLACED_ELSEWHERE: 'A place was found outside Handrail',
  ENTERED_IN_ERROR: 'The referral was a mistake or a duplicate',
} as const;
export type CancelReason = keyof typeof cancelReasons;

/** Why a person who arrived was not admitted. All of them send the referral back to routing. */
export const turnAwayReasons = {
  NEEDS_HIGHER_LEVEL_OF_CARE: 'The person needs more care than the program gives',
  MEDICALLY_UNSTABLE: 'Sent for medical clearance',
  OUTSIDE_ADMISSION_CRITERIA: 'The program does not serve this person’s group',
  NO_PLACE: 'No place after all',
  PERSON_LEFT: 'The person left before admission',
} as const;
export type TurnAwayReason = keyof typeof turnAwayReasons;

/** Turned away for what will last; a person sent for medical clearance may come back. */
const LASTING_TURN_AWAY: ReadonlySet<TurnAwayReason> = new Set([
  'NEEDS_HIGHER_LEVEL_OF_CARE',
  'OUTSIDE_ADMISSION_CRITERIA',
]);
export const isLastingTurnAway = (reason: TurnAwayReason): boolean => LASTING_TURN_AWAY.has(reason);

export const outcomes = {
  COMPLETED: 'Treatment completed',
  TRANSFERRED: 'Moved on to another level of care',
  LEFT_AGAINST_ADVICE: 'Left against advice',
  DISCHARGED_BY_PROGRAM: 'Discharged by the program before completion',
  HOSPITALIZED: 'Moved to a hospital',
  INCARCERATED: 'Taken into custody',
  DECEASED: 'Died',
  DID_NOT_ARRIVE: 'Never arrived',
} as const;
export type Outcome = keyof typeof outcomes;

/** After these nothing is routed: there is nobody to route, or somebody else has them. */
const WITHOUT_NEXT: ReadonlySet<Outcome> = new Set(['DECEASED', 'INCARCERATED', 'HOSPITALIZED']);
export const mayGoOn = (outcome: Outcome): boolean => !WITHOUT_NEXT.has(outcome);

/** Outcomes a discharge may have; the others close a referral before admission. */
export const dischargeOutcomes = [
  'COMPLETED',
  'TRANSFERRED',
  'LEFT_AGAINST_ADVICE',
  'DISCHARGED_BY_PROGRAM',
  'HOSPITALIZED',
  'INCARCERATED',
  'DECEASED',
] as const satisfies readonly Outcome[];

export const transports = {
  OFFICER: 'An officer drives',
  EMS: 'Ambulance',
  PROVIDER: 'The program fetches the person',
  OUTREACH_TEAM: 'The outreach team drives',
  RIDE_SERVICE: 'A booked ride',
  FAMILY: 'Family or a friend drives',
  SELF: 'The person comes alone',
} as const;
export type Transport = keyof typeof transports;

export const handOffPlaces = {
  SCENE: 'Where the responders met the person',
  HOME: 'The person’s home',
  STATION: 'A police or fire station',
  HOSPITAL: 'A hospital',
  PROGRAM: 'The program',
  SCHOOL: 'A school',
  OTHER: 'Another place',
} as const;
export type HandOffPlace = keyof typeof handOffPlaces;

export const grades = {
  PRE_K: 'Before kindergarten',
  KINDERGARTEN: 'Kindergarten',
  GRADE_1: 'First grade',
  GRADE_2: 'Second grade',
  GRADE_3: 'Third grade',
  GRADE_4: 'Fourth grade',
  GRADE_5: 'Fifth grade',
  GRADE_6: 'Sixth grade',
  GRADE_7: 'Seventh grade',
  GRADE_8: 'Eighth grade',
  GRADE_9: 'Ninth grade',
  GRADE_10: 'Tenth grade',
  GRADE_11: 'Eleventh grade',
  GRADE_12: 'Twelfth grade',
} as const;
export type Grade = keyof typeof grades;

export const childConcerns = {
  UNSUPERVISED: 'Without anybody who looks after them',
  CAREGIVER_INCAPACITATED: 'Whoever looks after them cannot',
  DRUGS_WITHIN_REACH: 'Drugs or equipment within their reach',
  SHUT_IN: 'Shut in or barricaded',
  INJURED_OR_ILL: 'Injured or ill',
  NEGLECT: 'Without food, warmth or care',
  VIOLENCE: 'Violence around them or against them',
  OTHER: 'Another reason that the law asks to report',
} as const;
export type ChildConcern = keyof typeof childConcerns;

export const childOutcomes = {
  SAFE_AT_HOME: 'Safe where they are',
  PLACED: 'With a caregiver',
  SERVICES: 'The family has help, and child services stay with it',
  NOT_FOUND: 'The child was not found',
  NOT_WITHIN_MANDATE: 'Not for child services',
} as const;
export type ChildOutcome = keyof typeof childOutcomes;

export const childAttentions = {
  NO_PLACE: 'A placement has ended, and the child is with nobody',
  CHECK_NOT_PASSED: 'A check of whoever has the child has not passed',
} as const;
export type ChildAttention = keyof typeof childAttentions;

export const relationships = {
  PARENT: 'The other parent',
  GRANDPARENT: 'Grandparent',
  SIBLING: 'Grown sibling',
  AUNT_OR_UNCLE: 'Aunt or uncle',
  OTHER_KIN: 'Other kin',
  FAMILY_FRIEND: 'Somebody the child knows',
  FOSTER_FAMILY: 'Foster family',
} as const;
export type Relationship = keyof typeof relationships;

/** No check of a criminal history is kept here: only what child services see for themselves or ask of their own register. */
export const caregiverChecks = {
  IDENTITY: 'Who they are',
  HOME_VISIT: 'Their home was seen',
  CHILD_WELFARE_REGISTER: 'Child services’ own register was asked',
  REFERENCES: 'Others were asked about them',
} as const;
export type CaregiverCheck = keyof typeof caregiverChecks;

export const checkResults = { PASSED: 'Passed', FAILED: 'Failed', INCONCLUSIVE: 'Nothing came of it' } as const;
export type CheckResult = keyof typeof checkResults;

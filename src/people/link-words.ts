export const linkDeciders = {
  HANDRAIL: 'Handrail, from the evidence alone',
  HUMAN: 'Somebody of an agency that knows both records',
} as const;
export type Decider = keyof typeof linkDeciders;

export const linkSteps = {
  FIND: 'Found by Handrail',
  CONFIRM: 'A doubtful pair was confirmed as one person',
  REJECT: 'A doubtful pair was found to be two people',
  MERGE: 'Somebody said that the two are one person',
  SPLIT: 'A link was found to be wrong: two people',
  REOPEN: 'A decision was taken back',
} as const;
export type LinkStep = keyof typeof linkSteps;

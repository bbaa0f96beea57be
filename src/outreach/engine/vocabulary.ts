export const outreachCaseStates = {
  OPEN: 'On the roster of a program; nobody has tried yet',
  UNASSIGNED: 'No program looks after the county: a coordinator finds one',
  HANDED_OVER: 'Handed to the team where the person lives, which has not acknowledged yet',
  TRIED: 'Tried, and not reached yet',
  REACHED: 'The person, or the family, was reached',
  CLOSED: 'Ended, with an outcome or a coded reason',
  VOID: 'Nothing is left of it: joined into another case, or its overdoses were taken back',
} as const;
export type OutreachCaseState = keyof typeof outreachCaseStates;

/** What an outreach case is about. */
export const caseKinds = {
  SURVIVOR: 'A person who survived one or more overdoses in one week',
  FAMILY: 'The family of a person who died of an overdose',
  AT_RISK: 'A patient whom a hospital flagged before it turns fatal',
} as const;
export type CaseKind = keyof typeof caseKinds;

export const visitChannels = {
  VISIT: 'At the door',
  PHONE: 'By telephone',
  ELSEWHERE: 'In person, somewhere else',
} as const;
export type VisitChannel = keyof typeof visitChannels;

/** Tried, and the person was not reached. */
export const missedResults = {
  NO_ANSWER: 'Nobody answered the telephone',
  WRONG_NUMBER: 'The number is not theirs',
  NO_ONE_HOME: 'Nobody was home',
  MOVED: 'They live there no more',
  INVALID_ADDRESS: 'There is no such address',
  THIRD_PARTY_ONLY: 'Somebody else was there; nothing was disclosed',
} as const;
export type MissedResult = keyof typeof missedResults;

/** The person, or the family, was reached. */
export const contactResults = {
  DECLINED: 'Wants nothing now',
  INFORMATION_ONLY: 'Took information',
  NALOXONE_GIVEN: 'Got naloxone',
  SUPPLIES_GIVEN: 'Got supplies',
  CALL_BACK: 'Wants to be called again',
  ENGAGED: 'Talks with the team',
  TREATMENT_REQUESTED: 'Asks for treatment',
  TRANSPORTED: 'Was driven to help',
  WARM_HAND_OFF: 'Was brought to a program by hand',
  FAMILY_SUPPORT: 'The family has support',
  CHILD_REPORT_MADE: 'A child was reported to child services',
  EMERGENCY_CALLED: 'EMS was called',
} as const;
export type ContactResult = keyof typeof contactResults;

export const visitResults = { ...missedResults, ...contactResults } as const;
export type VisitResult = keyof typeof visitResults;
export const isContact = (result: VisitResult): result is ContactResult => Object.hasOwn(contactResults, result);

export const visitServices = {
  NALOXONE: 'Naloxone, and how to use it',
  SUPPLIES: 'Supplies for safer use',
  INFORMATION: 'Information, meetings, lines to call',
  PACKET: 'The packet',
  PEER_SUPPORT: 'A talk with a peer',
  BASIC_NEEDS: 'Food, clothes, shelter',
  TRANSPORT: 'A drive',
  FAMILY_SUPPORT: 'Support of the family',
} as const;
export type VisitService = keyof typeof visitServices;

/** Why a human ends a case in which nobody was reached. */
export const closeReasons = {
  ALREADY_IN_TREATMENT: 'Already in treatment',
  DECEASED: 'Has died',
  INCARCERATED: 'In custody',
  HOSPITALISED: 'In hospital',
  UNSAFE: 'Going there is not safe',
  NO_USABLE_CONTACT: 'No address and no number that leads to them',
} as const;
export type CloseReason = keyof typeof closeReasons;

/** Every reason a case may end for without contact. */
export const endReasons = {
  ...closeReasons,
  OPTED_OUT: 'They, or their home, said that nobody is to come: for good',
  OPT_OUT_UNDECIDED: 'It may be a home that opted out, and nobody decided in time; nobody went',
  REPORTED_TOO_LATE: 'Reported after the time for visits was over',
  NO_PROGRAM: 'No program looks after the county, and none was found in time',
  NOT_TRIED_IN_TIME: 'Nobody tried in time',
  NOT_REACHED_IN_TIME: 'Tried, and not reached in time',
  JOINED: 'Found to be the same person as another case, which goes on',
  NO_EVENT_LEFT: 'Its overdoses were taken back, or belong to other cases',
} as const;
export type EndReason = keyof typeof endReasons;

/** Why nobody may go although a case is open. */
export const holdReasons = {
  OPT_OUT_IN_DOUBT:
    'It may be a home that opted out: the team compares `address` and `optedOutAddress`, and decides (decideOptOut); without `optedOutAddress` another team was told, and the whole address decides overnight',
} as const;
export type HoldReason = keyof typeof holdReasons;

/** Why somebody is to be visited although a case of theirs was answered, or had ended. */
export const dueReasons = {
  ANOTHER_OVERDOSE: 'They overdosed again after somebody had seen them, or had tried, or after the case had ended',
  PERSON_PARTED: 'What was done while two people were taken for one may have been done for the other',
  MORE_TIME: 'The time for visits was over, and is not after all',
  DEATH_TAKEN_BACK: 'They had been reported dead',
  OPT_OUT_OF_ANOTHER: 'The opt-out that ended it turned out to be of somebody else',
} as const;
export type DueReason = keyof typeof dueReasons;

export const addressBases = {
  RESIDENCE: 'Where they live, as it was reported',
  INCIDENT: 'Where it happened: where they live was not told',
  TEAM: 'Where they are, as the team found out',
} as const;
export type AddressBasis = keyof typeof addressBases;

/** Why hospital staff flag somebody. */
export const riskReasons = {
  OVERDOSE_IN_EMERGENCY_DEPARTMENT: 'Brought in after an overdose',
  WITHDRAWAL: 'In withdrawal',
  REQUEST_FOR_HELP: 'Asks for help',
  REPEATED_VISITS: 'Comes again and again',
  PREGNANT: 'Pregnant',
  DISCHARGE_AGAINST_ADVICE: 'Leaves against advice',
} as const;
export type RiskReason = keyof typeof riskReasons;

export const flagConsents = {
  WRITTEN: 'Agreed in writing',
  SPOKEN: 'Agreed, and signed nothing',
  NOT_ASKED: 'Could not be asked',
  REFUSED: 'Refused',
} as const;
export type FlagConsent = keyof typeof flagConsents;

export const flagOpens = {
  REFERRAL: 'A referral to a program',
  OUTREACH: 'A case of the outreach team where the person lives',
} as const;
export type FlagOpens = keyof typeof flagOpens;

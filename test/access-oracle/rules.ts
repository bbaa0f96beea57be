import type { World } from './world';

/** What a rule may ask: the product’s word on any world. */
export interface Asked {
  readonly mayRead: (world: World) => boolean;
  readonly mayDo: (world: World) => boolean;
}

/** A sentence of the domain that must hold in every world, whatever the table says. */
export type Rule = (world: World, asked: Asked) => boolean;

const ALL = 'all of it';
type Parts = Readonly<Record<string, readonly string[] | typeof ALL>>;
const isPartOf = (parts: Parts, { type, field }: Pick<World, 'type' | 'field'>): boolean => {
  const named = Object.hasOwn(parts, type) ? parts[type] : undefined;
  return named === ALL || (named?.includes(field) ?? false);
};

/** Types that tell of a person, written by hand: whoever adds one decides here as well. */
export const ABOUT_PEOPLE: Parts = {
  Person: ALL,
  PersonLink: ALL,
  PersonMatch: ALL,
  Episode: ALL,
  Referral: ALL,
  ReferralNeed: ALL,
  Offer: ALL,
  Hold: ALL,
  HandOff: ALL,
  ReferralChange: ALL,
  MatchRun: ALL,
  UnmetNeed: ALL,
  Consent: ALL,
  ConsentRevocation: ALL,
  EmergencyRecord: ALL,
  Clock: ALL,
  HandleWithCareNotice: ALL,
  ChildReport: ALL,
  CaregiverCandidate: ALL,
  CaregiverStep: ALL,
  HandleWithCareReceipt: ALL,
  OverdoseReport: ALL,
  OverdoseReportRevision: ALL,
  WaitlistEntry: ALL,
  QueueItem: ALL,
  OutreachCase: ALL,
  OutreachOverdose: ALL,
  VisitAttempt: ALL,
  OutreachStep: ALL,
  OutreachFollowUp: ALL,
  OutreachLikeness: ALL,
  AtRiskFlag: ALL,
};
const TREATMENT: Parts = {
  Referral: [
    ...['need', 'state', 'offers', 'hold', 'scheduledFor', 'admittedAt', 'noShows', 'outcome', 'endReason', 'changes'],
    ...['senderWithdrewAt', 'senderWithdrewReason', 'matchRuns', 'unmetNeed', 'waitlistEntry'],
  ],
  ReferralNeed: ALL,
  Episode: ['closedAt'],
  Offer: ALL,
  Hold: ALL,
  ReferralChange: ALL,
  MatchRun: ALL,
  UnmetNeed: ALL,
  EmergencyRecord: ALL,
  Clock: ALL,
  WaitlistEntry: ALL,
  QueueItem: ALL,
  OutreachCase: ['mayContactAgain', 'endReason', 'outcome', 'history', 'followUps', 'referral', 'riskReasons'],
  AtRiskFlag: ['reasons', 'medicationStarted', 'dischargeAt'],
  VisitAttempt: ['result', 'services', 'naloxoneKits', 'note'],
  OutreachStep: ALL,
  OutreachFollowUp: ALL,
};
const WHERE_TAKEN: Parts = {
  Referral: ['destination', 'arrivedAt'],
  HandOff: ['state', 'toAgency', 'receivedAt', 'receivedPlace'],
};
const OF_A_CHILD: Parts = {
  ChildReport: [
    ...['state', 'childName', 'ageYears', 'place', 'concerns', 'isInDanger', 'closedAt', 'outcome', 'reportingAgency'],
    ...['school', 'candidates'],
  ],
  CaregiverCandidate: ALL,
  CaregiverStep: ALL,
};
const NAME_OF_THEIRS: Parts = { Referral: ['person', 'episode'], Person: ALL };

const REPORTS: Parts = { OverdoseReport: ALL, OverdoseReportRevision: ALL };
const EVERY_ROLE_BUT_RESPONDERS = [
  ...['PROVIDER_STAFF', 'OUTREACH_WORKER', 'COORDINATOR', 'SCHOOL_LIAISON', 'CHILD_SERVICES_WORKER', 'ANALYST'],
  ...['PRIVACY_OFFICER', 'AGENCY_ADMIN', 'PLATFORM_ADMIN', 'SYSTEM'],
];

const MEDICAL = ['MEDIC', 'HOSPITAL_STAFF', 'PROVIDER_STAFF'];
const WITHOUT_PEOPLE = [
  'EVIDENCE_CUSTODIAN',
  'SAFETY_OFFICER',
  'AGENCY_ADMIN',
  'PLATFORM_ADMIN',
  'ANALYST',
  'SYSTEM',
  'PRIVACY_OFFICER',
];
/** What is made of a need: which programs stand against it, in which turn it comes, what it is owed meanwhile. */
const MADE_OF_NEED: Parts = {
  ReferralNeed: ALL,
  MatchRun: ['eligible', 'oldestCensusAt', 'verdicts', 'whyNot'],
  UnmetNeed: ['rules'],
  WaitlistEntry: [
    ...['tier', 'risk', 'interimServices', 'missingInterimServices', 'interimCompletedAt', 'bridgedUntil'],
    'considerations',
  ],
};
/** … and of which something is left once the referral has ended: that it lapsed, which deadlines it had. */
const NAMED_BY_NEED: Parts = { QueueItem: ['reasons'], Clock: ['kind'] };
/** … and what is asked and done because of it, which people hear as a receipt. */
const FOLLOWS_FROM_NEED: Parts = { Referral: ['missing', 'nextStep', 'emergencyInstruction'] };
/** The agency’s own row is one of its own referral, or of one it received. */
const asOfReferral = (relations: readonly string[]): string[] =>
  relations.includes('OWN_AGENCY') ? [...relations, 'SENDER', 'RECEIVER'] : [...relations];
const OUTSIDE_TREATMENT = ['OFFICER', 'SCHOOL_LIAISON'];

/** “If it shows, then …”. */
const shownOnlyIf =
  (applies: (world: World) => boolean, holds: (world: World) => boolean): Rule =>
  (world, { mayRead }) =>
    !applies(world) || holds(world) || !mayRead(world);
const never = (): boolean => false;
const is = (roles: readonly string[], parts: Parts) => (world: World) =>
  roles.includes(world.role) && isPartOf(parts, world);

/** What is given stays given when more is true: nobody loses by a relation, an agreement or fewer limits. */
const keepsWith =
  (grown: (world: World) => World): Rule =>
  (world, { mayRead, mayDo }) =>
    (!mayRead(world) || mayRead(grown(world))) && (!mayDo(world) || mayDo(grown(world)));

const EVERY_RELATION = [
  ...['OWN_AGENCY', 'KNOWN', 'KNOWN_BY_CONSENT', 'SENDER', 'COORDINATING', 'OFFERED', 'ACKNOWLEDGED', 'RECEIVER'],
  ...['EMERGENCY', 'OWN_COUNTY', 'NEXT_COUNTY', 'TOLD', 'ON_TEAM', 'GOES_ALONG', 'TAKES_OVER', 'HANDED_ON'],
  ...['SELF', 'SUPPLIER', 'STANDING_IN'],
];
const EVERY_CONSENT = [
  ...['IDENTITY_BEFORE_ACCEPTANCE', 'OUTCOME_TO_SENDER', 'IDENTITY_TO_COORDINATOR', 'CARE_TO_COORDINATOR'],
  'TREATMENT_PAYMENT_OPERATIONS',
];
const EVERY_CLASS = [
  ...['RECEIPT', 'DIRECTORY', 'STAFF', 'CARE', 'OUTCOME', 'IDENTITY', 'INCIDENT', 'NEED', 'ROUTING', 'CONSENT'],
  ...['DANGER', 'CHILD', 'CUSTODY', 'COUNTS', 'TRAIL'],
];

export const RULES: Readonly<Record<string, Rule>> = {
  'police never see treatment': shownOnlyIf(is(['OFFICER'], TREATMENT), never),
  'police learn where somebody was taken of their own referral, and if the person agreed in writing': shownOnlyIf(
    is(['OFFICER'], WHERE_TAKEN),
    ({ relations, consents }) => relations.includes('SENDER') && consents.includes('OUTCOME_TO_SENDER'),
  ),
  'police see no referral but their own': shownOnlyIf(is(['OFFICER'], { Referral: ALL }), ({ relations }) =>
    relations.includes('SENDER'),
  ),
  'a school never sees treatment, nor where somebody was taken': shownOnlyIf(
    (world) => is(['SCHOOL_LIAISON'], TREATMENT)(world) || is(['SCHOOL_LIAISON'], WHERE_TAKEN)(world),
    never,
  ),
  'an overdose report is its own agency’s, and its responders’': shownOnlyIf(
    is(EVERY_ROLE_BUT_RESPONDERS, REPORTS),
    never,
  ),
  'who did not report an overdose learns nothing of the report': shownOnlyIf(
    (world) => isPartOf(REPORTS, world),
    ({ relations }) => relations.includes('OWN_AGENCY'),
  ),
  'an exposure is the responder’s own, and their safety officer’s': shownOnlyIf(
    ({ type }) => type === 'Exposure',
    ({ role, relations }) =>
      relations.includes('SELF') || (role === 'SAFETY_OFFICER' && relations.includes('OWN_AGENCY')),
  ),
  'what was reported of a child is read by child services that have the report, and by nobody else': shownOnlyIf(
    (world) => isPartOf(OF_A_CHILD, world),
    ({ role, relations }) => role === 'CHILD_SERVICES_WORKER' && relations.includes('OWN_AGENCY'),
  ),
  'a notice to a school is read at that school only': shownOnlyIf(
    (world) => isPartOf({ HandleWithCareNotice: ALL }, world),
    ({ role, relations }) => role === 'SCHOOL_LIAISON' && relations.includes('OWN_AGENCY'),
  ),
  'a need is no more open by itself, or by what is made of it, than by its referral': (world, { mayRead }) =>
    !(isPartOf(MADE_OF_NEED, world) || isPartOf(NAMED_BY_NEED, world)) ||
    !mayRead(world) ||
    mayRead({
      ...{ ...world, type: 'Referral', field: 'need', scopes: null, relations: asOfReferral(world.relations) },
      isEnded: world.isEnded && isPartOf(MADE_OF_NEED, world),
    }),
  'which danger was seen is told to who saw it, until the referral has ended, and to nobody else': shownOnlyIf(
    (world) => isPartOf({ Referral: ['emergencyInstruction'] }, world),
    ({ relations, isEnded }) => relations.includes('SENDER') && !isEnded,
  ),
  'a partner system learns of a need, by whatever is made of it, if it may read needs': shownOnlyIf(
    (world) => [MADE_OF_NEED, NAMED_BY_NEED, FOLLOWS_FROM_NEED].some((parts) => isPartOf(parts, world)),
    ({ scopes }) => scopes === null || scopes.includes('ReferralNeed:read'),
  ),
  'nobody sees a person by rank': shownOnlyIf(is(WITHOUT_PEOPLE, ABOUT_PEOPLE), never),
  'nobody takes a step in somebody’s case by rank': (world, { mayDo }) =>
    !is(WITHOUT_PEOPLE, ABOUT_PEOPLE)(world) || !mayDo(world),
  'who has no part in a record sees nothing of it': shownOnlyIf(
    (world) => isPartOf(ABOUT_PEOPLE, world),
    ({ relations }) => relations.length > 0,
  ),
  'an offered program sees no name, whatever was agreed': shownOnlyIf(
    (world) => isPartOf(NAME_OF_THEIRS, world) && world.relations.join() === 'OFFERED',
    never,
  ),
  'a program that acknowledged sees the name with the person’s consent only': shownOnlyIf(
    (world) =>
      isPartOf(NAME_OF_THEIRS, world) && world.relations.every((one) => ['OFFERED', 'ACKNOWLEDGED'].includes(one)),
    ({ consents }) => consents.includes('IDENTITY_BEFORE_ACCEPTANCE'),
  ),
  'a coordinating team sees the name with the person’s consent only': shownOnlyIf(
    (world) => isPartOf(NAME_OF_THEIRS, world) && world.relations.join() === 'COORDINATING',
    ({ consents }) => consents.includes('IDENTITY_TO_COORDINATOR'),
  ),
  'who knows a person by consent sees them only while the person agrees to that': shownOnlyIf(
    (world) => isPartOf({ Person: ALL, Episode: ALL }, world) && world.relations.join() === 'KNOWN_BY_CONSENT',
    ({ role, consents }) =>
      (role === 'PROVIDER_STAFF' && consents.includes('IDENTITY_BEFORE_ACCEPTANCE')) ||
      (role === 'COORDINATOR' && consents.includes('IDENTITY_TO_COORDINATOR')),
  ),
  'agreed to are name and contact, no birth date': shownOnlyIf(
    ({ type, field, relations }) =>
      type === 'Person' && ['birthDate', 'sex'].includes(field) && relations.join() === 'KNOWN_BY_CONSENT',
    never,
  ),
  'nothing of a Part 2 program flows without any consent, but in an emergency': (world, { mayRead }) =>
    !isPartOf(ABOUT_PEOPLE, world) ||
    world.relations.includes('EMERGENCY') ||
    !mayRead({ ...world, part2: EVERY_CLASS, consents: [] }),
  'police and schools are never treatment, payment or operations': (world, { mayRead }) =>
    !OUTSIDE_TREATMENT.includes(world.role) ||
    !world.consents.includes('TREATMENT_PAYMENT_OPERATIONS') ||
    mayRead(world) ===
      mayRead({ ...world, consents: world.consents.filter((one) => one !== 'TREATMENT_PAYMENT_OPERATIONS') }),
  'the glass is broken by medical roles, and for an emergency': (world, { mayRead }) => {
    const without = { ...world, relations: world.relations.filter((one) => one !== 'EMERGENCY') };
    const isOpenedByIt = world.relations.includes('EMERGENCY') && mayRead(world) && !mayRead(without);
    return !isOpenedByIt || MEDICAL.includes(world.role);
  },
  'what a broken glass shows is for medical roles, in that emergency, for that purpose': shownOnlyIf(
    ({ type }) => type === 'EmergencyRecord',
    ({ role, relations, purpose }) =>
      MEDICAL.includes(role) && relations.includes('EMERGENCY') && purpose === 'MEDICAL_EMERGENCY',
  ),
  'the trail is for the agency’s own privacy officer': shownOnlyIf(
    ({ type }) => type.startsWith('Audit'),
    ({ role, relations }) => role === 'PRIVACY_OFFICER' && relations.includes('OWN_AGENCY'),
  ),
  'how a consent stands is told to who recorded it and to whom it names': shownOnlyIf(
    ({ type }) => type === 'WeighedConsent',
    ({ role, relations }) =>
      ['OWN_AGENCY', 'KNOWN'].some((one) => relations.includes(one)) &&
      (role === 'PRIVACY_OFFICER' || !WITHOUT_PEOPLE.includes(role)),
  ),
  'only a program answers an offer, and its own': (world, { mayDo }) =>
    !(world.type === 'Offer' && ['acknowledge', 'accept', 'decline'].includes(world.command)) ||
    (world.role === 'PROVIDER_STAFF' && world.relations.includes('OWN_AGENCY')) ||
    !mayDo(world),
  'scopes only narrow': keepsWith((world) => ({ ...world, scopes: null })),
  'a further relation takes nothing away': keepsWith((world) => ({ ...world, relations: EVERY_RELATION })),
  'a further agreement takes nothing away': keepsWith((world) => ({ ...world, consents: EVERY_CONSENT })),
  'provenance opens nothing': keepsWith((world) => ({ ...world, part2: [] })),
  'an end opens nothing': keepsWith((world) => ({ ...world, isEnded: false })),
  'what the page does not name is denied': shownOnlyIf(
    ({ type, field }) =>
      [type, field].some((name) => ['nothing', 'toString', 'constructor', '__proto__'].includes(name)),
    never,
  ),
};

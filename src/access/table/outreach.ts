import { CASE_ROLES, EVERYONE, type FieldClass, type Resource } from '../policy';

const open = [{ relation: 'ANYONE', roles: EVERYONE, classes: ['DIRECTORY'] }] as const;
const directory = (fields: readonly string[]): Record<string, 'DIRECTORY'> =>
  Object.fromEntries(fields.map((field) => [field, 'DIRECTORY']));
const byLead = [{ relation: 'OWN_AGENCY', roles: ['COORDINATOR', 'AGENCY_ADMIN'] }] as const;

const classed = (fieldClass: FieldClass, fields: readonly string[]): Record<string, FieldClass> =>
  Object.fromEntries(fields.map((field) => [field, fieldClass]));
/** Who works in a team beside the police: they see what was said and done. */
const WORKERS = ['OUTREACH_WORKER', 'COORDINATOR', 'MEDIC', 'HOSPITAL_STAFF', 'PROVIDER_STAFF'] as const;
const LEADS = ['OUTREACH_WORKER', 'COORDINATOR'] as const;
const byTeam = [{ relation: 'ON_TEAM', roles: WORKERS }] as const;
const byLeads = [{ relation: 'ON_TEAM', roles: LEADS }] as const;
/** How a case stands tells whether somebody was reached, or asked for treatment; so does what was tried, and why it comes up again. */
const STANDING = ['state', 'changedAt', 'closedAt', 'attempts', 'dueBecause'] as const;
/** Police who go along see whom to visit where, and nothing of treatment: no contact, no outcome, no reason. */
const goesAlong = { relation: 'GOES_ALONG', roles: ['OFFICER'] } as const;
const CASE_SOURCE = (subjectIn: string) => ({ subject: 'OutreachCase', subjectIn }) as const;

export const outreachResources = {
  /** Who goes to see people after an overdose, where and how: no person in it. */
  OutreachProgram: {
    fields: directory([
      'id',
      'name',
      'publicName',
      'phone',
      'timeZone',
      'leaveBehind',
      'visitorKinds',
      'isPlainClothes',
      'doorWords',
      'dueHours',
      'stopHours',
      'isActive',
      'agency',
      'countyFips',
      'team',
    ]),
    grants: open,
    commands: {
      read: [{ relation: 'ANYONE', roles: EVERYONE }],
      create: byLead,
      update: byLead,
      join: [{ relation: 'ANYONE', roles: ['AGENCY_ADMIN'] }],
    },
  },
  /**
   * A row of the roster. Whoever reported the overdose sees nothing of it, unless they work in the team; a hospital, a school and any
   * other agency neither.
   */
  OutreachCase: {
    fields: {
      ...classed('RECEIPT', ['id', 'kind', 'week', 'openedAt', 'acknowledgedAt', 'acknowledgeBy', 'county', 'program']),
      ...classed('RECEIPT', ['handedTo', 'leaveBehind', 'allowedActions']),
      ...classed('INCIDENT', [
        'state',
        'dueAt',
        'dueBecause',
        'stopAt',
        'changedAt',
        'closedAt',
        'overdoses',
        'attempts',
      ]),
      ...classed('INCIDENT', ['riskPoints', 'riskBecause']),
      ...classed('IDENTITY', ['name', 'phone', 'address', 'addressBasis', 'latitude', 'longitude', 'language']),
      ...classed('IDENTITY', ['residenceCounty', 'safetyNote', 'isFamilyAware']),
      ...classed('CARE', [
        'mayContactAgain',
        'callBackAt',
        'endReason',
        'heldBecause',
        'optedOutAddress',
        'outcome',
        'history',
        'followUps',
        'perhapsSame',
        'referral',
        'riskReasons',
      ]),
    },
    leadsTo: {
      overdoses: 'OutreachOverdose',
      attempts: 'VisitAttempt',
      history: 'OutreachStep',
      followUps: 'OutreachFollowUp',
      perhapsSame: 'OutreachLikeness',
      referral: 'Referral',
    },
    grants: [
      { relation: 'ON_TEAM', roles: WORKERS, classes: ['RECEIPT', 'INCIDENT', 'IDENTITY', 'CARE'] },
      { ...goesAlong, classes: ['RECEIPT', 'INCIDENT', 'IDENTITY'], redacts: STANDING },
      { relation: 'TAKES_OVER', roles: WORKERS, classes: ['RECEIPT', 'INCIDENT', 'IDENTITY', 'CARE'] },
      { relation: 'HANDED_ON', roles: WORKERS, classes: ['RECEIPT'] },
      { relation: 'COORDINATING', roles: ['COORDINATOR'], classes: ['RECEIPT', 'INCIDENT', 'IDENTITY'] },
    ],
    commands: {
      read: [{ relation: 'ANYONE', roles: [...WORKERS, 'OFFICER'] }],
      attempt: [...byTeam, { relation: 'GOES_ALONG', roles: ['OFFICER'] }],
      refer: byLeads,
      close: byLeads,
      optOut: byTeam,
      decideOptOut: byTeam,
      decideSame: byLeads,
      update: byTeam,
      acknowledge: [{ relation: 'TAKES_OVER', roles: LEADS }],
      takeBack: [{ relation: 'TAKES_OVER', roles: LEADS }, ...byLeads],
      handOver: byLeads,
      assign: [{ relation: 'COORDINATING', roles: ['COORDINATOR'] }],
      followUp: byLeads,
    },
    source: {
      ...CASE_SOURCE('id'),
      from: { IDENTITY: ['sourceAgencyId'], INCIDENT: ['sourceAgencyId'], CARE: ['leadAgencyId'] },
    },
  },
  OutreachOverdose: {
    fields: classed('INCIDENT', [
      ...['occurredAt', 'isTimeKnown', 'isFatal', 'isNaloxoneGiven', 'doses', 'suspectedSubstances'],
      ...['hasChildrenPresent', 'isTransported', 'hasRefusedTransport'],
    ]),
    grants: [
      { relation: 'ON_TEAM', roles: WORKERS, classes: ['INCIDENT'] },
      { ...goesAlong, classes: ['INCIDENT'] },
      { relation: 'TAKES_OVER', roles: WORKERS, classes: ['INCIDENT'] },
      { relation: 'COORDINATING', roles: ['COORDINATOR'], classes: ['INCIDENT'] },
    ],
    commands: {},
    source: { ...CASE_SOURCE('caseId'), from: { INCIDENT: ['sourceAgencyId'] } },
  },
  VisitAttempt: {
    fields: {
      ...classed('INCIDENT', ['id', 'at', 'channel', 'agency', 'leftBehind']),
      ...classed('CARE', ['result', 'services', 'naloxoneKits', 'note']),
    },
    grants: [
      { relation: 'ON_TEAM', roles: WORKERS, classes: ['INCIDENT', 'CARE'] },
      { relation: 'TAKES_OVER', roles: WORKERS, classes: ['INCIDENT', 'CARE'] },
    ],
    commands: {},
    source: { ...CASE_SOURCE('caseId'), from: { INCIDENT: ['agencyId'], CARE: ['agencyId'] } },
  },
  OutreachStep: {
    fields: classed('CARE', ['at', 'command', 'fromState', 'toState', 'reason', 'isByHandrail']),
    grants: [
      { relation: 'ON_TEAM', roles: WORKERS, classes: ['CARE'] },
      { relation: 'TAKES_OVER', roles: WORKERS, classes: ['CARE'] },
    ],
    commands: {},
    source: { ...CASE_SOURCE('caseId'), from: { CARE: ['agencyId'] } },
  },
  /** Two rows of one roster that may be of one person: for whoever visits, and never for police who go along. */
  OutreachLikeness: {
    fields: classed('IDENTITY', ['other', 'state', 'givenName', 'familyName']),
    leadsTo: { other: 'OutreachCase' },
    grants: [{ relation: 'ON_TEAM', roles: WORKERS, classes: ['IDENTITY'] }],
    commands: {},
    source: { ...CASE_SOURCE('otherCaseId'), from: { IDENTITY: ['sourceAgencyId'] } },
  },
  /** Of the lead: it has the clocks. */
  OutreachFollowUp: {
    fields: classed('CARE', ['id', 'kind', 'dueAt', 'endedAt', 'answer']),
    grants: [{ relation: 'OWN_AGENCY', roles: LEADS, classes: ['CARE'] }],
    commands: {},
    source: { ...CASE_SOURCE('subjectId'), from: { CARE: ['ownerAgencyId'] } },
  },
  /** What a hospital flagged; what comes back follows the patient’s consent. */
  AtRiskFlag: {
    fields: {
      ...classed('RECEIPT', ['id', 'flaggedAt', 'hasOutreach', 'referral']),
      ...classed('NEED', ['reasons', 'medicationStarted', 'dischargeAt']),
      ...classed('CONSENT', ['consentState', 'wantsContact', 'mayTellBack']),
      reachedAt: 'OUTCOME',
    },
    leadsTo: { referral: 'Referral' },
    grants: [
      { relation: 'OWN_AGENCY', roles: ['HOSPITAL_STAFF'], classes: ['RECEIPT', 'NEED', 'CONSENT'] },
      { relation: 'OWN_AGENCY', roles: ['HOSPITAL_STAFF'], classes: ['OUTCOME'], consent: 'OUTCOME_TO_SENDER' },
    ],
    commands: {
      read: [{ relation: 'ANYONE', roles: ['HOSPITAL_STAFF'] }],
      flag: [{ relation: 'ANYONE', roles: ['HOSPITAL_STAFF'] }],
      withdrawTellBack: [{ relation: 'OWN_AGENCY', roles: ['HOSPITAL_STAFF'] }],
    },
    source: {
      subject: 'Person',
      subjectIn: 'personId',
      from: { NEED: ['agencyId'], CONSENT: ['agencyId'], OUTCOME: ['teamAgencyId', 'agencyId'] },
    },
  },
  /** Lists of cases, each of which is shown or withheld by itself. */
  OutreachPlan: {
    fields: directory([
      ...(['day', 'miles', 'stops', 'stopsLeftOut', 'unlocated', 'unlocatedLeftOut', 'held', 'heldLeftOut'] as const),
    ]),
    leadsTo: {
      ...{ miles: 'OutreachCase', stops: 'OutreachCase', unlocated: 'OutreachCase', held: 'OutreachCase' },
      ...{ stopsLeftOut: 'OutreachCase', unlocatedLeftOut: 'OutreachCase', heldLeftOut: 'OutreachCase' },
    },
    grants: open,
    commands: { read: [{ relation: 'ANYONE', roles: [...WORKERS, 'OFFICER'] }] },
  },
  OutreachStop: {
    fields: directory(['position', 'miles', 'case']),
    leadsTo: { case: 'OutreachCase' },
    grants: open,
    commands: {},
  },
  OutreachMeeting: {
    fields: directory(['week', 'people', 'peopleLeftOut', 'due', 'dueLeftOut', 'changed', 'changedLeftOut']),
    leadsTo: {
      ...{ people: 'OutreachCase', due: 'OutreachCase', changed: 'OutreachCase' },
      ...{ peopleLeftOut: 'OutreachCase', dueLeftOut: 'OutreachCase', changedLeftOut: 'OutreachCase' },
    },
    grants: open,
    commands: {},
  },
  OutreachTeamMember: { fields: directory(['agency', 'agreedAt']), grants: open, commands: {} },
  /** Made for a place and a language from directory facts; nothing of the place is kept. */
  Packet: {
    fields: directory([
      'program',
      'language',
      'madeAt',
      'leaveBehind',
      'printedParts',
      'outside',
      'meetings',
      'places',
      'primer',
      'crisisLines',
      'pdf',
    ]),
    grants: open,
    commands: { make: [{ relation: 'ANYONE', roles: CASE_ROLES }] },
  },
  PacketOutside: { fields: directory(['title', 'lines', 'team', 'phone']), grants: open, commands: {} },
  PacketPlace: {
    fields: directory(['program', 'phone', 'levelsOfCare', 'available', 'attestedAt', 'miles']),
    grants: open,
    commands: {},
  },
  NaloxonePrimer: { fields: directory(['title', 'intro', 'steps', 'safe']), grants: open, commands: {} },
} as const satisfies Record<string, Resource>;

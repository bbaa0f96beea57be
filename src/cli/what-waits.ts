import type { ClockKind } from '../clocks';

/** What keeps something that is not at its end from being forgotten: clocks that run on it, lists that it stands in, or why neither is needed. */
export interface Watch {
  readonly clocks?: readonly ClockKind[];
  /** Queries of the API that show it to whoever has to act. */
  readonly lists?: readonly string[];
  /** In words; alone only where nothing is to be done by anybody. */
  readonly why?: string;
}

const QUEUE = ['coordinatorQueue', 'dueClocks'];
const NEVER_RESTS =
  'Never rests here: the step that leads to it leads on in the same transaction (self-check `referrals-go-on`)';
const VISITS = ['OUTREACH_VISIT', 'OUTREACH_FAMILY_VISIT', 'OUTREACH_AT_RISK_VISIT'] as const;
const STOPS = ['OUTREACH_STOP', 'OUTREACH_FAMILY_STOP'] as const;
const WAIT = [
  ...(['INTERIM_SERVICES', 'ADMISSION', 'ADMISSION_WITH_INTERIM', 'PLACE_FOUND', 'WAITLIST_CONTACT'] as const),
  ...(['BRIDGE_ENDS', 'INTERIM_METHADONE_ENDS'] as const),
];

/** By machine and state, for every state that is not the last. */
export const watchedStates: Readonly<Record<string, Readonly<Record<string, Watch>>>> = {
  referral: {
    SUBMITTED: { why: NEVER_RESTS },
    NEEDS_INFO: { clocks: ['INFO_PROVIDED'], lists: QUEUE },
    OFFERED: { clocks: ['OFFER_ACKNOWLEDGED', 'OFFER_DECIDED'], lists: QUEUE },
    WAITLISTED: { clocks: WAIT, lists: QUEUE },
    ACCEPTED: { clocks: ['HOLD_ENDS'], lists: QUEUE },
    SCHEDULED: { clocks: ['HOLD_ENDS'], lists: QUEUE },
    NO_SHOW: { why: NEVER_RESTS },
    ARRIVED: { clocks: ['ARRIVAL_DECIDED'], lists: QUEUE },
    ADMITTED: {
      clocks: ['STAY_CONFIRMED'],
      lists: QUEUE,
      why: 'A stay lasts as long as treatment does: time ends none, and asks the program again and again; day 30 and 90 count from its end. Where nobody is left at the program, who coordinates says so, or of a closed agency the operator',
    },
  },
  offer: {
    PENDING: { clocks: ['OFFER_ACKNOWLEDGED', 'OFFER_DECIDED'], lists: ['offers'] },
    ACKNOWLEDGED: { clocks: ['OFFER_DECIDED'], lists: ['offers'] },
  },
  hold: { ACTIVE: { clocks: ['HOLD_ENDS', 'ARRIVAL_DECIDED'], lists: QUEUE } },
  'hand-off': {
    RELEASED: {
      clocks: ['HOLD_ENDS'],
      lists: QUEUE,
      why: 'Received with the arrival, taken back with the end of the place',
    },
  },
  'person link': {
    OPEN: { lists: ['personLinks'] },
    LINKED: { why: 'Decided; it may be taken back, and nothing waits for that' },
    REJECTED: { why: 'Decided; it may be taken back, and nothing waits for that' },
  },
  outreachCase: {
    OPEN: { clocks: [...VISITS, ...STOPS], lists: ['outreachRoster'] },
    UNASSIGNED: { clocks: ['OUTREACH_ASSIGNED', ...STOPS], lists: ['unassignedOutreachCases'] },
    HANDED_OVER: { clocks: ['OUTREACH_ACKNOWLEDGED', ...STOPS], lists: ['outreachRoster'] },
    TRIED: { clocks: STOPS, lists: ['outreachRoster'] },
    REACHED: { clocks: STOPS, lists: ['outreachRoster'] },
    CLOSED: {
      clocks: ['FOLLOW_UP_DAY_30', 'FOLLOW_UP_DAY_90'],
      why: 'Ended; it may be opened again, and nothing waits for that. Who was engaged is asked on day 30 and 90',
    },
    VOID: {
      why: 'Joined into another case, which is watched, or its overdoses were taken back; nothing waits for either to be undone',
    },
  },
  custody: {
    OPENED: { lists: ['custodyAlerts'], why: 'NOT_COUNTERSIGNED' },
    HELD: {
      lists: ['surrenders', 'custodyAlerts'],
      why: 'In the property room, where it belongs until somebody sends it on',
    },
    IN_TRANSIT: { lists: ['custodyAlerts'], why: 'NOT_RECEIVED' },
    AT_LABORATORY: { lists: ['custodyAlerts'], why: 'RESULT_OVERDUE' },
    TO_BE_DESTROYED: { lists: ['custodyAlerts'], why: 'DESTRUCTION_UNFINISHED' },
    WITNESSED_ONCE: { lists: ['custodyAlerts'], why: 'DESTRUCTION_UNFINISHED' },
  },
  'child report': {
    SUBMITTED: { clocks: ['CHILD_RECEIVED'], lists: ['childReports'] },
    RECEIVED: {
      clocks: ['CHILD_SETTLED'],
      lists: ['childReports'],
      why: 'The clock runs once a placement has ended, or a check has not passed; until then child services have it by their own law',
    },
    CLOSED: {
      why: 'Ended; child services may open it again, and it opens by itself when the child is not where it was placed any more',
    },
  },
  caregiver: {
    PROPOSED: { lists: ['childReports'] },
    CHECKING: { lists: ['childReports'] },
    CLEARED: { lists: ['childReports'] },
    PLACED: { lists: ['childReports'], why: 'The child is there; the report cannot say otherwise while it is' },
  },
  'webhook endpoint': {
    ACTIVE: { why: 'A setting: what waits is its deliveries' },
    PAUSED: { lists: ['webhookEndpoints'], why: 'By the wish of the partner’s own people' },
    DISABLED: { lists: ['webhookEndpoints'], why: 'Told to the agency’s admin' },
  },
  'webhook delivery': {
    WAITING: { lists: ['webhookDeliveries'], why: 'Tried by itself for 72 hours, then DEAD' },
    DEAD: { lists: ['webhookDeliveries'] },
  },
  spikeAlert: { OPEN: { lists: ['spikeAlerts'], why: 'Goes quiet by itself with the counts' } },
  alertAction: {
    ASKED: { lists: ['spikeAlerts'], why: 'A piece of the alert, and over with it' },
    TAKEN: { lists: ['spikeAlerts'], why: 'A piece of the alert, and over with it' },
  },
  'nudge message': { QUEUED: { lists: ['nudgeMessages'], why: 'Tried by itself for a day, then FAILED' } },
  exposure: {
    REPORTED: { clocks: ['EXPOSURE_REVIEWED'], lists: ['exposures'] },
    REVIEWED: { clocks: ['EXPOSURE_FOLLOWED_UP'], lists: ['exposures'] },
  },
  'restock request': {
    REQUESTED: { clocks: ['RESTOCK_ANSWERED'], lists: ['restockRequests'] },
    SENT: { clocks: ['RESTOCK_RECEIVED'], lists: ['restockRequests'] },
  },
};

/** What waits without a machine of its own. */
export const watchedThings: Readonly<Record<string, Watch>> = {
  'waitlist entry that is open': { clocks: WAIT, lists: QUEUE },
  'transfer on the waitlist': { clocks: WAIT, lists: QUEUE, why: 'The entry waits on, for one more program' },
  'interim services that are not complete': { clocks: ['INTERIM_SERVICES'], lists: QUEUE },
  'bridge by medication': { clocks: ['BRIDGE_ENDS', 'INTERIM_METHADONE_ENDS'], lists: QUEUE },
  'follow-up after a stay': { clocks: ['FOLLOW_UP_DAY_30', 'FOLLOW_UP_DAY_90'], lists: ['dueClocks'] },
  'Handle With Care notice that is unread': { clocks: ['NOTICE_READ'], lists: ['handleWithCareReceipts'] },
  'request for an account of disclosures': { clocks: ['ACCOUNTING_ANSWERED'], lists: ['accountingRequests'] },
  'emergency that is to be reviewed': { clocks: ['BREAK_GLASS_REVIEWED'], lists: ['breakGlassReviews'] },
  'request by way of law': { lists: ['legalRequests'] },
  'at-risk flag': { clocks: ['OUTREACH_AT_RISK_VISIT'], lists: ['atRiskFlags', 'outreachRoster'] },
  'count of a pool': { clocks: ['CENSUS_FRESH'], lists: ['dueRoomClocks'] },
  'program near its capacity': { clocks: ['CAPACITY_NOTICE'], lists: ['dueRoomClocks'] },
  'need that nobody met': { lists: ['unmetNeeds', 'coordinatorQueue'] },
  'webhook that came in': { lists: ['inboundWebhooks'] },
  'batch warning in force': { lists: ['batchWarnings'], why: 'Ends by itself after three weeks' },
};

const cell = ({ clocks = [], lists = [], why = '' }: Watch): string =>
  `${clocks.join(', ') || '–'} | ${lists.map((list) => `\`${list}\``).join(', ') || '–'} | ${why || '–'}`;

/** For docs/what-waits.md. */
export const whatWaits = (): string =>
  [
    '# What waits, and who is told',
    '',
    'Generated by `npm run schema`. Every state of a machine that is not the last, and what waits without one: the clocks that run on it',
    '([clocks](clocks.md)), the queries that show it to whoever has to act, and where there is no clock, why. A state with none of the three',
    'fails a test.',
    '',
    '| what | state | clocks | lists | why |',
    '| --- | --- | --- | --- | --- |',
    ...Object.entries(watchedStates).flatMap(([machine, states]) =>
      Object.entries(states).map(([state, watch]) => `| ${machine} | ${state} | ${cell(watch)} |`),
    ),
    ...Object.entries(watchedThings).map(([thing, watch]) => `| ${thing} | – | ${cell(watch)} |`),
    '',
  ].join('\n');

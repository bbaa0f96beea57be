/** What runs, and until when. Lengths and ladders are data: `rules/clocks.json`. */
export const clockKinds = {
  OFFER_ACKNOWLEDGED: 'A program acknowledges an offer',
  OFFER_DECIDED: 'A program decides on an offer; silence goes on to the next program',
  HOLD_ENDS: 'The person arrives while the place is kept; else a no-show, and one re-offer',
  ARRIVAL_DECIDED: 'A person who has come is admitted or turned away; until then the place is theirs',
  STAY_CONFIRMED: 'A program says that a person who was admitted is still there, or that the stay has ended',
  INFO_PROVIDED:
    'Whoever sent a referral sends the facts that were asked for; without them it ends, unless the person waits on the list',
  INTERIM_SERVICES: 'A person who waits gets interim services',
  ADMISSION: 'A person who injects is admitted',
  ADMISSION_WITH_INTERIM: 'A person who injects and has interim services is admitted',
  PLACE_FOUND: 'A person whose admission has no deadline by law has a place, or a human looks at why not',
  BRIDGE_ENDS: 'Medication for at most three days is followed by treatment or by the next step',
  INTERIM_METHADONE_ENDS: 'Interim methadone is followed by treatment or by the next step',
  WAITLIST_CONTACT: 'Somebody keeps in touch with a person who waits',
  CAPACITY_NOTICE: 'The state is told that a program has reached 90 % of its capacity, by occupied places',
  CENSUS_FRESH: 'The counts of a pool are attested again',
  FOLLOW_UP_DAY_30: 'The person is asked how they are, a month after the end',
  FOLLOW_UP_DAY_90: 'The person is asked how they are, three months after the end',
  ACCOUNTING_ANSWERED: 'A person who asked who was told of them is answered',
  BREAK_GLASS_REVIEWED: 'A privacy officer reviews a record opened in an emergency',
  OUTREACH_VISIT: 'A team tries to see a person after an overdose',
  OUTREACH_STOP: 'A case of outreach ends, with an outcome or a reason',
  OUTREACH_FAMILY_VISIT: 'A team goes to see the family of a person who died',
  OUTREACH_FAMILY_STOP: 'The case of a family ends, with an outcome or a reason',
  OUTREACH_AT_RISK_VISIT: 'A team tries to see a patient whom a hospital flagged, from the discharge on',
  OUTREACH_ACKNOWLEDGED: 'The team where the person lives takes over a case that was handed to it; else it goes back',
  OUTREACH_ASSIGNED: 'A coordinator finds a program for a case in a county that none looks after',
  NOTICE_READ: 'Somebody at the school reads a Handle With Care notice; else the sender calls there',
  CHILD_RECEIVED: 'Child services take a report of a child in hand',
  CHILD_SETTLED:
    'Child services see to a child whose placement ended, or who is with somebody of whom a check has not passed',
  RESTOCK_ANSWERED: 'An agency that was asked for naloxone sends it, or says that it sends none',
  RESTOCK_RECEIVED: 'Naloxone that was sent arrives, and is taken into stock',
  EXPOSURE_REVIEWED: 'A safety officer looks at an exposure and speaks with the responder',
  EXPOSURE_FOLLOWED_UP: 'A responder who was exposed is asked once more how they are',
} as const;
export type ClockKind = keyof typeof clockKinds;
export const clockKindNames = Object.keys(clockKinds) as ClockKind[];

/** Those about room and no person: only their own agency sees them. */
export const roomClockKinds = ['CAPACITY_NOTICE', 'CENSUS_FRESH'] as const satisfies readonly ClockKind[];

/** Those that run by what the person needs: by whether they inject, are pregnant, take methadone. Their name tells it. */
export const kindsOfNeed: readonly ClockKind[] = [
  ...(['INTERIM_SERVICES', 'ADMISSION', 'ADMISSION_WITH_INTERIM', 'PLACE_FOUND'] as const),
  ...(['BRIDGE_ENDS', 'INTERIM_METHADONE_ENDS'] as const),
];

export const clockEnds = {
  MET: 'Done before the deadline',
  BREACHED: 'Done after the deadline, or not at all',
  CANCELLED: 'Nothing to do any more',
} as const;
export type ClockEnd = keyof typeof clockEnds;

/** How a human closes a clock that no other step ends. */
export const clockAnswers = {
  REACHED_IN_TREATMENT: 'Reached; in treatment or recovery support',
  REACHED_NOT_IN_TREATMENT: 'Reached; not in treatment',
  REACHED_WANTS_HELP: 'Reached; wants help again',
  NOT_REACHED: 'Tried and not reached',
  DECLINED_CONTACT: 'Does not want to be asked',
  DECEASED: 'Has died',
  STATE_NOTIFIED: 'The state was told',
  STILL_IN_STAY: 'Still with the program; asked again when the next period is over',
} as const;
export type ClockAnswer = keyof typeof clockAnswers;

const FOLLOW_UP: readonly ClockAnswer[] = (Object.keys(clockAnswers) as ClockAnswer[]).filter(
  (answer) => answer !== 'STATE_NOTIFIED' && answer !== 'STILL_IN_STAY',
);
const answersOfKind: Partial<Record<ClockKind, readonly ClockAnswer[]>> = {
  FOLLOW_UP_DAY_30: FOLLOW_UP,
  FOLLOW_UP_DAY_90: FOLLOW_UP,
  CAPACITY_NOTICE: ['STATE_NOTIFIED'],
  STAY_CONFIRMED: ['STILL_IN_STAY'],
};
/** Only the agency that owes the answer was there to know it; who coordinates is told that it is late. */
const ownersAnswer: ReadonlySet<ClockKind> = new Set(['STAY_CONFIRMED']);

interface Owed {
  readonly kind: ClockKind;
  readonly ownerAgencyId: string;
}
interface Answerer {
  readonly agencyId: string;
}

export const isForTheOwner = ({ kind, ownerAgencyId }: Owed, { agencyId }: Answerer): boolean =>
  ownersAnswer.has(kind) && ownerAgencyId !== agencyId;

/** Empty: ended by another step, or by the answer of another agency. */
export const answersOf = (clock: Owed, answerer: Answerer): readonly ClockAnswer[] =>
  isForTheOwner(clock, answerer) ? [] : (answersOfKind[clock.kind] ?? []);

/** Whether the clock runs, and is ended by an answer of this agency. */
export const awaitsAnswer = (clock: Owed & { readonly endedAt: Date | null }, answerer: Answerer): boolean =>
  clock.endedAt === null && answersOf(clock, answerer).length > 0;

/** Why a referral needs a human, the most urgent first: the order of the coordinator’s queue. */
export const queueReasons = {
  HOLD_ENDING: 'A place is kept for half an hour more at most, and the person has not come',
  NOT_ADMITTED: 'Has come, and the program has an hour left, or none, to admit them or turn them away',
  OFFER_WAITS:
    'An offer was not acknowledged in its time, or has half an hour left, or none, to be decided; silence passes it on. The soonest first',
  REFERRED_TWICE:
    'The same person, under this or another record that your agency knows to be theirs, is on another open referral that you follow: end one of the two, or part the records (`splitPersons`) if they are two people',
  CLOCK_BREACHED: 'A deadline has passed; `dueClocks` says which',
  BRIDGE_ENDING: 'Medication bridges the wait for one day more at most, or no more, and nothing has followed it',
  WAITING_WITHOUT_INTERIM: 'Waits, and the checklist of interim services is not complete',
  DECLINED_BY_ALL: 'Waits, and every program that was asked said no or nothing',
  NO_SHOW_TWICE: 'Did not come twice, within the last week; nobody else is asked',
  INFO_STALE: 'Facts are missing for more than a day',
  LAPSED: 'Ended within the last week, because nobody sent the facts that were asked for',
  UNMET_NEED: 'Waits: no program can take the person now',
} as const;
export type QueueReason = keyof typeof queueReasons;

/** Those that are there only for who injects, is pregnant or takes medication: they tell the need. */
export const reasonsOfNeed: readonly QueueReason[] = ['BRIDGE_ENDING', 'WAITING_WITHOUT_INTERIM'];

import type { Case } from './cases';

const onEntry = (command: string, input: object): Case => ({
  asks: `WaitlistEntry:${command}`,
  on: 'referral',
  at: 'waiting',
  variables: (referralId) => ({ input: { referralId, ...input } }),
});

/** How the operations about those who wait, and what is due to people, are called. */
export const waitlistCases: Readonly<Record<string, Case>> = {
  coordinatorQueue: { asks: 'QueueItem:read', variables: () => ({ first: 20 }) },
  recordInterimService: onEntry('recordInterimService', { service: 'HIV_TB_EDUCATION', result: 'GIVEN' }),
  recordWaitlistContact: onEntry('recordContact', { outcome: 'NO_ANSWER' }),
  setWaitlistContact: onEntry('setContact', { way: 'VISIT' }),
  removeFromWaitlist: onEntry('remove', { reason: 'ENTERED_IN_ERROR' }),
  transferWaitlistEntry: {
    ...onEntry('transfer', {}),
    variables: (referralId, { pool }) => ({ input: { referralId, programId: pool.programId } }),
  },
  answerClock: {
    asks: 'Clock:answer',
    on: 'clock',
    at: 'discharged',
    variables: (clockId) => ({ input: { clockId, answer: 'NOT_REACHED' } }),
  },
  offerReferral: {
    asks: 'Offer:make',
    on: 'referral',
    at: 'waiting',
    variables: (referralId, { pool }) => ({ input: { referralId, programId: pool.programId } }),
  },
  clock: { asks: 'Clock:read', on: 'clock', at: 'discharged', variables: (id) => ({ id }) },
  clockBreaches: { asks: 'ClockBreaches:read', variables: () => ({}) },
  dueClocks: { asks: 'Clock:read', variables: () => ({ first: 20 }) },
  dueRoomClocks: { asks: 'RoomClock:read', variables: () => ({ first: 20 }) },
  clockChanged: { asks: 'Clock:read', variables: () => ({}) },
  roomClockChanged: { asks: 'RoomClock:read', variables: () => ({}) },
};

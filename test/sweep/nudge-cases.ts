import type { Case } from './cases';

const first = { first: 20 };
const own = (command: string, input: object): Case => ({
  asks: `NudgeSettings:${command}`,
  variables: () => ({ input }),
});

/** How the operations about what staff are told are called. */
export const nudgeCases: Readonly<Record<string, Case>> = {
  nudgeSettings: { asks: 'NudgeSettings:read', variables: () => ({}) },
  nudges: { asks: 'Nudge:read', variables: () => first },
  nudgeReach: { asks: 'NudgeReach:read', variables: () => ({}) },
  nudgeMessages: { asks: 'NudgeMessage:read', variables: () => first },
  setNudgeAddress: own('setAddress', { channel: 'EMAIL', address: 'swept@work.example' }),
  confirmNudgeAddress: { ...own('confirmAddress', { channel: 'EMAIL', code: '000000' }), neverDone: 'no code waits' },
  removeNudgeAddress: { ...own('removeAddress', { channel: 'SMS' }), neverDone: 'there is none' },
  setNudgePreferences: own('prefer', {
    channels: ['EMAIL'],
    language: 'es',
    rhythm: 'HOURLY',
    quietFrom: '22:00',
    quietUntil: '06:30',
    timeZone: 'America/New_York',
  }),
};

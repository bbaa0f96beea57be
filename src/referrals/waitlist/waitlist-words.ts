import { removalReasons } from './engine/removal';

/** How one who waits can be reached. */
export const contactWays = {
  PHONE: 'By telephone',
  MESSAGE: 'By text message or e-mail',
  VISIT: 'By a visit',
  PROVIDER: 'Through a program or clinic they go to',
  OUTREACH_TEAM: 'Through the outreach team, which knows where they stay',
  TRUSTED_PERSON: 'Through somebody they trust, who is told nothing',
} as const;
export type ContactWay = keyof typeof contactWays;

/** How waiting ended. */
export const waitEnds = {
  PLACED: 'A place is kept',
  REFERRAL_ENDED: 'The referral ended',
  ...removalReasons,
} as const;
export type WaitEnd = keyof typeof waitEnds;

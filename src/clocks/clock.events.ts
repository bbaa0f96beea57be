/** News of clocks. Subject: the clock. Payload: ids and codes; `tell` is who the ladder names. */
export const CLOCK_REMINDED = 'clock.reminded';
/** The deadline has passed. Once for each deadline. */
export const CLOCK_BREACHED = 'clock.breached';
/** A rung of the ladder at or after the deadline. */
export const CLOCK_ESCALATED = 'clock.escalated';

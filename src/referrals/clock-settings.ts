/**
 * Limits of routing, in minutes: one table of defaults of the field, handed out by `ClockSource`. What somebody has to do by a
 * deadline is a clock (room `clocks`) and its length is data there.
 */
export interface ClockSettings {
  /** How long past a scheduled arrival the place is kept. */
  readonly arrivalGraceMinutes: number;
  /** The latest an arrival may be scheduled after acceptance. */
  readonly scheduleWithinMinutes: number;
  /** Programs asked at once. */
  readonly liveOffers: number;
  /** A program that said no, or nothing, is not asked again for the same referral before. */
  readonly askAgainMinutes: number;
  /** How often a person who did not arrive is routed again. */
  readonly reoffersAfterNoShow: number;
}

export const defaultClocks: ClockSettings = {
  arrivalGraceMinutes: 60,
  scheduleWithinMinutes: 72 * 60,
  liveOffers: 3,
  askAgainMinutes: 24 * 60,
  reoffersAfterNoShow: 1,
};

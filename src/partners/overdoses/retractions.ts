import type { RetractionReason } from '../../overdoses';

/** Why a row of a file is no report, and why a report of before is taken back by it. */
export const retractionOf = {
  CANCELLED: 'NOT_AN_OVERDOSE',
  DUPLICATE: 'DUPLICATE',
  NOT_AN_OVERDOSE: 'NOT_AN_OVERDOSE',
  RESPONDER_EXPOSURE: 'NOT_AN_OVERDOSE',
} as const satisfies Readonly<Record<string, RetractionReason>>;

import type { RefusalCode } from './refusal-codes';

/** What a refusal may tell its reader besides code and message. Never personal data. */
export interface RefusalDetails {
  /** Path of the offending argument, for example `input.pools[1].staffed`. */
  readonly field?: string;
  /** What the caller can do about it, in one sentence. */
  readonly remedy?: string;
  readonly [fact: string]: unknown;
}

/** The record that some details speak of, and the fields that say the same: a detail is told where its field is, and accounted for like it. */
export interface Telling {
  readonly type: string;
  readonly row: object;
  /** By detail, the field of the type. */
  readonly fields: Readonly<Record<string, string>>;
}

/** A domain "no": expected, typed, returned. Exceptions are for the unexpected. */
export class Refusal<Code extends RefusalCode = RefusalCode> {
  constructor(
    readonly code: Code,
    readonly message: string,
    readonly details: RefusalDetails = {},
    readonly tells?: Telling,
  ) {}
}

export const isRefusal = (value: unknown): value is Refusal => value instanceof Refusal;

/** One answer for "does not exist" and "not yours to see": a stranger must not learn the difference. */
export const notFound = (what: string): Refusal<'NOT_FOUND'> =>
  new Refusal('NOT_FOUND', `No such ${what}.`, { remedy: 'Check the id and that your agency takes part in it.' });

export const invalid = (field: string, message: string, remedy: string): Refusal<'INVALID_INPUT'> =>
  new Refusal('INVALID_INPUT', message, { field, remedy });

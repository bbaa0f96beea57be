/** What the harness saw and what it found afterwards: all that the checker judges by. Times are milliseconds since the start. */

/** How one sending of a request ended, as far as its sender can tell. */
export type AttemptEnd =
  /** The command’s own answer. */
  | 'ok'
  /** A coded no: a refusal, or an error that says the request was not run. */
  | 'refused'
  /** A coded “ask again”. */
  | 'retry'
  /** No answer: the effect may have happened. */
  | 'lost'
  /** HTTP 500, INTERNAL_SERVER_ERROR, or an answer that nobody can read. */
  | 'fault';

export interface Attempt {
  /** `x-request-id`: the audit trail names it beside what it caused. */
  readonly requestId: string;
  /** Which API it went to. */
  readonly api: string;
  readonly from: number;
  readonly to: number;
  readonly end: AttemptEnd;
  readonly status: number;
  /** Of a refusal or an error; of a lost one, why. */
  readonly code: string | null;
  /** The record that an `ok` answers. */
  readonly id: string | null;
}

/** One request of one person: a command under one idempotency key, sent until its answer is known. */
export interface Call {
  readonly key: string;
  readonly person: string;
  readonly command: string;
  /** The record it is about, where there is one before. */
  readonly subjectId: string | null;
  readonly attempts: readonly Attempt[];
}

export interface Read {
  readonly person: string;
  readonly attempt: Attempt;
}

/** One version of one row, written down inside the transaction that made it. In the order of `seq`, for one row. */
export interface Change {
  readonly seq: number;
  /** By the database’s clock, milliseconds: when its transaction began, when it was written, and when it was committed; null: not told. */
  readonly began: number;
  readonly at: number;
  readonly committed: number | null;
  readonly xid: string;
  readonly table: string;
  readonly id: string;
  /** Null: it was not there. */
  readonly before: Row | null;
  /** Null: it is gone. */
  readonly after: Row | null;
}
export type Row = Readonly<Record<string, unknown>>;

export interface Entry {
  readonly xid: string;
  readonly action: string;
  readonly kind: string;
  readonly subjectId: string | null;
  readonly requestId: string | null;
}

/** Said of a process that did not end when it was asked to. */
export const HAD_TO_BE_KILLED = 'HAD TO BE KILLED';

/** Something the harness did. */
export interface FaultPlayed {
  readonly name: string;
  readonly detail: string;
  readonly from: number;
  readonly to: number;
}

/** From the moment the database took connections again. */
export interface Recovery {
  /** The program; `news`: what workers pass on. */
  readonly of: string;
  readonly what: string;
  readonly at: number;
  readonly milliseconds: number;
}

export interface History {
  readonly calls: readonly Call[];
  readonly reads: readonly Read[];
  readonly faults: readonly FaultPlayed[];
  readonly recoveries: readonly Recovery[];
  /** Pools out of bounds as the watcher saw them from outside. */
  readonly sightings: readonly { readonly at: number; readonly poolId: string; readonly what: string }[];
  readonly samples: number;
}

/** What the database holds once everything has come to rest. */
export interface Facts {
  readonly changes: readonly Change[];
  readonly entries: readonly Entry[];
  /** The rows as they stand, by table and id; the same columns as in `changes`. */
  readonly rows: readonly { readonly table: string; readonly id: string; readonly row: Row }[];
  /** What has not come to rest, each with what it is. */
  readonly leftovers: readonly { readonly what: string; readonly id: string }[];
  /** News of offers for partner systems, and what of it their receiver took, in the order in which it first came. */
  readonly webhooks: readonly { readonly id: string; readonly state: string; readonly subjectId: string }[];
  readonly taken: readonly string[];
  /** What `audit:verify` said; null: whole. */
  readonly trail: string | null;
}

export interface Violation {
  readonly rule: string;
  readonly what: string;
  /** Keys of calls and ids of records that it is about: the slice of the history to print. */
  readonly about: readonly string[];
}

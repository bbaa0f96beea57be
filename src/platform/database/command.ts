/** What a command returns: the record it touched. Reading it back is the reader’s business, under the actor’s own rights. */
export interface Done {
  readonly id: string;
}

export interface Command {
  /** The operation’s name, as clients call it. */
  readonly name: string;
  /** The client’s idempotency key; without one the command runs as often as it is sent. */
  readonly key?: string | null | undefined;
  /** What the client asked; the same key with another body is refused. */
  readonly input?: unknown;
  readonly requestId?: string | undefined;
  /** Upkeep of Handrail’s own tables that changes no record of anybody: the only kind that needs no audit entry. */
  readonly isHousekeeping?: boolean;
}

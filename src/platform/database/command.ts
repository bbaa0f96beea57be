import type { SystemStep } from '../../access';
import type { Reader } from './reader';

/** What a command returns: the record it touched, by its id. */
export interface Done {
  readonly id: string;
  /** The record as its actor may see it, where the command asked for it to be read back; null where they see none. */
  readonly record?: unknown;
}

export interface Command {
  /** The operation’s name, as clients call it. */
  readonly name: string;
  /** The client’s idempotency key; without one the command runs as often as it is sent. */
  readonly key?: string | null | undefined;
  /** What the client asked; the same key with another body is refused. */
  readonly input?: unknown;
  readonly requestId?: string | undefined;
  /**
   * Reads the touched record for the answer, under the actor’s own rights, as the last statement before COMMIT. Nothing the
   * command itself saw can leave by it.
   */
  readonly readBack?: ((reader: Reader, id: string) => Promise<unknown>) | undefined;
  /** Upkeep of Handrail’s own tables that changes no record of anybody: the only kind that needs no audit entry. */
  readonly isHousekeeping?: boolean;
  /** One of very many from a file: its news and tasks wait behind everybody else’s. */
  readonly isBulk?: boolean;
}

/** What Handrail does by itself: deny by default, as for everybody. */
export type SystemCommand = Command & { readonly name: SystemStep };

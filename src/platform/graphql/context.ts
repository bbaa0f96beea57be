import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { Actor } from '../../access';
import type { Accounting, ReadingOperation } from '../database/operation-reader';
import type { Reader } from '../database/reader';
import type { Disclosed } from '../disclosure/ledger';
import type { WayOut } from '../disclosure/ledger-line';
import type { Leaving } from '../disclosure/release-log';
import { Releases } from '../disclosure/releases';
import type { RequestRecord } from '../logging/request-record';
import { unauthenticated } from './errors';

/** What one request carries through every resolver. */
export interface GraphqlContext {
  /** Who asks, or null for a caller without a token: no operation is theirs, and no resolver runs for them. */
  readonly actor: Actor | null;
  /** Reads as the actor. Throws UNAUTHENTICATED without one. */
  readonly reader: Reader;
  /** What of people’s records this answer is about to tell. */
  readonly releases: Releases;
  /** Also in the response header `x-request-id`, the log and every message about a fault. */
  readonly requestId: string;
  /** Printable, at most 200 characters. */
  readonly userAgent: string | null;
}

/** Ways to read as an actor: each query for itself, or one transaction for the whole operation. */
export interface Readers {
  each(actor: Actor): Reader;
  operation(actor: Actor): ReadingOperation;
  /** What must be written before an answer leaves. */
  account(leaving: Leaving): Accounting<Disclosed[]>;
}

interface Opened {
  readonly actor: Actor | null;
  readonly userAgent: string | null;
  readonly record: RequestRecord | undefined;
  readonly readers: Readers;
  readonly way?: WayOut;
}

/**
 * Opens the reader on first use: an operation that reads nothing costs nothing. Apollo hands a shallow copy of the
 * context to resolvers, so its state is in ordinary properties: a `#private` one, or a WeakMap, would not come along.
 */
export class RequestContext implements GraphqlContext {
  readonly actor: Actor | null;
  readonly requestId: string;
  readonly userAgent: string | null;
  readonly record: RequestRecord | undefined;
  readonly releases = new Releases();
  private readonly readers: Readers;
  private readonly way: WayOut;
  private opened: Reader | undefined;
  private operation: ReadingOperation | undefined;

  constructor({ actor, userAgent, record, readers, way = 'GRAPHQL' }: Opened) {
    this.actor = actor;
    this.requestId = record?.requestId ?? 'none';
    this.userAgent = userAgent;
    this.record = record;
    this.readers = readers;
    this.way = way;
  }

  get reader(): Reader {
    if (this.actor === null) throw unauthenticated();
    return (this.opened ??= this.readers.each(this.actor));
  }

  /**
   * From here on everything is read in one transaction. For operations that only read: one that also commands would hold a
   * connection while it waits for a second.
   */
  readInOneTransaction(): void {
    if (this.actor !== null && this.opened === undefined) {
      this.opened = this.operation = this.readers.operation(this.actor);
    }
  }

  /** Ends the transaction of the operation where it still is open; nobody need wait for that. */
  end(): void {
    void this.operation?.end();
  }

  /**
   * Accounts for what was released, in the transaction that read it, and ends it. Must resolve before the answer leaves;
   * when it throws, nothing may leave.
   */
  async settle(action: string): Promise<readonly Disclosed[]> {
    const { actor, way, requestId, releases } = this;
    if (actor === null) return [];
    if (releases.isEmpty) {
      // What is answered from memory has asked nobody yet whether the caller still is who they were.
      await this.operation?.enter();
      return [];
    }
    const told = releases.take();
    const account = this.readers.account({ actor, way, action, requestId, told });
    return (this.operation ?? this.readers.operation(actor)).endWith(account);
  }
}

const contextOf = (context: ExecutionContext): GraphqlContext =>
  GqlExecutionContext.create(context).getContext<GraphqlContext>();

/** The request's context: `@Ctx() context: GraphqlContext`. */
export const Ctx = createParamDecorator((_: unknown, context: ExecutionContext) => contextOf(context));

/** Who asks. The guard has seen to it that there is someone. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext) => contextOf(context).actor);

/** A `Reader` as the actor. */
export const RequestReader = createParamDecorator((_: unknown, context: ExecutionContext) => contextOf(context).reader);

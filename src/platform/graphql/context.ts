import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { Actor } from '../../access';
import type { Reader } from '../database/reader';
import type { RequestRecord } from '../logging/request-record';
import { unauthenticated } from './errors';

/** What one request carries through every resolver. */
export interface GraphqlContext {
  /** Who asks, or null for a caller without a token (only `@Access('public')` operations reach a resolver then). */
  readonly actor: Actor | null;
  /** Reads as the actor. Throws UNAUTHENTICATED without one. */
  readonly reader: Reader;
  /** Also in the response header `x-request-id`, the log and every message about a fault. */
  readonly requestId: string;
  /** Printable, at most 200 characters. */
  readonly userAgent: string | null;
}

interface Opened {
  readonly actor: Actor | null;
  readonly userAgent: string | null;
  readonly record: RequestRecord | undefined;
  readonly openReader: (actor: Actor) => Reader;
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
  private readonly openReader: (actor: Actor) => Reader;
  private opened: Reader | undefined;

  constructor({ actor, userAgent, record, openReader }: Opened) {
    this.actor = actor;
    this.requestId = record?.requestId ?? 'none';
    this.userAgent = userAgent;
    this.record = record;
    this.openReader = openReader;
  }

  get reader(): Reader {
    if (this.actor === null) throw unauthenticated();
    return (this.opened ??= this.openReader(this.actor));
  }
}

const contextOf = (context: ExecutionContext): GraphqlContext =>
  GqlExecutionContext.create(context).getContext<GraphqlContext>();

/** The request's context: `@Ctx() context: GraphqlContext`. */
export const Ctx = createParamDecorator((_: unknown, context: ExecutionContext) => contextOf(context));

/** Who asks. The guard has seen to it that there is someone, except on `@Access('public')`. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext) => contextOf(context).actor);

/** A `Reader` as the actor. */
export const RequestReader = createParamDecorator((_: unknown, context: ExecutionContext) => contextOf(context).reader);

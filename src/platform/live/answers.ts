import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import {
  createSourceEventStream,
  execute,
  type ExecutionArgs,
  type ExecutionResult,
  type FormattedExecutionResult,
  type GraphQLError,
  type GraphQLFormattedError,
  type OperationDefinitionNode,
} from 'graphql';
import { PinoLogger } from 'nestjs-pino';
import { SignedOut, Unavailable } from '../database/failures';
import { ANSWER_ERROR_LIMIT, reportFault } from '../graphql/answer.plugin';
import type { RequestContext } from '../graphql/context';
import { ContextFactory } from '../graphql/context.factory';
import { causeOf, isUnexpected, presentError } from '../graphql/errors';
import { released } from '../graphql/released';
import { liveDropped, liveSent } from '../health/metrics';
import type { Connection } from './connection';
import { Mailbox, type News } from './mailbox';
import type { Turns } from './turns';

/** While the database is away, what changed waits to be read. */
const RETRY_MS = 1_000;

type Formatted = FormattedExecutionResult;

/** Everything one subscription needs to answer its events. */
interface Subscription {
  readonly connection: Connection;
  readonly args: ExecutionArgs;
  readonly operation: OperationDefinitionNode;
  /** Of its one field, for the metrics. */
  readonly name: string;
  readonly turns: Turns;
}

const hasCause = ({ errors = [] }: ExecutionResult, cause: typeof SignedOut | typeof Unavailable): boolean =>
  errors.some((error) => causeOf(error) instanceof cause);

const isEmpty = ({ data, errors }: ExecutionResult): boolean =>
  !errors && Object.values(data ?? {}).every((value) => value === null);

/** Makes answers of events, each under the rights the subscriber has when it is made. */
@Injectable()
export class Answers {
  constructor(
    private readonly modules: ModuleRef,
    private readonly logger: PinoLogger,
  ) {}

  /** The stream of a subscription’s answers, or why there is none. */
  async open(subscription: Subscription): Promise<AnswerStream | readonly GraphQLError[]> {
    const { args, connection } = subscription;
    const source = await createSourceEventStream({ ...args, contextValue: this.#contextOf(connection) });
    if (source instanceof Mailbox) return new AnswerStream(source, connection, (news) => this.#of(subscription, news));
    if (Symbol.asyncIterator in source) throw new Error('a subscription returns the watch of a topic');
    return source.errors ?? [];
  }

  /** What a client may read of errors; those that are ours are logged first. */
  present(errors: readonly GraphQLError[], { record }: Connection): GraphQLFormattedError[] {
    for (const error of errors) if (isUnexpected(error)) reportFault(this.logger, error, record);
    return errors.slice(0, ANSWER_ERROR_LIMIT).map((error) => presentError(error.toJSON(), error));
  }

  /** Null: nothing in it for this subscriber. */
  async #of(subscription: Subscription, news: News): Promise<Formatted | null> {
    const { connection, name, turns } = subscription;
    while (connection.isOpen) {
      const result = await turns.run(() => this.#run(subscription, news));
      if (hasCause(result, SignedOut)) {
        connection.close('signedOut');
      } else if (hasCause(result, Unavailable)) {
        await pause(RETRY_MS, null, { ref: false });
      } else if (isEmpty(result)) {
        liveDropped.inc({ subscription: name, reason: 'unseen' });
        return null;
      } else {
        liveSent.inc({ subscription: name });
        return this.#formatted(result, connection);
      }
    }
    return null;
  }

  /** Reads and accounts for what is told in one transaction, as for a query; nothing leaves that is not on record. */
  #run({ args, connection, operation }: Subscription, news: News): Promise<ExecutionResult> {
    const context = this.#contextOf(connection);
    context.readInOneTransaction();
    return released(operation, context, async () => execute({ ...args, rootValue: news, contextValue: context }));
  }

  #formatted({ data, errors, extensions }: ExecutionResult, connection: Connection): Formatted {
    return {
      data: data ?? null,
      ...(errors && { errors: this.present(errors, connection) }),
      ...(extensions && { extensions }),
    };
  }

  #contextOf(connection: Connection): RequestContext {
    return this.modules.get(ContextFactory, { strict: false }).forNews(connection);
  }
}

/** An iterator by hand: a generator that waits for its next event could not be ended before that comes. */
export class AnswerStream implements AsyncIterableIterator<Formatted, void, void> {
  constructor(
    private readonly source: Mailbox<unknown>,
    connection: Connection,
    private readonly answer: (news: News) => Promise<Formatted | null>,
  ) {
    source.whenFull(() => {
      connection.close('tooSlow');
    });
  }

  async next(): Promise<IteratorResult<Formatted, void>> {
    for (;;) {
      const next = await this.source.next();
      if (next.done) return { done: true, value: undefined };
      const value = await this.answer(next.value);
      if (value) return { done: false, value };
    }
  }

  async return(): Promise<IteratorResult<Formatted, void>> {
    await this.source.return();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

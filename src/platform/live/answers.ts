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
import { ContextFactory } from '../graphql/context.factory';
import { causeOf, isUnexpected, presentError } from '../graphql/errors';
import { released } from '../graphql/released';
import { liveDropped, liveSent } from '../health/metrics';
import type { Connection } from './connection';
import { Mailbox, type News } from './mailbox';
import type { Turns } from '../jobs/turns';

/** While the database is away, what changed waits to be read: about so long, or all subscribers would ask in the same moment. */
const RETRY_MS = 1_000;
const aWhile = (): Promise<unknown> => pause(RETRY_MS * (0.5 + Math.random()), null, { ref: false });
/** Events of one subscription that are answered in one transaction, when so many wait. */
const BATCH = 20;
/** How long an answer may wait for the network before it is read anew. */
const FRESH_MS = 1_000;

type Formatted = FormattedExecutionResult;

/** An event’s answer, until it is sent. */
interface Answer {
  readonly news: News;
  readonly payload: Formatted;
  readonly readAt: number;
}

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
    const source = await createSourceEventStream({ ...args, contextValue: this.#contexts.forNews(connection) });
    if (source instanceof Mailbox) {
      return new AnswerStream(source, subscription, (batch) => this.#of(subscription, batch));
    }
    if (Symbol.asyncIterator in source) throw new Error('a subscription returns the watch of a topic');
    return source.errors ?? [];
  }

  /** What a client may read of errors; those that are ours are logged first. */
  present(errors: readonly GraphQLError[], { record }: Connection): GraphQLFormattedError[] {
    for (const error of errors) if (isUnexpected(error)) reportFault(this.logger, error, record);
    return errors.slice(0, ANSWER_ERROR_LIMIT).map((error) => presentError(error.toJSON(), error));
  }

  /** What of these the subscriber may see, in their order. Nothing when the connection has ended meanwhile. */
  async #of(subscription: Subscription, batch: readonly News[]): Promise<Answer[]> {
    const { connection, turns } = subscription;
    while (connection.isOpen) {
      const results = await turns.run(() => this.#run(subscription, batch));
      if (results.some((result) => hasCause(result, SignedOut))) connection.close('signedOut');
      else if (results.some((result) => hasCause(result, Unavailable))) await aWhile();
      else if (batch.length === 1 || results.every(({ errors }) => !errors)) {
        return this.#seen(subscription, batch, results);
      }
      // One that fails spoils the transaction of all: each for itself, then.
      else return (await Promise.all(batch.map((news) => this.#of(subscription, [news])))).flat();
    }
    return [];
  }

  #seen({ connection, name }: Subscription, batch: readonly News[], results: readonly ExecutionResult[]): Answer[] {
    const readAt = performance.now();
    return batch.flatMap((news, index) => {
      const result = results[index];
      if (result && !isEmpty(result)) return [{ news, readAt, payload: this.#formatted(result, connection) }];
      liveDropped.inc({ subscription: name, reason: 'unseen' });
      return [];
    });
  }

  /** Reads and accounts for what is told in one transaction, as for a query; nothing leaves that is not on record. */
  #run({ args, connection, operation }: Subscription, batch: readonly News[]): Promise<ExecutionResult[]> {
    const contexts = this.#contexts.forEvents(connection, batch.length);
    return Promise.all(
      contexts.map((contextValue, index) =>
        released(operation, contextValue, async () => execute({ ...args, rootValue: batch[index], contextValue })),
      ),
    );
  }

  #formatted({ data, errors, extensions }: ExecutionResult, connection: Connection): Formatted {
    return {
      data: data ?? null,
      ...(errors && { errors: this.present(errors, connection) }),
      ...(extensions && { extensions }),
    };
  }

  get #contexts(): ContextFactory {
    return this.modules.get(ContextFactory, { strict: false });
  }
}

/** An iterator by hand: a generator that waits for its next event could not be ended before that comes. */
export class AnswerStream implements AsyncIterableIterator<Formatted, void, void> {
  readonly #ready: Answer[] = [];

  constructor(
    private readonly source: Mailbox<unknown>,
    private readonly subscription: Pick<Subscription, 'connection' | 'name'>,
    private readonly answer: (batch: readonly News[]) => Promise<Answer[]>,
  ) {
    source.whenFull(() => {
      subscription.connection.close('tooSlow');
    });
  }

  async next(): Promise<IteratorResult<Formatted, void>> {
    for (;;) {
      const value = this.#freshOne();
      if (value) {
        liveSent.inc({ subscription: this.subscription.name });
        return { done: false, value };
      }
      const batch = await this.source.take(BATCH);
      if (batch.length === 0) return { done: true, value: undefined };
      this.#ready.push(...(await this.answer(batch)));
    }
  }

  async return(): Promise<IteratorResult<Formatted, void>> {
    await this.source.return();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** What waited behind a slow network is read again: rights may have ended since. */
  #freshOne(): Formatted | null {
    for (let answer = this.#ready.shift(); answer; answer = this.#ready.shift()) {
      if (performance.now() - answer.readAt < FRESH_MS) return answer.payload;
      this.source.putBack(answer.news);
    }
    return null;
  }
}

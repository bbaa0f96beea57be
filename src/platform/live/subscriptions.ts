import { Inject, Injectable } from '@nestjs/common';
import { GraphQLError, type ExecutionArgs, type GraphQLSchema } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { rootFieldsOf } from '../graphql/released';
import { OperationLimits } from '../limits';
import { Answers, type AnswerStream } from './answers';
import type { Connection } from './connection';
import { LIMITS, LIVE_SETTINGS, type LiveSettings } from './live-settings';
import { SubscriptionDocuments } from './subscription-document';
import { Turns } from '../jobs/turns';

/** Carries the stream from where it is opened to where graphql-ws asks for it. */
export type Prepared = ExecutionArgs & { readonly stream: AnswerStream };

const tooMany = (): GraphQLError =>
  new GraphQLError('Too many subscriptions on one connection.', {
    extensions: { code: 'BAD_REQUEST', remedy: 'Complete one that is no longer needed.' },
  });

/** Opens subscriptions: reads the document, counts it against the actor’s budget, and runs its handler. */
@Injectable()
export class Subscriptions {
  readonly #turns: Turns;

  constructor(
    @Inject(LIVE_SETTINGS) private readonly settings: LiveSettings,
    private readonly limits: OperationLimits,
    private readonly answers: Answers,
  ) {
    this.#turns = new Turns(settings.answersAtOnce);
  }

  documentsOf(schema: GraphQLSchema): SubscriptionDocuments {
    return new SubscriptionDocuments(schema, this.settings.introspection);
  }

  /** `count`: subscriptions of the connection with this one. What is refused comes back as errors. */
  async open(
    connection: Connection,
    documents: SubscriptionDocuments,
    { payload, count }: { readonly payload: SubscribePayload; readonly count: number },
  ): Promise<Prepared | readonly GraphQLError[]> {
    if (count > LIMITS.subscriptionsOfOneConnection) return [tooMany()];
    const asked = documents.read(payload);
    if (Array.isArray(asked)) return asked;
    const { operation, ...rest } = asked;
    const args: ExecutionArgs = { schema: documents.schema, ...rest };
    try {
      await this.limits.spend(connection.actor, asked.document, operation);
    } catch (error) {
      if (error instanceof GraphQLError) return [error];
      throw error;
    }
    const name = rootFieldsOf(operation).join(' ');
    const opened = await this.answers.open({ connection, args, operation, name, turns: this.#turns });
    return 'next' in opened ? { ...args, stream: opened } : opened;
  }

  present(errors: readonly GraphQLError[], connection: Connection) {
    return this.answers.present(errors, connection);
  }
}

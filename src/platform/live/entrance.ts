import { Injectable } from '@nestjs/common';
import { GraphQLError } from 'graphql';
import { SignIn } from '../auth/sign-in';
import { Unavailable } from '../database/failures';
import { Doorkeeper } from '../limits';
import type { Closing, Connection } from './connection';
import { Connections } from './connections';
import { LiveFeed } from './live-feed';
import { LIMITS } from './live-settings';

const bearerOf = (parameters: Record<string, unknown> | undefined): string | null => {
  const value = parameters?.['authorization'] ?? parameters?.['Authorization'];
  return typeof value === 'string' ? value : null;
};

const closingOf = (error: unknown): Closing => {
  if (error instanceof Unavailable) return 'tryAgainLater';
  if (!(error instanceof GraphQLError)) throw error;
  return error.extensions['code'] === 'RATE_LIMITED' ? 'tooManySignIns' : 'unauthorized';
};

/** Lets clients in by the token of their first message, past the same doorkeeper as requests. */
@Injectable()
export class Entrance {
  constructor(
    private readonly signIn: SignIn,
    private readonly doorkeeper: Doorkeeper,
    private readonly connections: Connections,
    private readonly feed: LiveFeed,
  ) {}

  /** Signed in, or closed with one text for every reason a guesser could learn something from. */
  async letIn(connection: Connection, parameters: Record<string, unknown> | undefined): Promise<void> {
    const bearer = bearerOf(parameters);
    try {
      const closing = bearer === null ? 'unauthorized' : await this.#refusalOf(connection, bearer);
      if (closing !== null) connection.close(closing);
    } catch (error) {
      connection.close(closingOf(error));
    }
  }

  async #refusalOf(connection: Connection, authorization: string): Promise<Closing | null> {
    if (!(await this.feed.isOpen(LIMITS.openFeedMs))) return 'tryAgainLater';
    await this.doorkeeper.letIn({ address: connection.address, authorization }, this.signIn);
    const signedIn = await this.signIn.signedIn(authorization);
    if (this.connections.ofActor(signedIn.actor.id) >= LIMITS.connectionsOfOneActor) return 'tooManyConnections';
    connection.signIn(signedIn);
    // A token is believed for a minute; what lives for an hour asks whether its membership does.
    return (await this.connections.isLive(signedIn.actor.membershipId)) ? null : 'unauthorized';
  }
}

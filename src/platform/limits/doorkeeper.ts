import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import { GraphQLError } from 'graphql';
import { decodeJwt } from 'jose';
import type { Actor } from '../../access';
import { rateLimited } from '../graphql/errors';
import { anonymousBudget, strangerBudget } from './budgets';
import { Failures } from './failures';
import { LIMIT_SETTINGS, type LimitSettings } from './limit-settings';
import { limited } from './limit-metrics';
import { Meter } from './meter';

/** At one address: failures with one claimed name, and with any. A station behind one address shares the second. */
const FREE_FAILURES = { byName: 10, byAddress: 60 } as const;

/** One subscriber of an IPv6 network has the whole /64: eighteen trillion addresses are one source. */
const sourceOf = (address: string): string => {
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !isIPv6(address)) return mapped ?? address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const groups = head.split(':').filter(Boolean);
  if (tail !== undefined) groups.push(...Array<string>(4).fill('0'));
  return groups.slice(0, 4).join(':');
};

/** Whom a token says it is for, unverified. Read from the token alone: nothing is looked up for it, so nothing shows. */
const nameIn = (authorization: string): string => {
  try {
    const { iss = '', sub = '' } = decodeJwt(authorization.replace(/^Bearer /i, ''));
    return `${iss} ${sub}`;
  } catch {
    return '';
  }
};

interface Caller {
  readonly address: string;
  /** The header as it came. */
  readonly authorization: string | undefined;
}

/** As much of sign-in as the door needs. */
interface SignsIn {
  isProven(authorization: string): boolean;
  isOver(authorization: string): boolean;
  actorOf(authorization: string): Promise<Actor | null>;
}

const isUnauthenticated = (error: unknown): boolean =>
  error instanceof GraphQLError && error.extensions['code'] === 'UNAUTHENTICATED';

/**
 * Stands before sign-in. Counts by where a caller comes from and, there, by whom they claim to be; never by the claimed name
 * alone, which would let anybody lock a colleague out from afar. It knows no accounts: what it answers cannot tell
 * whether one exists.
 */
@Injectable()
export class Doorkeeper {
  readonly #anonymous: Meter;
  readonly #strangers: Meter;
  readonly #byName = new Failures({ free: FREE_FAILURES.byName });
  readonly #byAddress = new Failures({ free: FREE_FAILURES.byAddress });

  constructor(@Inject(LIMIT_SETTINGS) { percent }: LimitSettings) {
    this.#anonymous = new Meter(anonymousBudget, percent);
    this.#strangers = new Meter(strangerBudget, percent);
  }

  /**
   * Who asks, by `signIn`; null without a token. Throws RATE_LIMITED for a caller who must wait, before the token is looked
   * at, and what `signIn` throws. A token that was good before never waits, and does not count when its bearer has left: it is
   * nobody's guess. Nor is one that is over by its own word: its bearer learns that it is time to sign in anew, and a station of
   * sleepy tablets does not lock itself out.
   */
  async letIn({ address, authorization }: Caller, signIn: SignsIn): Promise<Actor | null> {
    const source = sourceOf(address);
    if (authorization === undefined) {
      this.#refuse('ANONYMOUS', await this.#anonymous.spend(source, 1));
      return null;
    }
    const isProven = signIn.isProven(authorization);
    const isGuess = !isProven && !signIn.isOver(authorization);
    if (!isProven) await this.#meet(source, isGuess ? authorization : null);
    try {
      return await signIn.actorOf(authorization);
    } catch (error) {
      if (isGuess && isUnauthenticated(error)) await this.#turnAway(source, authorization);
      throw error;
    }
  }

  async #meet(source: string, guess: string | null): Promise<void> {
    if (guess !== null) this.#refuse('LOCKED', await this.#lockedFor(source, guess));
    this.#refuse('STRANGER', await this.#strangers.spend(source, 1));
  }

  async #lockedFor(source: string, guess: string): Promise<number> {
    const byName = await this.#byName.lockedFor(this.#nameKey(source, guess));
    return Math.max(await this.#byAddress.lockedFor(source), byName);
  }

  async #turnAway(source: string, authorization: string): Promise<void> {
    await this.#byAddress.add(source);
    await this.#byName.add(this.#nameKey(source, authorization));
  }

  #nameKey(source: string, authorization: string): string {
    return createHash('sha256')
      .update(`${source} ${nameIn(authorization)}`)
      .digest('base64');
  }

  #refuse(what: string, seconds: number): void {
    if (seconds === 0) return;
    limited.inc({ what });
    throw rateLimited(seconds);
  }
}

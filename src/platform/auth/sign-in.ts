import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Actor } from '../../access';
import { UnitOfWork } from '../database/unit-of-work';
import { unauthenticated } from '../graphql/errors';
import { Issuers } from './issuers';
import { isOver, verifyToken } from './token.strategy';

const BEARER = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i;
const HEADER_LIMIT = 8_192;
const CACHE_LIMIT = 10_000;
/** How long a verified token is believed without asking again; the database looks at the membership every time. */
const CACHE_MS = 60_000;

const tokenIn = (authorization: string): string | undefined =>
  authorization.length <= HEADER_LIMIT ? BEARER.exec(authorization)?.[1] : undefined;

/** The digest, not the token: a heap dump of the caches holds nothing to sign in with. */
const digestOf = (token: string): string => createHash('sha256').update(token).digest('base64');

const narrowed = (actor: Actor, scopes: readonly string[] | null): Actor => {
  if (scopes === null) return actor;
  const kept = actor.scopes === null ? scopes : actor.scopes.filter((scope) => scopes.includes(scope));
  return { ...actor, scopes: kept };
};

/** Who a bearer token stands for, and until when. */
export interface SignedIn {
  readonly actor: Actor;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** From a bearer token to an actor. Verifying costs a third of a small request, so a verified token is kept for a minute. */
@Injectable()
export class SignIn {
  // By the wall clock, as `exp` is: a monotonic one stands still while the machine sleeps.
  readonly #verified = new LRUCache<string, SignedIn>({
    max: CACHE_LIMIT,
    ttlResolution: 0,
    perf: { now: () => Date.now() },
  });

  // Tokens that were good once, until they end: their bearers are not guessing, whatever somebody beside them does.
  readonly #proven = new LRUCache<string, true>({
    max: CACHE_LIMIT,
    ttlResolution: 0,
    perf: { now: () => Date.now() },
  });

  constructor(
    private readonly issuers: Issuers,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Null without a header. Throws UNAUTHENTICATED for anything but a valid token of a live membership, and
   * `Unavailable` when neither can be found out now.
   */
  async actorOf(authorization: string | undefined): Promise<Actor | null> {
    return authorization === undefined ? null : (await this.signedIn(authorization)).actor;
  }

  /** For what outlives one request. Throws as `actorOf` does. */
  async signedIn(authorization: string): Promise<SignedIn> {
    const token = tokenIn(authorization);
    if (token === undefined) throw unauthenticated();
    const digest = digestOf(token);
    return this.#verified.get(digest) ?? this.#signIn(token, digest);
  }

  /** Has this very token been good before? Decides over waiting, never over access. */
  isProven(authorization: string): boolean {
    const token = tokenIn(authorization);
    return token !== undefined && this.#proven.has(digestOf(token));
  }

  /** Does the token say itself that it has ended? Refused unseen, and nobody’s guess: its bearer has to sign in anew. */
  isOver(authorization: string): boolean {
    const token = tokenIn(authorization);
    return token !== undefined && isOver(token);
  }

  async #signIn(token: string, digest: string): Promise<SignedIn> {
    if (isOver(token)) throw unauthenticated();
    const issued = await this.issuers.keyFor(token);
    const verified = issued && (await verifyToken(token, issued));
    if (!verified) throw unauthenticated();
    const { issuer, subject, agencyId, role, scopes } = verified;
    const member = await this.unitOfWork.signIn(issuer, subject, agencyId, role);
    if (!member) throw unauthenticated();
    const signedIn = { actor: narrowed(member, scopes), expiresAt: verified.expiresAt * 1000 };
    this.#keep(digest, signedIn);
    return signedIn;
  }

  #keep(digest: string, signedIn: SignedIn): void {
    const left = signedIn.expiresAt - Date.now();
    if (left <= 0) return;
    this.#verified.set(digest, signedIn, { ttl: Math.min(CACHE_MS, left) });
    this.#proven.set(digest, true, { ttl: left });
  }
}

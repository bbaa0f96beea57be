import { decodeJwt } from 'jose';
import passport from 'passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { isUuid } from '../../kernel/id';
import { ALGORITHMS, type IssuerKey } from './issuers';

/** What a verified token says. Nothing of it is believed before the membership has been looked up. */
export interface VerifiedToken {
  readonly issuer: string;
  readonly subject: string;
  readonly agencyId: string;
  readonly role: string;
  /** Null without the claim; the claim only ever narrows. */
  readonly scopes: readonly string[] | null;
  /** Seconds since the epoch. */
  readonly expiresAt: number;
}

/** Longest life a token may have been given, whoever made it. */
const LONGEST_LIFE_SECONDS = 60 * 60;
const CLOCK_SKEW_SECONDS = 5;
const NAME_LIMIT = 200;
const ROLE = /^[A-Z_]{1,40}$/;

interface BearerRequest {
  readonly headers: { readonly authorization: string };
  readonly issued: IssuerKey;
}

const isName = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= NAME_LIMIT && /^[\x21-\x7e]+$/.test(value);

/** A beginning in the future would let a token live for years and still span an hour. */
const isShortLived = ({ exp, iat }: Record<string, unknown>): boolean =>
  typeof exp === 'number' &&
  typeof iat === 'number' &&
  exp - iat <= LONGEST_LIFE_SECONDS &&
  iat <= Date.now() / 1000 + CLOCK_SKEW_SECONDS;

const scopesOf = (scope: unknown): readonly string[] | null => {
  if (scope === undefined) return null;
  return typeof scope === 'string' ? scope.split(' ').filter(Boolean) : [];
};

const verifiedToken = (claims: Record<string, unknown>, issued: IssuerKey): VerifiedToken | null => {
  const { iss, aud, sub, agency, role, scope, exp } = claims;
  const audiences: unknown[] = Array.isArray(aud) ? aud : [aud];
  if (iss !== issued.issuer || !audiences.includes(issued.audience) || !isShortLived(claims)) return null;
  if (!isName(sub) || typeof agency !== 'string' || !isUuid(agency)) return null;
  if (typeof role !== 'string' || !ROLE.test(role)) return null;
  return {
    issuer: issued.issuer,
    subject: sub,
    agencyId: agency.toLowerCase(),
    role,
    scopes: scopesOf(scope),
    expiresAt: exp as number,
  };
};

/** Whether a token is over by its own word, so that no signature could make it good. */
export const isOver = (token: string): boolean => {
  try {
    const { exp } = decodeJwt(token);
    return typeof exp === 'number' && exp + CLOCK_SKEW_SECONDS <= Math.floor(Date.now() / 1000);
  } catch {
    return false;
  }
};

/** passport-jwt checks signature, algorithm, `exp` and `nbf`; the rest is compared with the issuer that owns the key. */
const strategy = new Strategy(
  {
    jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
    algorithms: [...ALGORITHMS] as ('RS256' | 'ES256')[],
    ignoreExpiration: false,
    passReqToCallback: true,
    // oxlint-disable-next-line typescript/no-deprecated -- its only way to a clock tolerance
    jsonWebTokenOptions: { clockTolerance: CLOCK_SKEW_SECONDS },
    secretOrKeyProvider: (request: unknown, _token: unknown, done: (error: unknown, key?: never) => void) => {
      done(null, (request as BearerRequest).issued.key as never);
    },
  },
  (request: unknown, claims: Record<string, unknown>, done: (error: unknown, user?: VerifiedToken | false) => void) => {
    done(null, verifiedToken(claims, (request as BearerRequest).issued) ?? false);
  },
);

// An authenticator of our own: passport's shared one is process-wide state that two apps would fight over.
const authenticator = new passport.Passport();

/** The token's claims when `issued` is the key that signed it and every claim holds; else null. */
export const verifyToken = (token: string, issued: IssuerKey): Promise<VerifiedToken | null> =>
  new Promise((resolve, reject) => {
    const request: BearerRequest = { headers: { authorization: `Bearer ${token}` }, issued };
    const answer = (error: unknown, verified?: VerifiedToken | false): void => {
      if (error instanceof Error) reject(error);
      else resolve(verified || null);
    };
    const authenticate = authenticator.authenticate(strategy, { session: false }, answer) as (
      request: BearerRequest,
      response: object,
      next: (error: unknown) => void,
    ) => void;
    authenticate(request, {}, reject);
  });

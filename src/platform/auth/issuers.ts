import { KeyObject } from 'node:crypto';
import { createRemoteJWKSet, customFetch, decodeJwt, decodeProtectedHeader, errors, type JWTVerifyGetKey } from 'jose';
import { Unavailable } from '../database/failures';
import type { OutboundHttp } from '../outbound';
import { DEVELOPMENT_ISSUER, developmentPublicKey } from './development-keys';

export interface AuthSettings {
  /** What development tokens carry as `aud`. */
  readonly audience: string;
  /** Identity providers of the agencies, each with its own audience and key set. */
  readonly issuers: readonly { readonly issuer: string; readonly audience: string; readonly jwksUri: string }[];
  /** Where the development key lives; null in production. */
  readonly developmentKeysDir: string | null;
}

/** The public key a token must be signed with, and for whom. */
export interface IssuerKey {
  readonly issuer: string;
  readonly audience: string;
  readonly key: KeyObject;
}

/** jsonwebtoken, below passport-jwt, knows no EdDSA; both of these every identity provider offers. */
export const ALGORITHMS: readonly string[] = ['RS256', 'ES256'];

interface KeyHeader {
  readonly alg: string;
  readonly kid?: string;
}

interface Issuer {
  readonly audience: string;
  keyOf(header: KeyHeader): Promise<KeyObject>;
}

const KEYS_TIMEOUT_MS = 3_000;
const KEYS_MAX_AGE_MS = 600_000;
const KEYS_COOLDOWN_MS = 30_000;

const remote = (audience: string, jwksUri: string, outbound: OutboundHttp): Issuer => {
  const keys: JWTVerifyGetKey = createRemoteJWKSet(new URL(jwksUri), {
    timeoutDuration: KEYS_TIMEOUT_MS,
    cacheMaxAge: KEYS_MAX_AGE_MS,
    cooldownDuration: KEYS_COOLDOWN_MS,
    [customFetch]: outbound.fetch,
  });
  return {
    audience,
    keyOf: async ({ alg, kid }) => {
      // Only `alg` and `kid` reach the key set: a token cannot bring its key along (jwk, jku, x5u).
      const key = await keys({ alg, ...(kid !== undefined && { kid }) }, { payload: '', signature: '' });
      return key instanceof KeyObject ? key : KeyObject.from(key as Parameters<typeof KeyObject.from>[0]);
    },
  };
};

const local = (audience: string, directory: string): Issuer => {
  const key = developmentPublicKey(directory);
  return { audience, keyOf: () => Promise.resolve(key) };
};

const UNKNOWN_KEY = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];

/** Which key speaks for whom. The issuer named in a token picks among the configured key sets, its `kid` within one. */
export class Issuers {
  readonly #issuers: ReadonlyMap<string, Issuer>;

  constructor(settings: AuthSettings, outbound: OutboundHttp) {
    this.#issuers = new Map<string, Issuer>([
      ...settings.issuers.map(
        ({ issuer, audience, jwksUri }) => [issuer, remote(audience, jwksUri, outbound)] as const,
      ),
      ...(settings.developmentKeysDir === null
        ? []
        : [[DEVELOPMENT_ISSUER, local(settings.audience, settings.developmentKeysDir)] as const]),
    ]);
  }

  /** Null when no configured issuer could have made the token; throws `Unavailable` when its keys cannot be fetched. */
  async keyFor(token: string): Promise<IssuerKey | null> {
    const named = this.#named(token);
    if (!named) return null;
    const { issuer, name, header } = named;
    try {
      return { issuer: name, audience: issuer.audience, key: await issuer.keyOf(header) };
    } catch (error) {
      if (UNKNOWN_KEY.some((known) => error instanceof known)) return null;
      throw new Unavailable('the keys of an issuer could not be fetched', false, { cause: error });
    }
  }

  #named(token: string): { issuer: Issuer; name: string; header: KeyHeader } | null {
    try {
      const { alg, kid, crit } = decodeProtectedHeader(token);
      // RFC 7515, 4.1.11: what must be understood and is not makes the token invalid; we know no extension.
      if (crit !== undefined) return null;
      const name = decodeJwt(token).iss;
      const issuer = name === undefined ? undefined : this.#issuers.get(name);
      if (!issuer || name === undefined || !alg || !ALGORITHMS.includes(alg)) return null;
      return { issuer, name, header: { alg, ...(kid !== undefined && { kid }) } };
    } catch {
      return null;
    }
  }
}

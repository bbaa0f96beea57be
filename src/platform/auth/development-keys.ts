import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { keptFile } from '../config/kept-file';

export const DEVELOPMENT_ISSUER = 'handrail-development';
const KEY_ID = 'development';
const KEY_FILE = 'development-key.pem';
const TOKEN_LIFE_SECONDS = 15 * 60;

/** Whom a development token speaks for, and where. */
export interface TokenClaims {
  /** The subject as the identity provider knows it. */
  readonly subject: string;
  readonly agencyId: string;
  readonly role: string;
  /** Space separated, as in OAuth; only for service accounts. */
  readonly scope?: string;
}

const newKey = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** The ES256 key of this data directory, made on first use, readable by its owner only. Never used in production. */
const developmentKey = (directory: string): KeyObject => createPrivateKey(keptFile(join(directory, KEY_FILE), newKey));

export const developmentPublicKey = (directory: string): KeyObject => createPublicKey(developmentKey(directory));

/** A bearer token for `npm run token`: issuer `handrail-development`, 15 minutes. */
export const mintDevelopmentToken = (
  directory: string,
  audience: string,
  claims: TokenClaims,
  lifeSeconds = TOKEN_LIFE_SECONDS,
): Promise<string> =>
  new SignJWT({
    agency: claims.agencyId,
    role: claims.role,
    ...(claims.scope !== undefined && { scope: claims.scope }),
  })
    .setProtectedHeader({ alg: 'ES256', kid: KEY_ID, typ: 'JWT' })
    .setIssuer(DEVELOPMENT_ISSUER)
    .setAudience(audience)
    .setSubject(claims.subject)
    .setIssuedAt()
    .setExpirationTime(Math.floor(Date.now() / 1000) + lifeSeconds)
    .sign(developmentKey(directory));

import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';

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

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';
const isThere = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'EEXIST';

const readKey = (file: string): KeyObject | null => {
  try {
    return createPrivateKey(readFileSync(file));
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
};

/** Written aside and linked into place: of several processes that start at once one wins, and none reads half a key. */
const makeKey = (directory: string, file: string): void => {
  mkdirSync(directory, { recursive: true });
  const draft = join(directory, `.${randomUUID()}.pem`);
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  writeFileSync(draft, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!isThere(error)) throw error;
  } finally {
    rmSync(draft);
  }
};

/** The ES256 key of this data directory, made on first use, readable by its owner only. Never used in production. */
const developmentKey = (directory: string): KeyObject => {
  const file = join(directory, KEY_FILE);
  const known = readKey(file);
  if (known) return known;
  makeKey(directory, file);
  const made = readKey(file);
  if (!made) throw new Error(`the development key in ${KEY_FILE} could not be made`);
  return made;
};

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

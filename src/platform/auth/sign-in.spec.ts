import { createHmac, createSign, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { mkdtempSync, readdirSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import type { Actor } from '../../access';
import { Unavailable } from '../database/failures';
import type { UnitOfWork } from '../database/unit-of-work';
import { OutboundHttp } from '../outbound';
import { DEVELOPMENT_ISSUER, developmentPublicKey, mintDevelopmentToken } from './development-keys';
import { Issuers, type AuthSettings } from './issuers';
import { SignIn } from './sign-in';
import { verifyToken } from './token.strategy';

const AGENCY = randomUUID();
const MEMBER = {
  kind: 'STAFF',
  id: randomUUID(),
  membershipId: randomUUID(),
  agencyKind: 'EMS',
  role: 'MEDIC',
  scopes: null,
};

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
const jwkOf = (key: KeyObject, kid: string) => ({ ...key.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' });
const now = () => Math.floor(Date.now() / 1000);

const outbound = new OutboundHttp({ hosts: ['127.0.0.1'], privateRanges: [], mayUseLoopback: true });

describe('sign-in', () => {
  let keyServer: Server;
  let settings: AuthSettings;
  let asked: unknown[][];
  let member: object | null;
  let signIn: SignIn;

  beforeAll(async () => {
    keyServer = createServer((_, response) => response.end(JSON.stringify({ keys: [jwkOf(rsa.publicKey, 'k1')] })));
    await new Promise<void>((resolve) => keyServer.listen(0, '127.0.0.1', resolve));
    const { port } = keyServer.address() as AddressInfo;
    settings = {
      audience: 'handrail',
      developmentKeysDir: mkdtempSync(join(tmpdir(), 'handrail-keys-')),
      issuers: [
        { issuer: 'https://ems.example', audience: 'handrail-ems', jwksUri: `http://127.0.0.1:${port}/keys` },
        { issuer: 'https://away.example', audience: 'handrail-ems', jwksUri: 'http://127.0.0.1:1/keys' },
      ],
    };
  });
  afterAll(() => keyServer.close());

  beforeEach(() => {
    asked = [];
    member = MEMBER;
    const unitOfWork = {
      signIn: (...args: unknown[]) => {
        asked.push(args);
        return Promise.resolve(member && { ...member, agencyId: args[2] });
      },
    } as unknown as UnitOfWork;
    signIn = new SignIn(new Issuers(settings, outbound), unitOfWork);
  });
  afterEach(() => jest.useRealTimers());

  const base = () => ({
    iss: 'https://ems.example',
    aud: 'handrail-ems',
    sub: 'u-7',
    agency: AGENCY,
    role: 'MEDIC',
    iat: now(),
    exp: now() + 600,
  });
  const signed = (claims: object, header: object = {}, key: KeyObject = rsa.privateKey) => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const text = `${part({ alg: 'RS256', kid: 'k1', ...header })}.${part(claims)}`;
    return `${text}.${createSign('sha256').update(text).sign(key).toString('base64url')}`;
  };
  const enter = (token: string): Promise<Actor | null> => signIn.actorOf(`Bearer ${token}`);
  const refusal = expect.objectContaining({ extensions: expect.objectContaining({ code: 'UNAUTHENTICATED' }) });

  it('is nobody without a header', async () => {
    expect(await signIn.actorOf(undefined)).toBeNull();
  });

  it.each([
    '',
    'Bearer',
    'Bearer ',
    'Bearer null',
    'Basic YTpi',
    'Bearer a.b.c',
    'Bearer e30.e30.',
    `Bearer ${'A'.repeat(9000)}`,
  ])('refuses %p', async (header) => {
    await expect(signIn.actorOf(header)).rejects.toEqual(refusal);
    expect(asked).toEqual([]);
  });

  it('takes a token of a configured issuer to the membership it names', async () => {
    expect(await enter(signed(base()))).toEqual({ ...MEMBER, agencyId: AGENCY });
    expect(asked).toEqual([['https://ems.example', 'u-7', AGENCY, 'MEDIC']]);
  });

  const wrong: Record<string, () => string> = {
    'an expired token': () => signed({ ...base(), iat: now() - 700, exp: now() - 100 }),
    'a token without an end': () => signed({ ...base(), exp: undefined }),
    'an end in words': () => signed({ ...base(), exp: 'never' }),
    'a life beyond the hour': () => signed({ ...base(), exp: now() + 3700 }),
    'a token without a beginning': () => signed({ ...base(), iat: undefined }),
    'a token not yet valid': () => signed({ ...base(), nbf: now() + 100 }),
    'another audience': () => signed({ ...base(), aud: 'handrail' }),
    'another issuer': () => signed({ ...base(), iss: 'https://evil.example' }),
    'no subject': () => signed({ ...base(), sub: undefined }),
    'a subject with a control character': () => signed({ ...base(), sub: 'u\u00007' }),
    'an agency that is no id': () => signed({ ...base(), agency: "x' or 1=1" }),
    'no role': () => signed({ ...base(), role: undefined }),
    'a key of somebody else': () => signed(base(), {}, other.privateKey),
    'an unknown kid': () => signed(base(), { kid: 'k2' }),
    'a key it brings along': () => signed(base(), { jwk: jwkOf(other.publicKey, 'k1') }, other.privateKey),
    'a key set it names': () => signed(base(), { jku: 'http://127.0.0.1:9/keys' }, other.privateKey),
    'a token made in the future, living past the next hour': () =>
      signed({ ...base(), iat: now() + 3600, exp: now() + 7000 }),
    'a token made in the future': () => signed({ ...base(), iat: now() + 60, exp: now() + 600 }),
    'a moment that is no number': () => signed({ ...base(), iat: 'now' }),
    'an extension that must be understood': () => signed(base(), { crit: ['exp-at-court'], 'exp-at-court': true }),
    'no signature': () => `${signed(base(), { alg: 'none' }).split('.').slice(0, 2).join('.')}.`,
    'an unsigned algorithm': () => signed(base(), { alg: 'none' }),
    'the public key as a secret': () => {
      const [, claims = ''] = signed(base()).split('.');
      const text = `${Buffer.from('{"alg":"HS256","kid":"k1"}').toString('base64url')}.${claims}`;
      const secret = rsa.publicKey.export({ type: 'spki', format: 'pem' });
      return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
    },
    'a development issuer with another key': () => signed({ ...base(), iss: DEVELOPMENT_ISSUER, aud: 'handrail' }),
  };
  it.each(Object.keys(wrong))('refuses %s before asking the database', async (what) => {
    await expect(enter(wrong[what]?.() ?? '')).rejects.toEqual(refusal);
    expect(asked).toEqual([]);
  });

  it('compares a token with the issuer whose key opened it', async () => {
    const issued = { issuer: 'https://other.example', audience: 'handrail-ems', key: rsa.publicKey };
    expect(await verifyToken(signed(base()), issued)).toBeNull();
    expect(await verifyToken(signed(base()), { ...issued, issuer: 'https://ems.example' })).not.toBeNull();
  });

  it('refuses a good token without a live membership, and asks again the next time', async () => {
    const token = signed(base());
    member = null;
    await expect(enter(token)).rejects.toEqual(refusal);
    member = MEMBER;
    expect(await enter(token)).toMatchObject({ id: MEMBER.id });
  });

  it('says "unavailable", not "wrong", when the keys of an issuer cannot be fetched', async () => {
    await expect(enter(signed({ ...base(), iss: 'https://away.example' }))).rejects.toBeInstanceOf(Unavailable);
  });

  it('refuses a token that is over by its own word unseen, whoever made it', async () => {
    const over = { ...base(), iat: now() - 700, exp: now() - 6 };
    await expect(enter(signed({ ...over, iss: 'https://away.example' }))).rejects.toEqual(refusal);
    const isOver = (claims: object) => signIn.isOver(`Bearer ${signed(claims)}`);
    expect([isOver(over), isOver(base()), isOver({ ...over, exp: 'long ago' })]).toEqual([true, false, false]);
    expect([signIn.isOver('Bearer a.b.c'), signIn.isOver('Basic YTpi')]).toEqual([false, false]);
    const issued = { issuer: over.iss, audience: over.aud, key: rsa.publicKey };
    expect(await verifyToken(signed(over), issued)).toBeNull();
  });

  it('keeps a verified token for a minute, and never beyond its end', async () => {
    const [long, short] = [signed(base()), signed({ ...base(), exp: now() + 20 })];
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'setTimeout', 'queueMicrotask'] });
    const times = async (token: string) => {
      asked = [];
      await enter(token).catch(() => null);
      return asked.length;
    };
    expect([await times(long), await times(long), await times(short), await times(short)]).toEqual([1, 0, 1, 0]);
    jest.advanceTimersByTime(30_000);
    await expect(enter(short)).rejects.toEqual(refusal);
    expect(await times(long)).toBe(0);
    jest.advanceTimersByTime(31_000);
    expect(await times(long)).toBe(1);
  });

  it('lets the scope claim narrow a partner system and never widen it', async () => {
    member = { ...MEMBER, kind: 'SERVICE_ACCOUNT', scopes: ['Program:read', 'Referral:read'] };
    expect((await enter(signed({ ...base(), scope: 'Referral:read Referral:submit' })))?.scopes).toEqual([
      'Referral:read',
    ]);
    expect((await enter(signed(base())))?.scopes).toEqual(['Program:read', 'Referral:read']);
    member = MEMBER;
    expect((await enter(signed({ ...base(), sub: 'u-8', scope: 'Referral:read' })))?.scopes).toEqual(['Referral:read']);
    expect((await enter(signed({ ...base(), scope: 7 })))?.scopes).toEqual([]);
  });

  describe('with development keys', () => {
    const claims = { subject: 'officer', agencyId: AGENCY, role: 'OFFICER' };
    const directory = () => settings.developmentKeysDir ?? '';

    it('mints tokens that sign in, with a key made once and readable by its owner only', async () => {
      expect(await enter(await mintDevelopmentToken(directory(), 'handrail', claims))).not.toBeNull();
      expect(asked).toEqual([[DEVELOPMENT_ISSUER, 'officer', AGENCY, 'OFFICER']]);
      const files = readdirSync(directory());
      expect(files).toHaveLength(1);
      expect(statSync(join(directory(), files[0] ?? '')).mode & 0o777).toBe(0o600);
      expect(developmentPublicKey(directory()).equals(developmentPublicKey(directory()))).toBe(true);
    });

    it('refuses them where there is no development key', async () => {
      const token = await mintDevelopmentToken(directory(), 'handrail', claims);
      const strict = new SignIn(new Issuers({ ...settings, developmentKeysDir: null }, outbound), {} as UnitOfWork);
      await expect(strict.actorOf(`Bearer ${token}`)).rejects.toEqual(refusal);
    });

    it('refuses one with another life, audience or issuer', async () => {
      await expect(enter(await mintDevelopmentToken(directory(), 'handrail', claims, -60))).rejects.toEqual(refusal);
      await expect(enter(await mintDevelopmentToken(directory(), 'other', claims))).rejects.toEqual(refusal);
      const made = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const forged = await new SignJWT({ agency: AGENCY, role: 'OFFICER' })
        .setProtectedHeader({ alg: 'ES256', kid: 'development' })
        .setIssuer(DEVELOPMENT_ISSUER)
        .setAudience('handrail')
        .setSubject('officer')
        .setIssuedAt()
        .setExpirationTime('5m')
        .sign(made.privateKey);
      await expect(enter(forged)).rejects.toEqual(refusal);
    });
  });
});

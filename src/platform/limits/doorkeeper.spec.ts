import type { GraphQLError } from 'graphql';
import { unauthenticated } from '../graphql/errors';
import { Doorkeeper } from './doorkeeper';

const tokenOf = (sub: string): string =>
  `Bearer e30.${Buffer.from(JSON.stringify({ iss: 'https://id.example', sub })).toString('base64url')}.x`;

const HOME = '198.51.100.7';
const ELSEWHERE = '203.0.113.9';

describe('the doorkeeper', () => {
  let keeper: Doorkeeper;
  const good = new Set<string>();
  const proven = new Set<string>();
  const over = new Set<string>();
  let looks = 0;
  const signIn = {
    isProven: (authorization: string) => proven.has(authorization),
    isOver: (authorization: string) => over.has(authorization),
    actorOf: (authorization: string) => {
      looks += 1;
      return good.has(authorization) ? Promise.resolve(null) : Promise.reject(unauthenticated());
    },
  };
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
    keeper = new Doorkeeper({ percent: 100 });
    good.clear();
    proven.clear();
    over.clear();
    looks = 0;
  });
  afterEach(() => jest.useRealTimers());

  /** What the caller is told: IN, the code, or the code with the seconds to wait. */
  const knock = async (address: string, authorization: string | undefined): Promise<string> =>
    keeper.letIn({ address, authorization }, signIn).then(
      () => 'IN',
      (error: unknown) => {
        const { code, retryAfterSeconds } = (error as GraphQLError).extensions;
        return [code, retryAfterSeconds].filter(Boolean).join(' ');
      },
    );
  const guess = async (times: number, address: string, sub = 'jane'): Promise<string[]> => {
    const answers: string[] = [];
    for (let i = 0; i < times; i += 1) answers.push(await knock(address, `${tokenOf(sub)}${i}`));
    return answers;
  };

  it('forgives ten failures, then has the guesser wait twice as long each time', async () => {
    expect(new Set(await guess(11, HOME))).toEqual(new Set(['UNAUTHENTICATED']));
    const waits: string[] = [];
    for (const seconds of [1, 2, 4, 8]) {
      waits.push(await knock(HOME, tokenOf('jane')));
      jest.advanceTimersByTime(seconds * 1000 + 1);
      expect(await knock(HOME, tokenOf('jane'))).toBe('UNAUTHENTICATED');
    }
    expect(waits).toEqual(['RATE_LIMITED 1', 'RATE_LIMITED 2', 'RATE_LIMITED 4', 'RATE_LIMITED 8']);
  });

  it('looks at no token while it waits', async () => {
    await guess(12, HOME);
    expect(looks).toBe(11);
  });

  it('locks nobody out from afar, nor a token that was good before, nor another name at the same address', async () => {
    good.add(tokenOf('jane')).add(tokenOf('omar'));
    await guess(30, HOME);
    expect(await knock(HOME, tokenOf('jane'))).toMatch(/RATE_LIMITED/);
    expect(await knock(ELSEWHERE, tokenOf('jane'))).toBe('IN');
    expect(await knock(HOME, tokenOf('omar'))).toBe('IN');
    proven.add(tokenOf('jane'));
    expect(await knock(HOME, tokenOf('jane'))).toBe('IN');
  });

  it('counts a token that has ended as no guess, and has its bearer sign in anew instead of waiting', async () => {
    over.add(tokenOf('jane'));
    for (let i = 0; i < 100; i += 1) expect(await knock(HOME, tokenOf('jane'))).toBe('UNAUTHENTICATED');
    good.add(`${tokenOf('jane')}new`);
    expect(await knock(HOME, `${tokenOf('jane')}new`)).toBe('IN');
    await guess(12, HOME, 'omar');
    over.add(tokenOf('omar'));
    expect(await knock(HOME, tokenOf('omar'))).toBe('UNAUTHENTICATED');
    expect(await knock(HOME, `${tokenOf('omar')}0`)).toMatch(/RATE_LIMITED/);
  });

  it('counts a token that was good before as no guess: a tablet of somebody who left locks out nobody beside it', async () => {
    proven.add(tokenOf('jane'));
    for (let i = 0; i < 100; i += 1) expect(await knock(HOME, tokenOf('jane'))).toBe('UNAUTHENTICATED');
    good.add(tokenOf('omar')).add(`${tokenOf('jane')}new`);
    expect([await knock(HOME, tokenOf('omar')), await knock(HOME, `${tokenOf('jane')}new`)]).toEqual(['IN', 'IN']);
  });

  it('has whoever brings ended tokens without end wait as any stranger', async () => {
    over.add(tokenOf('jane'));
    const answers: string[] = [];
    for (let i = 0; i < 2401; i += 1) answers.push(await knock(HOME, tokenOf('jane')));
    expect(answers.findIndex((answer) => answer !== 'UNAUTHENTICATED')).toBe(2400);
  });

  it('has an address wait that tries one name after another', async () => {
    const answers: string[] = [];
    for (let i = 0; i < 70; i += 1) answers.push(await knock(HOME, tokenOf(`user-${i}`)));
    expect(answers.indexOf('RATE_LIMITED 1')).toBe(61);
  });

  it('takes a network of one IPv6 subscriber, and both ways to write an IPv4 address, for one source', async () => {
    await guess(12, '2001:db8:1:2::1');
    expect(await knock('2001:db8:1:2:ffff::9', tokenOf('jane'))).toMatch(/RATE_LIMITED/);
    expect(await knock('2001:db8:1:3::1', tokenOf('jane'))).toBe('UNAUTHENTICATED');
    await guess(12, `::ffff:${HOME}`);
    expect(await knock(HOME, tokenOf('jane'))).toMatch(/RATE_LIMITED/);
  });

  it('counts a failure of the house against nobody', async () => {
    const away = { ...signIn, actorOf: () => Promise.reject(new Error('database away')) };
    for (let i = 0; i < 30; i += 1) {
      await keeper.letIn({ address: HOME, authorization: tokenOf('jane') }, away).catch(() => null);
    }
    expect(await knock(HOME, tokenOf('jane'))).toBe('UNAUTHENTICATED');
  });

  it('lets callers without a token ask 1,800 times in a minute at one address, and no more', async () => {
    const answers: string[] = [];
    for (let i = 0; i < 1801; i += 1) answers.push(await knock(HOME, undefined));
    expect(answers.findIndex((answer) => answer !== 'IN')).toBe(1800);
    expect(await knock(ELSEWHERE, undefined)).toBe('IN');
    jest.advanceTimersByTime(60_001);
    expect(await knock(HOME, undefined)).toBe('IN');
  });
});

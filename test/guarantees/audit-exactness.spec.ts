import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/access';
import { isRefusal, Refusal } from '../../src/kernel/refusal';
import type { RefusalCode } from '../../src/kernel/refusal-codes';
import { asOwner, buildActor } from '../builders/agencies';
import { openApp, type Ask, type TestApp } from '../setup/app';
import { inDepth } from '../setup/thorough';

const OPERATIONS = inDepth(2_000, 10_000);
const SEED = 20_260_301;
const AT_ONCE = 16;

/** Mulberry32: the same mix in every run. */
const dice = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
};

type Kind = 'COMMAND' | 'REFUSAL' | 'READ';
interface Cast {
  readonly app: TestApp;
  readonly admin: Actor;
  readonly officer: Actor;
  readonly privacy: Actor;
  readonly roll: () => number;
  /** Signed in once: the test is about the trail, not about tokens. */
  readonly asks: ReadonlyMap<Actor, Ask>;
}
interface Play {
  /** How often among all. */
  readonly weight: number;
  /** The decisions that the trail must have afterwards, no more and no fewer. */
  readonly decides: readonly Kind[];
  readonly run: (cast: Cast) => Promise<void>;
}

const codes: readonly RefusalCode[] = ['NOT_FOUND', 'NO_CAPACITY', 'ILLEGAL_TRANSITION', 'FORBIDDEN'];
const RENAME = `mutation($id: ID!, $phone: String) { updateAgency(input: { id: $id, phone: $phone }) { __typename } }`;
const READ_ANYONE = '{ viewer { id role } }';
const TRAIL_PAGE = '{ auditTrail(first: 1) { nodes { id } } }';
const EXPORT = '{ auditEvents(first: 1) { events } }';

const ask = async ({ asks }: Cast, actor: Actor, query: string, variables = {}): Promise<string> => {
  const { data, errors } = await asks.get(actor)!<Record<string, { __typename?: string }>>(query, variables);
  return (errors[0]?.extensions['code'] as string | undefined) ?? Object.values(data ?? {})[0]?.__typename ?? 'shown';
};
const done = (cast: Cast, facts: number, key?: string) =>
  cast.app.unitOfWork.run(cast.admin, { name: 'note', key }, (tx) => {
    for (let fact = 0; fact < facts; fact++) {
      tx.audit({ action: 'noted', subjectType: 'Test', subjectId: randomUUID() });
    }
    return Promise.resolve({ id: cast.admin.id });
  });

/** A new way to decide, such as a protected reading, is one more row here. */
const plays: Readonly<Record<string, Play>> = {
  'a command done, with one to five facts': {
    weight: 42,
    decides: ['COMMAND'],
    run: async (cast) => {
      expect(isRefusal(await done(cast, 1 + Math.floor(cast.roll() * 5)))).toBe(false);
    },
  },
  'a command refused': {
    weight: 40,
    decides: ['REFUSAL'],
    run: async ({ app, officer, roll }) => {
      const refusal = new Refusal(codes[Math.floor(roll() * codes.length)]!, 'No.');
      const answer = await app.unitOfWork.run(officer, { name: 'refused' }, (tx) => {
        if (roll() < 0.5) tx.audit({ action: 'never', subjectType: 'Test', subjectId: officer.id });
        return Promise.resolve(refusal);
      });
      expect(answer).toBe(refusal);
    },
  },
  'a command repeated with its key, and one with the key of another': {
    weight: 4,
    decides: ['COMMAND', 'REFUSAL'],
    run: async (cast) => {
      const key = randomUUID();
      await done(cast, 2, key);
      await done(cast, 2, key);
      const other = cast.app.unitOfWork.run(cast.admin, { name: 'note', key, input: { other: 1 } }, () =>
        Promise.reject(new Error('never run')),
      );
      expect(await other).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    },
  },
  'a command that breaks': {
    weight: 4,
    decides: [],
    run: async ({ app, admin }) => {
      const broken = app.unitOfWork.run(admin, { name: 'broken' }, (tx) => {
        tx.audit({ action: 'never', subjectType: 'Test', subjectId: admin.id });
        return Promise.reject(new Error('broken'));
      });
      await expect(broken).rejects.toThrow('broken');
    },
  },
  'a protected reading': {
    weight: 4,
    decides: ['READ'],
    run: ({ app, privacy }) =>
      app.unitOfWork.note(privacy, { kind: 'READ' }, [
        { action: 'referral', subjectType: 'Referral', subjectId: privacy.id },
      ]),
  },
  'a mutation over HTTP': {
    weight: 1.5,
    decides: ['COMMAND'],
    run: async (cast) => {
      const phone = `740 555 ${String(Math.floor(cast.roll() * 9999)).padStart(4, '0')}`;
      expect(await ask(cast, cast.admin, RENAME, { id: cast.admin.agencyId, phone })).toBe('Agency');
    },
  },
  'a mutation over HTTP, refused': {
    weight: 1.5,
    decides: ['REFUSAL'],
    run: async (cast) => {
      expect(await ask(cast, cast.admin, RENAME, { id: randomUUID(), phone: '740 555 0100' })).toBe('Refused');
    },
  },
  'a call that the guard refuses': {
    weight: 2,
    decides: ['REFUSAL'],
    run: async (cast) => {
      const isQuery = cast.roll() < 0.5;
      const answer = await ask(cast, cast.officer, isQuery ? TRAIL_PAGE : RENAME, { id: cast.officer.agencyId });
      expect(answer).toBe('FORBIDDEN');
    },
  },
  'a page of the trail': {
    weight: 0.5,
    decides: ['READ'],
    run: async (cast) => {
      expect(await ask(cast, cast.privacy, TRAIL_PAGE)).toBe('shown');
    },
  },
  'an export of the trail': {
    weight: 0.5,
    decides: ['READ'],
    run: async (cast) => {
      expect(await ask(cast, cast.privacy, EXPORT)).toBe('shown');
    },
  },
  'a request that is nobody’s, not well-formed, or for everybody': {
    weight: 0.5,
    decides: [],
    run: async (cast) => {
      const { errors } = await cast.app.speaking(null)(TRAIL_PAGE);
      expect(errors[0]?.extensions['code']).toBe('UNAUTHENTICATED');
      expect(await ask(cast, cast.admin, RENAME, { id: cast.admin.agencyId, phone: 'x' })).toBe('BAD_USER_INPUT');
      expect(await ask(cast, cast.officer, READ_ANYONE)).toBe('shown');
    },
  },
};

const drawn = (roll: () => number): Play[] => {
  const all = Object.values(plays);
  const sum = all.reduce((total, { weight }) => total + weight, 0);
  return Array.from({ length: OPERATIONS }, () => {
    let left = roll() * sum;
    return all.find(({ weight }) => (left -= weight) < 0) ?? all[0]!;
  });
};

describe('the audit trail', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openApp();
  });
  afterAll(() => app.close());

  it(`has exactly the decisions of ${OPERATIONS} operations of every kind, many at once`, async () => {
    const roll = dice(SEED);
    const admin = await buildActor(app.database, 'LAW_ENFORCEMENT', 'AGENCY_ADMIN');
    const officer = await buildActor(app.database, 'LAW_ENFORCEMENT', 'OFFICER');
    const privacy = await buildActor(app.database, 'LAW_ENFORCEMENT', 'PRIVACY_OFFICER');
    const asks = new Map<Actor, Ask>();
    for (const actor of [admin, officer, privacy]) asks.set(actor, await app.as(actor));
    const cast: Cast = { app, admin, officer, privacy, roll, asks };
    const mix = drawn(roll);
    const expected = { COMMAND: 0, REFUSAL: 0, READ: 0 };
    for (const { decides } of mix) for (const kind of decides) expected[kind] += 1;
    // What the application itself noted while it started.
    const [start] = await asOwner<{ position: string }>(
      app.database,
      'select coalesce(max(position), 0)::text as position from audit_entry',
    );
    const queue = mix[Symbol.iterator]();
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (const play of queue) await play.run(cast);
      }),
    );
    const found = await asOwner<{ kind: Kind; decisions: number }>(
      app.database,
      'select kind, count(distinct decision_id)::int as decisions from audit_entry where position > $1 group by kind',
      [start!.position],
    );
    expect(Object.fromEntries(found.map(({ kind, decisions }) => [kind, decisions]))).toEqual(expected);
  });
});

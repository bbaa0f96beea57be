import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Actor } from '../../src/access';
import { CapacityService, CensusService, type HoldState } from '../../src/capacity';
import { CensusesStore } from '../../src/capacity/censuses.store';
import { holdMachine } from '../../src/capacity/hold.machine';
import { HoldsStore } from '../../src/capacity/holds.store';
import { isRefusal, Refusal } from '../../src/kernel/refusal';
import { sql } from '../../src/platform/database/statement';
import type { SystemTx } from '../../src/platform/database/tx';
import { buildStaff } from '../builders/agencies';
import { buildBedPool, clocksOfRoom } from '../builders/capacity';
import { TestUnitOfWork } from '../setup/unit-of-work';

type Step =
  | { readonly kind: 'hold' }
  | { readonly kind: 'convert' | 'release' | 'expire' | 'extend'; readonly which: number }
  | { readonly kind: 'vacate' }
  | { readonly kind: 'census'; readonly staffed: number; readonly occupied: number }
  | { readonly kind: 'wait'; readonly minutes: number };

interface ModelHold {
  id: string;
  state: HoldState;
  endsAt: number;
}

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ kind: 'hold' } as const) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom('convert', 'release', 'expire', 'extend'),
      which: fc.nat(12),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'vacate' } as const) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('census' as const), staffed: fc.nat(6), occupied: fc.nat(6) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.constantFrom(20, 50, 70) }) },
);

interface BuiltRoom {
  readonly poolId: string;
  readonly actor: Actor;
}

const room = sql<{ staffed: number; occupied: number; held: number; active: number }>(
  `select staffed, occupied, held, (select count(*)::int from hold where pool_id = bed_pool.id and state = 'ACTIVE') as active
   from bed_pool where id = $1`,
);

const HOLD_MINUTES = 60;

/** The room of one pool and its holds, as simply as it can be said. Time in minutes. */
class Model {
  staffed = 3;
  occupied = 0;
  now = 0;
  readonly holds: ModelHold[] = [];

  get held(): number {
    return this.holds.filter(({ state }) => state === 'ACTIVE').length;
  }

  mayHold(): boolean {
    return this.occupied + this.held < this.staffed;
  }

  /** The state after the command, or null: the machine says what follows what, the clock what is due. */
  next(hold: ModelHold, command: 'convert' | 'release' | 'expire' | 'extend'): HoldState | null {
    const isPast = hold.endsAt <= this.now;
    const isTimely = command === 'release' || (command === 'expire') === isPast;
    const next = holdMachine.next(hold.state, command);
    return isTimely && !isRefusal(next) ? next : null;
  }

  apply(hold: ModelHold, command: 'convert' | 'release' | 'expire' | 'extend', state: HoldState): void {
    hold.state = state;
    if (command === 'convert') this.occupied += 1;
    if (command === 'extend') hold.endsAt = this.now + HOLD_MINUTES;
  }
}

describe('the ledger of room, against a model', () => {
  let db: TestUnitOfWork;
  let census: CensusService;
  const capacity = new CapacityService(new HoldsStore(), clocksOfRoom());

  beforeAll(async () => {
    db = await TestUnitOfWork.open(12);
    census = new CensusService(db.unitOfWork, new CensusesStore(), new HoldsStore(), clocksOfRoom());
  });
  afterAll(() => db.close());

  const refused = new Refusal('HOLD_EXPIRED', 'No.');
  const step = async (actor: Actor, work: (tx: SystemTx) => Promise<{ id: string } | Refusal | boolean>) => {
    const done = await db.unitOfWork.run(actor, { name: 'step' }, async (tx) => {
      const result = await work(tx.asSystem());
      return typeof result === 'boolean' ? (result ? { id: actor.id } : refused) : result;
    });
    return isRefusal(done) ? null : done.id;
  };
  const after = (minutes: number): Date => new Date(Date.now() + minutes * 60_000);
  const commands = {
    convert: (tx: SystemTx, id: string) => capacity.convert(tx, id),
    release: (tx: SystemTx, id: string) => capacity.release(tx, id),
    expire: (tx: SystemTx, id: string) => capacity.expire(tx, id),
  };

  const buildPool = async (staffed: number): Promise<BuiltRoom> => {
    const pool = await buildBedPool(db.database, { staffed });
    const actor = await buildStaff(db.database, { id: pool.agencyId, kind: 'TREATMENT_PROVIDER' }, 'PROVIDER_STAFF');
    return { poolId: pool.id, actor };
  };
  const look = async ({ poolId, actor }: BuiltRoom) => (await db.unitOfWork.reader(actor).query(room, [poolId]))[0];

  /** Does the step for real and in the model; both must give the same answer. */
  const both = async (model: Model, { poolId, actor }: BuiltRoom, one: Step) => {
    if (one.kind === 'wait') {
      db.clock.advance(one.minutes);
      model.now += one.minutes;
    } else if (one.kind === 'hold') {
      const endsAt = after(model.now + HOLD_MINUTES);
      const id = await step(actor, (tx) => capacity.hold(tx, { poolId, referralId: randomUUID(), endsAt }));
      expect(id !== null).toBe(model.mayHold());
      if (id) model.holds.push({ id, state: 'ACTIVE', endsAt: model.now + HOLD_MINUTES });
    } else if (one.kind === 'vacate') {
      const isVacated = (await step(actor, (tx) => capacity.vacate(tx, poolId))) !== null;
      expect(isVacated).toBe(model.occupied > 0);
      if (isVacated) model.occupied -= 1;
    } else if (one.kind === 'census') {
      const { staffed, occupied } = one;
      const report = { pools: [{ poolId, staffed, occupied }], source: 'STAFF' } as const;
      const done = await census.post(actor, report, { name: 'postCensus' });
      expect(!isRefusal(done)).toBe(occupied + model.held <= staffed);
      if (!isRefusal(done)) Object.assign(model, { staffed, occupied });
    } else {
      const hold = model.holds[one.which];
      if (!hold) return;
      const endsAt = after(model.now + HOLD_MINUTES);
      const done = await step(actor, (tx) =>
        one.kind === 'extend' ? capacity.extend(tx, hold.id, endsAt) : commands[one.kind](tx, hold.id),
      );
      const next = model.next(hold, one.kind);
      expect(done !== null).toBe(next !== null);
      if (next) model.apply(hold, one.kind, next);
    }
  };

  it('answers every sequence of steps as the model and the machine do', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 10, maxLength: 30 }), async (steps) => {
        const model = new Model();
        const pool = await buildPool(model.staffed);
        try {
          for (const one of steps) {
            await both(model, pool, one);
            const { staffed, occupied, held } = model;
            expect(await look(pool)).toEqual({ staffed, occupied, held, active: held });
          }
        } finally {
          db.clock.advance(-model.now);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('loses and doubles no place when steps interleave', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 30, maxLength: 60 }), async (steps) => {
        const pool = await buildPool(4);
        const { poolId, actor } = pool;
        const ids: string[] = [];
        for (let made = 0; made < 3; made += 1) {
          const request = { poolId, referralId: randomUUID(), endsAt: after(made === 0 ? -1 : HOLD_MINUTES) };
          ids.push((await step(actor, (tx) => capacity.hold(tx, request))) ?? '');
        }
        const ends = new Map<string, number>();
        const moves = { convert: 0, vacate: 0 };
        const endHold = async (kind: keyof typeof commands, which: number) => {
          const id = ids[which % ids.length] ?? '';
          if ((await step(actor, (tx) => commands[kind](tx, id))) === null) return;
          ends.set(id, (ends.get(id) ?? 0) + 1);
          if (kind === 'convert') moves.convert += 1;
        };
        const attempt = async (one: Step) => {
          if (one.kind === 'hold') {
            const request = { poolId, referralId: randomUUID(), endsAt: after(HOLD_MINUTES) };
            await step(actor, (tx) => capacity.hold(tx, request));
          }
          if (one.kind === 'vacate' && (await step(actor, (tx) => capacity.vacate(tx, poolId)))) moves.vacate += 1;
          if (one.kind in commands && 'which' in one) await endHold(one.kind as keyof typeof commands, one.which);
        };
        await Promise.all(steps.map(attempt));
        const found = await look(pool);
        expect(Math.max(0, ...ends.values())).toBeLessThanOrEqual(1);
        expect(found?.held).toBe(found?.active);
        expect(found?.occupied).toBe(moves.convert - moves.vacate);
        expect(Number(found?.occupied) + Number(found?.held)).toBeLessThanOrEqual(Number(found?.staffed));
      }),
      { numRuns: 25 },
    );
  });
});

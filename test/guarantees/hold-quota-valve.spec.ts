import type { AcceptanceMode } from '../../src/capacity';
import type { Refusal } from '../../src/kernel/refusal';
import type { Done } from '../../src/platform/database/unit-of-work';
import { AcceptanceService } from '../../src/referrals/acceptance.service';
import { AdmissionService } from '../../src/referrals/admission.service';
import { ArrivalService } from '../../src/referrals/arrival.service';
import { OfferResponseService } from '../../src/referrals/offer-response.service';
import { ReferralEndingService } from '../../src/referrals/referral-ending.service';
import { asOwner } from '../builders/agencies';
import type { PoolTraits } from '../builders/capacity';
import {
  buildReferral,
  buildRegion,
  buildSubmission,
  done,
  offerAt,
  type Program,
  type Region,
} from '../builders/referrals';
import { openApp, type TestApp } from '../setup/app';

type Step = 'acknowledge' | 'accept' | 'schedule' | 'arrive' | 'admit' | 'turnAway' | 'stayAway';

/** What became of the first referral, out of the sender’s sight: to the sender a program has it in hand in each of them. */
const hidden = {
  'a program looks at it': ['acknowledge'],
  'a program that was asked keeps a place': ['acknowledge', 'accept'],
  'the person is expected': ['accept', 'schedule'],
  'the person has come': ['accept', 'arrive'],
  'the person was admitted': ['accept', 'arrive', 'admit'],
  'the person was turned away': ['accept', 'arrive', 'turnAway'],
  'the person never came': ['accept', 'schedule', 'stayAway'],
} as const satisfies Record<string, readonly Step[]>;
interface World extends Region {
  readonly program: Program;
  readonly place: { readonly latitude: number; readonly longitude: number };
}
type Hidden = keyof typeof hidden;
/** Where the first program takes the person at once. */
const placed = (Object.keys(hidden) as Hidden[]).filter((name) => (hidden[name] as readonly Step[]).includes('accept'));

const command = { name: 'test' };

/** A sender at its quota asks again and again: the answer must not turn on what became of those it sent. */
describe('the quota of a sender behind the one-way valve', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openApp();
  });
  afterAll(() => app.close());

  const limit = (agencyId: string, activeHolds: number, share: number) =>
    asOwner(
      app.database,
      `with worker as (select set_config('role', 'handrail_worker', true)) insert into hold_quota select $1, $2, $3 from worker`,
      [agencyId, activeHolds, share],
    );
  let worlds = 0;
  /** A sender, and programs too far away for everybody else’s referrals. */
  const build = async (acceptanceMode: AcceptanceMode, others: readonly PoolTraits[]): Promise<World> => {
    const place = { latitude: 39.33, longitude: -82.98 - 1.5 * worlds++ };
    const near = others.map((traits) => ({ ...traits, program: { ...traits.program, ...place } }));
    const region = await buildRegion(app, [{ staffed: 20, program: { acceptanceMode, ...place } }, ...near]);
    return { ...region, program: region.programs[0] as Program, place };
  };
  const refer = ({ officer, place, program: { pool } }: World): Promise<string> =>
    buildReferral(app, officer, buildSubmission({}, { ...place, preferredProgramIds: [pool.programId] }));

  const take = async ({ program: { intake } }: World, id: string, step: Step): Promise<void> => {
    const offer = () => offerAt(app, id, intake.agencyId);
    const get = <T>(service: new (...args: never[]) => T): T => app.app.get(service);
    const soon = new Date(Date.now() + 3_600_000);
    const steps: Record<Exclude<Step, 'stayAway'>, () => Promise<Done | Refusal>> = {
      acknowledge: async () => get(OfferResponseService).acknowledge(intake, await offer(), command),
      accept: async () => get(AcceptanceService).accept(intake, await offer(), command),
      schedule: () => get(ArrivalService).schedule(intake, id, soon, command),
      arrive: () => get(ArrivalService).recordArrival(intake, id, command),
      admit: () => get(AdmissionService).admit(intake, id, command),
      turnAway: () => get(AdmissionService).turnAway(intake, id, 'NO_PLACE', command),
    };
    if (step !== 'stayAway') {
      done(await steps[step]());
      return;
    }
    const [hold] = await app.owner<{ id: string }>(
      "update hold set ends_at = app.now() where referral_id = $1 and state = 'ACTIVE' returning id",
      [id],
    );
    await get(ArrivalService).expireHold(hold?.id ?? '', id, intake.agencyId);
  };
  /** What the officer reads of a referral. */
  const progressOf = async ({ officer }: World, id: string): Promise<string> => {
    const { data } = await (
      await app.as(officer)
    )<{ referral: { progress: string } }>('query ($id: ID!) { referral(id: $id) { progress } }', { id });
    return data?.referral.progress ?? 'nothing';
  };
  const next = async (world: World): Promise<string[]> => [
    await progressOf(world, await refer(world)),
    await progressOf(world, await refer(world)),
  ];

  /** The sender refers once, the program goes as far as the name says; from then on it takes people at once. */
  const play = async (
    name: Hidden,
    mode: AcceptanceMode,
    [activeHolds, share, free = 20]: readonly [number, number, number?],
    others: readonly PoolTraits[] = [],
  ) => {
    const world = await build(mode, others);
    await limit(world.officer.agencyId, activeHolds, share);
    await app.owner('update bed_pool set occupied = staffed - $2 where id = $1', [world.program.pool.id, free]);
    const sent = await refer(world);
    const steps: readonly Step[] = hidden[name];
    for (const step of mode === 'INSTANT' ? steps.slice(steps.indexOf('accept') + 1) : steps) {
      await take(world, sent, step);
    }
    expect(await progressOf(world, sent)).toBe('ACKNOWLEDGED');
    for (const table of ['program', 'pool_match']) {
      const key = table === 'program' ? 'id' : 'program_id';
      await app.owner(`update ${table} set acceptance_mode = 'INSTANT' where ${key} = $1`, [
        world.program.pool.programId,
      ]);
    }
    return { world, sent };
  };

  it.each(placed)('for all its places, taken at once, does not tell that %s', async (name) => {
    expect(await next((await play(name, 'INSTANT', [1, 100])).world)).toEqual(['SENT', 'SENT']);
  });

  it.each(Object.keys(hidden) as Hidden[])(
    'for all its places, with a program that decides, does not tell that %s',
    async (name) => {
      expect(await next((await play(name, 'REVIEW', [2, 100])).world)).toEqual(['ACKNOWLEDGED', 'SENT']);
    },
  );

  it.each(placed)('for its share of a pool, taken at once, does not tell that %s', async (name) => {
    expect(await next((await play(name, 'INSTANT', [1000, 5])).world)).toEqual(['SENT', 'SENT']);
  });

  // Of three places half is one, of four it would be two: one more or less, and the answer would turn.
  it.each(placed)('for its share of the few places that are free, does not tell that %s', async (name) => {
    expect(await next((await play(name, 'INSTANT', [1000, 50, 3])).world)).toEqual(['SENT', 'SENT']);
    expect(await next((await play(name, 'INSTANT', [1000, 50, 4])).world)).toEqual(['ACKNOWLEDGED', 'SENT']);
  });

  it.each(Object.keys(hidden) as Hidden[])(
    'for its share of a pool, with a program that decides, does not tell that %s',
    async (name) => {
      expect(await next((await play(name, 'REVIEW', [1000, 10])).world)).toEqual(['ACKNOWLEDGED', 'SENT']);
    },
  );

  it.each<Hidden>(['the person has come', 'the person was admitted', 'the person was turned away'])(
    'does not tell, with a second program that takes people at once, that %s',
    async (name) => {
      const second = { staffed: 20, program: { acceptanceMode: 'INSTANT' } } as const;
      const { world } = await play(name, 'INSTANT', [1000, 5], [second]);
      // One place in each of the two: whoever was turned away has taken the second’s, which the sender does not know.
      expect(await next(world)).toEqual(['ACKNOWLEDGED', 'SENT']);
    },
  );

  it.each<Hidden>(['the person is expected', 'the person was admitted', 'the person was turned away'])(
    'counts a referral no more once the sender has ended it, also where %s',
    async (name) => {
      const { world, sent } = await play(name, 'INSTANT', [1, 100]);
      expect(await next(world)).toEqual(['SENT', 'SENT']);
      done(await app.app.get(ReferralEndingService).cancel(world.officer, sent, 'PERSON_CHANGED_MIND', command));
      expect(await next(world)).toEqual(['ACKNOWLEDGED', 'SENT']);
    },
  );

  it.each<Hidden>(['the person has come', 'the person was admitted'])(
    'counts a referral no more two hours after a program took it in hand, also where %s',
    async (name) => {
      const { world } = await play(name, 'INSTANT', [1, 100]);
      app.clock.advance(119);
      expect(await next(world)).toEqual(['SENT', 'SENT']);
      app.clock.advance(2);
      expect(await next(world)).toEqual(['ACKNOWLEDGED', 'SENT']);
    },
  );
});

import fc from 'fast-check';
import type { Actor } from '../../src/access';
import { buildAgency, buildStaff } from '../builders/agencies';
import { buildProgramOf, type Program } from '../builders/referrals';
import { openApp, type TestApp } from '../setup/app';
import { beginnings, type HiddenMove } from '../setup/hidden-side';
import { CALLS, SenderWorld, type Call, type SenderRole } from '../setup/sender-world';
import { inDepth } from '../setup/thorough';

/** One call of the sender, and before it one hidden move in each world. */
interface Round {
  readonly hidden: readonly HiddenMove[];
  readonly call: Call;
}
const plain = { noNullPrototype: true } as const;
const hiddenMove = fc.record<HiddenMove>({ pick: fc.nat(30), program: fc.nat(1) }, plain);
const round = fc.record<Round>(
  {
    hidden: fc.array(hiddenMove, { minLength: beginnings.length, maxLength: beginnings.length }),
    call: fc.constantFrom(...CALLS),
  },
  plain,
);
const play = fc.record(
  {
    role: fc.constantFrom<SenderRole>('OFFICER', 'OFFICER', 'SCHOOL_LIAISON', 'HOSPITAL_STAFF'),
    rounds: fc.array(round, { minLength: 3, maxLength: 6 }),
  },
  plain,
);
/** Nothing hidden moves: each call meets every beginning at least once, whatever the dice say. */
const still = (role: SenderRole, ...calls: Call[]): [{ role: SenderRole; rounds: Round[] }] => [
  { role, rounds: calls.map((call) => ({ hidden: [], call })) },
];
const examples = [
  still(
    'OFFICER',
    'referAgain',
    'provideFacts',
    'releaseBySender',
    'releaseByFamily',
    'releaseByFamily',
    'cancel',
    'referAgain',
  ),
  still('SCHOOL_LIAISON', 'provideNonsense', 'recordForTreatment', 'recordConsent', 'takeBack', 'recordConsent'),
  still('OFFICER', 'arrive', 'recall', 'recall', 'clear', 'referAgain', 'referAgain'),
  still('HOSPITAL_STAFF', 'look', 'provideFacts', 'cancel'),
];
const RUNS = inDepth(examples.length, 25);

describe('the one-way valve', () => {
  let app: TestApp;
  let coordinator: Actor;
  const programs: Program[] = [];
  beforeAll(async () => {
    app = await openApp();
    const team = await buildAgency(app.database, { kind: 'OUTREACH_TEAM' });
    coordinator = await buildStaff(app.database, team, 'COORDINATOR');
    for (let i = 0; i < 2; i++) programs.push(await buildProgramOf(app, { staffed: 2000 }));
  });
  afterAll(() => app.close());

  const openWorlds = (role: SenderRole): Promise<[string, SenderWorld][]> =>
    Promise.all(
      beginnings.map(async (beginning) => {
        const world = await SenderWorld.open(app, role, { coordinator, programs });
        await world.begin(beginning);
        return [beginning, world];
      }),
    );

  /** Side by side, since no world knows of another; but for a call after which everything due is done, whoever it is of. */
  const playRound = async (worlds: readonly [string, SenderWorld][], { hidden, call }: Round): Promise<void> => {
    const one = async ([, world]: [string, SenderWorld], index: number): Promise<void> => {
      await world.move(hidden[index]);
      await world.take(call);
    };
    if (call !== 'takeBack') await Promise.all(worlds.map(one));
    else for (const [index, world] of worlds.entries()) await one(world, index);
  };

  /** Compares each world with the first that shares what may be known; how many were compared. */
  const compare = (worlds: readonly [string, SenderWorld][]): number => {
    const firsts = new Map<string, readonly [string, SenderWorld]>();
    for (const [beginning, world] of worlds) {
      const key = JSON.stringify(world.trail);
      const [model, first] = firsts.get(key) ?? [beginning, world];
      firsts.set(key, [model, first]);
      // Word for word alike, as nearly all are: comparing what is in them takes ten times as long.
      if (JSON.stringify(world.told) === JSON.stringify(first.told)) continue;
      expect({ [`${beginning} as ${model}`]: world.told }).toEqual({ [`${beginning} as ${model}`]: first.told });
    }
    return worlds.length - firsts.size;
  };

  it(`tells a sender nothing but progress: ${RUNS} plays in ${beginnings.length} hidden worlds each`, async () => {
    let pairs = 0;
    await fc.assert(
      fc.asyncProperty(play, async ({ role, rounds }) => {
        const worlds = await openWorlds(role);
        for (const one of rounds) {
          await playRound(worlds, one);
          pairs += compare(worlds);
        }
      }),
      { numRuns: RUNS, examples, endOnFailure: true },
    );
    // A property that compares nothing holds of anything.
    expect(pairs).toBeGreaterThan(RUNS * 10);
  }, 1_800_000);
});

import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Actor } from '../../src/access';
import { CandidateStore } from '../../src/matching/candidate.store';
import type { Candidate } from '../../src/matching/engine/candidate';
import { match } from '../../src/matching/engine/match';
import type { Need } from '../../src/matching/engine/need';
import { rank } from '../../src/matching/engine/rank';
import { withClient } from '../../src/platform/database/embedded/client';
import { buildActor } from '../builders/agencies';
import { anyCandidate, anyNeed, buildNeed, RUN_AT } from '../builders/matching.arbitraries';
import { buildStored, insertCandidates, type StoredCandidate } from '../builders/matching';
import { TestUnitOfWork } from '../setup/unit-of-work';

const zones = ['America/New_York', 'America/Denver', 'America/Phoenix', 'Pacific/Honolulu', 'UTC'] as const;
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Told by the runtime’s own calendar, not by the library the product uses. */
const weekMinute = (timeZone: string, asOf: Date): number => {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'short',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  });
  const part = (type: string): string => format.formatToParts(asOf).find((one) => one.type === type)?.value ?? '';
  return weekdays.indexOf(part('weekday')) * 1440 + Number(part('hour')) * 60 + Number(part('minute'));
};

const POOLS = 600;
const programs = Array.from({ length: POOLS / 2 }, () => randomUUID());

/** The generated pools as they are stored: two to a program, attested as long before now as they were before `RUN_AT`. */
const stored = (now: number): StoredCandidate[] =>
  fc.sample(anyCandidate, { numRuns: POOLS, seed: 20_261_102 }).map((candidate, index) => ({
    ...candidate,
    poolId: randomUUID(),
    programId: programs[index % programs.length] ?? '',
    agencyId: programs[index % programs.length] ?? '',
    timeZone: zones[index % zones.length] ?? 'UTC',
    // Places go together, or not at all.
    ...((candidate.latitude === null || candidate.longitude === null) && { latitude: null, longitude: null }),
    attestedAt: candidate.attestedAt && new Date(now + candidate.attestedAt.getTime() - RUN_AT.getTime()),
    isLastinglyDeclined: false,
  }));

/** Answer figures belong to the program: the first pool’s count for both. */
const withProgramAnswers = (candidates: readonly StoredCandidate[]): StoredCandidate[] => {
  const first = new Map<string, StoredCandidate>();
  return candidates.map((candidate) => {
    const { offersPut, offersAnswered, medianAnswerMinutes } = first.get(candidate.programId) ?? candidate;
    if (!first.has(candidate.programId)) first.set(candidate.programId, candidate);
    return { ...candidate, offersPut, offersAnswered, medianAnswerMinutes };
  });
};

describe('the SQL prefilter', () => {
  let db: TestUnitOfWork;
  let officer: Actor;
  const store = new CandidateStore();
  const all = withProgramAnswers(stored(Date.now()));

  const known = (asOf: Date): StoredCandidate[] => {
    const minutes = new Map(zones.map((zone) => [zone as string, weekMinute(zone, asOf)]));
    return all.map((one) => ({ ...one, localWeekMinute: minutes.get(one.timeZone) ?? NaN }));
  };
  const accepts = (need: Need, candidates: readonly Candidate[], asOf: Date) =>
    rank(need, candidates, asOf, { limit: Infinity });

  beforeAll(async () => {
    db = await TestUnitOfWork.open();
    await withClient(db.database.ownerUrl, async (client) => {
      officer = await buildActor(db.database, 'LAW_ENFORCEMENT', 'OFFICER');
      await insertCandidates(client, all);
    });
  });
  afterAll(() => db.close());

  it('never drops a pool that the engine accepts, and reads each as it is stored', async () => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(anyNeed, async (need) => {
        const { asOf, candidates } = await store.suited(db.unitOfWork.reader(officer), need);
        const expected = accepts(need, known(asOf), asOf);
        expect(accepts(need, candidates, asOf)).toEqual(expected);
        accepted += expected.length;
      }),
      { numRuns: 400 },
    );
    // A property over needs that nobody can serve would say nothing.
    expect(accepted).toBeGreaterThan(400);
  });

  it('narrows: most of what the engine would remove is never read', async () => {
    const { candidates } = await store.suited(
      db.unitOfWork.reader(officer),
      buildNeed({ payer: 'MEDICAID', pregnant: true }),
    );
    expect(candidates.length).toBeGreaterThan(0);
    expect(candidates.length).toBeLessThan(POOLS / 2);
  });

  it('reads every pool within reach for a stored run, with the same verdicts', async () => {
    await fc.assert(
      fc.asyncProperty(anyNeed, async (need) => {
        const { asOf, candidates, leftOut } = await store.within(db.unitOfWork.reader(officer), need, null);
        const found = match(need, candidates, asOf).verdicts;
        const inReach = new Set(found.map(({ poolId }) => poolId));
        const expected = match(need, known(asOf), asOf).verdicts;
        expect(found).toEqual(expected.filter(({ poolId }) => inReach.has(poolId)));
        const missed = expected.filter(({ poolId }) => !inReach.has(poolId));
        expect(missed.every(({ removedBy }) => removedBy.some(({ rule }) => rule === 'DISTANCE'))).toBe(true);
        expect(leftOut).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('leaves out the farthest when there are too many, and says how many', async () => {
    const need = buildNeed({ maxDistanceKm: 200 });
    const reader = db.unitOfWork.reader(officer);
    const whole = await store.within(reader, need, null);
    const some = await store.within(reader, need, null, 50);
    expect(some.candidates).toHaveLength(50);
    expect(some.leftOut).toBe(whole.candidates.length - 50);
    const suited = new Set((await store.suited(reader, need)).candidates.map(({ poolId }) => poolId));
    expect(some.candidates.filter(({ poolId }) => suited.has(poolId)).length).toBe(Math.min(50, suited.size));
  });

  it('tells the time also when nobody is within reach', async () => {
    const { asOf, candidates } = await store.suited(
      db.unitOfWork.reader(officer),
      buildNeed({ latitude: -60, longitude: 0 }),
    );
    expect(candidates).toEqual([]);
    expect(Math.abs(asOf.getTime() - Date.now())).toBeLessThan(60_000);
  });

  it('does not see a pool that was closed', async () => {
    const closed = buildStored({ latitude: 10, longitude: 10 });
    await withClient(db.database.ownerUrl, async (client) => {
      await insertCandidates(client, [closed]);
      const need = buildNeed({ latitude: 10, longitude: 10 });
      const ids = async () =>
        (await store.suited(db.unitOfWork.reader(officer), need)).candidates.map(({ poolId }) => poolId);
      expect(await ids()).toEqual([closed.poolId]);
      await client.query('update bed_pool set is_active = false where id = $1', [closed.poolId]);
      expect(await ids()).toEqual([]);
    });
  });
});

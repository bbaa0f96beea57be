import { randomUUID } from 'node:crypto';
import { isRefusal, Refusal } from '../../src/kernel/refusal';
import type { Need } from '../../src/matching/engine/need';
import { programVerdictsOf } from '../../src/matching/run-verdicts';
import { unpackVerdicts } from '../../src/matching/stored-verdicts';
import { buildActor, asOwner } from '../builders/agencies';
import { buildNeed } from '../builders/matching.arbitraries';
import { buildStored, MatchingDesk, nextPlace } from '../builders/matching';
import { TestUnitOfWork } from '../setup/unit-of-work';

describe('matching for a referral', () => {
  let desk: MatchingDesk;

  const verdictsOf = async (runId: string) => {
    const [row] = await desk.runs.verdicts(desk.reader, [runId]);
    return row ? programVerdictsOf(unpackVerdicts(row.verdicts)) : [];
  };

  beforeAll(async () => {
    const db = await TestUnitOfWork.open();
    desk = new MatchingDesk(db, await buildActor(db.database, 'OUTREACH_TEAM', 'OUTREACH_WORKER'));
  });
  afterAll(() => desk.db.close());

  it('keeps a run whole: inputs, verdict and reason for every program, age of the data', async () => {
    const place = nextPlace();
    const near = buildStored(place);
    const far = buildStored({ ...place, longitude: -100.4, attestedAt: new Date(Date.now() - 3 * 3_600_000) });
    const men = buildStored({ ...place, sexes: ['MALE'] });
    const full = buildStored({ ...place, staffed: 7 });
    await desk.arrange([near, far, men, full]);
    const referral = await desk.refer();
    const need = buildNeed(place);

    const answer = await desk.run(referral, need);
    expect(answer.candidates.map(({ programId, rank }) => [programId, rank])).toEqual([
      [near.programId, 1],
      [far.programId, 2],
    ]);
    expect(answer.candidates[0]).toMatchObject({
      poolId: near.poolId,
      agencyId: near.agencyId,
      acceptanceMode: 'REVIEW',
    });
    expect(answer.rulesOfLastRemoved).toEqual([]);

    const [stored] = await desk.runs.ofReferrals(desk.reader, [referral.referralId]);
    expect(stored).toMatchObject({
      id: answer.runId,
      considered: 4,
      eligible: 2,
      leftOut: 0,
      policyVersion: 'default-2',
    });
    expect(stored?.oldestCensusAt).toEqual(far.attestedAt);
    const verdicts = await verdictsOf(answer.runId);
    const removedBy = new Map(
      verdicts.map((verdict) => [verdict.programId, verdict.removedBy.map(({ rule }) => rule)]),
    );
    expect(removedBy.get(men.programId)).toEqual(['SEX']);
    expect(removedBy.get(full.programId)).toEqual(['OPEN_PLACE']);
    expect(verdicts.every(({ removedBy: findings }) => findings.every(({ because }) => because.length > 10))).toBe(
      true,
    );
    expect(verdicts[0]?.terms.map(({ because }) => because.length > 5)).toEqual([true, true, true, true, true]);
    const [kept] = await asOwner<{ need: Need }>(desk.db.database, 'select need from match_run where id = $1', [
      answer.runId,
    ]);
    expect(kept?.need).toEqual(need);
  });

  it('answers the same for the same input', async () => {
    const place = nextPlace();
    await desk.arrange(
      Array.from({ length: 12 }, (_, index) =>
        buildStored({ ...place, acceptanceMode: index % 2 ? 'INSTANT' : 'REVIEW' }),
      ),
    );
    const [one, other] = [await desk.refer(), await desk.refer()];
    const [first, second] = [await desk.run(one, buildNeed(place)), await desk.run(other, buildNeed(place))];
    expect(first.candidates).toHaveLength(12);
    expect(second.candidates).toEqual(first.candidates);
  });

  it('takes the best pool of a program and does not ask a program twice', async () => {
    const place = nextPlace();
    const [full, room] = [buildStored({ ...place, staffed: 7 }), buildStored(place)];
    const program = { programId: full.programId, agencyId: full.agencyId };
    const other = buildStored(place);
    await desk.arrange([full, { ...room, ...program }, other]);
    const referral = await desk.refer();
    const first = await desk.run(referral, buildNeed(place));
    expect(first.candidates.map(({ poolId }) => poolId).sort()).toEqual([room.poolId, other.poolId].sort());

    const second = await desk.run(referral, buildNeed(place), [full.programId]);
    expect(second.candidates.map(({ programId }) => programId)).toEqual([other.programId]);
    const third = await desk.run(referral, buildNeed(place), [full.programId, other.programId]);
    expect(third.candidates).toEqual([]);
    expect(third.rulesOfLastRemoved).toEqual(['ALREADY_ASKED']);
    const verdicts = await verdictsOf(third.runId);
    expect(verdicts.map(({ removedBy }) => removedBy.map(({ rule }) => rule))).toEqual([
      ['ALREADY_ASKED'],
      ['ALREADY_ASKED'],
    ]);
  });

  it('does not propose a program that turned the person down for good, until a second look', async () => {
    const place = nextPlace();
    const only = buildStored(place);
    await desk.arrange([only]);
    const [referral, someoneElse] = [await desk.refer(), await desk.refer()];
    const pair = { personId: referral.personId, programId: only.programId };
    await desk.asSystem((tx) => desk.service.recordLastingDecline(tx, { ...pair, reason: 'SAFETY_HISTORY' }));
    await desk.asSystem((tx) => desk.service.recordLastingDecline(tx, { ...pair, reason: 'OTHER_LASTING' }));

    const declined = await desk.run(referral, buildNeed(place));
    expect([declined.candidates, declined.rulesOfLastRemoved]).toEqual([[], ['LASTING_DECLINE']]);
    expect((await desk.run(someoneElse, buildNeed(place))).candidates).toHaveLength(1);
    const chosen = await desk.asSystem((tx) =>
      desk.service.eligibility(tx, buildNeed(place), only.programId, referral.personId),
    );
    expect(isRefusal(chosen) && chosen.details['rules']).toEqual(['LASTING_DECLINE']);

    expect(await desk.asSystem((tx) => desk.service.clearLastingDecline(tx, pair.personId, pair.programId))).toBe(true);
    expect(await desk.asSystem((tx) => desk.service.clearLastingDecline(tx, pair.personId, pair.programId))).toBe(
      false,
    );
    expect((await desk.run(referral, buildNeed(place))).candidates).toHaveLength(1);
  });

  it('never sends a person on methadone to a program without it, chosen by hand or not', async () => {
    const place = nextPlace();
    const without = buildStored({ ...place, medicationsOffered: ['NALTREXONE'], medicationsAccepted: [] });
    await desk.arrange([without]);
    const referral = await desk.refer();
    const need = buildNeed({ ...place, currentMedications: ['METHADONE'] });
    expect((await desk.run(referral, need)).rulesOfLastRemoved).toEqual(['MEDICATION_CONTINUITY']);
    const chosen = await desk.asSystem((tx) =>
      desk.service.eligibility(tx, need, without.programId, referral.personId),
    );
    expect(chosen).toBeInstanceOf(Refusal);
    expect(isRefusal(chosen) && [chosen.code, chosen.details['rules']]).toEqual([
      'NOT_ELIGIBLE',
      ['MEDICATION_CONTINUITY'],
    ]);
  });

  it('lets a human set aside an old census and closed hours, and nothing else', async () => {
    const place = nextPlace();
    const old = buildStored({ ...place, attestedAt: new Date(Date.now() - 30 * 3_600_000) });
    const full = buildStored({ ...place, staffed: 7 });
    await desk.arrange([old, full]);
    const { personId } = await desk.refer();
    const chosen = (programId: string) =>
      desk.asSystem((tx) => desk.service.eligibility(tx, buildNeed(place), programId, personId));
    expect(await chosen(old.programId)).toMatchObject({ poolId: old.poolId, waived: ['CENSUS_FRESH'] });
    expect(await chosen(full.programId)).toMatchObject({ code: 'NOT_ELIGIBLE' });
    expect(await chosen(randomUUID())).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('counts how a program answers', async () => {
    const place = nextPlace();
    const [quick, slow] = [
      buildStored(place),
      buildStored({ ...place, offersPut: 0, offersAnswered: 0, medianAnswerMinutes: null }),
    ];
    await desk.arrange([quick, slow]);
    const answers = { programId: slow.programId, agencyId: slow.agencyId, offersPut: 40 };
    await desk.asSystem((tx) =>
      desk.service.saveAnswers(tx, { ...answers, offersAnswered: 4, medianAnswerMinutes: 300 }),
    );
    expect((await desk.run(await desk.refer(), buildNeed(place))).candidates[0]?.programId).toBe(quick.programId);
    await desk.asSystem((tx) =>
      desk.service.saveAnswers(tx, { ...answers, offersAnswered: 40, medianAnswerMinutes: 1 }),
    );
    expect((await desk.run(await desk.refer(), buildNeed(place))).candidates[0]?.programId).toBe(slow.programId);
  });
});

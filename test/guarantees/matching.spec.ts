import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import type { Actor } from '../../src/access';
import { isRefusal, Refusal } from '../../src/kernel/refusal';
import { CandidateStore } from '../../src/matching/candidate.store';
import type { Need } from '../../src/matching/engine/need';
import { MatchRunsStore } from '../../src/matching/match-runs.store';
import { MatchingService, type RunAnswer } from '../../src/matching/matching.service';
import { ProgramHistoryStore } from '../../src/matching/program-history.store';
import { programVerdictsOf } from '../../src/matching/run-verdicts';
import { unpackVerdicts } from '../../src/matching/stored-verdicts';
import { UnmetNeedsService } from '../../src/matching/unmet-needs.service';
import { UnmetNeedsStore } from '../../src/matching/unmet-needs.store';
import { withClient } from '../../src/platform/database/embedded/client';
import type { SystemTx } from '../../src/platform/database/tx';
import { buildActor } from '../builders/agencies';
import { buildNeed } from '../builders/matching.arbitraries';
import {
  buildStored,
  insertCandidates,
  insertReferral,
  type StoredCandidate,
  type StoredReferral,
} from '../builders/matching';
import { TestUnitOfWork } from '../setup/unit-of-work';

/** Each test works in a place of its own, so that no test sees another’s programs. */
let places = 0;
const nextPlace = () => ({ latitude: 15 + (places += 3), longitude: -100 });

describe('matching for a referral', () => {
  let db: TestUnitOfWork;
  let team: Actor;
  let stranger: Actor;
  const runs = new MatchRunsStore();
  const unmetNeeds = new UnmetNeedsStore();
  const service = new MatchingService(new CandidateStore(), runs, unmetNeeds, new ProgramHistoryStore());

  const owner = <Result>(work: (client: Client) => Promise<Result>) => withClient(db.database.ownerUrl, work);
  const arrange = (candidates: readonly StoredCandidate[]) => owner((client) => insertCandidates(client, candidates));
  const refer = (coordinator: string | null = null) =>
    owner((client) => insertReferral(client, team.agencyId, coordinator));

  const asSystem = async <Result>(work: (tx: SystemTx) => Promise<Result>): Promise<Result> => {
    let result: Result | undefined;
    await db.unitOfWork.run(team, { name: 'match', isHousekeeping: true }, async (tx) => {
      result = await work(await tx.asSystem());
      return { id: randomUUID() };
    });
    return result as Result;
  };

  const run = (
    { referralId, personId }: StoredReferral,
    need: Need,
    excludedProgramIds: readonly string[] = [],
  ): Promise<RunAnswer> =>
    asSystem((tx) => service.run(tx, { referralId, personId, agencyId: team.agencyId, need, excludedProgramIds }));

  const verdictsOf = async (runId: string) => {
    const [row] = await runs.verdicts(db.unitOfWork.reader(team), [runId]);
    return row ? programVerdictsOf(unpackVerdicts(row.verdicts)) : [];
  };

  beforeAll(async () => {
    db = await TestUnitOfWork.open();
    team = await buildActor(db.database, 'OUTREACH_TEAM', 'OUTREACH_WORKER');
    stranger = await buildActor(db.database, 'OUTREACH_TEAM', 'COORDINATOR');
  });
  afterAll(() => db.close());

  it('keeps a run whole: inputs, verdict and reason for every program, age of the data', async () => {
    const place = nextPlace();
    const near = buildStored(place);
    const far = buildStored({ ...place, longitude: -100.4, attestedAt: new Date(Date.now() - 3 * 3_600_000) });
    const men = buildStored({ ...place, sexes: ['MALE'] });
    const full = buildStored({ ...place, staffed: 7 });
    await arrange([near, far, men, full]);
    const referral = await refer();
    const need = buildNeed(place);

    const answer = await run(referral, need);
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

    const [stored] = await runs.ofReferrals(db.unitOfWork.reader(team), [referral.referralId]);
    expect(stored).toMatchObject({
      id: answer.runId,
      considered: 4,
      eligible: 2,
      leftOut: 0,
      policyVersion: 'default-1',
      relations: ['SENDER'],
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
    const kept = await owner(
      async (client) =>
        (await client.query<{ need: Need }>('select need from match_run where id = $1', [answer.runId])).rows[0],
    );
    expect(kept?.need).toEqual(need);
  });

  it('answers the same for the same input', async () => {
    const place = nextPlace();
    await arrange(
      Array.from({ length: 12 }, (_, index) =>
        buildStored({ ...place, acceptanceMode: index % 2 ? 'INSTANT' : 'REVIEW' }),
      ),
    );
    const [one, other] = [await refer(), await refer()];
    const [first, second] = [await run(one, buildNeed(place)), await run(other, buildNeed(place))];
    expect(first.candidates).toHaveLength(12);
    expect(second.candidates).toEqual(first.candidates);
  });

  it('takes the best pool of a program and does not ask a program twice', async () => {
    const place = nextPlace();
    const [full, room] = [buildStored({ ...place, staffed: 7 }), buildStored(place)];
    const program = { programId: full.programId, agencyId: full.agencyId };
    const other = buildStored(place);
    await arrange([full, { ...room, ...program }, other]);
    const referral = await refer();
    const first = await run(referral, buildNeed(place));
    expect(first.candidates.map(({ poolId }) => poolId).sort()).toEqual([room.poolId, other.poolId].sort());

    const second = await run(referral, buildNeed(place), [full.programId]);
    expect(second.candidates.map(({ programId }) => programId)).toEqual([other.programId]);
    const third = await run(referral, buildNeed(place), [full.programId, other.programId]);
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
    await arrange([only]);
    const [referral, someoneElse] = [await refer(), await refer()];
    const pair = { personId: referral.personId, programId: only.programId };
    await asSystem((tx) => service.recordLastingDecline(tx, { ...pair, reason: 'SAFETY_HISTORY' }));
    await asSystem((tx) => service.recordLastingDecline(tx, { ...pair, reason: 'OTHER_LASTING' }));

    const declined = await run(referral, buildNeed(place));
    expect([declined.candidates, declined.rulesOfLastRemoved]).toEqual([[], ['LASTING_DECLINE']]);
    expect((await run(someoneElse, buildNeed(place))).candidates).toHaveLength(1);
    const chosen = await asSystem((tx) => service.eligibility(tx, buildNeed(place), only.programId, referral.personId));
    expect(isRefusal(chosen) && chosen.details['rules']).toEqual(['LASTING_DECLINE']);

    expect(await asSystem((tx) => service.clearLastingDecline(tx, pair.personId, pair.programId))).toBe(true);
    expect(await asSystem((tx) => service.clearLastingDecline(tx, pair.personId, pair.programId))).toBe(false);
    expect((await run(referral, buildNeed(place))).candidates).toHaveLength(1);
  });

  it('never sends a person on methadone to a program without it, chosen by hand or not', async () => {
    const place = nextPlace();
    const without = buildStored({ ...place, medicationsOffered: ['NALTREXONE'], medicationsAccepted: [] });
    await arrange([without]);
    const referral = await refer();
    const need = buildNeed({ ...place, currentMedications: ['METHADONE'] });
    expect((await run(referral, need)).rulesOfLastRemoved).toEqual(['MEDICATION_CONTINUITY']);
    const chosen = await asSystem((tx) => service.eligibility(tx, need, without.programId, referral.personId));
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
    await arrange([old, full]);
    const { personId } = await refer();
    const chosen = (programId: string) =>
      asSystem((tx) => service.eligibility(tx, buildNeed(place), programId, personId));
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
    await arrange([quick, slow]);
    const answers = { programId: slow.programId, agencyId: slow.agencyId, offersPut: 40 };
    await asSystem((tx) => service.saveAnswers(tx, { ...answers, offersAnswered: 4, medianAnswerMinutes: 300 }));
    expect((await run(await refer(), buildNeed(place))).candidates[0]?.programId).toBe(quick.programId);
    await asSystem((tx) => service.saveAnswers(tx, { ...answers, offersAnswered: 40, medianAnswerMinutes: 1 }));
    expect((await run(await refer(), buildNeed(place))).candidates[0]?.programId).toBe(slow.programId);
  });

  it('keeps one open unmet need a referral, by the rules of the last run, until it is resolved', async () => {
    const place = nextPlace();
    await arrange([
      buildStored({ ...place, sexes: ['MALE'] }),
      buildStored({ ...place, payers: [], languages: ['so'] }),
    ]);
    const referral = await refer();
    const record = async (need: Need) => {
      const { runId: matchRunId, rulesOfLastRemoved: rules } = await run(referral, need);
      const facts = {
        referralId: referral.referralId,
        matchRunId,
        agencyId: team.agencyId,
        rules,
        countyFips: '39141',
      };
      return asSystem((tx) => service.recordUnmetNeed(tx, facts));
    };
    const open = async () => (await unmetNeeds.latestOf(db.unitOfWork.reader(team), [referral.referralId]))[0];

    const id = await record(buildNeed({ ...place, payer: 'MEDICAID' }));
    expect(await open()).toMatchObject({
      id,
      rules: ['SEX', 'PAYER'],
      countyFips: '39141',
      resolvedAt: null,
      relations: ['OWN_AGENCY'],
    });
    expect(await record(buildNeed({ ...place, latitude: 10 }))).toBe(id);
    expect((await open())?.rules).toEqual(['DISTANCE']);
    await asSystem((tx) => service.resolveUnmetNeed(tx, referral.referralId));
    await asSystem((tx) => service.resolveUnmetNeed(tx, referral.referralId));
    expect((await open())?.resolvedAt).toBeInstanceOf(Date);
    const actions = await owner(
      async (client) =>
        (
          await client.query<{ action: string }>('select action from audit_entry where subject_id = $1 order by at', [
            id,
          ])
        ).rows,
    );
    expect(actions.map(({ action }) => action)).toEqual([
      'unmet-need.recorded',
      'unmet-need.recorded',
      'unmet-need.resolved',
    ]);
  });

  it('shows runs and unmet needs to the sending side only', async () => {
    const place = nextPlace();
    const coordinator = await buildActor(db.database, 'OUTREACH_TEAM', 'COORDINATOR');
    const referral = await refer(coordinator.agencyId);
    const { runId: matchRunId } = await run(referral, buildNeed(place));
    await asSystem((tx) =>
      service.recordUnmetNeed(tx, {
        referralId: referral.referralId,
        matchRunId,
        agencyId: team.agencyId,
        rules: ['DISTANCE'],
        countyFips: null,
      }),
    );
    const seen = async (actor: Actor) => {
      const reader = db.unitOfWork.reader(actor);
      const [found, verdicts, unmet] = [
        await runs.ofReferrals(reader, [referral.referralId]),
        await runs.verdicts(reader, [matchRunId]),
        await unmetNeeds.latestOf(reader, [referral.referralId]),
      ];
      return [found.map(({ relations }) => relations), verdicts.length, unmet.length];
    };
    expect(await seen(team)).toEqual([[['SENDER']], 1, 1]);
    expect(await seen(coordinator)).toEqual([[['COORDINATING']], 1, 0]);
    expect(await seen(stranger)).toEqual([[], 0, 0]);
    const page = await new UnmetNeedsService(unmetNeeds).page(db.unitOfWork.reader(stranger), { first: 20 });
    expect(page.nodes).toEqual([]);
  });

  it('pages unmet needs newest first without losing one', async () => {
    const worker = await buildActor(db.database, 'OUTREACH_TEAM', 'OUTREACH_WORKER');
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      const { referralId, personId } = await owner((client) => insertReferral(client, worker.agencyId));
      await db.unitOfWork.run(worker, { name: 'match' }, async (tx) => {
        const system = await tx.asSystem();
        const { runId } = await service.run(system, {
          referralId,
          personId,
          agencyId: worker.agencyId,
          need: buildNeed(nextPlace()),
          excludedProgramIds: [],
        });
        ids.unshift(
          await service.recordUnmetNeed(system, {
            referralId,
            matchRunId: runId,
            agencyId: worker.agencyId,
            rules: ['DISTANCE'],
            countyFips: null,
          }),
        );
        return { id: referralId };
      });
    }
    const reader = db.unitOfWork.reader(worker);
    const pages = new UnmetNeedsService(unmetNeeds);
    const first = await pages.page(reader, { first: 3 });
    const rest = await pages.page(reader, { first: 3, after: first.pageInfo.endCursor });
    expect([...first.nodes, ...rest.nodes].map(({ id }) => id)).toEqual(ids);
    expect([first.pageInfo.hasNextPage, rest.pageInfo.hasNextPage]).toEqual([true, false]);
  });
});

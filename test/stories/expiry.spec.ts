import { ClocksService } from '../../src/clocks';
import { NudgeAddressesStore } from '../../src/nudges';
import { NudgesJobs } from '../../src/nudges/nudges.jobs';
import { giveSampleAddresses, type SampleUserName } from '../../src/sample';
import { toldAt } from '../builders/nudges';
import { forMethadone, Region } from './region';

const DAY = 24 * 60;

describe('waiting', () => {
  let region: Region;
  beforeAll(async () => {
    region = await Region.open();
    await giveSampleAddresses(region.app.unitOfWork, region.app.app.get(NudgeAddressesStore));
  });
  afterAll(() => region.close());

  const work = async (minutes: number): Promise<void> => {
    await region.wait(minutes);
    await region.app.app.get(NudgesJobs).sendAll();
  };
  const told = async (user: SampleUserName): Promise<number> =>
    (await toldAt(region.app, `${user}@handrail.example`)).length;
  const reasonsFor = async (referralId: string): Promise<readonly string[]> => {
    const { data } = await region.client.ask<{ coordinatorQueue: { nodes: { id: string; reasons: string[] }[] } }>(
      'coordinator',
      '{ coordinatorQueue(first: 50) { nodes { id reasons } } }',
    );
    return data?.coordinatorQueue.nodes.find(({ id }) => id === referralId)?.reasons ?? [];
  };

  it('for facts ends after a week, and is silent for none who could have sent them, or has to see it', async () => {
    const unanswered = await region.refer('officer', { pathway: 'NALOXONE_PLUS', need: {} });
    const answered = await region.refer('officer', { pathway: 'NALOXONE_PLUS', need: {} });
    await work(0);
    const before = { officer: await told('officer'), coordinator: await told('coordinator') };
    await work(3.5 * DAY - 2);
    expect(await told('officer')).toBe(before.officer);
    // At half of the time whoever sent it; two days before the end their agency and the coordinator.
    await work(4);
    expect(await told('officer')).toBe(before.officer + 1);
    expect(await reasonsFor(unanswered)).toEqual(['INFO_STALE']);
    await region.give('officer', 'provideReferralInfo', { referralId: answered, facts: { countyFips: '39141' } });
    await work(1.5 * DAY - 4);
    expect(await told('coordinator')).toBe(before.coordinator);
    const reminded = await told('officer');
    await work(4);
    expect([await told('officer'), await told('coordinator')]).toEqual([reminded + 1, before.coordinator + 1]);
    await work(2 * DAY - 6);
    expect(await region.look('coordinator', unanswered)).toMatchObject({ state: 'NEEDS_INFO' });
    const last = { officer: await told('officer'), coordinator: await told('coordinator') };
    await work(4);
    expect(await region.look('coordinator', unanswered)).toMatchObject({ state: 'EXPIRED', progress: 'CLOSED' });
    // A part of an answer gives a week more.
    expect(await region.look('coordinator', answered)).toMatchObject({ state: 'NEEDS_INFO' });
    expect([await told('officer'), await told('coordinator')]).toEqual([last.officer + 1, last.coordinator + 1]);
    expect(await reasonsFor(unanswered)).toEqual(['LAPSED']);
    const ended = await region.app.owner(
      `select ended_how as how, breach_count as n from clock where referral_id = $1 and kind = 'INFO_PROVIDED'`,
      [unanswered],
    );
    expect(ended).toEqual([{ how: 'BREACHED', n: 1 }]);
    await work(7 * DAY);
    expect(await reasonsFor(unanswered)).toEqual([]);
  });

  it('for a place goes on while facts are missing, however long', async () => {
    const need = { ...forMethadone.need, levelsOfCare: [], language: 'so' };
    const id = await region.refer('hospital', { ...forMethadone, need });
    const told = { referralId: id, facts: { substances: [] } };
    expect(await region.give('hospital', 'provideReferralInfo', told)).toMatchObject({ code: null });
    expect(await region.look('coordinator', id)).toMatchObject({ state: 'NEEDS_INFO' });
    await work(8 * DAY);
    expect(await region.look('coordinator', id)).toMatchObject({ state: 'NEEDS_INFO' });
    const [entry] = await region.app.owner('select ended_at from waitlist_entry where referral_id = $1', [id]);
    expect(entry).toEqual({ ended_at: null });
    expect(await reasonsFor(id)).toEqual(expect.arrayContaining(['CLOCK_BREACHED', 'INFO_STALE']));
    await region.give('hospital', 'provideReferralInfo', { referralId: id, facts: { substances: ['OPIOIDS'] } });
    expect(await region.look('coordinator', id)).toMatchObject({ state: 'WAITLISTED' });
  });

  it('for a place ends by no time alone: a human hears of it before 120 days, and takes somebody off by the rules of the list', async () => {
    const need = { ...forMethadone.need, language: 'so' };
    const id = await region.refer('hospital', { ...forMethadone, need });
    const clock = async () =>
      region.app.owner<{ kind: string; days: number; n: number }>(
        `select kind, round(extract(epoch from due_at - started_at) / 86400)::int as days, breach_count as n from clock
         where referral_id = $1 and kind like 'PLACE%' and ended_at is null`,
        [id],
      );
    expect(await clock()).toEqual([{ kind: 'PLACE_FOUND', days: 120, n: 0 }]);
    region.app.clock.advance(106 * DAY + 1);
    await region.app.app.get(ClocksService).sweep();
    const rungs = async () =>
      region.app.owner<{ tell: string }>(
        `select payload->>'tell' as tell from outbox_event where name in ('clock.reminded','clock.escalated') and payload->>'kind' = 'PLACE_FOUND'
         and payload->>'subjectId' = $1 order by position`,
        [id],
      );
    expect(await rungs()).toEqual([{ tell: 'COORDINATOR' }]);
    await work(14 * DAY);
    expect((await rungs()).map(({ tell }) => tell)).toEqual(['COORDINATOR', 'COORDINATOR', 'COORDINATOR', 'OPERATOR']);
    expect(await region.look('coordinator', id)).toMatchObject({ state: 'WAITLISTED' });
    expect(await clock()).toMatchObject([{ n: 1 }]);
    // However long they wait, they stay in the list of whoever has to see it.
    await work(100 * DAY);
    expect(await region.look('coordinator', id)).toMatchObject({ state: 'WAITLISTED' });
    expect((await reasonsFor(id))[0]).toBe('CLOCK_BREACHED');
    for (const reason of ['PERSON_NOT_REACHABLE', 'PERSON_CHANGED_MIND']) {
      expect(await region.give('coordinator', 'cancelReferral', { referralId: id, reason })).toMatchObject({
        code: 'INVALID_INPUT',
      });
    }
    await region.client.ask(
      'coordinator',
      'mutation ($input: RecordWaitlistContactInput!) { recordWaitlistContact(input: $input) { __typename } }',
      { input: { referralId: id, outcome: 'REACHED_REFUSED' } },
    );
    const before = await told('hospital');
    const changedMind = { referralId: id, reason: 'PERSON_CHANGED_MIND' };
    expect(await region.give('coordinator', 'cancelReferral', changedMind)).toMatchObject({ code: null });
    const [entry] = await region.app.owner('select end_reason from waitlist_entry where referral_id = $1', [id]);
    expect(entry).toEqual({ end_reason: 'REFUSED_TREATMENT' });
    await work(15);
    expect(await region.look('hospital', id)).toMatchObject({ progress: 'CLOSED' });
    expect(await told('hospital')).toBe(before + 1);
  });
});

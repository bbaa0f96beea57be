import fc from 'fast-check';
import { isRefusal, type Refusal } from '../../src/kernel/refusal';
import type { Done } from '../../src/platform/database/unit-of-work';
import { AcceptanceService } from '../../src/referrals/acceptance.service';
import { AdmissionService } from '../../src/referrals/admission.service';
import { ArrivalService } from '../../src/referrals/arrival.service';
import { DischargeService } from '../../src/referrals/discharge.service';
import { OfferMakingService } from '../../src/referrals/offer-making.service';
import { OfferResponseService } from '../../src/referrals/offer-response.service';
import { ReferralEndingService } from '../../src/referrals/referral-ending.service';
import { ReferralInfoService } from '../../src/referrals/referral-info.service';
import { referralMachine, type ReferralCommand, type ReferralState } from '../../src/referrals/referral.machine';
import { buildReferral, buildRegion, buildSubmission, type Region } from '../builders/referrals';
import { openApp, type TestApp } from '../setup/app';
import { inDepth } from '../setup/thorough';

const STEPS = [
  'acknowledge',
  'accept',
  'decline',
  'askInfo',
  'provideInfo',
  'offer',
  'secondLook',
  'reroute',
  'schedule',
  'release',
  'receive',
  'arrive',
  'noShow',
  'admit',
  'turnAway',
  'discharge',
  'cancel',
  'recall',
  'wait',
] as const;
type Step = (typeof STEPS)[number];
interface Move {
  /** Any step at all, or one that the state makes likely. */
  readonly step: Step | 'likely';
  readonly pick: number;
  readonly referral: number;
  readonly program: number;
  readonly minutes: number;
}
const anyMove = fc.record<Move>(
  {
    step: fc.oneof(
      { weight: 2, arbitrary: fc.constantFrom(...STEPS) },
      { weight: 5, arbitrary: fc.constant('likely' as const) },
    ),
    pick: fc.nat(20),
    referral: fc.nat(3),
    program: fc.nat(2),
    minutes: fc.constantFrom(5, 45, 130, 200),
  },
  { noNullPrototype: true },
);
const LIKELY: Partial<Record<ReferralState, readonly Step[]>> = {
  NEEDS_INFO: ['provideInfo', 'accept'],
  OFFERED: ['acknowledge', 'accept', 'decline', 'askInfo', 'secondLook', 'offer', 'wait'],
  WAITLISTED: ['offer', 'secondLook', 'reroute'],
  ACCEPTED: ['schedule', 'release', 'arrive', 'noShow', 'wait'],
  SCHEDULED: ['schedule', 'release', 'receive', 'arrive', 'noShow', 'wait'],
  ARRIVED: ['admit', 'admit', 'turnAway'],
  ADMITTED: ['discharge'],
};
const RUNS = inDepth(2, 12);
const MOVES = inDepth(100, 150);

describe('referrals under any sequence of commands', () => {
  let app: TestApp;
  let region: Region;
  beforeAll(async () => {
    app = await openApp();
    region = await buildRegion(app, [
      { staffed: 2 },
      { staffed: 1 },
      { staffed: 2, program: { acceptanceMode: 'INSTANT' } },
    ]);
  });
  afterAll(() => app.close());

  const liveOffer = async (referralId: string, agencyId: string, states: readonly string[]) =>
    (
      await app.owner<{ id: string }>(
        'select id from offer where referral_id = $1 and agency_id = $2 order by (state = any($3::text[])) desc, created_at desc limit 1',
        [referralId, agencyId, states],
      )
    )[0]?.id ?? referralId;

  /** Any command at any time, by whoever could send it. */
  const play = async (move: Move, id: string): Promise<Done | Refusal | null> => {
    const { minutes } = move;
    const [referral] = await app.owner<{ state: ReferralState; programId: string | null }>(
      'select state, program_id as "programId" from referral where id = $1',
      [id],
    );
    const likely = (referral && LIKELY[referral.state]) ?? ['wait'];
    const step = move.step === 'likely' ? (likely[move.pick % likely.length] ?? 'wait') : move.step;
    const receiver = region.programs.find(({ pool }) => pool.programId === referral?.programId);
    const program =
      (move.step === 'likely' ? receiver : undefined) ?? region.programs[move.program] ?? region.programs[0];
    if (!program) throw new Error('no program');
    const [intake, command] = [program.intake, { name: step }];
    const get = <T>(service: new (...args: never[]) => T): T => app.app.get(service);
    const offer = () => liveOffer(id, intake.agencyId, ['PENDING', 'ACKNOWLEDGED']);
    const plays: Record<Step, () => Promise<Done | Refusal | null>> = {
      acknowledge: async () => get(OfferResponseService).acknowledge(intake, await offer(), command),
      accept: async () => get(AcceptanceService).accept(intake, await offer(), command),
      decline: async () =>
        get(OfferResponseService).decline(
          intake,
          await offer(),
          minutes > 100 ? 'STAFFING' : 'SAFETY_HISTORY',
          command,
        ),
      askInfo: () => get(ReferralInfoService).requestInfo(intake, { referralId: id, missing: ['PAYER'] }, command),
      provideInfo: () =>
        get(ReferralInfoService).provideInfo(
          region.officer,
          { referralId: id, facts: { payer: 'MEDICAID' }, notKnown: [], isMedicallyCleared: false },
          command,
        ),
      offer: () =>
        get(OfferMakingService).make(
          region.coordinator,
          { referralId: id, programId: program.pool.programId },
          command,
        ),
      secondLook: async () =>
        get(OfferMakingService).requestSecondLook(
          region.coordinator,
          await liveOffer(id, intake.agencyId, ['DECLINED']),
          command,
        ),
      reroute: () => get(OfferMakingService).reroute(region.officer, id, command),
      schedule: async () =>
        get(ArrivalService).schedule(intake, id, new Date((await now()).getTime() + minutes * 60_000), command),
      release: () =>
        get(ArrivalService).releaseHandOff(region.officer, id, { transport: 'FAMILY', place: 'HOME' }, command),
      receive: () => get(ArrivalService).receiveHandOff(intake, id, 'PROGRAM', command),
      arrive: () => get(ArrivalService).recordArrival(intake, id, command),
      noShow: () => get(ArrivalService).recordNoShow(intake, id, command),
      admit: () => get(AdmissionService).admit(intake, id, command),
      turnAway: () =>
        get(AdmissionService).turnAway(intake, id, minutes > 100 ? 'NO_PLACE' : 'MEDICALLY_UNSTABLE', command),
      discharge: () =>
        get(DischargeService).discharge(
          intake,
          { referralId: id, outcome: 'COMPLETED', nextLevelsOfCare: minutes > 100 ? ['ASAM_3_7'] : [] },
          command,
        ),
      cancel: () => get(ReferralEndingService).cancel(region.officer, id, 'HOSPITALIZED', command),
      recall: () => get(ReferralEndingService).recall(region.officer, id, command),
      wait: async () => {
        app.clock.advance(minutes);
        await app.runDue();
        return null;
      },
    };
    return plays[step]();
  };

  const now = async (): Promise<Date> => {
    const [row] = await app.owner<{ now: Date }>('select clock_timestamp() + $1::interval as now', [
      app.clock.interval(),
    ]);
    return row?.now ?? new Date(NaN);
  };
  const onTrail = async (): Promise<{ commands: number; refusals: number }> => {
    const [counted] = await app.owner<{ commands: number; refusals: number }>(
      `select count(*) filter (where kind = 'COMMAND')::int as commands, count(*) filter (where kind = 'REFUSAL')::int as refusals from audit_entry`,
    );
    return counted ?? { commands: 0, refusals: 0 };
  };

  /** What must be true at every instant, read behind the walls. */
  const holdTrue = async (): Promise<void> => {
    const counters = await app.owner(
      "select b.id from bed_pool b where b.held <> (select count(*) from hold h where h.pool_id = b.id and h.state = 'ACTIVE')",
    );
    expect(counters).toEqual([]);
    const broken = await app.owner(
      `select r.id, r.state from referral r where (r.state in ('ACCEPTED','SCHEDULED','ARRIVED')) <> exists (select 1 from hold h where h.referral_id = r.id and h.state = 'ACTIVE')
       union all select r.id, 'offered without offer' from referral r where r.state = 'OFFERED' and not exists (select 1 from offer o where o.referral_id = r.id and o.state in ('PENDING','ACKNOWLEDGED'))
       union all select r.id, 'offer beside a place' from referral r where r.state not in ('OFFERED','NEEDS_INFO') and exists (select 1 from offer o where o.referral_id = r.id and o.state in ('PENDING','ACKNOWLEDGED'))
       union all select r.id, 'resting in SUBMITTED' from referral r where r.state = 'SUBMITTED'
       union all select r.id, 'too many offers' from referral r where (select count(*) from offer o where o.referral_id = r.id and o.state in ('PENDING','ACKNOWLEDGED')) > 3
       union all select p.referral_id, 'party without a part' from referral_party p join referral r on r.id = p.referral_id where p.side = 'PROVIDER'
         and r.receiver_agency_id is distinct from p.agency_id
         and not exists (select 1 from offer o where o.referral_id = r.id and o.agency_id = p.agency_id and o.state in ('PENDING','ACKNOWLEDGED'))`,
    );
    expect(broken).toEqual([]);
  };

  /** Every step of the history is one that the machine’s table allows, and they join end to end. */
  const historyIsLegal = async (): Promise<void> => {
    const steps = await app.owner<{
      referralId: string;
      command: ReferralCommand | 'submit' | 'releaseHandOff' | 'senderWithdrew';
      from: ReferralState | null;
      to: ReferralState;
    }>(
      'select referral_id as "referralId", command, from_state as "from", to_state as "to" from referral_change order by referral_id, position',
    );
    const at = new Map<string, ReferralState>();
    for (const { referralId, command, from, to } of steps) {
      if (command === 'submit') expect([from, to]).toEqual([null, 'SUBMITTED']);
      else if (command === 'releaseHandOff' || command === 'senderWithdrew') expect(to).toBe(from);
      else {
        expect([referralId, from]).toEqual([referralId, at.get(referralId)]);
        expect([from, command, from && referralMachine.next(from, command)]).toEqual([from, command, to]);
      }
      at.set(referralId, to);
    }
    const current = await app.owner<{ id: string; state: ReferralState }>('select id, state from referral');
    for (const { id, state } of current) expect([id, at.get(id)]).toEqual([id, state]);
  };

  it(`keeps counters, offers, parties and history right over ${RUNS} × ${MOVES} random commands`, async () => {
    const played = { done: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(anyMove, { minLength: MOVES, maxLength: MOVES }), async (moves) => {
        await app.owner(
          'update bed_pool set occupied = 0, staffed = greatest(held, 2), attested_at = clock_timestamp() + $1::interval',
          [app.clock.interval()],
        );
        const ids: string[] = [];
        for (let i = 0; i < 4; i++) ids.push(await buildReferral(app, region.officer, buildSubmission()));
        for (const move of moves) {
          const before = await onTrail();
          const id = ids[move.referral] ?? '';
          const result = await play(move, id);
          const after = await onTrail();
          const [left] = await app.owner<{ state: ReferralState }>('select state from referral where id = $1', [id]);
          if (left && referralMachine.isFinal(left.state)) {
            ids[move.referral] = await buildReferral(app, region.officer, buildSubmission());
          }
          await holdTrue();
          if (result === null) continue;
          const isDone = !isRefusal(result);
          played[isDone ? 'done' : 'refused']++;
          // Never a silent no-op: what is answered as done has left its trace, what is refused nothing but the refusal.
          expect([move.step, after.commands > before.commands, after.refusals - before.refusals]).toEqual([
            move.step,
            isDone,
            isDone ? 0 : 1,
          ]);
        }
        await historyIsLegal();
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
    expect(played.done).toBeGreaterThan(RUNS * 20);
    expect(played.refused).toBeGreaterThan(RUNS * 10);
  });
});

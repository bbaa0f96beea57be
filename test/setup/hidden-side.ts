import type { Actor } from '../../src/access';
import type { Done } from '../../src/platform/database/unit-of-work';
import type { Refusal } from '../../src/kernel/refusal';
import { AcceptanceService } from '../../src/referrals/acceptance.service';
import { AdmissionService } from '../../src/referrals/admission.service';
import { ArrivalService } from '../../src/referrals/arrival.service';
import { DischargeService } from '../../src/referrals/discharge.service';
import { OfferResponseService } from '../../src/referrals/offer-response.service';
import { ReferralEndingService } from '../../src/referrals/referral-ending.service';
import { ReferralInfoService } from '../../src/referrals/referral-info.service';
import { referralMachine, type ReferralState } from '../../src/referrals/referral.machine';
import { done, offerAt, type Program } from '../builders/referrals';
import type { TestApp } from './app';

type Step =
  | 'acknowledge'
  | 'accept'
  | 'decline'
  | 'declineForPerson'
  | 'ask'
  | 'schedule'
  | 'release'
  | 'receive'
  | 'arrive'
  | 'admit'
  | 'turnAway'
  | 'sendForClearance'
  | 'leave'
  | 'discharge'
  | 'dischargeOn'
  | 'cancel';

/** How a referral came to where it is when the sender first calls; the first program takes the steps, a name ending in 2 the second. */
const scripts = {
  pending: [],
  declined: ['decline', 'decline2'],
  seen: ['acknowledge'],
  waiting: ['acknowledge', 'decline', 'decline2'],
  asked: ['acknowledge', 'ask'],
  accepted: ['acknowledge', 'accept'],
  acceptedAndReleased: ['accept', 'release'],
  scheduled: ['accept', 'schedule'],
  arrived: ['accept', 'arrive'],
  arrivedByHandOff: ['accept', 'release', 'receive'],
  admitted: ['accept', 'arrive', 'admit'],
  turnedAway: ['accept', 'arrive', 'turnAway'],
  sentForClearance: ['accept', 'arrive', 'sendForClearance'],
  left: ['accept', 'arrive', 'leave'],
  discharged: ['accept', 'arrive', 'admit', 'discharge'],
  cancelled: ['acknowledge', 'cancel'],
  declinedByPerson: ['acknowledge', 'declineForPerson'],
} as const satisfies Record<string, readonly (Step | `${Step}2`)[]>;
export type Beginning = keyof typeof scripts;
export const beginnings = Object.keys(scripts) as Beginning[];

/** What may happen next on the side that the sender does not see; nothing at all is likely too. */
const NEXT: Partial<Record<ReferralState, readonly Step[]>> = {
  OFFERED: ['acknowledge', 'accept', 'decline'],
  NEEDS_INFO: ['accept'],
  ACCEPTED: ['schedule', 'release', 'arrive'],
  SCHEDULED: ['schedule', 'release', 'receive', 'arrive'],
  ARRIVED: ['admit', 'admit', 'turnAway', 'leave'],
  ADMITTED: ['discharge', 'dischargeOn'],
};

export interface HiddenMove {
  readonly pick: number;
  readonly program: number;
}

/** Programs and the coordinator at work on one referral. */
export class HiddenSide {
  constructor(
    private readonly app: TestApp,
    private readonly coordinator: Actor,
    private readonly programs: readonly Program[],
  ) {}

  async begin(referralId: string, beginning: Beginning): Promise<void> {
    for (const name of scripts[beginning]) {
      const isSecond = name.endsWith('2');
      done(await this.step(referralId, (isSecond ? name.slice(0, -1) : name) as Step, isSecond ? 1 : 0));
    }
  }

  /** One move that its state makes likely, by the receiving program where there is one; a refusal moves nothing. */
  async move(referralId: string, { pick, program }: HiddenMove): Promise<void> {
    const { state, programId } = await this.stateOf(referralId);
    const likely = NEXT[state] ?? [];
    const step = likely[pick % (likely.length * 2 || 1)];
    const receiver = this.programs.findIndex(({ pool }) => pool.programId === programId);
    if (step) await this.step(referralId, step, receiver < 0 ? program : receiver);
  }

  async stateOf(referralId: string) {
    const [row] = await this.app.owner<{
      state: ReferralState;
      isAcknowledged: boolean;
      missing: string[];
      programId: string | null;
    }>(
      'select state, acknowledged_at is not null as "isAcknowledged", missing, program_id as "programId" from referral where id = $1',
      [referralId],
    );
    if (!row) throw new Error('no such referral');
    return { ...row, isFinal: referralMachine.isFinal(row.state) };
  }

  async episodeOf(referralId: string): Promise<string> {
    const [row] = await this.app.owner<{ id: string }>('select episode_id as id from referral where id = $1', [
      referralId,
    ]);
    return row?.id ?? '';
  }

  async personOf(referralId: string): Promise<string> {
    const [row] = await this.app.owner<{ id: string }>('select person_id as id from referral where id = $1', [
      referralId,
    ]);
    return row?.id ?? '';
  }

  private async step(id: string, step: Step, program: number): Promise<Done | Refusal> {
    const intake = this.programs[program]?.intake;
    if (!intake) throw new Error('no such program');
    const command = { name: step };
    const get = <T>(service: new (...args: never[]) => T): T => this.app.app.get(service);
    const offer = () => offerAt(this.app, id, intake.agencyId);
    const steps: Record<Step, () => Promise<Done | Refusal>> = {
      acknowledge: async () => get(OfferResponseService).acknowledge(intake, await offer(), command),
      accept: async () => get(AcceptanceService).accept(intake, await offer(), command),
      decline: async () => get(OfferResponseService).decline(intake, await offer(), 'STAFFING', command),
      declineForPerson: async () =>
        get(OfferResponseService).decline(intake, await offer(), 'PERSON_CHANGED_MIND', command),
      ask: () =>
        get(ReferralInfoService).requestInfo(intake, { referralId: id, missing: ['MEDICAL_CLEARANCE'] }, command),
      schedule: () => get(ArrivalService).schedule(intake, id, new Date(Date.now() + 3_600_000), command),
      release: () =>
        get(ArrivalService).releaseHandOff(this.coordinator, id, { transport: 'RIDE_SERVICE', place: 'HOME' }, command),
      receive: () => get(ArrivalService).receiveHandOff(intake, id, 'PROGRAM', command),
      arrive: () => get(ArrivalService).recordArrival(intake, id, command),
      admit: () => get(AdmissionService).admit(intake, id, command),
      turnAway: () => get(AdmissionService).turnAway(intake, id, 'NO_PLACE', command),
      sendForClearance: () => get(AdmissionService).turnAway(intake, id, 'MEDICALLY_UNSTABLE', command),
      leave: () => get(AdmissionService).turnAway(intake, id, 'PERSON_LEFT', command),
      discharge: () =>
        get(DischargeService).discharge(
          intake,
          { referralId: id, outcome: 'COMPLETED', nextLevelsOfCare: [] },
          command,
        ),
      dischargeOn: () =>
        get(DischargeService).discharge(
          intake,
          { referralId: id, outcome: 'TRANSFERRED', nextLevelsOfCare: ['ASAM_3_7'], currentMedications: [] },
          command,
        ),
      cancel: () => get(ReferralEndingService).cancel(this.coordinator, id, 'PLACED_ELSEWHERE', command),
    };
    return steps[step]();
  }
}

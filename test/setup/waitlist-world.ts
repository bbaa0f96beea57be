import type { Actor } from '../../src/access';
import { PlaceFillingService } from '../../src/referrals/waitlist/place-filling.service';
import type { PoolTraits } from '../builders/capacity';
import {
  buildProgramOf,
  buildReferral,
  buildRegion,
  buildSubmission,
  type Program,
  type Region,
} from '../builders/referrals';
import { openApp, type TestApp } from './app';

export const INSTANT = { acceptanceMode: 'INSTANT', freshnessMinutes: 1440 } as const;

export interface Place {
  readonly state: string;
  readonly programId: string | null;
}

type Sent = Parameters<typeof buildSubmission>[0] & { readonly sender?: Actor };

/** A police department without quota, people who wait, and places that open for them when a test says so. */
export class WaitlistWorld {
  region: Region;
  /** Far from those of the test before: nobody waits here, and no place is open. */
  latitude = 20;

  private constructor(readonly app: TestApp) {}

  static async open(): Promise<WaitlistWorld> {
    return WaitlistWorld.on(await openApp());
  }

  /** Beside what an application holds already. */
  static on(app: TestApp): WaitlistWorld {
    return new WaitlistWorld(app);
  }

  async begin(): Promise<void> {
    this.latitude += 2;
    this.region = await buildRegion(this.app, []);
    await this.quota(1_000_000, 100);
  }

  close(): Promise<void> {
    return this.app.close();
  }

  get<T>(service: new (...args: never[]) => T): T {
    return this.app.app.get(service);
  }

  async quota(activeHolds: number, share: number): Promise<void> {
    await this.app.owner(
      `insert into hold_quota (agency_id, active_holds, pool_share_percent) values ($1, $2, $3)
       on conflict (agency_id) do update set active_holds = excluded.active_holds, pool_share_percent = excluded.pool_share_percent`,
      [this.region.officer.agencyId, activeHolds, share],
    );
  }

  /** Here, full unless said. */
  program({ program, ...traits }: PoolTraits = {}): Promise<Program> {
    const { latitude } = this;
    const counted = { staffed: 0, attestedAt: this.app.clock.now() };
    return buildProgramOf(this.app, { ...counted, ...traits, program: { latitude, ...program } });
  }

  /** Somebody here is referred, and waits if no place is open. */
  wait(
    need: Parameters<typeof buildSubmission>[1] = {},
    { person = {}, sender = this.region.officer, ...more }: Sent = {},
  ): Promise<string> {
    const age = person?.birthDate ? {} : { ageYears: 30 };
    const whoever = { ...age, sex: need.pregnant === true ? 'FEMALE' : 'MALE', ...person } as const;
    const here = { latitude: this.latitude, ...need };
    return buildReferral(this.app, sender, buildSubmission({ ...more, person: whoever }, here));
  }

  /** So many places, beside those that are taken. */
  async open(poolId: string, places: number): Promise<void> {
    await this.app.owner('update bed_pool set staffed = occupied + held + $2 where id = $1', [poolId, places]);
  }

  fill(poolId: string): Promise<void> {
    return this.get(PlaceFillingService).fill(poolId);
  }

  async placeOf(referralId: string): Promise<Place> {
    const read = 'select state, program_id as "programId" from referral where id = $1';
    const [row] = await this.app.owner<Place>(read, [referralId]);
    return row!;
  }

  async statesOf(...ids: string[]): Promise<string[]> {
    return Promise.all(ids.map(async (id) => (await this.placeOf(id)).state));
  }
}

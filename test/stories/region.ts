import type { Answer } from '../../src/cli/walkthrough/client';
import { Cast, type Outcome } from '../../src/cli/walkthrough/cast';
import { consent } from '../../src/cli/walkthrough/people';
import {
  loadSampleRegion,
  sampleActor,
  sampleAgencies,
  samplePrograms,
  type SampleProgramName,
  type SampleUserName,
} from '../../src/sample';
import { openApp, type Ask, type TestApp } from '../setup/app';

/** The sample region in a database of its own, and its users, each with a real token. */
export class Region extends Cast {
  private constructor(
    readonly app: TestApp,
    readonly speakers: Map<SampleUserName, Promise<Ask>>,
  ) {
    super({
      ask: async <Data>(user: SampleUserName, query: string, variables?: object): Promise<Answer<Data>> => {
        const speaker = speakers.get(user) ?? app.as(sampleActor(user));
        speakers.set(user, speaker);
        const { data, errors } = await (await speaker)<Data>(query, { ...variables });
        return {
          data,
          errors: errors.map(({ message, extensions }) => ({ message, code: String(extensions['code']) })),
        };
      },
    });
  }

  static async open(): Promise<Region> {
    const app = await openApp();
    await loadSampleRegion(app.unitOfWork);
    // A pool is anybody’s to the last place: how much of one a sender may have has specs of its own.
    await app.owner(
      `with worker as materialized (select set_config('role', 'handrail_worker', true))
       insert into hold_quota select unnest($1::uuid[]), 25, 100 from worker`,
      [Object.values(sampleAgencies).map(({ id }) => id)],
    );
    return new Region(app, new Map());
  }

  /** Submits and expects it to be received. */
  async refer(user: SampleUserName, input: object): Promise<string> {
    const { id, code } = await this.give(user, 'submitReferral', input);
    expect(code).toBeNull();
    return id;
  }

  /** The id of the open offer before the user’s program; fails when there is none. */
  async offerIdOf(user: SampleUserName, referralId: string): Promise<string> {
    const offer = await this.offerOf(user, referralId);
    expect(offer).not.toBeNull();
    return offer?.id ?? '';
  }

  /** Time passes, and the worker does what is due. */
  async wait(minutes: number): Promise<void> {
    this.app.clock.advance(minutes);
    await this.app.runDue();
  }

  /** Sets the counts of every pool of a program to so many staffed and free places, as its intake staff would. */
  async postRoom(user: SampleUserName, program: SampleProgramName, free: number): Promise<Outcome> {
    const pools = (await this.poolsOf(program)).map(({ id, held }) => ({
      poolId: id,
      staffed: held + free,
      occupied: 0,
    }));
    return this.give(user, 'postCensus', { pools, source: 'STAFF' });
  }

  /** How often those who take part in a referral heard that consents of its person changed, once everything due is done. */
  async toldOfConsents(referralId: string): Promise<number> {
    await this.app.runDue();
    const told = "select from outbox_event where name = 'referral.consents-changed' and subject_id = $1";
    return (await this.app.owner(told, [referralId])).length;
  }

  close(): Promise<void> {
    return this.app.close();
  }
}

export const programId = (name: SampleProgramName): string => samplePrograms[name].id;

export const outcomeToSender = consent('OUTCOME_TO_SENDER');
export const identityBeforeAcceptance = consent('IDENTITY_BEFORE_ACCEPTANCE');
export const identityToCoordinator = consent('IDENTITY_TO_COORDINATOR');
export const forTreatment = consent('TREATMENT_PAYMENT_OPERATIONS');

export const jo = { givenName: 'Jo', familyName: 'Sample', ageYears: 34, sex: 'FEMALE' };

/** Only the withdrawal program will do; it takes people at once. */
export const detoxNeed = {
  substances: ['OPIOIDS', 'ALCOHOL'],
  lastUse: 'WITHIN_24_HOURS',
  currentMedications: [],
  payer: 'MEDICAID',
  countyFips: '39141',
};
export const byOfficer = { pathway: 'FIRST_RESPONDER_REFERRAL', person: jo, need: detoxNeed };

/** Residential treatment near Waverly: two programs for women are asked together, one for men. */
export const residentialNeed = {
  substances: ['OPIOIDS'],
  lastUse: 'WITHIN_30_DAYS',
  currentMedications: ['BUPRENORPHINE'],
  countyFips: '39131',
  levelsOfCare: ['ASAM_3_5'],
};
export const byHospital = { pathway: 'HOSPITAL_REFERRAL', person: jo, need: residentialNeed };
export const forMan = { ...byHospital, person: { ...jo, sex: 'MALE' } };
/** One program, the methadone clinic. */
export const forMethadone = { ...byHospital, need: { ...residentialNeed, levelsOfCare: ['ASAM_1_7'] } };

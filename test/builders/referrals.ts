import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/access';
import { isRefusal, type Refusal } from '../../src/kernel/refusal';
import type { Done } from '../../src/platform/database/unit-of-work';
import { ReferralIntakeService } from '../../src/referrals';
import type { SubmitReferralInput } from '../../src/referrals/submit-referral.input';
import type { TestApp } from '../setup/app';
import { buildAgency, buildStaff } from './agencies';
import { buildBedPool, type BuiltPool, type PoolTraits } from './capacity';

export interface Program {
  readonly pool: BuiltPool;
  readonly intake: Actor;
}

/** A police department with its coordinating outreach team, and treatment programs with intake staff. */
export interface Region {
  readonly officer: Actor;
  readonly coordinator: Actor;
  readonly programs: readonly Program[];
}

export const buildProgramOf = async (app: TestApp, traits: PoolTraits): Promise<Program> => {
  const pool = await buildBedPool(app.database, traits);
  const intake = await buildStaff(app.database, { id: pool.agencyId, kind: 'TREATMENT_PROVIDER' }, 'PROVIDER_STAFF');
  return { pool, intake };
};

export const buildRegion = async (app: TestApp, pools: readonly PoolTraits[] = [{}]): Promise<Region> => {
  const team = await buildAgency(app.database, { kind: 'OUTREACH_TEAM' });
  const police = await buildAgency(app.database, { kind: 'LAW_ENFORCEMENT', coordinatingAgencyId: team.id });
  const programs: Program[] = [];
  for (const traits of pools) programs.push(await buildProgramOf(app, traits));
  return {
    officer: await buildStaff(app.database, police, 'OFFICER'),
    coordinator: await buildStaff(app.database, team, 'COORDINATOR'),
    programs,
  };
};

/** A complete need in Chillicothe that every built program can meet. */
export const buildSubmission = (
  changes: Partial<SubmitReferralInput> = {},
  need: Partial<SubmitReferralInput['need']> = {},
): SubmitReferralInput => ({
  pathway: 'FIRST_RESPONDER_REFERRAL',
  person: { ageYears: 34, sex: 'MALE', givenName: `Given ${randomUUID().slice(0, 4)}` },
  consents: [],
  ...changes,
  need: {
    redFlags: [],
    substances: ['OPIOIDS'],
    currentMedications: [],
    lastUse: 'WITHIN_30_DAYS',
    language: 'en',
    usesWheelchair: false,
    needsSignLanguage: false,
    isVeteran: false,
    latitude: 39.33,
    longitude: -82.98,
    maxDistanceKm: 80,
    levelsOfCare: [],
    preferredProgramIds: [],
    ...need,
  },
});

/** The id of what a command did; a refusal fails the test with its words. */
export const done = (result: Done | Refusal): string => {
  if (isRefusal(result)) throw new Error(`${result.code}: ${result.message} ${JSON.stringify(result.details)}`);
  return result.id;
};

export const buildReferral = async (app: TestApp, sender: Actor, submission = buildSubmission()): Promise<string> =>
  done(await app.app.get(ReferralIntakeService).submit(sender, submission, { name: 'submitReferral' }));

/** The live offer of a referral at an agency. */
export const offerAt = async (app: TestApp, referralId: string, agencyId: string): Promise<string> => {
  const [offer] = await app.owner<{ id: string }>(
    'select id from offer where referral_id = $1 and agency_id = $2 order by created_at desc limit 1',
    [referralId, agencyId],
  );
  if (!offer) throw new Error('no offer at this agency');
  return offer.id;
};

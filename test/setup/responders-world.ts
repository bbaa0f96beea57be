import type { Actor, Role } from '../../src/access';
import { buildAgency, buildStaff, type BuiltAgency } from '../builders/agencies';
import type { TestApp } from './app';

export const COUNTY = '39141';
export const EXPOSURES = `{ exposures { nodes { id responderName exposed substances symptoms naloxoneDoses wentToHospital
  state isOverdue dueAt reviewedAt outcome county { fips } } } }`;
export const STOCK = `{ naloxoneStock { usable expiring expired lowAt level isKept isLow isSpike warnings { kind doses level } } }`;
export const LEDGER = `{ naloxoneMovements { nodes { on kind because change onHand isOnReport lot { lotNumber } } } }`;
export const REQUESTS = `{ restockRequests { nodes { id state doses sentDoses isSpike because agency { id } supplier { id } } } }`;

/** Police, a health department that supplies, EMS and the operator, with whoever works there by name. */
export const buildResponders = async (
  app: TestApp,
): Promise<{ readonly police: BuiltAgency; readonly cast: Record<string, Actor> }> => {
  const cast: Record<string, Actor> = {};
  const staff = async (agency: BuiltAgency, people: Readonly<Record<string, Role>>): Promise<void> => {
    for (const [name, role] of Object.entries(people)) cast[name] = await buildStaff(app.database, agency, role);
  };
  const police = await buildAgency(app.database, { jurisdictions: [COUNTY] });
  await staff(police, {
    ...{ officer: 'OFFICER', handler: 'OFFICER', safety: 'SAFETY_OFFICER', privacy: 'PRIVACY_OFFICER' },
    ...{ admin: 'AGENCY_ADMIN', custodian: 'EVIDENCE_CUSTODIAN' },
  });
  const health = await buildAgency(app.database, { kind: 'PUBLIC_HEALTH', jurisdictions: [COUNTY] });
  await staff(health, { supply: 'SAFETY_OFFICER', analyst: 'ANALYST' });
  const ems = await buildAgency(app.database, { kind: 'EMS', jurisdictions: [COUNTY] });
  await staff(ems, { medic: 'MEDIC', 'safety of EMS': 'SAFETY_OFFICER' });
  await staff(await buildAgency(app.database, { kind: 'PLATFORM' }), { operator: 'PLATFORM_ADMIN' });
  return { police, cast };
};

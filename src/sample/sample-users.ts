import type { Actor, Role } from '../access';
import { sampleAgencies, type SampleAgencyName } from './sample-agencies';
import { sampleId } from './sample-id';

export interface SampleUser {
  readonly accountId: string;
  readonly membershipId: string;
  readonly agency: SampleAgencyName;
  readonly role: Exclude<Role, 'SYSTEM'>;
  readonly kind: 'STAFF' | 'SERVICE_ACCOUNT';
  readonly displayName: string;
  /** What a partner system may do below its agency’s rights; null for people. */
  readonly scopes: readonly string[] | null;
}

const person = (
  number: number,
  agency: SampleAgencyName,
  role: SampleUser['role'],
  displayName: string,
): SampleUser => ({
  accountId: sampleId('ACCOUNT', number),
  membershipId: sampleId('MEMBERSHIP', number),
  agency,
  role,
  kind: 'STAFF',
  displayName,
  scopes: null,
});

/** A hospital’s records system: asks where there is room, refers, follows and cancels. Hand-offs it leaves to people. */
const partnerScopes = [
  'Agency:read',
  'BedPool:read',
  'County:read',
  'Program:read',
  'ProgramMatch:match',
  'Referral:cancel',
  'Referral:provideInfo',
  'Referral:read',
  'Referral:submit',
  'ReferralNeed:read',
  'Viewer:read',
] as const;

/** Who signs in to the sample region. The name is the subject of their tokens: `npm run token -- officer`. */
export const sampleUsers = {
  officer: person(1, 'police', 'OFFICER', 'Sample officer'),
  medic: person(2, 'ems', 'MEDIC', 'Sample medic'),
  hospital: person(3, 'hospital', 'HOSPITAL_STAFF', 'Sample emergency nurse'),
  provider: person(4, 'detox', 'PROVIDER_STAFF', 'Sample intake worker, withdrawal management'),
  outreach: person(5, 'outreach', 'OUTREACH_WORKER', 'Sample outreach worker'),
  coordinator: person(6, 'outreach', 'COORDINATOR', 'Sample coordinator'),
  school: person(7, 'school', 'SCHOOL_LIAISON', 'Sample school liaison'),
  'child-services': person(8, 'childServices', 'CHILD_SERVICES_WORKER', 'Sample child-services worker'),
  analyst: person(9, 'publicHealth', 'ANALYST', 'Sample analyst'),
  privacy: person(10, 'police', 'PRIVACY_OFFICER', 'Sample privacy officer'),
  admin: person(11, 'detox', 'AGENCY_ADMIN', 'Sample admin, withdrawal management'),
  partner: {
    ...person(12, 'hospital', 'HOSPITAL_STAFF', 'Sample hospital records system'),
    kind: 'SERVICE_ACCOUNT',
    scopes: partnerScopes,
  },
  'platform-admin': person(13, 'operator', 'PLATFORM_ADMIN', 'Sample platform admin'),
  'provider-otp': person(14, 'otp', 'PROVIDER_STAFF', 'Sample intake worker, opioid treatment program'),
  'provider-residential': person(15, 'residential', 'PROVIDER_STAFF', 'Sample intake worker, residential'),
  'provider-women': person(16, 'women', 'PROVIDER_STAFF', 'Sample intake worker, women with children'),
  'provider-outpatient': person(17, 'outpatient', 'PROVIDER_STAFF', 'Sample intake worker, outpatient'),
  custodian: person(18, 'police', 'EVIDENCE_CUSTODIAN', 'Sample keeper of the property room'),
  'officer-two': person(19, 'police', 'OFFICER', 'Sample officer, second'),
  safety: person(20, 'police', 'SAFETY_OFFICER', 'Sample safety officer'),
  supply: person(21, 'publicHealth', 'SAFETY_OFFICER', 'Sample keeper of public-health supplies'),
} as const satisfies Record<string, SampleUser>;

export type SampleUserName = keyof typeof sampleUsers;

export const sampleUserNames = Object.keys(sampleUsers) as SampleUserName[];

export const isSampleUser = (name: string): name is SampleUserName => Object.hasOwn(sampleUsers, name);

/** What a token of the sample user says; scopes of a partner system are those of its membership. */
export const sampleClaims = (name: SampleUserName): { subject: string; agencyId: string; role: string } => {
  const { agency, role } = sampleUsers[name];
  return { subject: name, agencyId: sampleAgencies[agency].id, role };
};

/** The sample user as the unit of work knows them once signed in. */
export const sampleActor = (name: SampleUserName): Actor => {
  const { accountId, membershipId, agency, role, kind, scopes }: SampleUser = sampleUsers[name];
  const { id: agencyId, kind: agencyKind } = sampleAgencies[agency];
  return { kind, id: accountId, membershipId, agencyId, agencyKind, role, scopes };
};

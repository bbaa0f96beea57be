import { mayDo, resources, rolesOfAgencyKind, type Role } from '../access';
import { counties } from '../agencies';
import { keysOf } from '../kernel/vocabulary';
import {
  isSampleUser,
  sampleActor,
  sampleAgencies,
  samplePrograms,
  sampleUsers,
  type SampleAgency,
  type SampleProgram,
} from '.';

describe('the sample region', () => {
  const agencies: SampleAgency[] = Object.values(sampleAgencies);

  it('is plainly marked as a sample', () => {
    const names = [
      ...agencies.map(({ name }) => name),
      ...Object.values(samplePrograms).map(({ name }) => name),
      ...Object.values(sampleUsers).map(({ displayName }) => displayName),
    ];
    expect(names.filter((name) => !name.startsWith('Sample '))).toEqual([]);
    // 555-0100 … 555-0199 are kept for fiction.
    expect(agencies.filter(({ phone }) => !/^\d{3}-555-01\d\d$/.test(phone))).toEqual([]);
  });

  it('has an agency of every kind', () => {
    expect(new Set(agencies.map(({ kind }) => kind))).toEqual(new Set(keysOf(rolesOfAgencyKind)));
  });

  it('gives its users roles that their agencies may give', () => {
    for (const { agency, role } of Object.values(sampleUsers)) {
      expect(rolesOfAgencyKind[sampleAgencies[agency].kind]).toContain(role satisfies Role);
    }
  });

  it('puts every program into the county it lies in', () => {
    for (const { latitude, longitude, countyFips } of Object.values(samplePrograms)) {
      expect(counties().countyAt(latitude, longitude)).toBe(countyFips);
    }
  });

  it('never counts more people than places', () => {
    const programs: readonly SampleProgram[] = Object.values(samplePrograms);
    const pools = programs.flatMap(({ pools: own }) => own);
    expect(pools.filter(({ staffed, occupied }) => occupied >= staffed)).toEqual([]);
  });

  it('gives its partner system scopes that exist', () => {
    for (const scope of sampleUsers.partner.scopes) {
      const [resource = '', command = ''] = scope.split(':');
      expect(resources[resource]).toBeDefined();
      expect(command === 'read' || command in (resources[resource]?.commands ?? {})).toBe(true);
    }
    expect(mayDo(sampleActor('partner'), 'Referral', 'releaseHandOff', { relations: ['SENDER'], consents: [] })).toBe(
      false,
    );
  });

  it('knows its users by name only', () => {
    expect(isSampleUser('officer')).toBe(true);
    expect(isSampleUser('constructor')).toBe(false);
  });
});

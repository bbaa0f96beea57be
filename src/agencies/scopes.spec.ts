import { mayCall, mayRead, resources, roles, type Facts, type Role } from '../access';
import { scopesOfRole } from './scopes';

describe('the scopes of a role', () => {
  it.each(Object.keys(roles) as Role[])('name for %s what the access table knows, and nothing else', (role) => {
    for (const scope of scopesOfRole(role)) {
      const [resource = '', command = ''] = scope.split(':');
      expect(Object.keys(resources)).toContain(resource);
      expect(['read', ...Object.keys(resources[resource]?.commands ?? {})]).toContain(command);
    }
  });

  it('hold every command that the table lets the role call', () => {
    const officer = { kind: 'STAFF', id: '', membershipId: '', agencyId: '', scopes: null } as const;
    for (const [resource, { commands }] of Object.entries(resources)) {
      for (const command of Object.keys(commands)) {
        const isCallable = mayCall({ ...officer, agencyKind: 'LAW_ENFORCEMENT', role: 'OFFICER' }, resource, command);
        if (command !== 'read') expect(scopesOfRole('OFFICER').includes(`${resource}:${command}`)).toBe(isCallable);
      }
    }
  });

  it('let whoever reads a field have the scope that it asks for, be it of a type that they read nothing else of', () => {
    for (const role of ['OFFICER', 'SCHOOL_LIAISON'] as const) {
      expect(scopesOfRole(role)).toContain('ReferralNeed:read');
      const ids = { id: '', membershipId: '', agencyId: '', agencyKind: 'LAW_ENFORCEMENT' } as const;
      const system = { ...ids, kind: 'SERVICE_ACCOUNT', role, scopes: ['Referral:read', 'ReferralNeed:read'] } as const;
      const own: Facts = { relations: ['SENDER'], consents: [] };
      const shown = ['Referral', 'ReferralNeed'].map((type) => mayRead(system, type, 'emergencyInstruction', own));
      expect(shown).toEqual([true, false]);
    }
    expect(scopesOfRole('ANALYST')).not.toContain('ReferralNeed:read');
  });

  it('give an analyst no referral and an officer no staff list', () => {
    expect(scopesOfRole('ANALYST')).not.toContain('Referral:read');
    expect(scopesOfRole('OFFICER')).not.toContain('StaffMember:read');
    expect(scopesOfRole('OFFICER')).toContain('Agency:read');
  });
});

import { mayCall, resources, roles, type Role } from '../access';
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

  it('give an analyst no referral and an officer no staff list', () => {
    expect(scopesOfRole('ANALYST')).not.toContain('Referral:read');
    expect(scopesOfRole('OFFICER')).not.toContain('StaffMember:read');
    expect(scopesOfRole('OFFICER')).toContain('Agency:read');
  });
});

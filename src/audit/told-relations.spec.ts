import { explain, type Actor, type Facts, type Role } from '../access';
import { openingRelations, weighedRelations } from './told-relations';

const actor = (role: Role, scopes: readonly string[] | null = null): Actor => ({
  ...{ kind: scopes === null ? 'STAFF' : 'SERVICE_ACCOUNT', id: 'a', membershipId: 'm', agencyId: 'g' },
  ...{ agencyKind: 'OUTREACH_TEAM', role, scopes },
});
const alone: Facts = { relations: ['COORDINATING', 'STANDING_IN'], consents: [] };

describe('the relations that an explanation names', () => {
  it('are those that open a field or a step to the role, and within the scopes of a partner system', () => {
    const told = (role: Role, scopes?: string[]) => openingRelations(actor(role, scopes), 'Referral', alone);
    expect(told('COORDINATOR')).toEqual(['COORDINATING', 'STANDING_IN']);
    expect(told('OFFICER')).toEqual([]);
    expect(told('COORDINATOR', ['Referral:read'])).toEqual(['COORDINATING']);
    expect(told('COORDINATOR', ['Referral:discharge'])).toEqual(['STANDING_IN']);
    expect(told('COORDINATOR', ['Referral:route'])).toEqual(['COORDINATING']);
    expect(told('COORDINATOR', ['Person:read'])).toEqual([]);
    const unmet = (...scopes: string[]) => openingRelations(actor('COORDINATOR', scopes), 'Clock', alone);
    expect([unmet('ReferralNeed:read'), unmet('Clock:read')]).toEqual([[], ['COORDINATING']]);
    expect(openingRelations(actor('COORDINATOR'), 'Nothing', alone)).toEqual([]);
  });

  it('are to whoever asks for another those of the rows of the field alone', () => {
    const told = (role: Role, field: string, scopes?: string[]) =>
      weighedRelations(explain(actor(role, scopes), 'Referral', field, alone)!, alone);
    expect(told('COORDINATOR', 'need')).toEqual(['COORDINATING']);
    // By a row that fails by its consent the relation is known as well.
    expect(told('COORDINATOR', 'person')).toEqual(['COORDINATING']);
    expect([told('OFFICER', 'need'), told('COORDINATOR', 'destination', ['Referral:discharge'])]).toEqual([[], []]);
  });
});

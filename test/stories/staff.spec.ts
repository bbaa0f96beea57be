import { DEVELOPMENT_ISSUER } from '../../src/platform/auth';
import { sampleAgencies } from '../../src/sample';
import { byOfficer, Region } from './region';

const member = '... on StaffMember { id role isActive } ... on Refused { code field }';
const addStaff = `mutation ($input: AddStaffMemberInput!) { addStaffMember(input: $input) { ${member} } }`;
const endStaff = `mutation ($input: EndStaffMembershipInput!) { endStaffMembership(input: $input) { ${member} } }`;

describe('an agency’s admin', () => {
  let region: Region;

  beforeAll(async () => {
    region = await Region.open();
  });
  afterAll(() => region.close());

  it('lets a colleague in, who works at once, and out, who is out at once', async () => {
    const input = {
      issuer: DEVELOPMENT_ISSUER,
      subject: 'new-colleague',
      displayName: 'New colleague',
      role: 'PROVIDER_STAFF',
    };
    const added = await region.client.ask<{ addStaffMember: { id: string } }>('admin', addStaff, { input });
    expect(added.data?.addStaffMember).toMatchObject({ role: 'PROVIDER_STAFF', isActive: true });
    const claims = { subject: 'new-colleague', agencyId: sampleAgencies.detox.id, role: 'PROVIDER_STAFF' };
    const colleague = region.app.speaking(await region.app.token(claims));
    const id = await region.refer('officer', byOfficer);
    const look = 'query ($id: ID!) { referral(id: $id) { state } }';
    expect((await colleague(look, { id })).data).toEqual({ referral: { state: 'ACCEPTED' } });

    const ended = { staffMemberId: added.data?.addStaffMember.id };
    await region.client.ask('admin', endStaff, { input: ended });
    const after = await colleague(look, { id });
    expect(after.data).toBeNull();
    expect(after.errors[0]?.extensions['code']).toBe('UNAUTHENTICATED');
  });

  it('gives only roles of its kind, and sees no person by being admin', async () => {
    const input = { issuer: DEVELOPMENT_ISSUER, subject: 'constable', displayName: 'Constable', role: 'OFFICER' };
    const added = await region.client.ask<{ addStaffMember: object }>('admin', addStaff, { input });
    expect(added.data?.addStaffMember).toMatchObject({ code: 'INVALID_INPUT' });
    const id = await region.refer('officer', byOfficer);
    expect((await region.lookRaw('admin', id)).errors).toMatchObject([{ code: 'FORBIDDEN' }]);
  });
});

import { byHospital, byOfficer, forMethadone, identityToCoordinator, programId, Region } from './region';

const somali = { ...byHospital, need: { ...byOfficer.need, language: 'so' } };

describe('a coordinator', () => {
  let region: Region;

  beforeAll(async () => {
    region = await Region.open();
  });
  afterAll(() => region.close());

  it('sees the path of what their agencies sent, and names with consent only', async () => {
    const id = await region.refer('officer', byOfficer);
    expect(await region.look('coordinator', id)).toMatchObject({ state: 'ACCEPTED', person: null, need: {} });
    expect(await region.look('outreach', id)).toBeNull();
    const named = await region.refer('officer', { ...byOfficer, consents: [identityToCoordinator] });
    expect(await region.look('coordinator', named)).toMatchObject({ person: { familyName: 'Sample' } });
  });

  it('is told why a need is unmet, and no hard rule can be passed over', async () => {
    const id = await region.refer('hospital', somali);
    expect(await region.look('hospital', id)).toMatchObject({ unmetNeed: { rules: ['LANGUAGE'] } });
    const seen = await region.look('coordinator', id);
    expect(seen).toMatchObject({ state: 'WAITLISTED' });
    const detox = seen?.matchRuns?.[0]?.verdicts?.find(({ program }) => program?.id === programId('detox'));
    expect(detox).toMatchObject({ isEligible: false, removedBy: [{ rule: 'LANGUAGE' }] });
    const offer = { referralId: id, programId: programId('detox') };
    expect(await region.give('coordinator', 'offerReferral', offer)).toMatchObject({ code: 'NOT_ELIGIBLE' });
    expect(await region.give('hospital', 'offerReferral', offer)).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('has a waiting referral routed again after room was posted', async () => {
    await region.postRoom('provider-otp', 'otp', 0);
    const id = await region.refer('hospital', forMethadone);
    expect(await region.look('coordinator', id)).toMatchObject({ state: 'WAITLISTED' });
    expect((await region.look('hospital', id))?.unmetNeed?.rules).toContain('OPEN_PLACE');
    await region.postRoom('provider-otp', 'otp', 2);
    expect(await region.take('coordinator', 'routeReferral', { id })).toMatchObject({ code: null });
    expect(await region.look('coordinator', id)).toMatchObject({ state: 'OFFERED' });
    expect(await region.take('coordinator', 'routeReferral', { id })).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    const twice = { referralId: id, programId: programId('otp') };
    expect(await region.give('coordinator', 'offerReferral', twice)).toMatchObject({ code: 'ALREADY_EXISTS' });
    expect(await region.look('coordinator', id)).toMatchObject({ unmetNeed: { resolvedAt: null } });
    const offer = await region.offerIdOf('provider-otp', id);
    expect(await region.take('provider-otp', 'acceptOffer', { id: offer })).toMatchObject({ code: null });
    expect((await region.look('coordinator', id))?.unmetNeed?.resolvedAt).not.toBeNull();
    expect((await region.look('hospital', id))?.unmetNeed?.resolvedAt).toBeNull();
  });

  it('puts a referral to a program of their choice', async () => {
    await region.postRoom('provider-women', 'women', 0);
    const id = await region.refer('hospital', byHospital);
    expect(await region.offerOf('provider-women', id)).toBeNull();
    await region.postRoom('provider-women', 'women', 1);
    const choice = { referralId: id, programId: programId('women') };
    expect(await region.give('coordinator', 'offerReferral', choice)).toMatchObject({ code: null });
    expect(await region.offerOf('provider-women', id)).not.toBeNull();
    expect(await region.offerOf('provider-residential', id)).not.toBeNull();
  });
});

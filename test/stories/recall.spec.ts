import {
  byHospital,
  byOfficer,
  identityBeforeAcceptance,
  identityToCoordinator,
  outcomeToSender,
  Region,
} from './region';

describe('a person who takes their consent back', () => {
  let region: Region;

  beforeAll(async () => {
    region = await Region.open();
  });
  afterAll(() => region.close());

  it('is seen by no program from the same moment on', async () => {
    const consents = [identityBeforeAcceptance, identityToCoordinator, outcomeToSender];
    const id = await region.refer('hospital', { ...byHospital, consents });
    const offer = await region.offerIdOf('provider-women', id);
    await region.take('provider-women', 'acknowledgeOffer', { id: offer });
    expect(await region.look('provider-women', id)).toMatchObject({ person: { familyName: 'Sample' } });
    expect(await region.look('coordinator', id)).toMatchObject({ person: { familyName: 'Sample' } });

    expect(await region.take('hospital', 'recallReferral', { id })).toMatchObject({ code: null });

    expect(await region.look('provider-women', id)).toBeNull();
    expect(await region.look('provider-residential', id)).toBeNull();
    expect(await region.look('coordinator', id)).toMatchObject({ state: 'RECALLED', person: null });
    expect(await region.look('hospital', id)).toMatchObject({ progress: 'CLOSED', state: null });
    expect(await region.take('provider-women', 'acceptOffer', { id: offer })).toMatchObject({
      code: 'ILLEGAL_TRANSITION',
    });
  });

  it('gives a kept place back', async () => {
    const before = await region.roomAt('detox');
    const id = await region.refer('officer', { ...byOfficer, consents: [outcomeToSender] });
    expect(await region.roomAt('detox')).toBe(before - 1);
    expect(await region.take('officer', 'recallReferral', { id })).toMatchObject({ code: null });
    expect(await region.roomAt('detox')).toBe(before);
    expect(await region.look('provider', id)).toBeNull();
    expect(await region.look('officer', id)).toMatchObject({ progress: 'CLOSED', destination: null });
  });
});

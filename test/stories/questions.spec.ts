import { byOfficer, detoxNeed, forMethadone, identityBeforeAcceptance, Region } from './region';

describe('questions about a need', () => {
  let region: Region;

  beforeAll(async () => {
    region = await Region.open();
  });
  afterAll(() => region.close());

  it('are asked at intake, and the referral goes on when the last is answered', async () => {
    const id = await region.refer('officer', {
      ...byOfficer,
      need: { substances: ['OPIOIDS', 'ALCOHOL'], lastUse: 'WITHIN_24_HOURS' },
    });
    expect(await region.look('officer', id)).toMatchObject({
      progress: 'SENT',
      missing: ['LOCATION', 'CURRENT_MEDICATIONS'],
    });
    await region.give('officer', 'provideReferralInfo', { referralId: id, facts: { countyFips: '39141' } });
    expect(await region.look('officer', id)).toMatchObject({ missing: ['CURRENT_MEDICATIONS'], progress: 'SENT' });
    await region.give('officer', 'provideReferralInfo', { referralId: id, facts: { currentMedications: [] } });
    expect(await region.look('officer', id)).toMatchObject({ missing: [], progress: 'ACKNOWLEDGED' });
    const late = { referralId: id, facts: { payer: 'MEDICAID' } };
    expect(await region.give('officer', 'provideReferralInfo', late)).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
  });

  it('are asked by a program that considers the person, whose offer stays open', async () => {
    const id = await region.refer('hospital', { ...forMethadone, consents: [identityBeforeAcceptance] });
    const offer = await region.offerIdOf('provider-otp', id);
    const question = { referralId: id, missing: ['LAST_USE', 'PREGNANCY'] };
    expect(await region.give('provider-otp', 'requestReferralInfo', question)).toMatchObject({ code: 'FORBIDDEN' });
    await region.take('provider-otp', 'acknowledgeOffer', { id: offer });
    const payer = { ...question, missing: ['PAYER'] };
    expect(await region.give('provider-otp', 'requestReferralInfo', payer)).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await region.give('provider-otp', 'requestReferralInfo', question)).toMatchObject({ code: null });
    expect(await region.look('hospital', id)).toMatchObject({ missing: ['LAST_USE', 'PREGNANCY'] });
    await region.give('hospital', 'provideReferralInfo', {
      referralId: id,
      facts: { pregnant: false },
      notKnown: ['LAST_USE'],
    });
    expect(await region.look('hospital', id)).toMatchObject({ missing: [] });
    expect(await region.take('provider-otp', 'acceptOffer', { id: offer })).toMatchObject({ code: null });
  });

  it('hold nobody up when the programs that asked are out of it', async () => {
    const id = await region.refer('hospital', forMethadone);
    const offerId = await region.offerIdOf('provider-otp', id);
    await region.take('provider-otp', 'acknowledgeOffer', { id: offerId });
    await region.give('provider-otp', 'requestReferralInfo', { referralId: id, missing: ['LAST_USE'] });
    await region.give('provider-otp', 'declineOffer', { offerId, reason: 'STAFFING' });
    expect(await region.look('coordinator', id)).toMatchObject({ state: 'WAITLISTED', missing: [] });
  });

  it('stop at signs of an emergency until the person is cleared', async () => {
    const flagged = { pathway: 'NALOXONE_PLUS', need: { ...detoxNeed, redFlags: ['CHEST_PAIN', 'OVERDOSE_NOW'] } };
    const room = await region.roomAt('detox');
    const id = await region.refer('medic', flagged);
    expect(await region.look('medic', id)).toMatchObject({
      progress: 'SENT',
      missing: ['MEDICAL_CLEARANCE'],
      emergencyInstruction: expect.stringMatching(/^Call 911 .* naloxone/) as string,
      matchRuns: [],
    });
    expect(await region.roomAt('detox')).toBe(room);
    await region.give('medic', 'provideReferralInfo', { referralId: id, facts: { payer: 'MEDICAID' } });
    expect(await region.look('medic', id)).toMatchObject({ missing: ['MEDICAL_CLEARANCE'] });
    await region.give('medic', 'provideReferralInfo', { referralId: id, isMedicallyCleared: true });
    expect(await region.look('medic', id)).toMatchObject({ emergencyInstruction: null, progress: 'ACKNOWLEDGED' });
  });
});

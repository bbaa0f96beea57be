import { byOfficer, forMethadone, outcomeToSender, Region } from './region';

describe('what comes later', () => {
  let region: Region;
  beforeAll(async () => {
    region = await Region.open();
  });
  afterAll(() => region.close());

  it('is a consent that opens to the officer where the person was taken, from that moment on', async () => {
    const id = await region.refer('officer', byOfficer);
    expect(await region.look('officer', id)).toMatchObject({ destination: null });
    const recorded = await region.give('officer', 'recordConsent', { referralId: id, consent: outcomeToSender });
    expect(recorded).toMatchObject({ code: null });
    expect(await region.look('officer', id)).toMatchObject({ destination: {}, state: null });
    const future = { scope: 'OUTCOME_TO_SENDER', signedAt: '2150-01-01T00:00:00Z' };
    expect(await region.give('officer', 'recordConsent', { referralId: id, consent: future })).toMatchObject({
      code: 'INVALID_INPUT',
    });
    expect(await region.give('school', 'recordConsent', { referralId: id, consent: outcomeToSender })).toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('is a fact that a waiting person can be placed by', async () => {
    const id = await region.refer('hospital', { ...forMethadone, need: { ...forMethadone.need, language: 'so' } });
    expect(await region.look('coordinator', id)).toMatchObject({ state: 'WAITLISTED' });
    await region.give('hospital', 'provideReferralInfo', { referralId: id, facts: { language: 'en' } });
    expect(await region.look('coordinator', id)).toMatchObject({ state: 'OFFERED' });
  });

  it('is a place that a coordinator finds for a waiting person', async () => {
    await region.postRoom('provider-otp', 'otp', 0);
    const id = await region.refer('hospital', forMethadone);
    expect(await region.look('coordinator', id)).toMatchObject({ state: 'WAITLISTED' });
    await region.postRoom('provider-otp', 'otp', 3);
    await region.take('coordinator', 'routeReferral', { id });
    expect(await region.look('coordinator', id)).toMatchObject({ state: 'OFFERED' });
  });

  it('is a doctor’s word, before anybody else is asked for a person who was sent away unwell', async () => {
    const id = await region.refer('officer', byOfficer);
    await region.take('provider', 'recordArrival', { id });
    await region.give('provider', 'turnPersonAway', { referralId: id, reason: 'MEDICALLY_UNSTABLE' });
    expect(await region.look('officer', id)).toMatchObject({ missing: ['MEDICAL_CLEARANCE'] });
    expect(await region.look('coordinator', id)).toMatchObject({ state: 'NEEDS_INFO' });
    const lasting = await region.app.owner('select 1 from lasting_decline');
    expect(lasting).toEqual([]);
  });
});

import { byOfficer, jo, outcomeToSender, Region } from './region';

const drives = (referralId: string) => ({ referralId, transport: 'OFFICER', place: 'STATION' });

describe('an officer refers', () => {
  let region: Region;

  beforeAll(async () => {
    region = await Region.open();
  });
  afterAll(() => region.close());

  it('and sees that it was received, and nothing of the care', async () => {
    const id = await region.refer('officer', byOfficer);
    expect(await region.look('officer', id)).toMatchObject({
      id,
      progress: 'ACKNOWLEDGED',
      missing: [],
      person: { familyName: jo.familyName },
      consents: [],
      ...{ state: null, need: null, offers: null, outcome: null, noShows: null, matchRuns: null, unmetNeed: null },
      ...{ destination: null, arrivedAt: null },
    });
  });

  it('sees where to and whether they arrived with consent only', async () => {
    const id = await region.refer('officer', { ...byOfficer, consents: [outcomeToSender] });
    expect(await region.look('officer', id)).toMatchObject({
      destination: { name: 'Sample withdrawal management' },
      arrivedAt: null,
      state: null,
    });
    expect(await region.take('provider', 'recordArrival', { id })).toMatchObject({ code: null });
    expect(await region.look('officer', id)).toMatchObject({ arrivedAt: expect.any(String) as string, state: null });
  });

  it('may drive the person only when the person agreed that they may know where to', async () => {
    const silent = await region.refer('officer', byOfficer);
    expect(await region.give('officer', 'releaseHandOff', drives(silent))).toMatchObject({
      code: 'CONSENT_REQUIRED',
      details: { scope: 'OUTCOME_TO_SENDER' },
    });
    const fetched = { ...drives(silent), transport: 'PROVIDER' };
    expect(await region.give('officer', 'releaseHandOff', fetched)).toMatchObject({ code: null });
    const agreed = await region.refer('officer', { ...byOfficer, consents: [outcomeToSender] });
    expect(await region.give('officer', 'releaseHandOff', drives(agreed))).toMatchObject({ code: null });
    expect(await region.give('officer', 'releaseHandOff', drives(agreed))).toMatchObject({ code: 'ALREADY_EXISTS' });
  });

  it('learns no state from a refusal', async () => {
    const id = await region.refer('officer', byOfficer);
    await region.take('provider', 'recordArrival', { id });
    await region.take('provider', 'admitPerson', { id });
    const agreed = { referralId: id, consent: outcomeToSender };
    expect(await region.give('officer', 'recordConsent', agreed)).toMatchObject({ code: null });
    const refused = await region.give('officer', 'cancelReferral', { referralId: id, reason: 'ENTERED_IN_ERROR' });
    expect(refused.code).toBe('ILLEGAL_TRANSITION');
    expect(JSON.stringify(refused)).not.toMatch(/ADMITTED|ARRIVED|discharge/);
  });

  it('sends the same thing twice, and it is one referral', async () => {
    const key = 'one-key-for-one-referral';
    const first = await region.give('officer', 'submitReferral', byOfficer, key);
    expect(await region.give('officer', 'submitReferral', byOfficer, key)).toEqual(first);
    const changed = { ...byOfficer, person: { ...jo, givenName: 'Joan' } };
    expect(await region.give('officer', 'submitReferral', changed, key)).toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
  });

  it('does not assign a level of care, nor use a pathway of others', async () => {
    const assigned = { ...byOfficer, need: { ...byOfficer.need, levelsOfCare: ['ASAM_3_7'] } };
    expect(await region.give('officer', 'submitReferral', assigned)).toMatchObject({ code: 'FORBIDDEN' });
    const hospital = { ...byOfficer, pathway: 'HOSPITAL_REFERRAL' };
    expect(await region.give('officer', 'submitReferral', hospital)).toMatchObject({ code: 'INVALID_INPUT' });
  });
});

import { byHospital, byOfficer, identityBeforeAcceptance, outcomeToSender, Region } from './region';

const soon = (): string => new Date(Date.now() + 3_600_000).toISOString();

describe('from a kept place to treatment', () => {
  let region: Region;

  beforeAll(async () => {
    region = await Region.open();
  });
  afterAll(() => region.close());

  it('the person is scheduled, released, received, admitted and discharged to the next level of care', async () => {
    const consents = [outcomeToSender, identityBeforeAcceptance];
    const man = { ...byOfficer, person: { ...byOfficer.person, sex: 'MALE' }, consents };
    const before = await region.roomAt('detox');
    const id = await region.refer('officer', man);
    const referralId = id;
    expect(await region.give('provider', 'scheduleArrival', { referralId, arrivalAt: soon() })).toMatchObject({
      code: null,
    });
    const drive = { referralId, transport: 'OFFICER', place: 'SCENE' };
    expect(await region.give('officer', 'releaseHandOff', drive)).toMatchObject({ code: null });
    expect(await region.give('provider', 'receiveHandOff', { referralId })).toMatchObject({ code: null });
    expect(await region.look('officer', id)).toMatchObject({
      arrivedAt: expect.any(String) as string,
      handOffs: [{ state: 'RECEIVED', transport: 'OFFICER' }],
      state: null,
    });
    expect(await region.take('provider', 'admitPerson', { id })).toMatchObject({ code: null });
    expect(await region.poolsOf('detox')).toMatchObject([{ held: 0, occupied: 7 }]);
    const discharge = { referralId, outcome: 'TRANSFERRED', nextLevelsOfCare: ['ASAM_3_5'] };
    const unasked = await region.give('provider', 'dischargePerson', discharge);
    expect(unasked).toMatchObject({ code: 'INVALID_INPUT' });
    const dead = { ...discharge, outcome: 'DECEASED', currentMedications: [] };
    expect(await region.give('provider', 'dischargePerson', dead)).toMatchObject({ code: 'INVALID_INPUT' });
    const known = { ...discharge, currentMedications: [] };
    const unagreed = await region.give('provider', 'dischargePerson', known);
    expect(unagreed).toMatchObject({ code: 'CONSENT_REQUIRED', details: { scope: 'TREATMENT_PAYMENT_OPERATIONS' } });
    expect(await region.agreesToTreatment('provider', id)).toMatchObject({ code: null });
    expect(await region.give('provider', 'dischargePerson', known)).toMatchObject({ code: null });
    expect(await region.roomAt('detox')).toBe(before);
    await goesOn(id);
  });

  const goesOn = async (id: string): Promise<void> => {
    const { episode } = (await region.look('provider', id)) ?? {};
    expect(episode).toMatchObject({ closedAt: null });
    const next = episode?.referrals?.map((referral) => referral.id).find((other) => other !== id) ?? '';
    expect(await region.look('officer', id)).toMatchObject({ progress: 'CLOSED', outcome: null });
    expect(await region.look('officer', next)).toBeNull();
    const user = 'provider-residential';
    const offer = await region.offerIdOf(user, next);
    await region.take(user, 'acknowledgeOffer', { id: offer });
    expect(await region.look(user, next)).toMatchObject({ person: { familyName: 'Sample' } });
    for (const command of ['acceptOffer', 'recordArrival', 'admitPerson'] as const) {
      const target = command === 'acceptOffer' ? offer : next;
      expect(await region.take(user, command, { id: target })).toMatchObject({ code: null });
    }
    await region.give(user, 'dischargePerson', { referralId: next, outcome: 'COMPLETED' });
    expect(await region.look(user, next)).toMatchObject({
      outcome: 'COMPLETED',
      episode: { closedAt: expect.any(String) as string },
    });
  };

  it('nobody receives a person whom nobody released, nor admits one who has not come', async () => {
    const id = await region.refer('officer', byOfficer);
    expect(await region.give('provider', 'receiveHandOff', { referralId: id })).toMatchObject({
      code: 'ILLEGAL_TRANSITION',
    });
    expect(await region.take('provider', 'admitPerson', { id })).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    expect(await region.take('officer', 'recordArrival', { id })).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('whoever is turned away goes on to another program', async () => {
    const id = await region.refer('hospital', byHospital);
    const offer = await region.offerIdOf('provider-women', id);
    await region.take('provider-women', 'acceptOffer', { id: offer });
    await region.take('provider-women', 'recordArrival', { id });
    const away = { referralId: id, reason: 'OUTSIDE_ADMISSION_CRITERIA' };
    expect(await region.give('provider-women', 'turnPersonAway', away)).toMatchObject({ code: null });
    expect(await region.look('provider-women', id)).toBeNull();
    expect(await region.roomAt('women')).toBe(3);
    expect(await region.offerOf('provider-residential', id)).not.toBeNull();
  });
});

import { randomUUID } from 'node:crypto';
import { byHospital, byOfficer, outcomeToSender, Region } from './region';

describe('what is sent and cannot be meant', () => {
  let region: Region;
  beforeAll(async () => {
    region = await Region.open();
  });
  afterAll(() => region.close());

  it.each([
    ['an age beside a birth date', { ...byOfficer, person: { birthDate: '1990-01-01', ageYears: 40 } }],
    ['one consent twice', { ...byOfficer, consents: [outcomeToSender, outcomeToSender] }],
    [
      'a wish for a program that does not exist',
      { ...byOfficer, need: { ...byOfficer.need, preferredProgramIds: [randomUUID()] } },
    ],
    ['a birth date to come', { ...byOfficer, person: { birthDate: '2150-01-01' } }],
    ['a pathway of another kind of agency', { ...byOfficer, pathway: 'SCHOOL_REFERRAL' }],
    ['half a place', { ...byOfficer, need: { ...byOfficer.need, latitude: 39.3, longitude: null } }],
  ])('is refused and not passed over: %s', async (_, input) => {
    expect(await region.give('officer', 'submitReferral', input)).toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('leaves nothing behind', async () => {
    const [left] = await region.app.owner<{ n: number }>(
      'select (select count(*) from person)::int + (select count(*) from referral)::int as n',
    );
    expect(left?.n).toBe(0);
  });

  it('asks an unanswered question again, though an older answer is known', async () => {
    const id = await region.refer('hospital', {
      ...byHospital,
      need: { ...byHospital.need, lastUse: 'WITHIN_72_HOURS' },
    });
    const offer = await region.offerIdOf('provider-women', id);
    await region.take('provider-women', 'acknowledgeOffer', { id: offer });
    await region.give('provider-women', 'requestReferralInfo', { referralId: id, missing: ['LAST_USE', 'PREGNANCY'] });
    await region.give('hospital', 'provideReferralInfo', { referralId: id, facts: { pregnant: false } });
    expect(await region.look('hospital', id)).toMatchObject({ missing: ['LAST_USE'] });
    await region.give('hospital', 'provideReferralInfo', { referralId: id, facts: { lastUse: 'WITHIN_24_HOURS' } });
    expect(await region.look('hospital', id)).toMatchObject({ missing: [] });
  });

  it('takes nobody for missing before their time', async () => {
    const id = await region.refer('officer', { ...byOfficer, consents: [outcomeToSender] });
    expect(await region.take('provider', 'recordNoShow', { id })).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
  });

  it('tells an officer without consent the same of a hand-off before and after the arrival', async () => {
    const id = await region.refer('officer', byOfficer);
    const release = () =>
      region.give('officer', 'releaseHandOff', { referralId: id, transport: 'OFFICER', place: 'SCENE' });
    const before = await release();
    await region.take('provider', 'recordArrival', { id });
    expect([before.code, (await release()).code]).toEqual(['CONSENT_REQUIRED', 'CONSENT_REQUIRED']);
  });
});

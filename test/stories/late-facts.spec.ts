import { sampleAgencies, type SampleUserName } from '../../src/sample';
import { byHospital, byOfficer, forMethadone, identityToCoordinator, jo, outcomeToSender, Region } from './region';

const ago = (years: number, days = 0): string => {
  const day = new Date();
  day.setUTCFullYear(day.getUTCFullYear() - years, day.getUTCMonth(), day.getUTCDate() - days);
  return day.toISOString();
};

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

  describe('is a signature of somebody who has come of age since', () => {
    const person = { ...jo, ageYears: null, birthDate: ago(18, 10).slice(0, 10) };
    const record = async (user: SampleUserName, personId: string, change: object) => {
      const { scope: _, ...signed } = { ...outcomeToSender, recipientAgencyId: sampleAgencies.police.id };
      const input = { ...signed, personId, expiresAt: ago(-1), ...change };
      const { code, details } = await region.give(user, 'recordPersonConsent', input);
      return code && (details['rule'] ?? code);
    };

    it('and weighed by the age and the rules of its day', async () => {
      await region.app.owner(`update agency set state = 'IN' where id = $1`, [sampleAgencies.police.id]);
      const id = await region.refer('officer', { ...byOfficer, person });
      const personId = (await region.look('officer', id))?.person?.id ?? '';
      const signed = (signedAt: string, change = {}) => record('officer', personId, { signedAt, ...change });
      // What was signed alone is not mended by the birthday, and what both signed still holds.
      expect(await signed(ago(3))).toBe('PARENT_SIGNS_TOO');
      expect(await signed(ago(1), { coSignedBy: 'PARENT' })).toBeNull();
      expect(await signed(ago(0, 9), { coSignedBy: 'PARENT' })).toBe('ADULT_SIGNS');
      expect(await signed(ago(0, 9))).toBeNull();
      // The day is that of the agency: half past eight of the evening before, and half past one of the birthday.
      const other = { ...person, familyName: 'Threshold', birthDate: '2008-05-10' };
      const threshold =
        (await region.look('officer', await region.refer('officer', { ...byOfficer, person: other })))?.person?.id ??
        '';
      const on = (signedAt: string) => record('officer', threshold, { signedAt });
      expect([await on('2026-05-10T00:30:00Z'), await on('2026-05-10T05:30:00Z')]).toEqual(['PARENT_SIGNS_TOO', null]);
      // Which rules held then is not known.
      expect(await signed('1900-01-01T00:00:00Z')).toBe('INVALID_INPUT');
      await region.app.owner(`update agency set state = 'OH' where id = $1`, [sampleAgencies.police.id]);
    });

    it('and tells nobody a birth date that is withheld from them', async () => {
      const id = await region.refer('hospital', { ...byHospital, person, consents: [identityToCoordinator] });
      const personId = (await region.look('coordinator', id))?.person?.id ?? '';
      const rule = (signedAt: string) => record('coordinator', personId, { signedAt, signedBy: 'PARENT' });
      expect([await rule(ago(0, 9)), await rule(ago(0, 11))]).toEqual(['ADULT_SIGNS', 'ADULT_SIGNS']);
    });
  });
});

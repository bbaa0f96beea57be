import { findRoom } from '../../src/cli/walkthrough/documents';
import { sampleAgencies } from '../../src/sample';
import { buildStaff } from '../builders/agencies';
import { byHospital, detoxNeed, Region } from './region';

describe('a partner system', () => {
  let region: Region;

  beforeAll(async () => {
    region = await Region.open();
  });
  afterAll(() => region.close());

  it('asks where there is room and refers, as its agency’s people would', async () => {
    const need = { ...detoxNeed, pathway: 'HOSPITAL_REFERRAL', ageYears: 40 };
    const found = await region.client.ask<{ matchPrograms: object }>('partner', findRoom, { need });
    expect(found.data?.matchPrograms).toMatchObject({
      matches: [{ program: { name: 'Sample withdrawal management' } }],
    });
    const id = await region.refer('partner', byHospital);
    expect(await region.look('partner', id)).toMatchObject({ progress: 'SENT', need: { substances: ['OPIOIDS'] } });
    expect(await region.look('hospital', id)).toMatchObject({ id, person: { familyName: 'Sample' } });
  });

  it('sees and does nothing beyond its scopes', async () => {
    const id = await region.refer('partner', byHospital);
    const seen = await region.look('partner', id);
    // Not even that there is one, and the same where there is none.
    expect(seen).toMatchObject({ person: null, consents: null, handOffs: null, matchRuns: null });
    const handOff = { referralId: id, transport: 'PROVIDER', place: 'HOSPITAL' };
    expect(await region.give('partner', 'releaseHandOff', handOff)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await region.take('partner', 'recallReferral', { id })).toMatchObject({ code: 'FORBIDDEN' });
    expect(seen?.allowedActions).toEqual(['cancelReferral']);
  });

  it('is not told by the length of a list whom its agency knows', async () => {
    await region.refer('hospital', byHospital);
    const found = async (...scopes: string[]) => {
      const { id } = sampleAgencies.hospital;
      const system = await buildStaff(region.app.database, { id, kind: 'HOSPITAL' }, 'HOSPITAL_STAFF', {
        ...{ kind: 'SERVICE_ACCOUNT', scopes },
      });
      const { data, errors } = await (
        await region.app.as(system)
      )<{ findPersons: { nodes: object[] } }>(
        '{ findPersons(familyName: "Sample", givenName: "Jo", birthDate: "1980-01-01") { nodes { strength } } }',
        {},
        { 'handrail-purpose': 'TREATMENT' },
      );
      return data?.findPersons.nodes ?? errors[0]?.extensions['code'];
    };
    const seen = ['Person:read', 'PersonMatch:find'];
    expect(await found(...seen)).toBe('FORBIDDEN');
    expect(await found(...seen, 'PersonMatch:read')).toEqual(expect.any(Array));
  });
});

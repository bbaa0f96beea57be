import request from 'supertest';
import { NudgeAddressesStore } from '../../src/nudges';
import { NudgesJobs } from '../../src/nudges/nudges.jobs';
import { giveSampleAddresses, sampleActor, sampleAgencies, type SampleUserName } from '../../src/sample';
import { toldAt } from '../builders/nudges';
import { tell } from '../builders/surrenders';
import { EmergencyWard } from './emergency';
import { forMan, forMethadone, type Region } from './region';

const ONE = 'Something waits for you in Handrail.\nhttp://localhost:3000\n';
const URGENT = 'Something urgent waits for you in Handrail.\nhttp://localhost:3000\n';

describe('somebody for whom something waits', () => {
  let ward: EmergencyWard;
  let region: Region;
  const told = (user: SampleUserName): Promise<string[]> => toldAt(region.app, `${user}@handrail.example`);
  const work = async (minutes = 0): Promise<void> => {
    await region.wait(minutes);
    await region.app.app.get(NudgesJobs).sendAll();
  };

  beforeAll(async () => {
    ward = await EmergencyWard.open();
    region = ward.region;
    await giveSampleAddresses(region.app.unitOfWork, region.app.app.get(NudgeAddressesStore));
  });
  afterAll(() => ward.close());

  it('is told of an offer at once, and the coordinator when nobody answers, and nobody else', async () => {
    const id = await region.refer('hospital', forMan);
    await work();
    expect(await told('provider-residential')).toEqual([ONE]);
    expect(await told('coordinator')).toEqual([]);
    await work(29);
    expect(await told('coordinator')).toEqual([]);
    await work(2);
    expect(await told('coordinator')).toEqual([URGENT]);
    for (const user of ['officer', 'hospital', 'outreach', 'analyst', 'admin', 'provider-women'] as const) {
      expect([user, await told(user)]).toEqual([user, []]);
    }
    const { text } = await request(region.app.app.getHttpServer()).get('/outbox');
    expect(text).toContain('provider-residential@handrail.example');
    expect(text).not.toMatch(new RegExp(`${id}|Sample,|Jo |Ohio|Chillicothe|opioid`, 'i'));
  });

  it('finds there what it is, and the sender hears what was decided', async () => {
    const { data } = await region.client.ask<{ nudges: { nodes: { kind: string; subjectId: string }[] } }>(
      'provider-residential',
      '{ nudges(first: 1) { nodes { kind subjectId isUrgent toldAt } } }',
    );
    const [waits] = data?.nudges.nodes ?? [];
    expect(waits?.kind).toBe('CLOCK_DUE');
    const listed = await region.client.ask<{ offers: { nodes: { id: string; referral: { id: string } }[] } }>(
      'provider-residential',
      '{ offers(first: 1) { nodes { id referral { id } } } }',
    );
    const [offer] = listed.data?.offers.nodes ?? [];
    expect(await region.take('provider-residential', 'acceptOffer', { id: offer?.id ?? '' })).toMatchObject({
      code: null,
    });
    await work();
    expect(await told('hospital')).toEqual([ONE]);
  });

  it('coordinates somebody who was put on the waitlist, and is told', async () => {
    await region.postRoom('provider-otp', 'otp', 0);
    await work(15);
    const before = (await told('coordinator')).length;
    await region.refer('hospital', forMethadone);
    await work();
    expect((await told('coordinator')).slice(before)).toEqual([ONE]);
  });

  it('is told at once at a school of a notice, and as privacy officer of a record opened in an emergency', async () => {
    const child = { schoolId: sampleAgencies.school.id, childName: 'Sample Child', ageYears: 8 };
    const sent = await tell(await region.app.as(sampleActor('officer')), 'sendHandleWithCare', child);
    expect(sent.code).toBeNull();
    await work();
    expect(await told('school')).toEqual([URGENT]);

    const phone = ward.phone();
    await ward.inTreatment(phone);
    await work(15);
    const before = (await told('privacy')).length;
    expect(await ward.break('medic', { phone })).toMatchObject({ __typename: 'BreakGlass' });
    await work();
    expect((await told('privacy')).slice(before)).toEqual([URGENT]);
    expect(await told('medic')).toEqual([]);
  });
});

import { sampleActor, sampleAgencies, type SampleUserName } from '../../src/sample';
import { tell } from '../builders/surrenders';
import type { Ask } from '../setup/app';
import { byHospital, byOfficer, identityToCoordinator, jo, outcomeToSender, Region } from '../stories/region';

interface Line {
  readonly id: string;
  readonly way: string;
  readonly subject_type: string;
  readonly subject_id: string;
  readonly from_agency_id: string;
  readonly to_agency_id: string;
  readonly role: string;
  readonly purpose: string;
  readonly what: Readonly<Record<string, { ids: string[]; fields: string[]; classes: string[] }>>;
  readonly consents: string[];
  readonly notice_version: string;
}
interface Envelope {
  readonly notice: string;
  readonly noticeVersion: string;
  readonly ledger: readonly { id: string; records: Record<string, string[]>; consents: string[]; isPart2: boolean }[];
}

const WHO =
  'query ($id: ID!) { referral(id: $id) { id need { age } person { givenName familyName birthDate } withheld { field reason } } }';
const RECEIPT = 'query ($id: ID!) { referral(id: $id) { id progress withheld { field reason } } }';

describe('the disclosure ledger', () => {
  let region: Region;
  let id: string;
  beforeAll(async () => {
    region = await Region.open();
  });
  afterAll(() => region.close());
  beforeEach(async () => {
    id = await region.refer('hospital', { ...byHospital, consents: [identityToCoordinator, outcomeToSender] });
  });

  const as = (user: SampleUserName): Promise<Ask> => region.app.as(sampleActor(user));
  const ask = async (user: SampleUserName, query: string) => (await as(user))(query, { id });
  const lines = (): Promise<Line[]> =>
    region.app.owner<Line>(
      `select * from disclosure where subject_id = $1 or subject_id = (select person_id from referral where id = $1) order by at`,
      [id],
    );
  const readings = (user: SampleUserName) =>
    region.app.owner<{ action: string; purpose: string; subject_type: string; details: object }>(
      `select action, purpose, subject_type, details from audit_entry where kind = 'READ' and actor_id = $1
         and subject_id = (select person_id from referral where id = $2)`,
      [sampleActor(user).id, id],
    );

  it('has what a program is told of the need, in whose words, for what purpose, with the notice beside the answer', async () => {
    await region.offerIdOf('provider-women', id);
    const before = (await lines()).length;
    const { data, extensions } = await ask('provider-women', WHO);
    expect(data).toMatchObject({ referral: { need: { age: 34 }, person: null } });
    const [line, ...others] = (await lines()).slice(before);
    expect(others).toEqual([]);
    expect(line).toMatchObject({
      way: 'GRAPHQL',
      subject_type: 'Person',
      from_agency_id: sampleActor('hospital').agencyId,
      to_agency_id: sampleActor('provider-women').agencyId,
      role: 'PROVIDER_STAFF',
      purpose: 'TREATMENT',
      what: {
        Referral: { ids: [id], fields: ['need'], classes: ['NEED'] },
        ReferralNeed: { ids: [id], fields: ['age'], classes: ['NEED'] },
      },
    });
    const { disclosures } = extensions as { disclosures: Envelope };
    expect(disclosures.notice).toContain('42 CFR part 2');
    const records = { Referral: [id], ReferralNeed: [id] };
    expect(disclosures.ledger).toEqual([{ id: line?.id, records, consents: [], isPart2: false }]);
  });

  it('names the consent that opened a name', async () => {
    const { data, extensions } = await ask('coordinator', WHO);
    expect(data).toMatchObject({ referral: { person: { familyName: jo.familyName } } });
    const { disclosures } = extensions as { disclosures: Envelope };
    expect(disclosures.ledger.flatMap(({ consents }) => consents)).toContain('IDENTITY_TO_COORDINATOR');
  });

  it('has nothing of what an agency reads of its own words; the trail has', async () => {
    const before = (await lines()).length;
    const { data, extensions } = await ask('hospital', WHO);
    expect(data).toMatchObject({ referral: { person: { familyName: jo.familyName } } });
    expect(extensions).toEqual({});
    expect(await lines()).toHaveLength(before);
    expect(await readings('hospital')).toMatchObject([
      { action: 'referral', purpose: 'TREATMENT', subject_type: 'Person' },
    ]);
  });

  it('and the trail have nothing of an answer that tells nothing protected', async () => {
    const before = (await lines()).length;
    const { data } = await ask('coordinator', RECEIPT);
    expect(data).toMatchObject({ referral: { id } });
    expect(await lines()).toHaveLength(before);
    expect(await readings('coordinator')).toEqual([]);
  });

  it('is written before an answer leaves: where it cannot be, nothing protected is told', async () => {
    const grants = ['insert on disclosure', 'insert on audit_entry'];
    for (const grant of grants) {
      await region.app.owner(`revoke ${grant} from handrail_app`);
      try {
        const refused = await ask('coordinator', WHO);
        expect(refused).toMatchObject({ status: 503, data: null, errors: [{ extensions: { code: 'RETRY_LATER' } }] });
        expect(await ask('coordinator', RECEIPT)).toMatchObject({ status: 200, data: { referral: { id } } });
      } finally {
        await region.app.owner(`grant ${grant} to handrail_app`);
      }
    }
    expect(await ask('coordinator', WHO)).toMatchObject({ status: 200, data: { referral: { person: {} } } });
  });

  it('and the trail have what to do in a danger, to whoever saw it: in the answer of the submission, until the end, and not without', async () => {
    const DANGER = 'query ($id: ID!) { referral(id: $id) { emergencyInstruction withheld { field reason } } }';
    const told = expect.stringMatching(/^Call 911/) as string;
    const officer = await as('officer');
    const submit = `mutation ($input: SubmitReferralInput!) { submitReferral(input: $input) {
      ... on Referral { id emergencyInstruction } } }`;
    const input = { ...byOfficer, need: { ...byOfficer.need, redFlags: ['SEIZURE'] } };
    const { data } = await officer<{ submitReferral: { id: string } }>(submit, { input });
    expect(data).toMatchObject({ submitReferral: { emergencyInstruction: told } });
    id = data!.submitReferral.id;
    expect(await readings('officer')).toMatchObject([{ action: 'submitReferral' }]);
    await region.app.owner('revoke insert on audit_entry from handrail_app');
    try {
      expect(await ask('officer', DANGER)).toMatchObject({ status: 503, data: null });
    } finally {
      await region.app.owner('grant insert on audit_entry to handrail_app');
    }
    const before = (await lines()).length;
    expect(await ask('officer', DANGER)).toMatchObject({ data: { referral: { emergencyInstruction: told } } });
    expect(await readings('officer')).toHaveLength(2);
    expect(await lines()).toHaveLength(before);
    await region.give('officer', 'cancelReferral', { referralId: id, reason: 'PERSON_CHANGED_MIND' });
    expect(await ask('officer', DANGER)).toMatchObject({
      data: {
        referral: {
          emergencyInstruction: null,
          withheld: expect.arrayContaining([{ field: 'emergencyInstruction', reason: 'STATE' }]) as unknown,
        },
      },
    });
  });

  it('has what the answer of a command tells', async () => {
    const offerId = await region.offerIdOf('provider-women', id);
    const before = (await lines()).length;
    await region.take('provider-women', 'acceptOffer', { id: offerId });
    const accepted = await (
      await as('provider-women')
    )(`mutation ($id: ID!) { recordArrival(id: $id) { ... on Referral { id person { familyName } } } }`, { id });
    expect(accepted.data).toMatchObject({ recordArrival: { person: { familyName: jo.familyName } } });
    const told = (await lines()).slice(before);
    expect(told.some(({ what }) => what['Person']?.fields.includes('familyName'))).toBe(true);
  });

  describe('has children on it', () => {
    const childLines = (subjectId: string): Promise<Line[]> =>
      region.app.owner<Line>('select * from disclosure where subject_id = $1', [subjectId]);
    const childReadings = (user: SampleUserName) =>
      region.app.owner<{ subject_type: string; subject_id: string }>(
        `select subject_type, subject_id from audit_entry where kind = 'READ' and actor_id = $1 and action = any($2)`,
        [sampleActor(user).id, ['childReports', 'handleWithCareNotices']],
      );
    const NOTICES = '{ handleWithCareNotices { nodes { id childName sentAt } } }';
    const REPORTS = '{ childReports { nodes { id childName candidates { id name history { result } } } } }';

    it('what child services are told of a report, in the words of who reported; whom they vet is theirs', async () => {
      const report = { childServicesId: sampleAgencies.childServices.id, childName: 'Sample Child', ageYears: 5 };
      const scene = { place: 'Back room', concerns: ['SHUT_IN'], isInDanger: true };
      const { id: reportId } = await tell(await as('officer'), 'reportChild', { ...report, ...scene });
      const services = await as('child-services');
      await services('mutation ($id: ID!) { receiveChildReport(id: $id) { ... on ChildReport { id } } }', {
        id: reportId,
      });
      const { id: aunt } = await tell(services, 'proposeCaregiver', {
        ...{ reportId, name: 'Sample Aunt', relationship: 'AUNT_OR_UNCLE' },
      });
      const { errors, extensions } = await services(REPORTS);
      expect(errors).toEqual([]);
      expect(await childLines(reportId)).toMatchObject([
        {
          subject_type: 'ChildReport',
          from_agency_id: sampleAgencies.police.id,
          to_agency_id: sampleAgencies.childServices.id,
          notice_version: 'child-2026',
          what: { ChildReport: { ids: [reportId], fields: ['childName', 'candidates'], classes: ['CHILD'] } },
        },
      ]);
      expect((extensions as { disclosures: Envelope }).disclosures.notice).toMatch(/^This tells of a child/);
      expect(await childLines(aunt)).toEqual([]);
      expect(await childReadings('child-services')).toEqual([
        { subject_type: 'ChildReport', subject_id: reportId },
        { subject_type: 'CaregiverCandidate', subject_id: aunt },
      ]);
      // Who reported has the receipt of it, and that is nothing of the child.
      expect((await (await as('officer'))('{ childReports { nodes { id } } }')).extensions).toEqual({});
    });

    it('what a school is told, under a notice that says nothing of what happened', async () => {
      const sent = { schoolId: sampleAgencies.school.id, childName: 'Sample Child', ageYears: 8 };
      expect(await tell(await as('officer'), 'sendHandleWithCare', sent)).toMatchObject({ code: null });
      const school = await as('school');
      const { data, extensions } = await school<{ handleWithCareNotices: { nodes: { id: string }[] } }>(NOTICES);
      const noticeId = data?.handleWithCareNotices.nodes[0]?.id ?? '';
      expect(await childLines(noticeId)).toMatchObject([
        {
          subject_type: 'HandleWithCareNotice',
          from_agency_id: sampleAgencies.police.id,
          role: 'SCHOOL_LIAISON',
          consents: [],
          what: { HandleWithCareNotice: { ids: [noticeId], classes: ['CHILD'] } },
        },
      ]);
      expect(await childReadings('school')).toEqual([{ subject_type: 'HandleWithCareNotice', subject_id: noticeId }]);
      expect(JSON.stringify(extensions)).not.toMatch(/part 2|substance|CFR/i);

      await region.app.owner('revoke insert on disclosure from handrail_app');
      try {
        expect(await school(NOTICES)).toMatchObject({ status: 503, data: null });
      } finally {
        await region.app.owner('grant insert on disclosure to handrail_app');
      }
    });
  });

  it('says beside a null why it is withheld', async () => {
    const withheldOf = async (user: SampleUserName) => {
      const { data } = await (
        await as(user)
      )<{ referral: { withheld: { field: string; reason: string }[] } }>(RECEIPT, {
        id,
      });
      return new Map(data?.referral.withheld.map(({ field, reason }) => [field, reason]));
    };
    const coordinator = await withheldOf('coordinator');
    expect(coordinator.get('person')).toBeUndefined();
    const hospital = await withheldOf('hospital');
    expect(hospital.get('state')).toBe('ROLE');
    expect(hospital.get('destination')).toBeUndefined();
    const women = await withheldOf('provider-women');
    expect(women.get('person')).toBe('RELATION');
  });

  it('knows the purpose a request names, and refuses one the role does not have', async () => {
    const officer = await as('officer');
    expect(await officer(RECEIPT, { id }, { 'handrail-purpose': 'TREATMENT' })).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT', field: 'handrail-purpose' } }],
    });
    const hospital = await as('hospital');
    await hospital(WHO, { id }, { 'handrail-purpose': 'MEDICAL_EMERGENCY' });
    expect(await readings('hospital')).toMatchObject([{ purpose: 'MEDICAL_EMERGENCY' }]);
  });
});

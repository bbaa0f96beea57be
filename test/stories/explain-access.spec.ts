import { resources, type Resource } from '../../src/access';
import { sampleActor, type SampleUserName } from '../../src/sample';
import { teamsOf } from '../builders/teams';
import { closingWorld } from '../setup/closing-world';
import { byHospital, byOfficer, forTreatment, identityToCoordinator, Region } from './region';

interface Explained {
  readonly isAllowed: boolean;
  readonly reason: string | null;
  readonly prohibition: string | null;
  readonly relations: string[];
  readonly rule: { relation: string } | null;
  readonly consents: string[];
  readonly weighedConsents: { id: string; kind: string; scope: string; state: string; since: string }[];
  readonly consentsNotOnFile: string[];
  readonly considered: { relation: string; failsBy: string | null }[];
}
const EXPLAIN = `query ($type: String!, $id: ID!, $field: String!, $membershipId: ID) {
  explainAccess(type: $type, id: $id, field: $field, membershipId: $membershipId) {
    isAllowed reason prohibition relations consents weighedConsents { id kind scope state since } consentsNotOnFile rule { relation } considered { relation failsBy } } }`;

describe('whoever asks why', () => {
  let region: Region;
  let id: string;
  beforeAll(async () => {
    region = await Region.open();
    id = await region.refer('officer', byOfficer);
  });
  afterAll(() => region.close());

  const explain = async (user: SampleUserName, asked: object) => {
    const ask = await region.app.as(sampleActor(user));
    const { data, errors } = await ask<{ explainAccess: Explained }>(EXPLAIN, { type: 'Referral', id, ...asked });
    return { ...data?.explainAccess, code: errors[0]?.extensions['code'], field: errors[0]?.extensions['field'] };
  };

  it('hears of the rule that lets them, of the consent that is missing, and of the prohibition in the way', async () => {
    expect(await explain('officer', { field: 'person' })).toMatchObject({
      isAllowed: true,
      reason: null,
      rule: { relation: 'SENDER' },
      relations: ['SENDER'],
    });
    expect(await explain('officer', { field: 'arrivedAt' })).toMatchObject({ isAllowed: false, reason: 'CONSENT' });
    expect(await explain('officer', { field: 'state' })).toMatchObject({
      isAllowed: false,
      reason: 'PROHIBITED',
      prohibition: 'NO_TREATMENT_CONTENT_TO_POLICE',
    });
  });

  it('hears which consent decides, how it stands and since when, or that none is on file', async () => {
    expect(await explain('officer', { field: 'arrivedAt' })).toMatchObject({
      weighedConsents: [],
      consentsNotOnFile: ['OUTCOME_TO_SENDER'],
    });
    const agreed = await region.refer('officer', { ...byOfficer, consents: [identityToCoordinator, forTreatment] });
    const [consent] = await region.app.owner<{ id: string; signedAt: Date }>(
      `select c.id, c.signed_at as "signedAt" from consent c join referral r on r.person_id = c.person_id
       where r.id = $1 and c.kind = 'NAMED_RECIPIENT'`,
      [agreed],
    );
    const line = { id: consent?.id, kind: 'NAMED_RECIPIENT', scope: 'IDENTITY_TO_COORDINATOR' };
    const named = { id: agreed, field: 'person' };
    expect(await explain('coordinator', named)).toMatchObject({
      isAllowed: true,
      weighedConsents: [{ ...line, state: 'IN_FORCE', since: consent?.signedAt.toISOString() }],
      consentsNotOnFile: [],
    });
    // Of what hangs on the referral it is the same person’s.
    const [clock] = await region.app.owner<{ id: string }>('select id from clock where referral_id = $1', [agreed]);
    const path = await explain('coordinator', { type: 'Clock', id: clock?.id, field: 'dueAt' });
    expect(path).toMatchObject({
      weighedConsents: [{ id: consent?.id, scope: 'CARE_TO_COORDINATOR', state: 'IN_FORCE' }],
    });
    // That another agency’s word was told is on its ledger.
    const told = await region.app.owner<{ what: object }>(
      `select what from disclosure where to_agency_id = $1 and what ? 'WeighedConsent'`,
      [sampleActor('coordinator').agencyId],
    );
    expect(told.length).toBeGreaterThan(0);
    const revoke =
      'mutation ($input: RevokeConsentInput!) { revokeConsent(input: $input) { ... on Consent { revokedAt } } }';
    const input = { consentId: consent?.id, method: 'ORAL' };
    const { data } = await (
      await region.app.as(sampleActor('officer'))
    )<{ revokeConsent: { revokedAt: string } }>(revoke, { input });
    expect(await explain('coordinator', named)).toMatchObject({
      isAllowed: false,
      reason: 'CONSENT',
      weighedConsents: [{ ...line, state: 'REVOKED', since: data?.revokeConsent.revokedAt }],
      consentsNotOnFile: [],
    });
  });

  it('hears nothing of a consent that another agency keeps', async () => {
    const agreed = await region.refer('officer', { ...byOfficer, consents: [forTreatment] });
    const [offer] = await region.app.owner<{ id: string }>('select id from offer where referral_id = $1', [agreed]);
    const seen = await explain('provider', { type: 'Offer', id: offer?.id, field: 'state' });
    expect(seen).toMatchObject({ weighedConsents: [], consents: [], consentsNotOnFile: [] });
  });

  it('hears the same of a record that is not theirs as of one that never was', async () => {
    const foreign = await explain('school', { field: 'person' });
    expect(foreign).toMatchObject({ isAllowed: false, relations: [] });
    expect(await explain('school', { id: '00000000-0000-7000-8000-000000000000', field: 'person' })).toEqual(foreign);
  });

  it('hears of a consent only what their list of consents shows', async () => {
    const sent = await region.refer('hospital', { ...byHospital, consents: [] });
    const [row] = await region.app.owner<{ person: string }>('select person_id as person from referral where id = $1', [
      sent,
    ]);
    const asked = { type: 'Person', id: row?.person, field: 'givenName' };
    const before = await explain('hospital', asked);
    expect(before).toMatchObject({ isAllowed: true, consents: [] });
    // Another agency has it signed, for whoever treats the person.
    await region.app.owner(
      `insert into consent select (jsonb_populate_record(c, jsonb_build_object('id', uuidv7(), 'person_id', $1::uuid))).*
       from consent c where c.recipient_kind = 'TREATING_PROVIDERS' and c.revoked_at is null limit 1`,
      [row?.person],
    );
    expect(await explain('hospital', asked)).toEqual(before);
  });

  it('hears nothing of a record of which their role sees nothing', async () => {
    const [row] = await region.app.owner<{ person: string }>('select person_id as person from referral where id = $1', [
      id,
    ]);
    const asked = { type: 'Person', field: 'givenName' };
    const unknown = await explain('privacy', { ...asked, id: '00000000-0000-7000-8000-000000000000' });
    expect(await explain('privacy', { ...asked, id: row?.person })).toEqual(unknown);
    expect(unknown).toMatchObject({ isAllowed: false, relations: [], consents: [] });
  });

  it('asks for a member of the own agency as its privacy officer only, and is on the trail for it', async () => {
    const membershipOf = async (user: SampleUserName): Promise<string> => {
      const [row] = await region.app.owner<{ id: string }>('select id from membership where account_id = $1', [
        sampleActor(user).id,
      ]);
      return row?.id ?? '';
    };
    const officer = await membershipOf('officer');
    const refused = { code: 'BAD_USER_INPUT', field: 'membershipId' };
    expect(await explain('hospital', { field: 'person', membershipId: officer })).toMatchObject(refused);
    expect(await explain('privacy', { field: 'person', membershipId: await membershipOf('hospital') })).toMatchObject(
      refused,
    );
    expect(await explain('privacy', { field: 'person' })).toMatchObject({ isAllowed: false, relations: [] });
    expect(await explain('privacy', { field: 'person', membershipId: officer })).toMatchObject({ isAllowed: true });
    const trail = await region.app.owner(
      `select 1 from audit_entry where action = 'explainAccess' and actor_id = $1 and kind = 'READ' and subject_id = $2
         and details -> 'AccessExplanation' -> 'ids' ? $3`,
      [sampleActor('privacy').id, id, officer],
    );
    expect(trail).toHaveLength(1);
  });

  it('hears it of what hangs on a referral, and of what another kind of work keeps', async () => {
    const [clock] = await region.app.owner<{ id: string }>('select id from clock where referral_id = $1', [id]);
    const own = { type: 'Clock', id: clock?.id, field: 'dueAt' };
    expect(await explain('coordinator', own)).toMatchObject({ isAllowed: true, relations: ['COORDINATING'] });
    expect(await explain('school', own)).toMatchObject({ isAllowed: false, relations: [] });
  });

  it('can ask of every type that holds records of people', async () => {
    // Answers about records, and no records.
    const answers = ['AccountedDisclosure', 'WeighedConsent'];
    const types = Object.entries(resources as Record<string, Resource>).filter(
      ([type, { source, isApart }]) => source && source.subject !== 'Agency' && !isApart && !answers.includes(type),
    );
    expect(types.length).toBeGreaterThan(28);
    for (const [type, { fields }] of types) {
      const [field] = Object.keys(fields);
      const unknown = await explain('coordinator', { type, id: '00000000-0000-7000-8000-000000000000', field });
      expect({ type, ...unknown }).toMatchObject({ type, isAllowed: false, relations: [], code: undefined });
    }
  });

  it('hears of what is shown with another record alone, as that record shows it', async () => {
    const idOf = async (table: string) =>
      (await region.app.owner<{ id: string }>(`select id from ${table} where referral_id = $1`, [id]))[0]?.id;
    const allowed = async (user: SampleUserName, type: string, table: string, field: string) =>
      explain(user, { type, id: await idOf(table), field });
    expect(await allowed('coordinator', 'MatchRun', 'match_run', 'asOf')).toMatchObject({ isAllowed: true });
    expect(await allowed('officer', 'MatchRun', 'match_run', 'asOf')).toMatchObject({ isAllowed: false });
    expect(await allowed('coordinator', 'MatchRun', 'match_run', 'overdosePreference')).toMatchObject({
      isAllowed: false,
      reason: 'CONSENT',
      consentsNotOnFile: ['CARE_TO_COORDINATOR'],
    });
    expect(await allowed('coordinator', 'ReferralChange', 'referral_change', 'at')).toMatchObject({ isAllowed: true });
    expect(await explain('coordinator', { type: 'QueueItem', id, field: 'since' })).toMatchObject({ isAllowed: true });
    expect(await explain('school', { type: 'QueueItem', id, field: 'since' })).toMatchObject({ relations: [] });
  });

  // In a state without a team the sender is as good as its own, which would open what a coordinator does.
  it('hears of no relation that opens nothing to them: not that somebody is in treatment where nobody is left', async () => {
    const teams = teamsOf(region.app);
    const [officer, operator, coordinator] = [
      await teams.police({ state: 'MT' }),
      sampleActor('platform-admin'),
      sampleActor('coordinator'),
    ];
    const { program, admitted } = closingWorld(() => ({
      app: region.app,
      officer,
      operator,
      coordinator,
      latitude: 64,
    }));
    const there = await program({ program: { part2Program: false } });
    const sent = await admitted(there, officer);
    const ask = await region.app.as(officer);
    const asked = { type: 'Referral', id: sent, field: 'state' };
    const relations = async () =>
      (await ask<{ explainAccess: Explained }>(EXPLAIN, asked)).data?.explainAccess.relations;
    expect(await relations()).toEqual(['SENDER']);
    await teams.leave(there.intake);
    expect(await relations()).toEqual(['SENDER']);
    const isAlone = { name: 'is-left-alone', text: 'select app.is_left_alone($1) as so' };
    expect(await region.app.unitOfWork.reader(officer).query(isAlone, [sent])).toEqual([{ so: false }]);
  });

  it('is told what cannot be explained', async () => {
    expect(await explain('officer', { type: 'Nothing', field: 'id' })).toMatchObject({ field: 'type' });
    expect(await explain('officer', { field: 'nothing' })).toMatchObject({ field: 'field' });
  });
});

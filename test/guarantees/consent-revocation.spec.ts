import { sampleActor, sampleAgencies } from '../../src/sample';
import { withClient } from '../../src/platform/database/embedded/client';
import { buildAgency } from '../builders/agencies';
import {
  byHospital,
  byOfficer,
  forTreatment,
  identityToCoordinator,
  outcomeToSender,
  programId,
  Region,
} from '../stories/region';

const REVOKE = `mutation ($input: RevokeConsentInput!) { revokeConsent(input: $input) {
  ... on Consent { permits inForce isActive revokedAt revocations { scopes isWhole askedBy method } }
  ... on Refused { code } } }`;
const REVOKE_ALL = `mutation ($input: RevokePersonConsentsInput!) { revokePersonConsents(input: $input) {
  ... on Person { id } ... on Refused { code } } }`;
const CONSENTS = `query ($id: ID!) { referral(id: $id) { person { id } consents { id scope isActive } } }`;

type User = 'coordinator' | 'officer' | 'hospital' | 'provider' | 'provider-women' | 'school';

describe('a consent that is taken back', () => {
  let region: Region;
  beforeAll(async () => {
    region = await Region.open();
  });
  afterAll(() => region.close());

  const ask = async (user: User, query: string, variables: object): Promise<Record<string, unknown>> => {
    const { data, errors } = await region.client.ask<Record<string, Record<string, unknown>>>(user, query, variables);
    expect(errors).toEqual([]);
    return Object.values(data ?? {})[0] ?? {};
  };
  const onFile = async (user: User, id: string) => {
    const { person, consents } = await ask(user, CONSENTS, { id });
    return {
      personId: (person as { id: string } | null)?.id ?? '',
      consents: consents as { id: string; scope: string; isActive: boolean }[],
    };
  };
  const revoke = (user: User, input: object) => ask(user, REVOKE, { input: { method: 'ORAL', ...input } });

  it('hides with the next read what it showed, in part or whole, and says who took it back and how', async () => {
    const id = await region.refer('hospital', { ...byHospital, consents: [forTreatment] });
    const offer = await region.offerIdOf('provider-women', id);
    await region.take('provider-women', 'acknowledgeOffer', { id: offer });
    expect(await region.look('provider-women', id)).toMatchObject({ person: { familyName: 'Sample' } });
    const [consent] = (await onFile('hospital', id)).consents;

    const part = { consentId: consent?.id, scopes: ['IDENTITY_BEFORE_ACCEPTANCE'] };
    expect(await revoke('hospital', part)).toEqual({
      permits: ['TREATMENT_PAYMENT_OPERATIONS', 'IDENTITY_BEFORE_ACCEPTANCE'],
      inForce: ['TREATMENT_PAYMENT_OPERATIONS'],
      isActive: true,
      revokedAt: null,
      revocations: [{ scopes: ['IDENTITY_BEFORE_ACCEPTANCE'], isWhole: false, askedBy: 'PERSON', method: 'ORAL' }],
    });
    expect(await region.look('provider-women', id)).toMatchObject({ person: null });
    expect(await revoke('hospital', part)).toEqual({ code: 'ILLEGAL_TRANSITION' });
    await region.app.runDue();
    expect(await region.look('provider-women', id)).not.toBeNull();

    const whole = await revoke('hospital', {
      consentId: consent?.id,
      askedBy: 'LEGAL_REPRESENTATIVE',
      method: 'WRITTEN',
    });
    expect(whole).toMatchObject({ inForce: [], isActive: false, revokedAt: expect.any(String) });
    expect(await revoke('hospital', { consentId: consent?.id })).toEqual({ code: 'ILLEGAL_TRANSITION' });
  });

  it('is taken back by who may sign for the person, and by nobody else', async () => {
    const child = { ...byHospital.person, ageYears: 13 };
    for (const [person, stranger] of [
      [byHospital.person, 'PARENT'],
      [child, 'PARENT'],
      [child, 'LEGAL_REPRESENTATIVE'],
    ]) {
      const id = await region.refer('hospital', { ...byHospital, person, consents: [forTreatment] });
      const { personId, consents } = await onFile('hospital', id);
      const input = { askedBy: stranger, method: 'ORAL' };
      const refused = { code: 'INVALID_INPUT', field: 'input.askedBy', remedy: expect.any(String) };
      const told = (query: string) => query.replace('{ code }', '{ code field remedy }');
      expect(await ask('hospital', told(REVOKE), { input: { ...input, consentId: consents[0]?.id } })).toEqual(refused);
      expect(await ask('hospital', told(REVOKE_ALL), { input: { ...input, personId } })).toEqual(refused);
      expect((await onFile('hospital', id)).consents[0]).toMatchObject({ isActive: true });
      expect(await ask('hospital', REVOKE_ALL, { input: { personId, method: 'ORAL' } })).toEqual({ id: personId });
    }
    await region.app.runDue();
  });

  it('recalls the offers of what rested on it', async () => {
    const id = await region.refer('hospital', { ...byHospital, consents: [forTreatment] });
    const offer = await region.offerIdOf('provider-women', id);
    const other = await region.refer('officer', { ...byOfficer, consents: [outcomeToSender] });
    const [consent] = (await onFile('hospital', id)).consents;
    await revoke('hospital', { consentId: consent?.id });
    await region.app.runDue();
    expect(await region.look('provider-women', id)).toBeNull();
    expect(await region.look('coordinator', id)).toMatchObject({ state: 'RECALLED' });
    expect(await region.take('provider-women', 'acceptOffer', { id: offer })).toMatchObject({
      code: 'ILLEGAL_TRANSITION',
    });
    expect(await region.look('coordinator', other)).toMatchObject({ state: 'ACCEPTED' });
  });

  it('tells a sender behind the valve nothing of the arrival', async () => {
    const seen = [];
    for (const hasArrived of [false, true]) {
      const id = await region.refer('officer', { ...byOfficer, consents: [forTreatment] });
      if (hasArrived) await region.take('provider', 'recordArrival', { id });
      const [consent] = (await onFile('officer', id)).consents;
      await revoke('officer', { consentId: consent?.id });
      await region.app.runDue();
      seen.push({ ...(await region.look('officer', id)), id: null, person: null, episode: null });
      expect(await region.look('coordinator', id)).toMatchObject({ state: hasArrived ? 'ARRIVED' : 'RECALLED' });
    }
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[0]).toMatchObject({ progress: 'CLOSED' });
  });

  it('leaves alone what rests on a new signature', async () => {
    const id = await region.refer('hospital', { ...byHospital, consents: [forTreatment] });
    const [consent] = (await onFile('hospital', id)).consents;
    await revoke('hospital', { consentId: consent?.id });
    await region.give('hospital', 'recordConsent', { referralId: id, consent: forTreatment });
    await region.app.runDue();
    expect(await region.look('coordinator', id)).toMatchObject({ state: 'OFFERED' });
  });

  it('is taken back at any agency that knows the person, whoever recorded it', async () => {
    const consents = [outcomeToSender, identityToCoordinator];
    const id = await region.refer('officer', { ...byOfficer, consents });
    const { personId } = await onFile('officer', id);
    expect(await region.look('officer', id)).toMatchObject({ destination: {} });
    expect(await region.look('coordinator', id)).toMatchObject({ person: { familyName: 'Sample' } });
    const all = { personId, method: 'ORAL' };
    expect(await ask('school', REVOKE_ALL, { input: all })).toEqual({ code: 'NOT_FOUND' });
    // The program that accepted the person knows them; it may not even see these consents.
    expect(await ask('provider', REVOKE_ALL, { input: { ...all, scopes: ['OUTCOME_TO_SENDER'] } })).toEqual({
      id: personId,
    });
    expect(await region.look('officer', id)).toMatchObject({ destination: null });
    expect(await region.look('coordinator', id)).toMatchObject({ person: { familyName: 'Sample' } });
    expect(await ask('provider', REVOKE_ALL, { input: all })).toEqual({ id: personId });
    expect(await region.look('coordinator', id)).toMatchObject({ person: null });
    expect(await ask('provider', REVOKE_ALL, { input: all })).toEqual({ id: personId });
    expect((await onFile('officer', id)).consents.map(({ isActive }) => isActive)).toEqual([false, false]);
  });

  it('is no other agency’s to take back by its id', async () => {
    const id = await region.refer('officer', { ...byOfficer, consents: [outcomeToSender] });
    const [consent] = (await onFile('officer', id)).consents;
    for (const user of ['hospital', 'provider', 'school'] as const) {
      expect(await revoke(user, { consentId: consent?.id })).toEqual({ code: 'NOT_FOUND' });
    }
  });

  it('hides nothing that another consent still says', async () => {
    const id = await region.refer('officer', { ...byOfficer, consents: [identityToCoordinator] });
    await region.give('officer', 'recordConsent', { referralId: id, consent: identityToCoordinator });
    const { consents } = await onFile('officer', id);
    await revoke('officer', { consentId: consents[0]?.id });
    expect(await region.look('coordinator', id)).toMatchObject({ person: { familyName: 'Sample' } });
    await revoke('officer', { consentId: consents[1]?.id });
    expect(await region.look('coordinator', id)).toMatchObject({ person: null });
  });

  it('closes the wall in the database around the agency whose consent has gone, and around no other', async () => {
    const id = await region.refer('officer', { ...byOfficer, consents: [identityToCoordinator] });
    const { personId, consents } = await onFile('officer', id);
    const team = sampleActor('coordinator').agencyId;
    const other = (await buildAgency(region.app.database, { kind: 'OUTREACH_TEAM' })).id;
    await region.app.owner(
      `with signed as (insert into consent select (jsonb_populate_record(null::consent,
           to_jsonb(c) || jsonb_build_object('id', uuidv7(), 'recipient_agency_id', $2::uuid))).* from consent c where c.id = $1)
       insert into person_party (agency_id, person_id, basis) values ($2, $3, 'COORDINATION_WITH_CONSENT')`,
      [consents[0]?.id, other, personId],
    );
    /** With the application’s login in psql, in the context of an agency. */
    const rows = (agencyId: string) =>
      withClient(region.app.database.appUrl, async (client) => {
        await client.query('begin; set local role handrail_app');
        await client.query("select set_config('app.agency_id', $1, true)", [agencyId]);
        return (await client.query('select 1 from person where id = $1', [personId])).rowCount;
      });
    expect([await rows(team), await rows(other)]).toEqual([1, 1]);
    await revoke('officer', { consentId: consents[0]?.id });
    expect([await rows(team), await rows(other)]).toEqual([0, 1]);
  });

  it('hides with the next page what the page before would have shown', async () => {
    const older = await region.refer('officer', { ...byOfficer, consents: [identityToCoordinator] });
    const newer = await region.refer('officer', { ...byOfficer, consents: [identityToCoordinator] });
    const page = async (after: string | null) => {
      const { data, errors } = await region.client.ask<{
        referrals: { nodes: object[]; pageInfo: { endCursor: string } };
      }>(
        'coordinator',
        `query ($after: String) { referrals(first: 1, after: $after) { nodes { id person { familyName } withheld { field reason } }
          pageInfo { endCursor } } }`,
        { after },
      );
      expect(errors).toEqual([]);
      return { node: data?.referrals.nodes[0], cursor: data?.referrals.pageInfo.endCursor ?? null };
    };
    const first = await page(null);
    expect(first.node).toMatchObject({ id: newer, person: { familyName: 'Sample' } });
    expect((await page(first.cursor)).node).toMatchObject({ id: older, person: { familyName: 'Sample' } });
    const [consent] = (await onFile('officer', older)).consents;
    await revoke('officer', { consentId: consent?.id });
    expect((await page(first.cursor)).node).toMatchObject({
      id: older,
      person: null,
      withheld: expect.arrayContaining([{ field: 'person', reason: 'CONSENT' }]),
    });
  });

  describe('where another consent still names one clinic', () => {
    const referredTo = async (clinic: 'women' | 'residential') => {
      const id = await region.refer('hospital', { ...byHospital, consents: [forTreatment] });
      const [general] = (await onFile('hospital', id)).consents;
      await region.app.owner(
        `insert into consent select (jsonb_populate_record(null::consent, to_jsonb(c) || jsonb_build_object('id', uuidv7(),
           'recipient_kind', 'CARE', 'recipient_agency_id', $2::uuid))).* from consent c where c.id = $1`,
        [general?.id, sampleAgencies[clinic].id],
      );
      return { id, revoke: () => revoke('hospital', { consentId: general?.id }) };
    };
    const offersOf = async (id: string) =>
      Object.fromEntries(
        ((await region.look('coordinator', id))?.offers ?? []).map(({ program, state }) => [program?.id, state]),
      );
    const [atWomen, atResidential] = [programId('women'), programId('residential')];

    it('recalls the offers to all others, and asks nobody else', async () => {
      const { id, revoke: takeBack } = await referredTo('women');
      const other = await region.offerIdOf('provider-residential', id);
      expect(await offersOf(id)).toEqual({ [atWomen]: 'PENDING', [atResidential]: 'PENDING' });
      await takeBack();
      expect(await region.take('provider-residential', 'acceptOffer', { id: other })).toMatchObject({
        code: 'CONSENT_REQUIRED',
      });
      await region.app.runDue();
      expect(await region.look('provider-residential', id)).toBeNull();
      expect(await offersOf(id)).toEqual({ [atWomen]: 'PENDING', [atResidential]: 'WITHDRAWN' });
      const offer = await region.offerIdOf('provider-women', id);
      await region.give('provider-women', 'declineOffer', { offerId: offer, reason: 'NO_PLACE' });
      await region.postRoom('provider-residential', 'residential', 3);
      await region.app.runDue();
      expect(await region.look('coordinator', id)).toMatchObject({ state: 'WAITLISTED' });
      const choice = { referralId: id, programId: atResidential };
      expect(await region.give('coordinator', 'offerReferral', choice)).toMatchObject({ code: 'CONSENT_REQUIRED' });
      expect(await offersOf(id)).toEqual({ [atWomen]: 'DECLINED', [atResidential]: 'WITHDRAWN' });
      await region.give('hospital', 'recordConsent', { referralId: id, consent: forTreatment });
      expect(await region.give('coordinator', 'offerReferral', choice)).toMatchObject({ code: null });
      expect(await region.look('coordinator', id)).toMatchObject({ state: 'OFFERED' });
    });

    it('moves on to that clinic when nobody else is left who may be asked', async () => {
      const { id, revoke: takeBack } = await referredTo('women');
      await region.app.owner(
        `update offer set state = 'WITHDRAWN', ended_at = now(), withdraw_reason = 'ANOTHER_ACCEPTED' where referral_id = $1 and program_id = $2`,
        [id, atWomen],
      );
      await takeBack();
      await region.app.runDue();
      expect(await region.offerIdOf('provider-women', id)).toBeTruthy();
      expect(await region.look('provider-residential', id)).toBeNull();
    });

    it.each(['women', 'residential'] as const)(
      'keeps the place at the clinic it names, and no other: %s',
      async (clinic) => {
        const { id, revoke: takeBack } = await referredTo(clinic);
        const offer = await region.offerIdOf('provider-women', id);
        expect(await region.take('provider-women', 'acceptOffer', { id: offer })).toMatchObject({ code: null });
        await takeBack();
        await region.app.runDue();
        const state = clinic === 'women' ? 'ACCEPTED' : 'RECALLED';
        expect(await region.look('coordinator', id)).toMatchObject({ state });
        expect((await region.look('provider-women', id)) !== null).toBe(clinic === 'women');
      },
    );
  });

  // The last: the clock goes on by a year.
  it('ends by itself at its expiry', async () => {
    const id = await region.refer('officer', { ...byOfficer, consents: [identityToCoordinator] });
    const query = 'query ($id: ID!) { referral(id: $id) { consents { id expiresAt isActive } } }';
    const [signed] = (await ask('officer', query, { id })).consents as { id: string; expiresAt: string }[];
    const expiry = new Date(signed?.expiresAt ?? '');
    region.app.clock.advanceTo(new Date(expiry.getTime() - 20_000));
    expect(await region.look('coordinator', id)).toMatchObject({ person: { familyName: 'Sample' } });
    region.app.clock.advanceTo(expiry);
    expect(await region.look('coordinator', id)).toMatchObject({ person: null });
    expect((await ask('officer', query, { id })).consents).toMatchObject([{ isActive: false }]);
    expect(await region.toldOfConsents(id)).toBe(1);
    // In the database as well, with the login that answers in psql, and for whatever rests on knowing the person.
    const { personId } = await onFile('officer', id);
    const rows = await withClient(region.app.database.appUrl, async (client) => {
      await client.query('begin; set local role handrail_app');
      await client.query("select set_config('app.agency_id', $1, true)", [sampleActor('coordinator').agencyId]);
      await client.query("select set_config('app.clock_offset', $1, true)", [region.app.clock.interval()]);
      return (await client.query('select 1 from person where id = $1', [personId])).rowCount;
    });
    expect(rows).toBe(0);
    const { scope: _, ...signature } = identityToCoordinator;
    const give = (user: User, [first = '', ...rest]: string, input: object) =>
      ask(
        user,
        `mutation ($input: ${first.toUpperCase()}${rest.join('')}Input!) {
      ${first}${rest.join('')}(input: $input) { ... on Refused { code } } }`,
        { input: { personId, ...input } },
      );
    const closed = { code: 'NOT_FOUND' };
    expect(await give('coordinator', 'requestAccounting', { source: 'INTERMEDIARY' })).toEqual(closed);
    expect(await give('coordinator', 'recordPersonConsent', signature)).toEqual(closed);
    // Signed anew, it is open again, for as long as that consent.
    const anew = { signedAt: expiry.toISOString(), recipientAgencyId: sampleActor('coordinator').agencyId };
    expect(await give('officer', 'recordPersonConsent', { ...signature, ...anew })).toEqual({});
    expect(await region.toldOfConsents(id)).toBe(2);
    expect(await region.look('coordinator', id)).toMatchObject({ person: { familyName: 'Sample' } });
  });
});

import { createHash } from 'node:crypto';
import { sampleAgencies } from '../../src/sample';
import {
  byHospital,
  byOfficer,
  forTreatment,
  identityBeforeAcceptance,
  identityToCoordinator,
  jo,
  outcomeToSender,
  Region,
} from '../stories/region';

const RECORD = `mutation ($input: RecordPersonConsentInput!) {
  recordPersonConsent(input: $input) {
    __typename
    ... on Consent { id kind permits recipientKind recipientName recipientAgency { id } purposes information disclosers
      expiry expiresAt signedBy coSignedBy signatureMethod textVersion textHash stateRules isActive recordedBy { id } }
    ... on Refused { code field details }
  }
}`;
const ELEMENTS = `query ($id: ID!) { referral(id: $id) { person { id } consents {
  scope kind permits disclosers information recipientKind purposes expiry expiresAt signedAt signedBy signatureMethod textVersion textHash
  stateRules isActive recipientAgency { id } } } }`;

type Fields = Record<string, unknown>;
const signature = {
  signedAt: outcomeToSender.signedAt,
  signedBy: 'PERSON',
  signatureMethod: 'ON_SCREEN',
};

describe('a consent', () => {
  let region: Region;
  beforeAll(async () => {
    region = await Region.open();
  });
  afterAll(() => region.close());

  const ask = async (user: 'officer' | 'hospital' | 'school', query: string, variables: object): Promise<Fields> => {
    const { data, errors } = await region.client.ask<Record<string, Fields>>(user, query, variables);
    expect(errors).toEqual([]);
    return Object.values(data ?? {})[0] ?? {};
  };
  const personOf = async (id: string): Promise<string> =>
    ((await ask('officer', ELEMENTS, { id }))['person'] as { id: string }).id;
  const record = (input: object) => ask('officer', RECORD, { input: { ...signature, ...input } });
  const consentsOnFile = async (): Promise<number> =>
    (await region.app.owner<{ n: number }>('select count(*)::int as n from consent'))[0]?.n ?? 0;

  it('is shown before it is signed, in English and Spanish, with the hash that is kept', async () => {
    const query = `query ($language: String!) { consentTexts(language: $language) { version title body hash permits } }`;
    for (const language of ['en', 'es']) {
      const texts = (await ask('school', query, { language })) as unknown as Record<string, string>[];
      expect(texts.length).toBeGreaterThanOrEqual(8);
      for (const { version = '', title = '', body = '', hash } of texts) {
        expect(version.endsWith(`/1/${language}`)).toBe(true);
        expect(createHash('sha256').update(`${title}\n\n${body}`).digest('hex')).toBe(hash);
      }
    }
    const unknown = await region.client.ask('officer', query, { language: 'tlh' });
    expect(unknown.errors[0]).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('has every element of 42 CFR 2.31 from five words of a phone', async () => {
    const id = await region.refer('officer', { ...byOfficer, consents: [outcomeToSender, forTreatment] });
    const { consents } = await ask('officer', ELEMENTS, { id });
    expect(consents).toEqual([
      expect.objectContaining({
        scope: 'OUTCOME_TO_SENDER',
        kind: 'NAMED_RECIPIENT',
        disclosers: ['TREATMENT_PROGRAMS'],
        information: ['OUTCOME'],
        recipientKind: 'POLICE',
        recipientAgency: { id: sampleAgencies.police.id },
        purposes: ['CLOSE_THE_LOOP'],
        expiry: 'ON_DATE',
        expiresAt: expect.any(String),
        signedBy: 'PERSON',
        signatureMethod: 'ON_SCREEN',
        textVersion: 'outcome-to-sender/1/en',
        textHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        stateRules: 'OH/1',
        isActive: true,
      }),
      expect.objectContaining({
        kind: 'TREATMENT_PAYMENT_OPERATIONS',
        permits: ['TREATMENT_PAYMENT_OPERATIONS', 'IDENTITY_BEFORE_ACCEPTANCE'],
        recipientKind: 'TREATING_PROVIDERS',
        recipientAgency: null,
      }),
    ]);
  });

  it.each([
    ['the text', { textVersion: null }, '42 CFR 2.31(a)(8)', 'textVersion'],
    ['who signed', { signedBy: null }, '42 CFR 2.31(a)(8)', 'signedBy'],
    ['how it was signed', { signatureMethod: null }, '42 CFR 2.31(a)(8)', 'signatureMethod'],
    ['when', { signedAt: null }, '42 CFR 2.31(a)(9)', 'signedAt'],
    ['an end', { expiry: 'NONE' }, '42 CFR 2.31(a)(7)', 'expiresAt'],
  ])('without %s is refused, naming it, and nothing is half done', async (_, change, element, field) => {
    const before = await consentsOnFile();
    const refused = await region.give('officer', 'submitReferral', {
      ...byOfficer,
      consents: [forTreatment, { ...outcomeToSender, ...change }],
    });
    expect(refused).toMatchObject({ code: 'CONSENT_INCOMPLETE', details: { element } });
    const recorded = await record({
      personId: await personOf(await region.refer('officer', byOfficer)),
      ...outcomeOf(change),
    });
    expect(recorded).toMatchObject({ code: 'CONSENT_INCOMPLETE', field: `input.${field}` });
    expect(await consentsOnFile()).toBe(before);
  });
  const outcomeOf = (change: object) => ({
    textVersion: 'outcome-to-sender/1/en',
    recipientAgencyId: sampleAgencies.police.id,
    ...change,
  });

  it('carries the person’s name', async () => {
    const nameless = { ...byOfficer, person: { ageYears: 34 }, consents: [outcomeToSender] };
    const refused = await region.give('officer', 'submitReferral', nameless);
    expect(refused).toMatchObject({ code: 'CONSENT_INCOMPLETE', details: { element: '42 CFR 2.31(a)(1)' } });
  });

  it('is recorded under the text that was shown, and under no other', async () => {
    const other = { ...outcomeToSender, textVersion: 'treatment/1/en' };
    const unknown = { ...outcomeToSender, textVersion: 'outcome-to-sender/99/en' };
    for (const wrong of [other, unknown]) {
      const refused = await region.give('officer', 'submitReferral', { ...byOfficer, consents: [wrong] });
      expect(refused).toMatchObject({ code: 'INVALID_INPUT' });
    }
  });

  it('names its recipient: agencies of their kind, courts and volunteers in words', async () => {
    const personId = await personOf(await region.refer('officer', byOfficer));
    const school = await record({ personId, ...outcomeOf({ recipientAgencyId: sampleAgencies.school.id }) });
    expect(school).toMatchObject({ recipientKind: 'SCHOOL', recipientAgency: { id: sampleAgencies.school.id } });
    const court = await record({ personId, textVersion: 'court/1/es', recipientName: 'Sample Municipal Court' });
    expect(court).toMatchObject({ kind: 'NAMED_RECIPIENT', recipientKind: 'COURT', permits: [], isActive: true });
    const volunteer = await record({ personId, textVersion: 'volunteer/1/en', recipientName: 'A driver' });
    expect(volunteer).toMatchObject({ recipientKind: 'VOLUNTEER', recipientName: 'A driver' });
    const notes = { personId, textVersion: 'counseling-notes/1/en', recipientAgencyId: sampleAgencies.hospital.id };
    expect(await record(notes)).toMatchObject({ kind: 'COUNSELING_NOTES', permits: [], recipientKind: 'CARE' });
    const wrong = [
      { textVersion: 'counseling-notes/1/en', recipientAgencyId: sampleAgencies.police.id },
      { textVersion: 'treatment/1/en', recipientAgencyId: sampleAgencies.police.id },
      { textVersion: 'court/1/en' },
      { textVersion: 'court/1/en', recipientAgencyId: sampleAgencies.police.id },
      { textVersion: 'outcome-to-sender/1/en', recipientName: 'Somebody' },
      { textVersion: 'outcome-to-sender/1/en' },
      { textVersion: 'treatment/1/en', recipientName: 'Somebody' },
      { textVersion: 'identity-before-acceptance/1/en', recipientName: 'Somebody' },
    ];
    for (const input of wrong) {
      const refused = await record({ personId, ...input });
      expect([input, refused['code'], refused['details']]).toMatchObject([
        input,
        'CONSENT_INCOMPLETE',
        { element: '42 CFR 2.31(a)(4)(i)' },
      ]);
    }
  });

  it('for treatment, payment and operations permits nothing to police, and the reverse', async () => {
    const id = await region.refer('officer', { ...byOfficer, consents: [forTreatment] });
    expect(await region.look('officer', id)).toMatchObject({ destination: null, arrivedAt: null });
    const personId = await personOf(id);
    const scopesOf = async (agencyId: string) =>
      (
        await region.app.owner<{ scopes: string[] }>(
          `with worker as materialized (select set_config('role', 'handrail_worker', true))
           select app.active_consents($1, $2) as scopes from worker`,
          [personId, agencyId],
        )
      )[0]?.scopes;
    expect(await scopesOf(sampleAgencies.police.id)).toEqual([]);
    expect(await scopesOf(sampleAgencies.school.id)).toEqual([]);
    expect((await scopesOf(sampleAgencies.hospital.id))?.sort()).toEqual([
      'IDENTITY_BEFORE_ACCEPTANCE',
      'TREATMENT_PAYMENT_OPERATIONS',
    ]);
    await record({ personId, ...outcomeOf({}) });
    expect(await scopesOf(sampleAgencies.police.id)).toEqual(['OUTCOME_TO_SENDER']);
  });

  it('is listed to who recorded it and to whom it names, and to nobody else', async () => {
    const id = await region.refer('officer', { ...byOfficer, consents: [forTreatment] });
    const personId = await personOf(id);
    await record({ personId, ...outcomeOf({ recipientAgencyId: sampleAgencies.school.id }) });
    const list = `query ($id: ID!) { consents(personId: $id) { nodes { id kind recipientKind recordedBy { id } } } }`;
    const seen = async (user: 'officer' | 'hospital' | 'school') =>
      ((await ask(user, list, { id: personId }))['nodes'] as { recipientKind: string }[]).map(
        (one) => one.recipientKind,
      );
    expect([await seen('officer'), await seen('school'), await seen('hospital')]).toEqual([
      ['TREATING_PROVIDERS', 'SCHOOL'],
      ['SCHOOL'],
      [],
    ]);
    const stranger = await ask('hospital', RECORD, { input: { ...signature, personId, ...outcomeOf({}) } });
    expect(stranger).toMatchObject({ code: 'NOT_FOUND' });
  });

  describe('signed after others came to take part', () => {
    const acknowledged = async (): Promise<string> => {
      const id = await region.refer('hospital', byHospital);
      await region.take('provider-women', 'acknowledgeOffer', { id: await region.offerIdOf('provider-women', id) });
      return id;
    };
    const shown = async (id: string) => [
      (await region.look('provider-women', id))?.person?.familyName,
      (await region.look('coordinator', id))?.person?.familyName,
    ];
    const idFor = async (id: string) => (await region.look('hospital', id))?.person?.id ?? '';
    const ways = {
      recordConsent: (referralId: string, consent: typeof forTreatment) =>
        region.give('hospital', 'recordConsent', { referralId, consent }),
      recordPersonConsent: async (referralId: string, { textVersion }: typeof forTreatment) => {
        const isForTeam = textVersion === identityToCoordinator.textVersion;
        const recipientAgencyId = isForTeam ? sampleAgencies.outreach.id : null;
        const input = { ...signature, personId: await idFor(referralId), textVersion, recipientAgencyId };
        return region.give('hospital', 'recordPersonConsent', input);
      },
    };

    it.each(Object.keys(ways) as (keyof typeof ways)[])(
      'shows by %s who it is to those it speaks to, from the next read until it is taken back',
      async (way) => {
        const id = await acknowledged();
        const personId = await idFor(id);
        expect(await shown(id)).toEqual([undefined, undefined]);
        expect(await ways[way](id, identityBeforeAcceptance)).toMatchObject({ code: null });
        expect(await shown(id)).toEqual(['Sample', undefined]);
        expect(await ways[way](id, identityToCoordinator)).toMatchObject({ code: null });
        expect(await shown(id)).toEqual(['Sample', 'Sample']);
        // To whom is in the trails of those alone: whoever records it is not told who takes part.
        const trails = `select agency_id as id from audit_entry where action = 'person.shown' and subject_id = $1 order by at`;
        expect(await region.app.owner(trails, [personId])).toEqual(
          [sampleAgencies.women, sampleAgencies.outreach].map((agency) => ({ id: agency.id })),
        );
        const revoke = `mutation ($input: RevokePersonConsentsInput!) { revokePersonConsents(input: $input) { __typename } }`;
        await ask('hospital', revoke, { input: { personId, scopes: ['IDENTITY_TO_COORDINATOR'], method: 'ORAL' } });
        expect(await shown(id)).toEqual(['Sample', undefined]);
        await ask('hospital', revoke, { input: { personId, method: 'ORAL' } });
        const rows = 'select basis from person_party where person_id = $1';
        expect(await region.app.owner(rows, [personId])).toEqual([{ basis: 'INTAKE' }]);
      },
    );

    it('shows nobody who it is that has not acknowledged, nor any more who has declined', async () => {
      const id = await region.refer('hospital', byHospital);
      expect(await ways.recordPersonConsent(id, forTreatment)).toMatchObject({ code: null });
      expect(await shown(id)).toEqual([undefined, undefined]);
      const declined = await acknowledged();
      const offerId = await region.offerIdOf('provider-women', declined);
      await region.give('provider-women', 'declineOffer', { offerId, reason: 'STAFFING' });
      expect(await ways.recordPersonConsent(declined, forTreatment)).toMatchObject({ code: null });
      const rows = 'select basis from person_party where person_id = any($1::uuid[])';
      const personIds = [await idFor(id), await idFor(declined)];
      expect(await region.app.owner(rows, [personIds])).toEqual([{ basis: 'INTAKE' }, { basis: 'INTAKE' }]);
    });

    it('is missed by no acknowledgement at the same moment', async () => {
      for (let round = 0; round < 3; round += 1) {
        const id = await region.refer('hospital', byHospital);
        const offerId = await region.offerIdOf('provider-women', id);
        await Promise.all([
          ways.recordPersonConsent(id, identityBeforeAcceptance),
          region.take('provider-women', 'acknowledgeOffer', { id: offerId }),
        ]);
        expect(await shown(id)).toEqual(['Sample', undefined]);
      }
    });
  });

  describe('of a minor', () => {
    const child = (ageYears: number) => ({ ...byOfficer, person: { ...jo, ageYears } });
    const by = (signedBy: string, coSignedBy: string | null = null) => [{ ...outcomeToSender, signedBy, coSignedBy }];
    const submit = async (ageYears: number, consents: object[]) => {
      const { code, details } = await region.give('officer', 'submitReferral', { ...child(ageYears), consents });
      return code === null ? null : [code, details['rule']];
    };

    it('is signed by nobody else where the state lets minors ask for treatment alone', async () => {
      expect(await submit(15, by('PERSON'))).toBeNull();
      expect(await submit(15, by('PARENT'))).toEqual(['CONSENT_INCOMPLETE', 'MINOR_SIGNS_ALONE']);
      expect(await submit(15, by('PERSON', 'PARENT'))).toEqual(['CONSENT_INCOMPLETE', 'MINOR_SIGNS_ALONE']);
      expect(await submit(34, by('PARENT'))).toEqual(['CONSENT_INCOMPLETE', 'ADULT_SIGNS']);
    });

    it('is as old at every later signature as was told at intake', async () => {
      const personId = await personOf(await region.refer('officer', child(13)));
      const later = { personId, ...outcomeOf({}) };
      expect(await record({ ...later, signedBy: 'LEGAL_REPRESENTATIVE' })).toMatchObject({
        code: 'CONSENT_INCOMPLETE',
        field: 'input.signedBy',
        details: { rule: 'MINOR_SIGNS_ALONE' },
      });
      expect(await record(later)).toMatchObject({ isActive: true });
    });

    it('is signed by both where it does not, and an unknown age decides nothing there', async () => {
      await region.app.owner(`update agency set state = 'IN' where id = $1`, [sampleAgencies.police.id]);
      expect(await submit(15, by('PERSON'))).toEqual(['CONSENT_INCOMPLETE', 'PARENT_SIGNS_TOO']);
      expect(await submit(15, by('PERSON', 'LEGAL_GUARDIAN'))).toBeNull();
      const ageless = { ...byOfficer, person: { familyName: 'Sample' }, consents: by('PERSON') };
      const refused = await region.give('officer', 'submitReferral', ageless);
      expect(refused).toMatchObject({ code: 'CONSENT_INCOMPLETE', details: { rule: 'UNKNOWN_AGE' } });
      await region.app.owner(`update agency set state = 'OH' where id = $1`, [sampleAgencies.police.id]);
    });
  });
});

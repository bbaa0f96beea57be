import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, getNamedType, isInputObjectType, isLeafType, isObjectType, isRequiredArgument } from 'graphql';
import { mayRead, PROTECTED, resources, roles, type Facts, type Role } from '../../src/access';
import { sampleActor } from '../../src/sample';
import type { Ask } from '../setup/app';
import { EmergencyWard } from './emergency';

const RECORD = `mutation ($input: RecordLegalRequestInput!) { recordLegalRequest(input: $input) { __typename
  ... on LegalRequest { id kind issuer decision } ... on Refused { code field remedy } } }`;
const LIST = '{ legalRequests { nodes { id kind issuer receivedAt decision recordedAt recordedBy } } }';
const warrant = {
  kind: 'SEARCH_WARRANT',
  issuer: 'COURT',
  receivedAt: '2026-01-02T03:04:05Z',
  decision: 'REFUSED_NEEDS_COURT_ORDER',
};
const everything: Facts = {
  relations: ['OWN_AGENCY', 'KNOWN', 'SENDER', 'COORDINATING', 'OFFERED', 'ACKNOWLEDGED', 'RECEIVER', 'EMERGENCY'],
  consents: [
    'IDENTITY_BEFORE_ACCEPTANCE',
    'OUTCOME_TO_SENDER',
    'IDENTITY_TO_COORDINATOR',
    'TREATMENT_PAYMENT_OPERATIONS',
  ],
};
const protectedFieldsOf = (role: Role): string[] =>
  Object.entries(resources).flatMap(([type, { fields }]) =>
    Object.entries(fields)
      .filter(([field, fieldClass]) => {
        const actor = { ...sampleActor('officer'), role, purpose: 'MEDICAL_EMERGENCY' } as const;
        return PROTECTED.has(fieldClass) && mayRead(actor, type, field, everything);
      })
      .map(([field, fieldClass]) => `${type}.${field} ${fieldClass}`),
  );

describe('a request by way of law', () => {
  let ward: EmergencyWard;
  let police: Ask;
  let detox: Ask;
  beforeAll(async () => {
    ward = await EmergencyWard.open();
    police = await ward.privacyOfficer('police');
    detox = await ward.privacyOfficer('detox');
  });
  afterAll(() => ward.close());

  it('is recorded by the privacy officer, with a decision that the regulation leaves to it', async () => {
    const { receivedAt: _, ...shown } = warrant;
    expect(await ward.said(detox(RECORD, { input: warrant }))).toMatchObject(shown);
    const answered = { ...warrant, decision: 'ANSWERED_OUTSIDE_HANDRAIL' };
    for (const kind of ['SUBPOENA', 'SEARCH_WARRANT', 'POLICE_REQUEST']) {
      const refused = await ward.said(detox(RECORD, { input: { ...answered, kind } }));
      expect(refused).toMatchObject({ code: 'INVALID_INPUT', field: 'input.decision' });
    }
    expect(await ward.said(detox(RECORD, { input: { ...answered, kind: 'COURT_ORDER_WITH_SUBPOENA' } }))).toMatchObject(
      {
        __typename: 'LegalRequest',
      },
    );
    const late = { ...warrant, receivedAt: '2190-01-01T00:00:00Z' };
    expect(await ward.said(detox(RECORD, { input: late }))).toMatchObject({ code: 'INVALID_INPUT' });
    const { data } = await detox<{ legalRequests: { nodes: object[] } }>(LIST);
    expect(data?.legalRequests.nodes).toHaveLength(2);
    expect((await police<{ legalRequests: { nodes: object[] } }>(LIST)).data?.legalRequests.nodes).toEqual([]);
    await expect(ward.app.owner('update legal_request set decision = decision')).rejects.toThrow();
  });

  it('is nobody else’s to record or to read', async () => {
    for (const user of [
      'officer',
      'medic',
      'hospital',
      'provider',
      'coordinator',
      'admin',
      'platform-admin',
      'analyst',
    ] as const) {
      for (const [query, variables] of [
        [RECORD, { input: warrant }],
        [LIST, {}],
      ] as const) {
        const { errors } = await ward.ask(user, query, variables, {});
        expect([user, errors[0]?.extensions['code']]).toEqual([user, 'FORBIDDEN']);
      }
    }
  });

  it('leads nowhere: its record holds no person, and no query, command or input takes it', () => {
    const schema = buildSchema(readFileSync(join(__dirname, '../../schema.graphql'), 'utf8'));
    const type = schema.getType('LegalRequest');
    const fields = isObjectType(type) ? Object.values(type.getFields()) : [];
    expect(fields.length).toBeGreaterThan(5);
    expect(fields.filter((field) => field.name !== 'withheld' && !isLeafType(getNamedType(field.type)))).toEqual([]);
    const taking = Object.values(schema.getTypeMap()).flatMap((one) => {
      if (isInputObjectType(one)) return Object.keys(one.getFields()).map((name) => `${one.name}.${name}`);
      if (!isObjectType(one)) return [];
      return Object.values(one.getFields()).flatMap(({ name, args }) =>
        args.map((arg) => `${one.name}.${name}(${arg.name})`),
      );
    });
    expect(taking.filter((name) => /legalrequestid|subpoena|warrant|courtorder/i.test(name))).toEqual([]);
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
      .flatMap((root) => Object.values(root?.getFields() ?? {}))
      .filter(({ name }) => /legal/i.test(name));
    expect(roots.map(({ name, args }) => [name, args.filter(isRequiredArgument).map((arg) => arg.name)])).toEqual([
      ['legalRequests', []],
      ['recordLegalRequest', ['input']],
    ]);
  });

  it('opens no field of care: not to the officer who answers it, not to those who sent it, whatever relation and consent they have', () => {
    expect(Object.keys(roles)).toContain('PRIVACY_OFFICER');
    for (const role of ['PRIVACY_OFFICER', 'AGENCY_ADMIN', 'PLATFORM_ADMIN', 'ANALYST'] as const) {
      expect([role, protectedFieldsOf(role)]).toEqual([role, []]);
    }
    expect(protectedFieldsOf('OFFICER').filter((field) => / (NEED|CARE)$/.test(field))).toEqual([]);
    expect(protectedFieldsOf('MEDIC').length).toBeGreaterThan(0);
  });

  it('changes nothing of what police are shown of care: nothing', async () => {
    const id = await ward.inTreatment(ward.phone());
    const query =
      'query ($id: ID!) { referral(id: $id) { progress state need { substances } offers { id } destination { id } } }';
    const before = await ward.ask('officer', query, { id }, {});
    await ward.said(police(RECORD, { input: { ...warrant, issuer: 'LAW_ENFORCEMENT', kind: 'POLICE_REQUEST' } }));
    const after = await ward.ask('officer', query, { id }, {});
    expect(after.data).toEqual(before.data);
    expect(after.data).toMatchObject({ referral: { state: null, need: null, offers: null, destination: null } });
    const asOfficer = await police(query, { id });
    expect([asOfficer.status, asOfficer.errors[0]?.extensions['code']]).toEqual([403, 'FORBIDDEN']);
  });
});

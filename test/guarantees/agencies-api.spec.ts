/** @alone It declares resolvers of its own, which every schema of the process would carry. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Global, Module } from '@nestjs/common';
import { GraphQLSchemaHost, Query, Resolver } from '@nestjs/graphql';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { isEnumType, isInputObjectType, isObjectType } from 'graphql';
import type { Actor } from '../../src/access';
import { AgenciesModule } from '../../src/agencies';
import { Access, mintDevelopmentToken } from '../../src/platform/auth';
import { AuditWriter } from '../../src/platform/audit/audit-writer';
import { UnitOfWork } from '../../src/platform/database/unit-of-work';
import { ReleaseLog } from '../../src/platform/disclosure/release-log';
import { FieldCipher } from '../../src/platform/encryption/field-cipher';
import { CalendarDate } from '../../src/platform/graphql';
import { createHttpApp, EdgeModule } from '../../src/platform/http';
import { buildActor, buildAgency, buildStaff, TEST_ISSUER } from '../builders/agencies';
import { buildFields } from '../builders/fields';
import { TestUnitOfWork } from '../setup/unit-of-work';

const AUDIENCE = 'handrail-tests';
const OURS = ['Agency', 'County', 'StaffMember', 'ServiceAccount', 'Viewer', 'Role'];

/** The edge binds the Date scalar, which no type of this room uses; without it no schema is built. */
@Resolver()
class DayOfTest {
  @Access({ resource: 'Viewer', command: 'read' })
  @Query(() => CalendarDate)
  today(): string {
    return '2026-01-01';
  }
}

interface Answer {
  readonly data: Record<string, Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: Record<string, unknown> }[];
}

describe('agencies through GraphQL', () => {
  const keys = mkdtempSync(join(tmpdir(), 'handrail-agencies-'));
  let db: TestUnitOfWork;
  let app: NestFastifyApplication;
  let operator: Actor;
  let officer: Actor;

  type Asker = Pick<Actor, 'id' | 'agencyId' | 'role'>;
  const ask = async (asker: Asker, query: string, variables: object = {}): Promise<Answer> => {
    const token = await mintDevelopmentToken(keys, AUDIENCE, {
      subject: asker.id,
      agencyId: asker.agencyId,
      role: asker.role,
    });
    const headers = { authorization: `Bearer ${token}` };
    const response = await app.inject({ method: 'POST', url: '/graphql', headers, payload: { query, variables } });
    return response.json<Answer>();
  };
  const addStaff = `mutation ($input: AddStaffMemberInput!) {
    addStaffMember(input: $input) {
      ... on StaffMember { id displayName role isActive agency { name } }
      ... on Refused { code field }
    }
  }`;

  beforeAll(async () => {
    db = await TestUnitOfWork.open();
    @Global()
    @Module({
      providers: [
        { provide: UnitOfWork, useValue: db.unitOfWork },
        { provide: ReleaseLog, useValue: new ReleaseLog(new AuditWriter(db.auditKeys, db.journal)) },
        { provide: FieldCipher, useValue: buildFields() },
      ],
      exports: [UnitOfWork, ReleaseLog, FieldCipher],
    })
    class DatabaseOfTest {}
    const auth = { audience: AUDIENCE, issuers: [], developmentKeysDir: keys };
    const edge = EdgeModule.register({ logLevel: 'silent', introspection: false, auth });
    @Module({ imports: [DatabaseOfTest, edge, AgenciesModule], providers: [DayOfTest] })
    class AppOfTest {}
    app = await createHttpApp(AppOfTest, { isProduction: true });
    await app.init();
    operator = await buildActor(db.database, 'PLATFORM', 'PLATFORM_ADMIN');
    officer = await buildStaff(db.database, await buildAgency(db.database, { jurisdictions: ['39141'] }), 'OFFICER');
  });
  afterAll(async () => {
    await app.close();
    await db.close();
  });

  it('tell everyone who they are', async () => {
    const { data } = await ask(
      officer,
      '{ viewer { id displayName role scopes agency { id kind jurisdictions { name } } } }',
    );
    expect(data?.['viewer']).toEqual({
      id: officer.id,
      displayName: expect.stringMatching(/^User /) as string,
      role: 'OFFICER',
      scopes: null,
      agency: { id: officer.agencyId, kind: 'LAW_ENFORCEMENT', jurisdictions: [{ name: 'Ross' }] },
    });
  });

  it('take an agency from its first day to its own admin', async () => {
    const created = await ask(
      operator,
      `mutation ($input: CreateAgencyInput!) { createAgency(input: $input, idempotencyKey: "first-day") {
        ... on Agency { id name jurisdictions { fips neighbours { name } } coordinatingAgency { id } } } }`,
      { input: { kind: 'HOSPITAL', name: 'Agency of the first day', state: 'OH', jurisdictions: ['39141'] } },
    );
    const agency = created.data?.['createAgency'] as {
      id: string;
      jurisdictions: { neighbours: { name: string }[] }[];
    };
    expect(agency.jurisdictions[0]?.neighbours.map(({ name }) => name)).toContain('Pickaway');
    const input = { issuer: TEST_ISSUER, subject: 'first-admin', displayName: 'First admin', role: 'AGENCY_ADMIN' };

    const appointed = await ask(operator, addStaff, { input: { ...input, agencyId: agency.id } });
    const receipt = { id: expect.any(String) as string, displayName: null, role: null, isActive: null, agency: null };
    expect(appointed.data?.['addStaffMember']).toEqual(receipt);

    const admin: Asker = { id: 'first-admin', agencyId: agency.id, role: 'AGENCY_ADMIN' };
    const staff = { ...input, subject: 'first-nurse', displayName: 'First nurse', role: 'HOSPITAL_STAFF' };
    const added = await ask(admin, addStaff, { input: staff });
    expect(added.data?.['addStaffMember']).toMatchObject({
      displayName: 'First nurse',
      agency: { name: 'Agency of the first day' },
    });
    const list = await ask(admin, '{ staff(first: 5) { nodes { role since } pageInfo { hasNextPage } } }');
    expect(list.data?.['staff']?.['nodes']).toMatchObject([{ role: 'AGENCY_ADMIN' }, { role: 'HOSPITAL_STAFF' }]);
  });

  it('answer an admin who has put themselves out, and then nothing more', async () => {
    const agency = await buildAgency(db.database, { kind: 'SCHOOL' });
    const leaver = await buildStaff(db.database, agency, 'AGENCY_ADMIN');
    await buildStaff(db.database, agency, 'AGENCY_ADMIN');
    const { data } = await ask(
      leaver,
      'mutation ($id: ID!) { endStaffMembership(input: { staffMemberId: $id }) { ... on StaffMember { id } } }',
      { id: leaver.membershipId },
    );
    expect(data?.['endStaffMembership']).toEqual({ id: leaver.membershipId });
    const next = await ask(leaver, '{ staff { nodes { id } } }');
    expect(next.errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
  });

  it('manage partner systems', async () => {
    const admin = await buildActor(db.database, 'SCHOOL', 'AGENCY_ADMIN');
    const { data } = await ask(
      admin,
      `mutation ($input: CreateServiceAccountInput!) { createServiceAccount(input: $input) {
        ... on ServiceAccount { name role scopes agency { id } } } }`,
      {
        input: {
          issuer: TEST_ISSUER,
          subject: 'school-system',
          name: 'School system',
          role: 'SCHOOL_LIAISON',
          scopes: ['County:read'],
        },
      },
    );
    expect(data?.['createServiceAccount']).toEqual({
      name: 'School system',
      role: 'SCHOOL_LIAISON',
      scopes: ['County:read'],
      agency: { id: admin.agencyId },
    });
    const system = { id: 'school-system', agencyId: admin.agencyId, role: 'SCHOOL_LIAISON' as const };
    expect((await ask(system, '{ county(fips: "39141") { name } }')).data?.['county']).toEqual({ name: 'Ross' });
    expect((await ask(system, '{ agencies { nodes { id } } }')).errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  });

  it('keep staff lists from whoever is not admin or privacy officer', async () => {
    for (const query of ['{ staff { nodes { id } } }', '{ serviceAccounts { nodes { id } } }']) {
      expect((await ask(officer, query)).errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    }
  });

  it('give counties with shape and neighbours', async () => {
    const query =
      '{ county(fips: "54003") { name state stateName latitude longitude shape neighbours { fips } } none: county(fips: "00000") { fips } counties(state: "WV") { fips } }';
    const { data } = await ask(officer, query);
    expect(data?.['county']).toMatchObject({
      name: 'Berkeley',
      stateName: 'West Virginia',
      shape: { type: 'Feature' },
    });
    expect(data?.['none']).toBeNull();
    expect(data?.['counties']).toHaveLength(55);
  });

  it('say what breaks a rule, and where', async () => {
    const query = 'mutation ($input: UpdateAgencyInput!) { updateAgency(input: $input) { __typename } }';
    const admin = await buildActor(db.database, 'SCHOOL', 'AGENCY_ADMIN');
    const faults = [
      [{ phone: 'call us' }, 'input.phone'],
      [{ name: '' }, 'input.name'],
      [{ jurisdictions: ['3914'] }, 'input.jurisdictions'],
    ] as const;
    for (const [changes, field] of faults) {
      const { errors } = await ask(admin, query, { input: { id: admin.agencyId, ...changes } });
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
    }
  });

  it('describe every type, field and value of theirs', () => {
    const { schema } = app.get(GraphQLSchemaHost, { strict: false });
    const silent = Object.values(schema.getTypeMap())
      .filter(
        (type) =>
          OURS.includes(type.name) || (isInputObjectType(type) && /Agency|Staff|ServiceAccount/.test(type.name)),
      )
      .flatMap((type) => {
        const own = type.description ? [] : [type.name];
        if (isEnumType(type)) {
          return [
            ...own,
            ...type
              .getValues()
              .filter((v) => !v.description)
              .map((v) => v.name),
          ];
        }
        if (!isObjectType(type) && !isInputObjectType(type)) return own;
        const fields = Object.values(type.getFields()).filter((field) => !field.description);
        return [...own, ...fields.map((field) => `${type.name}.${field.name}`)];
      });
    expect(silent).toEqual([]);
  });
});

/** @alone It declares resolvers of its own, which every schema of the process would carry. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Global, Module } from '@nestjs/common';
import { GraphQLSchemaHost, Query, Resolver } from '@nestjs/graphql';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { isEnumType, isInputObjectType, isObjectType, type GraphQLNamedType } from 'graphql';
import { resources, type Actor } from '../../src/access';
import { MatchingLoaders, MatchingModule, MatchingService, MatchRun } from '../../src/matching';
import { Access, mintDevelopmentToken } from '../../src/platform/auth';
import { AuditWriter } from '../../src/platform/audit/audit-writer';
import { UnitOfWork } from '../../src/platform/database/unit-of-work';
import { ReleaseLog } from '../../src/platform/disclosure/release-log';
import { withClient } from '../../src/platform/database/embedded/client';
import { FieldCipher } from '../../src/platform/encryption/field-cipher';
import { CalendarDate, Ctx, type GraphqlContext } from '../../src/platform/graphql';
import { createHttpApp, EdgeModule } from '../../src/platform/http';
import type { Settings } from '../../src/platform/config';
import { SelfChecks } from '../../src/platform/jobs/self-checks';
import { Tasks } from '../../src/platform/jobs/tasks';
import { Topics } from '../../src/platform/live';
import { buildActor } from '../builders/agencies';
import { buildFields } from '../builders/fields';
import { buildNeed } from '../builders/matching.arbitraries';
import { buildStored, insertCandidates, insertReferral, type StoredReferral } from '../builders/matching';
import { TestUnitOfWork } from '../setup/unit-of-work';

const AUDIENCE = 'handrail-tests';
const OURS = Object.keys(resources).filter((name) =>
  [
    'ProgramMatch',
    'ProgramMatches',
    'RuleCount',
    'ScoreTerm',
    'MatchRun',
    'Verdict',
    'RuleFinding',
    'UnmetNeed',
  ].includes(name),
);

let subject: StoredReferral;

/** Stands in for the referral, which is what leads to its runs. */
@Resolver()
class RunsOfTest {
  constructor(private readonly loaders: MatchingLoaders) {}

  @Access({ resource: 'Viewer', command: 'read' })
  @Query(() => CalendarDate)
  today(): string {
    return '2026-01-01';
  }

  @Access({ resource: 'Viewer', command: 'read' })
  @Query(() => [MatchRun], { nullable: true })
  async runs(@Ctx() context: GraphqlContext) {
    const runs = (await this.loaders.matchRunsByReferral(context).load(subject.referralId)) ?? [];
    return runs.map((run) => ({ ...run, relations: ['SENDER'], consents: [], isWithoutAnswers: false }));
  }
}

interface Answer {
  readonly data: Record<string, unknown> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: Record<string, unknown> }[];
}

const chillicothe = { latitude: 39.3331, longitude: -82.9824 };
const opioids = {
  pathway: 'FIRST_RESPONDER_REFERRAL',
  substances: ['OPIOIDS'],
  currentMedications: [],
  ...chillicothe,
};

describe('matching through GraphQL', () => {
  const keys = mkdtempSync(join(tmpdir(), 'handrail-matching-'));
  const [near, far, full] = [
    buildStored(),
    buildStored({ latitude: 39.8 }),
    buildStored({ staffed: 7, sexes: ['MALE'] }),
  ];
  let db: TestUnitOfWork;
  let app: NestFastifyApplication;
  let officer: Actor;
  let medic: Actor;
  let hospital: Actor;

  const ask = async ({ id, agencyId, role }: Actor, query: string, variables: object = {}): Promise<Answer> => {
    const token = await mintDevelopmentToken(keys, AUDIENCE, { subject: id, agencyId, role });
    const headers = { authorization: `Bearer ${token}` };
    const response = await app.inject({ method: 'POST', url: '/graphql', headers, payload: { query, variables } });
    return response.json<Answer>();
  };
  const matchPrograms = (actor: Actor, need: object, fields = 'matches { program { id } }') =>
    ask(
      actor,
      `query ($need: MatchNeedInput!) { matchPrograms(need: $need) {
         ... on ProgramMatches { ${fields} } ... on Refused { code field } } }`,
      { need },
    );

  beforeAll(async () => {
    db = await TestUnitOfWork.open();
    @Global()
    @Module({
      providers: [
        { provide: UnitOfWork, useValue: db.unitOfWork },
        { provide: ReleaseLog, useValue: new ReleaseLog(new AuditWriter(db.auditKeys, db.journal)) },
        { provide: FieldCipher, useValue: buildFields() },
        { provide: Tasks, useValue: new Tasks({ databasePoolSize: 4 } as Settings) },
        Topics,
        SelfChecks,
      ],
      exports: [UnitOfWork, ReleaseLog, FieldCipher, Tasks, Topics, SelfChecks],
    })
    class DatabaseOfTest {}
    const auth = { audience: AUDIENCE, issuers: [], developmentKeysDir: keys };
    const edge = EdgeModule.register({ logLevel: 'silent', introspection: false, auth });
    @Module({ imports: [DatabaseOfTest, edge, MatchingModule], providers: [RunsOfTest] })
    class AppOfTest {}
    app = await createHttpApp(AppOfTest, { isProduction: true });
    await app.init();
    officer = await buildActor(db.database, 'LAW_ENFORCEMENT', 'OFFICER');
    medic = await buildActor(db.database, 'EMS', 'MEDIC');
    hospital = await buildActor(db.database, 'HOSPITAL', 'HOSPITAL_STAFF');
    await withClient(db.database.ownerUrl, async (client) => {
      await insertCandidates(client, [near, far, full]);
      subject = await insertReferral(client, medic.agencyId);
    });
  });
  afterAll(async () => {
    await app.close();
    await db.close();
  });

  it('tells an officer where there is room, how far, how sure and why', async () => {
    const { data, errors } = await matchPrograms(
      officer,
      { ...opioids, ageYears: 34, sex: 'FEMALE' },
      `asOf policyVersion missing emergencyInstruction considered removedByRule { rule programs }
       matches { program { id name } pool { id available } score distanceKm censusAgeMinutes terms { name value weight because } }`,
    );
    expect(errors).toBeUndefined();
    const found = data?.['matchPrograms'] as { matches: Record<string, unknown>[] };
    expect(found).toMatchObject({
      policyVersion: 'default-2',
      missing: [],
      emergencyInstruction: null,
      considered: 3,
      removedByRule: [
        { rule: 'SEX', programs: 1 },
        { rule: 'OPEN_PLACE', programs: 1 },
      ],
      matches: [
        { program: { id: near.programId }, pool: { id: near.poolId, available: 3 } },
        { program: { id: far.programId }, pool: { id: far.poolId } },
      ],
    });
    const { score, distanceKm, censusAgeMinutes, terms } = found.matches[0] as {
      score: number;
      distanceKm: number;
      censusAgeMinutes: number;
      terms: { name: string; value: number; weight: number; because: string }[];
    };
    expect(distanceKm).toBeCloseTo(2.16, 1);
    expect(Math.round(censusAgeMinutes)).toBe(30);
    expect(terms.reduce((sum, { value, weight }) => sum + value * weight, 0)).toBeCloseTo(score, 3);
    expect(terms.map(({ name }) => name)).toEqual(['TRAVEL', 'STILL_OPEN', 'RESPONSE', 'FIT', 'PREFERENCE']);
  });

  it('finds its way from a county alone', async () => {
    const { latitude, longitude, ...nowhere } = opioids;
    expect([latitude, longitude].every(Boolean)).toBe(true);
    const { data } = await matchPrograms(officer, { ...nowhere, countyFips: '39141' });
    expect(data?.['matchPrograms']).toEqual({
      matches: [{ program: { id: near.programId } }, { program: { id: far.programId } }],
    });
  });

  it('says what is missing instead of guessing', async () => {
    const { data } = await matchPrograms(
      officer,
      { pathway: 'NALOXONE_PLUS', substances: ['UNKNOWN'] },
      'missing considered asOf matches { score }',
    );
    expect(data?.['matchPrograms']).toEqual({
      missing: ['LOCATION', 'CURRENT_MEDICATIONS'],
      considered: 0,
      asOf: null,
      matches: [],
    });
  });

  it('stops at a red flag and says: call EMS', async () => {
    const { data } = await matchPrograms(
      officer,
      { ...opioids, redFlags: ['CHEST_PAIN'] },
      'emergencyInstruction matches { score }',
    );
    const found = data?.['matchPrograms'] as { emergencyInstruction: string; matches: unknown[] };
    expect(found.emergencyInstruction).toMatch(/^Call 911 \(EMS\) now: Chest pain/);
    expect(found.matches).toEqual([]);
  });

  it('lets clinicians only assign a level of care', async () => {
    const need = { ...opioids, levelsOfCare: ['ASAM_3_7'] };
    const refused = { code: 'FORBIDDEN', field: 'need.levelsOfCare' };
    expect((await matchPrograms(officer, need)).data?.['matchPrograms']).toEqual(refused);
    expect((await matchPrograms(medic, need)).data?.['matchPrograms']).toEqual(refused);
    expect((await matchPrograms(hospital, need)).data?.['matchPrograms']).toMatchObject({ matches: [{}, {}] });
  });

  it.each([
    ['half a place', { ...opioids, longitude: null }, { code: 'INVALID_INPUT', field: 'need.latitude' }],
    ['a county nobody knows', { ...opioids, countyFips: '99999' }, { code: 'INVALID_INPUT', field: 'need.countyFips' }],
  ])('refuses %s', async (_what, need, refusal) => {
    expect((await matchPrograms(officer, need)).data?.['matchPrograms']).toEqual(refusal);
  });

  it.each([
    ['501 km', { maxDistanceKm: 501 }, 'need.maxDistanceKm'],
    ['a language in words', { language: 'Spanish' }, 'need.language'],
    ['an age of 121', { ageYears: 121 }, 'need.ageYears'],
    ['a latitude of 91', { latitude: 91 }, 'need.latitude'],
  ])('does not take %s', async (_what, facts, field) => {
    const { errors } = await matchPrograms(officer, { ...opioids, ...facts });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
  });

  it('answers no one without a case to work on', async () => {
    const analyst = await buildActor(db.database, 'PUBLIC_HEALTH', 'ANALYST');
    expect((await matchPrograms(analyst, opioids)).errors?.[0]?.extensions).toEqual({ code: 'FORBIDDEN' });
  });

  it('explains a stored run to its sender and shows nothing of it to others', async () => {
    const need = buildNeed({ sex: 'FEMALE' });
    await db.unitOfWork.run(medic, { name: 'match' }, async (tx) => {
      const service = app.get(MatchingService);
      const { runId } = await service.run(tx.asSystem(), {
        ...subject,
        agencyId: medic.agencyId,
        need,
        excludedProgramIds: [],
      });
      await service.recordUnmetNeed(tx as never, {
        ...subject,
        agencyId: medic.agencyId,
        matchRunId: runId,
        rules: ['SEX'],
        countyFips: '39141',
      });
      return { id: runId };
    });
    const query = `query ($full: ID!) { runs { considered eligible leftOut
      verdicts(first: 1) { isEligible program { id } } whyNot(programId: $full) { isEligible score removedBy { rule because } } } }`;
    const { data } = await ask(medic, query, { full: full.programId });
    expect(data?.['runs']).toEqual([
      {
        considered: 3,
        eligible: 2,
        leftOut: 0,
        verdicts: [{ isEligible: true, program: { id: near.programId } }],
        whyNot: {
          isEligible: false,
          score: null,
          removedBy: [
            { rule: 'SEX', because: 'Sex female; the pool admits male.' },
            { rule: 'OPEN_PLACE', because: '7 staffed, 0 free.' },
          ],
        },
      },
    ]);
    expect((await ask(hospital, query, { full: full.programId })).data?.['runs']).toEqual([]);
    const unmet = '{ unmetNeeds { nodes { rules county { name } resolvedAt } } }';
    expect((await ask(medic, unmet)).data?.['unmetNeeds']).toEqual({
      nodes: [{ rules: ['SEX'], county: { name: 'Ross' }, resolvedAt: null }],
    });
    expect((await ask(hospital, unmet)).data?.['unmetNeeds']).toEqual({ nodes: [] });
    expect((await ask(officer, unmet)).errors?.[0]?.extensions).toEqual({ code: 'FORBIDDEN' });
  });

  it('describes every type, input and enum value, and asks for nothing that names a person', () => {
    const types = app.get(GraphQLSchemaHost).schema.getTypeMap();
    const bare = (type: GraphQLNamedType): string[] => {
      if (!type.description) return [type.name];
      const values = isEnumType(type) ? type.getValues() : [];
      return values.filter(({ description }) => !description).map(({ name }) => name);
    };
    const named = [...OURS, 'MatchNeedInput', 'LastUse', 'MatchRule', 'MissingSignal', 'ScoreTermName'];
    expect(named.flatMap((name) => (types[name] ? bare(types[name]) : [`${name} is missing`]))).toEqual([]);
    expect(OURS.every((name) => isObjectType(types[name]))).toBe(true);
    const input = types['MatchNeedInput'];
    const fields = isInputObjectType(input) ? Object.keys(input.getFields()) : [];
    expect(fields.filter((name) => /name|birth|phone|street|address|zip|person/i.test(name))).toEqual([]);
  });
});

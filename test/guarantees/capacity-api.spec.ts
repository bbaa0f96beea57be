import { randomUUID } from 'node:crypto';
import { getMetadataArgsStorage } from 'typeorm';
import type { Actor } from '../../src/access';
import { BedPoolEntity } from '../../src/capacity/bed-pool.entity';
import { CensusEntity } from '../../src/capacity/census.entity';
import { HoldEntity } from '../../src/capacity/hold.entity';
import { ProgramEntity } from '../../src/capacity/program.entity';
import { columnNames } from '../../src/platform/database/columns';
import { buildActor, buildStaff } from '../builders/agencies';
import { buildBedPool } from '../builders/capacity';
import { TestApp, type Ask } from '../setup/app';

const CREATE_PROGRAM = `mutation ($input: CreateProgramInput!, $key: String) { createProgram(input: $input, idempotencyKey: $key) {
  __typename ... on Program { id name timeZone county { fips name } agency { id } bedPools { id } } ... on Refused { code field } } }`;
const CREATE_POOL = `mutation ($input: CreateBedPoolInput!) { createBedPool(input: $input) {
  __typename ... on BedPool { id levelOfCare available isFresh program { id } } ... on Refused { code field } } }`;
const POST_CENSUS = `mutation ($input: PostCensusInput!) { postCensus(input: $input) {
  __typename ... on CensusPosted { pools { id staffed occupied held available isFresh attestedAt } } ... on Refused { code field details } } }`;
const POOL = `query ($id: ID!) { bedPool(id: $id) { available isFresh censuses { staffed source } holds { id state endsAt pool { id } } } }`;

interface Made {
  readonly __typename: string;
  readonly id: string;
  readonly code?: string;
  readonly field?: string;
}

describe('capacity through GraphQL', () => {
  let app: TestApp;
  let intake: Actor;
  let asIntake: Ask;
  let asOfficer: Ask;

  beforeAll(async () => {
    app = await TestApp.open();
    intake = await buildActor(app.database, 'TREATMENT_PROVIDER', 'PROVIDER_STAFF');
    asIntake = await app.as(intake);
    asOfficer = await app.as(await buildActor(app.database, 'LAW_ENFORCEMENT', 'OFFICER'));
  });
  afterAll(() => app.close());

  const program = {
    name: 'Detox',
    state: 'OH',
    part2Program: true,
    payers: ['MEDICAID', 'UNINSURED'],
    latitude: 39.3331,
    longitude: -82.9824,
    intakeWindows: [{ weekday: 1, opens: 480, closes: 1020 }],
  };

  it('takes a provider from nothing to room on the board', async () => {
    const created = await asIntake<{ createProgram: Made }>(CREATE_PROGRAM, { input: program, key: 'first-program' });
    expect(created.errors).toEqual([]);
    expect(created.data?.createProgram).toMatchObject({
      name: 'Detox',
      timeZone: 'America/New_York',
      county: { fips: '39141', name: 'Ross' },
      agency: { id: intake.agencyId },
      bedPools: [],
    });
    const again = await asIntake<{ createProgram: Made }>(CREATE_PROGRAM, { input: program, key: 'first-program' });
    expect(again.data).toEqual(created.data);
    const programId = created.data?.createProgram.id;

    const input = { programId, name: 'Women', levelOfCare: 'ASAM_3_7', sexes: ['FEMALE'] };
    const pool = (await asIntake<{ createBedPool: Made }>(CREATE_POOL, { input })).data?.createBedPool;
    expect(pool).toMatchObject({ available: 0, isFresh: false, program: { id: programId } });

    const census = { pools: [{ poolId: pool?.id, staffed: 8, occupied: 5 }], source: 'STAFF' };
    const posted = await asIntake<{ postCensus: { pools: unknown[] } }>(POST_CENSUS, { input: census });
    expect(posted.data?.postCensus.pools).toEqual([
      expect.objectContaining({ id: pool?.id, staffed: 8, occupied: 5, available: 3, isFresh: true }),
    ]);

    const board = await asOfficer<{ bedBoard: { nodes: object[] } }>(
      `{ bedBoard(countyFips: "39141", levelOfCare: ASAM_3_7, onlyAvailable: true) {
         nodes { id available freshUntil isFresh program { name agency { name programs { id } } } } } }`,
    );
    expect(board.errors).toEqual([]);
    expect(board.data?.bedBoard.nodes).toEqual([
      expect.objectContaining({ id: pool?.id, available: 3, isFresh: true }),
    ]);
  });

  it('shows censuses and holds to the provider’s own people and to nobody else', async () => {
    const { id, agencyId } = await buildBedPool(app.database);
    await app.owner(
      `with made as (insert into census (pool_id, agency_id, staffed, occupied, held, attested_at, attested_by, source)
         values ($1, $2, 5, 0, 0, now(), $3, 'STAFF')), kept as (update bed_pool set held = 1 where id = $1)
       insert into hold (pool_id, agency_id, referral_id, ends_at) values ($1, $2, $3, now() + interval '1 hour')`,
      [id, agencyId, randomUUID()],
    );
    const provider = { id: agencyId, kind: 'TREATMENT_PROVIDER' } as const;
    const shown = async (ask: Ask) => (await ask<{ bedPool: Record<string, unknown> }>(POOL, { id })).data?.bedPool;
    const own = await shown(await app.as(await buildStaff(app.database, provider, 'PROVIDER_STAFF')));
    expect(own).toMatchObject({
      censuses: [{ staffed: 5, source: 'STAFF' }],
      holds: [{ state: 'ACTIVE', pool: { id } }],
    });
    const admin = await shown(await app.as(await buildStaff(app.database, provider, 'AGENCY_ADMIN')));
    expect(admin).toMatchObject({ censuses: [{ staffed: 5 }], holds: null });
    for (const stranger of [asOfficer, asIntake]) {
      expect(await shown(stranger)).toEqual({ available: 4, isFresh: true, censuses: null, holds: null });
    }
  });

  it('lets nobody write who is not the provider’s', async () => {
    const byOfficer = await asOfficer(CREATE_PROGRAM, { input: program });
    expect(byOfficer.errors[0]?.extensions['code']).toBe('FORBIDDEN');
    const { id, programId } = await buildBedPool(app.database);
    const input = { programId, name: 'Mine', levelOfCare: 'ASAM_3_7' };
    expect((await asIntake<{ createBedPool: Made }>(CREATE_POOL, { input })).data?.createBedPool).toMatchObject({
      __typename: 'Refused',
      code: 'NOT_FOUND',
    });
    const census = { pools: [{ poolId: id, staffed: 1, occupied: 0 }], source: 'STAFF' };
    const posted = await asIntake<{ postCensus: Made }>(POST_CENSUS, { input: census });
    expect(posted.data?.postCensus).toMatchObject({ code: 'NOT_FOUND', field: 'input.pools[0].poolId' });
  });

  it('names the argument that breaks a rule', async () => {
    const fieldFor = async (query: string, input: object) =>
      (await asIntake(query, { input })).errors[0]?.extensions['field'];
    expect(await fieldFor(CREATE_PROGRAM, { ...program, state: 'Ohio' })).toBe('input.state');
    expect(await fieldFor(CREATE_PROGRAM, { ...program, freshnessMinutes: 5 })).toBe('input.freshnessMinutes');
    expect(await fieldFor(CREATE_PROGRAM, { ...program, payers: [] })).toBe('input.payers');
    const windows = [{ weekday: 8, opens: 0, closes: 60 }];
    expect(await fieldFor(CREATE_PROGRAM, { ...program, intakeWindows: windows })).toBe(
      'input.intakeWindows[0].weekday',
    );
    const census = { pools: [{ poolId: randomUUID(), staffed: -1, occupied: 0 }], source: 'STAFF' };
    expect(await fieldFor(POST_CENSUS, census)).toBe('input.pools[0].staffed');
  });

  it('changes what is named and keeps the rest', async () => {
    const created = await asIntake<{ createProgram: Made }>(CREATE_PROGRAM, {
      input: { ...program, city: 'Chillicothe' },
    });
    const id = created.data?.createProgram.id;
    const update = `mutation ($input: UpdateProgramInput!) { updateProgram(input: $input) {
      ... on Program { name city acceptanceMode freshnessMinutes isActive intakeWindows { weekday opens closes } } } }`;
    const changed = await asIntake<{ updateProgram: object }>(update, { input: { id, acceptanceMode: 'INSTANT' } });
    expect(changed.errors).toEqual([]);
    expect(changed.data?.updateProgram).toEqual({
      name: 'Detox',
      city: 'Chillicothe',
      acceptanceMode: 'INSTANT',
      freshnessMinutes: 1440,
      isActive: true,
      intakeWindows: program.intakeWindows,
    });
  });

  it.each([ProgramEntity, BedPoolEntity, CensusEntity, HoldEntity])(
    '%p has the columns of its table',
    async (entity) => {
      const table = getMetadataArgsStorage().tables.find(({ target }) => target === entity)?.name;
      const columns = await app.owner<{ name: string }>(
        `select column_name as name from information_schema.columns where table_schema = 'public' and table_name = $1`,
        [table],
      );
      expect([...columnNames(entity).values()].sort()).toEqual(columns.map(({ name }) => name).sort());
    },
  );
});

import { setTimeout as pause } from 'node:timers/promises';
import { Client, Pool } from 'pg';
import { DataSource } from 'typeorm';
import { migrations } from '../../migrations';
import { ensureLogins } from '../../src/platform/database/embedded';
import { withClient } from '../../src/platform/database/embedded/client';
import { checkLogin } from '../../src/platform/database/login-check';
import { migrate } from '../../src/platform/database/migrate';
import { wallDifferences } from '../../src/platform/audit/walls';
import { readWalls, wallsOfThisProgram } from '../../src/platform/database/wall-catalogue';
import { JobWorker } from '../../src/platform/jobs/job-worker';
import { AcceptanceService } from '../../src/referrals/acceptance.service';
import { AdmissionService } from '../../src/referrals/admission.service';
import { ArrivalService } from '../../src/referrals/arrival.service';
import { OfferResponseService } from '../../src/referrals/offer-response.service';
import { buildReferral, buildRegion, done, offerAt } from '../builders/referrals';
import { openApp } from '../setup/app';
import type { TestDatabase } from '../setup/database';
import { asLogin, inDatabase } from '../setup/run-context';
import { startThrowaway, type ThrowawayServer } from '../setup/throwaway-server';

const owner = { name: 'ordinary_owner', password: 'owner-of-a-throw-away-server' };
const password = 'login-of-a-throw-away-server';
const logins = { app: { name: 'ordinary_api', password }, commands: { name: 'ordinary_commands', password } };
const FIRST_WITH_DATA = 'CreateReferrals1763900000008';

/** What is otherwise there than the migrations and `ensureLogins` make it, by name. */
const strange = async (url: string): Promise<string[]> => {
  const expected = { app: logins.app.name, commands: logins.commands.name };
  const walls = await withClient(url, (client) => readWalls(client, expected));
  return wallDifferences(wallsOfThisProgram(), walls).map(({ wall }) => wall);
};

/** A server of its own, so that the roles are made by its owner and by nobody mightier. */
describe('a database whose owner is no superuser', () => {
  let server: ThrowawayServer;
  beforeAll(async () => {
    server = await startThrowaway();
    await withClient(server.ownerUrl, (client) =>
      client.query(`create role ${owner.name} login createrole password '${owner.password}'`),
    );
  });
  afterAll(() => server.stop());

  /** `ownerUrl` here is the server’s own superuser: for arranging and looking behind the walls. */
  const newDatabase = async (name: string): Promise<TestDatabase & { readonly ordinaryUrl: string }> => {
    await withClient(server.ownerUrl, (client) => client.query(`create database ${name} owner ${owner.name}`));
    const ownerUrl = inDatabase(server.ownerUrl, name);
    return {
      ownerUrl,
      ordinaryUrl: asLogin(ownerUrl, owner),
      appUrl: asLogin(ownerUrl, logins.app),
      commandUrl: asLogin(ownerUrl, logins.commands),
      drop: () => Promise.resolve(),
    };
  };

  it('is migrated by it, and carries a referral from submission to admission, with its jobs and lists', async () => {
    const database = await newDatabase('story');
    // No schema of the owner’s name takes in what belongs into `public`.
    await withClient(database.ordinaryUrl, (client) => client.query(`create schema ${owner.name}`));
    await migrate(database.ordinaryUrl);
    await withClient(database.ordinaryUrl, (client) => client.query(`drop schema ${owner.name}`));
    await ensureLogins(database.ordinaryUrl, logins);
    // Again, as every later run of the migration step does; it mends a login from before, which inherited and could become the worker.
    await withClient(database.ordinaryUrl, (client) =>
      client.query(`grant handrail_app, handrail_worker to ${logins.app.name} with inherit true`),
    );
    expect(await strange(database.ordinaryUrl)).toEqual([
      'member ordinary_api of handrail_app',
      'member ordinary_api of handrail_worker',
    ]);
    await migrate(database.ordinaryUrl);
    await ensureLogins(database.ordinaryUrl, logins);
    // Whoever owns it, the walls are those that a superuser’s migrations make.
    expect(await strange(database.ordinaryUrl)).toEqual([]);
    for (const [url, variable] of [
      [database.appUrl, 'DATABASE_URL'],
      [database.commandUrl, 'COMMAND_DATABASE_URL'],
    ] as const) {
      const pool = new Pool({ connectionString: url, max: 1 });
      try {
        await checkLogin(pool, variable);
      } finally {
        await pool.end();
      }
    }

    const app = await openApp({}, database);
    try {
      const { officer, coordinator, programs } = await buildRegion(app, [{ staffed: 2 }]);
      const intake = programs[0]?.intake ?? officer;
      const id = await buildReferral(app, officer);
      const offer = await offerAt(app, id, intake.agencyId);
      done(await app.app.get(OfferResponseService).acknowledge(intake, offer, { name: 'acknowledgeOffer' }));
      done(await app.app.get(AcceptanceService).accept(intake, offer, { name: 'acceptOffer' }));
      done(await app.app.get(ArrivalService).recordArrival(intake, id, { name: 'recordArrival' }));
      done(await app.app.get(AdmissionService).admit(intake, id, { name: 'admitPerson' }));
      expect(await app.owner('select state, sent_is_part2 from referral')).toEqual([
        { state: 'ADMITTED', sent_is_part2: false },
      ]);
      for (const actor of [officer, coordinator, intake]) {
        const ask = await app.as(actor);
        const { data, errors } = await ask<{ referrals: { nodes: { id: string }[] } }>(
          '{ referrals(first: 5) { nodes { id } } }',
        );
        expect(errors).toEqual([]);
        expect(data?.referrals.nodes).toEqual([{ id }]);
      }

      const worker = app.app.get(JobWorker);
      worker.start(database.commandUrl);
      const waiting = `select (select count(*) from outbox_event where delivered_at is null)::int as news,
        (select count(*) from pgboss.job where start_after <= now() and state in ('created','retry','active','failed'))::int as tasks`;
      for (let tries = 0; tries < 1_000; tries++) {
        const [left] = await app.owner<{ news: number; tasks: number }>(waiting);
        if (left?.news === 0 && left.tasks === 0) break;
        await pause(100);
      }
      const left = await app.owner(waiting);
      await worker.stop();
      expect(left).toEqual([{ news: 0, tasks: 0 }]);
    } finally {
      await app.close();
    }
  });

  it('is told of a setting that the whole server begins with', async () => {
    const story = inDatabase(server.ownerUrl, 'story');
    const set = async (text: string, expected: string[]): Promise<void> => {
      await withClient(server.ownerUrl, (client) => client.query(text));
      await withClient(server.ownerUrl, (client) => client.query('select pg_reload_conf()'));
      // The server reads its file in its own time.
      for (let tries = 0; tries < 1_000 && (await strange(story)).length !== expected.length; tries++) await pause(50);
      expect(await strange(story)).toEqual(expected);
    };
    await set('alter system set session_replication_role = replica', ['setting the server session_replication_role']);
    await set('alter system reset session_replication_role', []);
  });

  it('brings the rows along that were there before, in every migration', async () => {
    const database = await newDatabase('backfill');
    const first = migrations.findIndex(({ name }) => name === FIRST_WITH_DATA) + 1;
    const dataSource = await new DataSource({
      type: 'postgres',
      url: database.ordinaryUrl,
      migrations: migrations.slice(0, first),
      installExtensions: false,
    }).initialize();
    try {
      await dataSource.runMigrations({ transaction: 'each' });
    } finally {
      await dataSource.destroy();
    }

    const behind = new Client({ connectionString: database.ownerUrl });
    await behind.connect();
    try {
      await behind.query(OLD_ROWS);
      await migrate(database.ordinaryUrl);
      const one = async (text: string): Promise<unknown> => (await behind.query<object>(text)).rows[0];
      expect(await one('select source_agency_id = agency.id as source, is_part2 from person, agency')).toEqual({
        source: true,
        is_part2: true,
      });
      expect(await one('select sent_is_part2, care_is_part2 from referral')).toEqual({
        sent_is_part2: true,
        care_is_part2: true,
      });
      expect(await one('select permits from consent')).toEqual({ permits: ['OUTCOME_TO_SENDER'] });
      expect(
        await one(`select array_agg(table_name || ' ' || value order by table_name) as aside from unsealed_value`),
      ).toEqual({ aside: ['account a@example.org', 'person 740-555-0100'] });
      expect(
        await one('select count(*)::int as forgotten from pg_class where relrowsecurity and not relforcerowsecurity'),
      ).toEqual({
        forgotten: 0,
      });
    } finally {
      await behind.end();
    }
  });
});

/** One row of each kind that a later migration touches, as the first release wrote them. */
const OLD_ROWS = `
  with g as (insert into agency (name, kind, state) values ('A', 'TREATMENT_PROVIDER', 'OH') returning id),
    a as (insert into account (kind, issuer, subject, display_name, email) values ('STAFF', 'i', 's', 'S', 'a@example.org') returning id),
    m as (insert into membership (account_id, agency_id, role) select a.id, g.id, 'PROVIDER_STAFF' from a, g),
    p as (insert into program (agency_id, name, state, time_zone, acceptance_mode, freshness_minutes, part2_program)
      select id, 'P', 'OH', 'America/New_York', 'REVIEW', 60, true from g returning id),
    b as (insert into bed_pool (program_id, agency_id, name, level_of_care, staffed, held)
      select p.id, g.id, 'B', 'ASAM_3_7', 2, 1 from p, g returning id),
    s as (insert into person (given_name, phone) values ('G', '740-555-0100') returning id),
    k as (insert into person_party (agency_id, person_id, basis) select g.id, s.id, 'INTAKE' from g, s),
    e as (insert into episode (person_id, opened_by_agency_id, pathway) select s.id, g.id, 'HOSPITAL_REFERRAL' from s, g returning id),
    h as (insert into hold (pool_id, agency_id, referral_id, ends_at) select b.id, g.id, r.id, now() from b, g, (select uuidv7() as id) r returning id, referral_id),
    r as (insert into referral (id, episode_id, person_id, pathway, state, sender_agency_id, submitted_by, receiver_agency_id, program_id, hold_id, need)
      select h.referral_id, e.id, s.id, 'HOSPITAL_REFERRAL', 'ACCEPTED', g.id, a.id, g.id, p.id, h.id, '{}' from h, e, s, g, a, p)
  insert into consent (person_id, scope, recipient_agency_id, recorded_by_agency_id, recorded_by, signed_at, expires_at)
    select s.id, 'OUTCOME_TO_SENDER', g.id, g.id, a.id, now(), now() + interval '1 year' from s, g, a`;

import { Client } from 'pg';
import { readStrangers } from '../../src/platform/database/wall-members';
import { asOwner, buildActor } from '../builders/agencies';
import { TestTrail } from '../setup/audit-trail';
import { DRIVEN_WALL } from '../setup/driven-clock';
import { currentRun } from '../setup/run-context';

/** Each stays as the next is made; what keeps everything from being read comes last. */
const MOVED_WALLS: readonly [what: string, change: string, named: unknown][] = [
  [
    'a policy that hides rows from whoever verifies',
    "create policy hides on consent as restrictive for all to handrail_worker using (signed_by <> 'planted')",
    ['WALL_ADDED policy public.consent hides'],
  ],
  [
    'a policy with other words',
    "alter policy works on disclosure using (at < '2020-01-01')",
    ['WALL_CHANGED policy public.disclosure works'],
  ],
  ['a policy taken away', 'drop policy reads on hold', ['WALL_MISSING policy public.hold reads']],
  [
    'row-level security that is switched off',
    'alter table referral disable row level security',
    ['WALL_CHANGED relation public.referral'],
  ],
  [
    'a trigger that is switched off',
    'alter table disclosure disable trigger append_only',
    ['WALL_CHANGED trigger public.disclosure append_only'],
  ],
  [
    'a trigger taken away',
    'drop trigger append_only on audit_entry',
    ['WALL_MISSING trigger public.audit_entry append_only'],
  ],
  [
    'the trigger of a foreign key that is switched off',
    'alter table offer disable trigger all',
    expect.arrayContaining(['WALL_ADDED trigger public.offer offer_referral_id_fkey']),
  ],
  [
    'a function with another body',
    "create or replace function app.agency() returns uuid language sql stable as $$ select '00000000-0000-0000-0000-000000000000'::uuid $$",
    ['WALL_CHANGED function app.agency()'],
  ],
  [
    'a function of ours that nobody made',
    'create function public.length(text) returns int language sql as $$ select 1 $$',
    ['WALL_ADDED function public.length(text)'],
  ],
  [
    'a function of PostgreSQL’s own, made anew',
    "create or replace function pg_catalog.to_char(timestamp, text) returns text language sql stable as $$ select 'then' $$",
    ['WALL_CHANGED server functions of PostgreSQL'],
  ],
  [
    'a function among PostgreSQL’s own',
    'create function pg_catalog.length(varchar) returns int language sql as $$ select 1 $$',
    ['WALL_ADDED function length(character varying)'],
  ],
  [
    'a schema named after a role, with a table and a view in the place of ours',
    `create schema handrail_app; create table handrail_app.disclosure (like public.disclosure);
     create schema handrail_worker; create view handrail_worker.consent as select * from public.consent where false`,
    [
      'WALL_ADDED relation handrail_app.disclosure',
      'WALL_ADDED relation handrail_worker.consent',
      'WALL_ADDED schema handrail_app',
      'WALL_ADDED schema handrail_worker',
    ],
  ],
  [
    'a rule',
    'create rule nothing as on insert to unmet_need do instead nothing',
    ['WALL_ADDED rule public.unmet_need nothing'],
  ],
  [
    'a view in the place of a table',
    'alter table hold_quota rename to kept; create view hold_quota as select * from kept where false',
    expect.arrayContaining([
      'WALL_ADDED relation public.kept',
      'WALL_ADDED rule public.hold_quota _RETURN',
      'WALL_CHANGED relation public.hold_quota',
    ]),
  ],
  ['a right given', 'grant delete on consent to handrail_app', ['WALL_CHANGED relation public.consent']],
  [
    'a right on one column given',
    'grant select (phone_sealed) on person to handrail_checker',
    ['WALL_CHANGED relation public.person'],
  ],
  [
    'a table with another owner',
    'alter table outbox_event owner to handrail_app',
    ['WALL_CHANGED relation public.outbox_event', 'WALL_CHANGED relation public.outbox_event_position_seq'],
  ],
  [
    'a path and a time that sessions begin with',
    `do $$ begin execute format('alter database %I set search_path = other, public', current_database());
       execute format('alter database %I set app.clock_offset = ''-2 hours''', current_database()); end $$`,
    ['WALL_ADDED setting everybody app.clock_offset', 'WALL_ADDED setting everybody search_path'],
  ],
  [
    'a cast',
    "create function other(uuid) returns text language sql as $$ select 'x' $$; create cast (uuid as text) with function other(uuid)",
    ['WALL_ADDED cast uuid to text', 'WALL_ADDED function public.other(uuid)'],
  ],
  [
    'a right taken away, without which nothing can be read',
    'revoke select on audit_block from handrail_worker',
    ['WALL_CHANGED relation public.audit_block'],
  ],
];

const [API, COMMANDS] = [currentRun().logins.app.name, currentRun().logins.commands.name];
const SPY = `create role spy login; do $$ begin execute format('grant connect on database %I to spy', current_database()); end $$`;

/** Roles are the whole server’s, which other specs share: each is undone. */
const MOVED_ROLES: readonly [what: string, change: string, named: string[]][] = [
  [
    'the worker for the login that answers',
    `grant handrail_worker to ${API} with inherit false`,
    [`member ${API} of handrail_worker`],
  ],
  [
    'the rights of a role without asking for them',
    `grant handrail_worker to ${COMMANDS} with inherit true`,
    [`member ${COMMANDS} of handrail_worker`],
  ],
  ['the right to hand a role on', `grant handrail_app to ${API} with admin option`, [`member ${API} of handrail_app`]],
  ['a role of PostgreSQL’s own', `grant pg_read_all_data to ${API}`, [`member ${API} of pg_read_all_data`]],
  ['a new login', `${SPY}; grant handrail_checker to spy`, ['member spy of handrail_checker']],
  [
    'a new login by way of another',
    `${SPY}; grant ${COMMANDS} to spy`,
    ['member spy of handrail_app', 'member spy of handrail_worker'],
  ],
  ['nothing of a login that may not connect here', 'create role spy login; grant handrail_worker to spy', []],
  ['a login that no policy binds', `alter role ${API} bypassrls`, [`power ${API} bypassrls`]],
  ['a login that is a superuser', `alter role ${COMMANDS} superuser`, [`power ${COMMANDS} superuser`]],
  ['a login that makes roles', `alter role ${API} createrole`, [`power ${API} createrole`]],
];

describe('a database administrator at the walls behind which the trail is read', () => {
  let trail: TestTrail;
  let known = [`WALL_CHANGED ${DRIVEN_WALL}`];
  beforeAll(async () => {
    trail = await TestTrail.open();
  });
  afterAll(() => trail.close());

  it('is told of nothing where nothing but the clock of a test is other than the migrations made it', async () => {
    expect(await trail.walls()).toEqual(known);
  });

  it('catches no entry in a schema named after the role that sessions work as', async () => {
    const actor = await buildActor(trail.db.database, 'LAW_ENFORCEMENT', 'OFFICER');
    await asOwner(
      trail.db.database,
      `create schema handrail_app; create table handrail_app.audit_entry (like public.audit_entry including all);
       grant usage on schema handrail_app to public; grant all on handrail_app.audit_entry to public`,
    );
    await trail.write(actor, 2);
    const [kept] = await asOwner(
      trail.db.database,
      `select (select count(*)::int from public.audit_entry) as ours, (select count(*)::int from handrail_app.audit_entry) as caught`,
    );
    await asOwner(trail.db.database, 'drop schema handrail_app cascade');
    expect(kept).toEqual({ ours: 2, caught: 0 });
  });

  it.each(MOVED_ROLES)('is told of roles and logins: %s', async (_, change, named) => {
    const owner = new Client({ connectionString: trail.db.database.ownerUrl });
    await owner.connect();
    try {
      await owner.query('begin');
      await owner.query(change);
      const strangers = await readStrangers(owner, { app: API, commands: COMMANDS });
      expect(strangers.map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual(named);
    } finally {
      await owner.end();
    }
  });

  it.each(MOVED_WALLS)('is told of %s', async (_, change, named) => {
    await asOwner(trail.db.database, change);
    const walls = await trail.walls();
    expect(walls.filter((wall) => !known.includes(wall))).toEqual(named);
    known = walls;
  });

  it('is told first to migrate where the schema is not the one of this program', async () => {
    await asOwner(trail.db.database, 'delete from migrations where id = (select max(id) from migrations)');
    await expect(trail.walls()).rejects.toThrow(/not migrated yet: run `npm run migrate` first/);
    await asOwner(trail.db.database, "insert into migrations (timestamp, name) values (1, 'FromLater1')");
    await expect(trail.walls()).rejects.toThrow(/migrated further than this program knows/);
  });
});

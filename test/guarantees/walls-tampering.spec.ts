import { asOwner } from '../builders/agencies';
import { TestTrail } from '../setup/audit-trail';
import { DRIVEN_WALL } from '../setup/driven-clock';

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

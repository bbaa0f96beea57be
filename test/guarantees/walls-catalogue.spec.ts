import { Client } from 'pg';
import { withClient } from '../../src/platform/database/embedded/client';
import { wallDifferences } from '../../src/platform/audit/walls';
import { readWalls, wallsOfThisProgram } from '../../src/platform/database/wall-catalogue';
import { DRIVEN_CLOCK, OWN_CLOCK } from '../setup/driven-clock';
import { WALL_RULES } from '../catalogue/wall-rules';
import { currentRun } from '../setup/run-context';
import { createDatabase, type TestDatabase } from '../setup/database';

describe('the catalogue of the migrated database', () => {
  let database: TestDatabase;
  let owner: Client;
  beforeAll(async () => {
    database = await createDatabase();
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await database.drop();
  });

  const found = async (text: string): Promise<string[]> =>
    (await owner.query<{ what: string }>(text)).rows.map(({ what }) => what).sort();

  describe.each(WALL_RULES)('knows $name', ({ finds, reviewed = {}, breach }) => {
    it('nowhere but where it was reviewed', async () => {
      expect(await found(finds)).toEqual(Object.keys(reviewed).sort());
    });

    it('and would find it', async () => {
      await owner.query('begin');
      try {
        await owner.query(breach);
        const known = Object.keys(reviewed);
        expect((await found(finds)).filter((what) => !known.includes(what))).not.toEqual([]);
      } finally {
        await owner.query('rollback');
      }
    });
  });

  it('is what `walls.json` says: after a change of the walls run `npm run walls` and commit the file', async () => {
    await owner.query('begin');
    try {
      await owner.query(OWN_CLOCK);
      expect(wallDifferences(wallsOfThisProgram(), await readWalls(owner))).toEqual([]);
    } finally {
      await owner.query('rollback');
    }
  });

  it('has a clock of its own, which no login of the application moves', async () => {
    const settings = ['app.clock_offset', 'app.agency_id', 'app.now'];
    const changes = [OWN_CLOCK, DRIVEN_CLOCK, 'alter function app.now() owner to current_user'];
    const moved: string[] = [];
    await owner.query(OWN_CLOCK);
    for (const [url, role] of [
      [database.appUrl, 'handrail_app'],
      [database.commandUrl, 'handrail_app'],
      [database.commandUrl, 'handrail_worker'],
    ] as const) {
      await withClient(url, async (thief) => {
        await thief.query(`set role ${role}`);
        for (const setting of settings) await thief.query('select set_config($1, $2, false)', [setting, '-2 hours']);
        const { rows } = await thief.query<{ off: boolean }>(
          'select abs(extract(epoch from app.now() - clock_timestamp())) > 1 as off',
        );
        if (rows[0]?.off !== false) moved.push(role);
        for (const text of changes) {
          const code = await thief.query(text).then(
            () => 'ALLOWED',
            (error: unknown) => (error as { code?: string }).code,
          );
          if (code !== '42501') moved.push(`${role}: ${text}: ${code}`);
        }
      });
    }
    expect(moved).toEqual([]);
  });

  it('lets the login that answers become the application, the login of commands the worker too, and neither anything else', async () => {
    const { app, commands } = currentRun().logins;
    const reaches = (name: string) =>
      found(
        `select rolname as what from pg_roles where rolname <> '${name}' and pg_has_role('${name}', oid, 'member')`,
      );
    expect(await reaches(app.name)).toEqual(['handrail_app']);
    expect(await reaches(commands.name)).toEqual(['handrail_app', 'handrail_worker']);
    // Nor may another login of ours.
    const workers = `select rolname as what from pg_roles where not rolsuper and rolcanlogin
      and rolname like '${currentRun().prefix}%' and pg_has_role(oid, 'handrail_worker', 'member')`;
    expect(await found(workers)).toEqual([commands.name]);
  });

  it('shows whoever has the login that answers no way to a wider role, with any statement that changes one', async () => {
    const ways = [
      ...[
        'set role "%"',
        'set local role "%"',
        'set session authorization "%"',
        "select set_config('role', '%', false)",
      ],
      ...[
        'grant "%" to current_user',
        'grant "%" to session_user',
        'alter role "%" login',
        'create role mine in role "%"',
      ],
      ...[
        'alter default privileges for role "%" grant select on tables to public',
        'reassign owned by "%" to current_user',
      ],
      "select app.enter_as_system('00000000-0000-0000-0000-000000000000', '')",
    ];
    const { app, commands } = currentRun().logins;
    const others = await found(
      `select rolname as what from pg_roles where rolname !~ '^pg_' or rolname ~ '^pg_(read|write)_'`,
    );
    const wider = others.filter((name) => !['handrail_app', app.name].includes(name));
    expect(wider).toEqual(expect.arrayContaining(['handrail_worker', 'handrail_checker', commands.name]));
    const allowed: string[] = [];
    await withClient(database.appUrl, async (thief) => {
      for (const start of ['reset role', 'set role handrail_app']) {
        await thief.query(start);
        for (const text of wider.flatMap((role) => ways.map((way) => way.replace('%', role)))) {
          const code = await thief.query(text).then(
            () => 'ALLOWED',
            (error: unknown) => (error as { code?: string }).code,
          );
          // 42939: a role of PostgreSQL’s own, which nobody alters.
          if (code !== '42501' && code !== '42939') allowed.push(`${start}: ${text}: ${code}`);
        }
      }
    });
    expect(allowed).toEqual([]);
  });
});

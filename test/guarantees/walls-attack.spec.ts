import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { Actor } from '../../src/access';
import { agencyKinds, keysOf } from '../../src/kernel/vocabulary';
import { AcceptanceService } from '../../src/referrals/acceptance.service';
import { AdmissionService } from '../../src/referrals/admission.service';
import { ArrivalService } from '../../src/referrals/arrival.service';
import { buildActor } from '../builders/agencies';
import { buildReferral, buildRegion, done, offerAt, type Region } from '../builders/referrals';
import { openApp, type TestApp } from '../setup/app';
import { OPEN_DIRECTORIES } from '../catalogue/reviewed';
import { furnish, GUESSED } from '../setup/furnished-side';
import { Side } from '../sweep/side';

/** What every agency reads of every other, each with its reason; beside it what is published for everybody. */
const DIRECTORY = [...Object.keys(OPEN_DIRECTORIES).map((name) => name.replace('public.', '')), 'support_meeting'];
/** Of libraries: names of migrations and of queues. */
const NOBODYS = ['migrations', 'queue'];
/**
 * The clock answers anew each time; the number of a property room is reckoned from whatever id it is given, of an agency or of nobody; a
 * quota is in an open directory.
 */
const ANSWERS_ALL = ['app.now', 'app.annex_of', 'app.hold_quota'];
const SETTINGS: Record<string, unknown> = { text: 'x', json: '{}', int4: 1, bool: true, timestamptz: new Date(0) };

interface Callable {
  readonly name: string;
  readonly types: string[];
}

describe('the application’s login in the hands of somebody with psql', () => {
  let app: TestApp;
  let region: Region;
  let stranger: Actor;
  /** One of every kind: what a kind may do more than others opens nobody else’s rows. */
  let strangers: Actor[];
  let thief: Client;
  let doer: Client;
  /** Ids of another agency’s rows: what a guess would need first. */
  let foreign: string[];
  /** Of the rooms that were added since, one of each kind. */
  let others: string[];
  let ids: { person: string; referral: string; episode: string; account: string };

  beforeAll(async () => {
    app = await openApp();
    region = await buildRegion(app, [{ staffed: 2 }]);
    strangers = [];
    for (const kind of keysOf(agencyKinds)) {
      strangers.push(await buildActor(app.database, kind, kind === 'PLATFORM' ? 'PLATFORM_ADMIN' : 'PRIVACY_OFFICER'));
    }
    stranger = strangers.find(({ agencyKind }) => agencyKind === 'TREATMENT_PROVIDER') ?? region.officer;
    const intake = region.programs[0]?.intake ?? region.officer;
    const referral = await buildReferral(app, region.officer);
    await buildReferral(app, region.officer);
    const offer = await offerAt(app, referral, intake.agencyId);
    done(await app.app.get(AcceptanceService).accept(intake, offer, { name: 'acceptOffer' }));
    done(await app.app.get(ArrivalService).recordArrival(intake, referral, { name: 'recordArrival' }));
    done(await app.app.get(AdmissionService).admit(intake, referral, { name: 'admitPerson' }));
    const [row] = await app.owner<{ person: string; episode: string; entry: string }>(
      `with signed as (insert into consent (person_id, kind, permits, in_force, disclosers, information, purposes, recipient_kind,
           expiry, signed_by, signature_method, text_version, text_hash, state_rules, recorded_by_agency_id, recorded_by, signed_at)
         select person_id, 'TREATMENT_PAYMENT_OPERATIONS', '{TREATMENT_PAYMENT_OPERATIONS}', '{TREATMENT_PAYMENT_OPERATIONS}', '{x}', '{x}', '{x}',
           'TREATING_PROVIDERS', 'NONE', 'x', 'x', 'x', repeat('0', 64), 'x', $2, $3, now() - interval '1 day' from referral where id = $1)
       update referral set care_is_part2 = true where id = $1
       returning person_id as person, episode_id as episode, (select id from audit_entry where subject_id = $1 limit 1) as entry`,
      [referral, region.officer.agencyId, region.officer.id],
    );
    if (!row) throw new Error('no referral');
    ids = { person: row.person, referral, episode: row.episode, account: region.officer.id };
    foreign = [...Object.values(ids), row.entry, region.officer.agencyId];
    await furnish(await Side.build(app, 39.33));
    others = [];
    for (const table of GUESSED) {
      const [one] = await app.owner<{ id: string }>(`select id from ${table} limit 1`);
      if (!one) throw new Error(`no row of ${table}`);
      others.push(one.id);
    }
    thief = new Client({ connectionString: app.database.appUrl });
    doer = new Client({ connectionString: app.database.commandUrl });
    await Promise.all([thief.connect(), doer.connect()]);
  });
  afterAll(async () => {
    await Promise.all([thief.end(), doer.end()]);
    await app.close();
  });

  /** In a transaction that is rolled back. */
  const alone = async <T>(work: () => Promise<T>): Promise<T> => {
    await thief.query('begin');
    try {
      return await work();
    } finally {
      await thief.query('rollback');
    }
  };
  /** What a statement answers, or the code it is refused with. */
  const attempt = async (text: string, values: unknown[] = []): Promise<unknown[] | string> => {
    await thief.query('savepoint attempt');
    try {
      return (await thief.query({ text, values, rowMode: 'array' })).rows;
    } catch (error) {
      await thief.query('rollback to attempt');
      return (error as { code?: string }).code ?? String(error);
    }
  };
  const asAgency = async (id: string): Promise<void> => {
    await thief.query('set local role handrail_app');
    await thief.query("select set_config('app.agency_id', $1, true)", [id]);
  };
  const asStranger = (): Promise<void> => asAgency(stranger.agencyId);
  const relations = () =>
    app.owner<{ name: string; table: string }>(
      `select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name, c.relname as table
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname in ('public', 'app', 'pgboss') and c.relkind in ('r', 'p', 'v', 'm', 'f') order by 1`,
    );
  const callables = () =>
    app.owner<Callable>(
      `select p.pronamespace::regnamespace || '.' || quote_ident(p.proname) as name,
         array(select t::regtype::text from unnest(p.proargtypes) with ordinality as a (t, n) order by n) as types
       from pg_proc p where p.pronamespace in ('public'::regnamespace, 'app'::regnamespace, 'pgboss'::regnamespace)
         and has_function_privilege('handrail_app', p.oid, 'execute') and p.prorettype <> 'trigger'::regtype
         and p.proname <> 'enter_as_system' order by 1`,
    );

  it('has no right at all until it says which role it works as', async () => {
    await alone(async () => {
      for (const { name } of await relations()) {
        expect([name, await attempt(`select * from ${name}`)]).toEqual([name, '42501']);
      }
      for (const { name, types } of await callables()) {
        const holes = types.map((type) => `null::${type}`).join();
        expect([name, await attempt(`select ${name}(${holes})`)]).toEqual([name, '42501']);
      }
    });
  });

  it('reads nothing without a context', async () => {
    await alone(async () => {
      await thief.query('set local role handrail_app');
      for (const { name, table } of await relations()) {
        const answer = await attempt(`select * from ${name}`);
        // Nothing either where the policy says never.
        if (!NOBODYS.includes(table)) {
          expect([name, ['HR403', '42501', '[]']]).toEqual([name, expect.arrayContaining([text(answer)])]);
        }
      }
    });
  });

  it('reads no row of another agency under a context of its own making, whatever kind of agency that is', async () => {
    const foreigners: string[] = [];
    await alone(async () => {
      for (const { agencyId, id, membershipId } of strangers) {
        await asAgency(agencyId);
        const own = [agencyId, id, membershipId];
        for (const { name, table } of await relations()) {
          if (DIRECTORY.includes(table) || NOBODYS.includes(table)) continue;
          const answer = await attempt(`select to_jsonb(r)::text from ${name} r`);
          const rows = typeof answer === 'string' ? [] : answer.map((row) => String((row as unknown[])[0]));
          foreigners.push(
            ...rows.filter((row) => !own.some((one) => row.includes(one))).map((row) => `${name} ${row}`),
          );
        }
      }
    });
    expect(foreigners).toEqual([]);
  });

  /** A table without rows proves nothing, nor does a row that its own agency would not read either. */
  it('finds rows in every table, which those read whose they are', async () => {
    const unread = new Map<string, string>();
    const empty: string[] = [];
    for (const { name, table } of await relations()) {
      if (name.startsWith('pgboss.') || NOBODYS.includes(table)) continue;
      if ((await app.owner(`select from ${name} limit 1`)).length === 0) empty.push(name);
      const [shut] = await app.owner(
        "select from pg_policies where tablename = $1 and 'handrail_app' = any(roles) and cmd = 'SELECT' and qual = 'false'",
        [table],
      );
      if (!shut) unread.set(table, name);
    }
    expect(empty).toEqual([]);
    process.stdout.write(`Attack: ${unread.size} tables that somebody reads\n`);
    const agencies = await app.owner<{ id: string }>(
      'select id from agency union all select app.annex_of(id) from agency order by 1',
    );
    await alone(async () => {
      for (const { id } of agencies) {
        await asAgency(id);
        for (const [table, name] of unread) {
          const answer = await attempt(`select from ${name} limit 1`);
          if (Array.isArray(answer) && answer.length > 0) unread.delete(table);
        }
      }
    });
    expect([...unread.keys()]).toEqual([]);
  });

  /** What a function says to any choice of these ids is what it says to ids of nobody. */
  const expectSilence = async (name: string, types: readonly string[], pool: readonly string[]): Promise<void> => {
    const nobodys = pool.map(() => randomUUID());
    for (const choice of choices(types, pool.length)) {
      const ask = async (ids: readonly string[]) => {
        const values = choice.map((at, n) => argument(types[n] ?? '', at, ids, stranger.agencyId));
        const holes = types.map((type, n) => `$${n + 1}::${type}`).join();
        const answer = JSON.stringify(await attempt(`select to_jsonb(f) from ${name}(${holes}) f`, values));
        return ids.reduce((said, id, at) => said.replaceAll(id, `id ${at}`), answer);
      };
      expect([name, choice, await ask(pool)]).toEqual([name, choice, await ask(nobodys)]);
    }
  };

  it('hears the same from every function about rows of another agency as about none', async () => {
    const called: string[] = [];
    await alone(async () => {
      await asStranger();
      for (const { name, types } of await callables()) {
        called.push(name);
        if (ANSWERS_ALL.includes(name)) continue;
        for (const pool of [foreign, others]) await expectSilence(name, types, pool);
      }
    });
    expect(called).toEqual(
      expect.arrayContaining(['app.active_consents', 'app.enter', 'app.sign_in', 'app.takes_part']),
    );
    // A membership is a key: with its id and its agency’s, which nobody reads elsewhere, it opens that agency, and no other.
    await alone(async () => {
      await asStranger();
      const { membershipId } = region.officer;
      expect(await attempt("select app.enter($1, $2, '')", [membershipId, stranger.agencyId])).toBe('HR401');
      expect(await attempt('select * from membership where id = $1', [membershipId])).toEqual([]);
    });
    // Who may hear does.
    const provider = region.programs[0]?.intake;
    await alone(async () => {
      await thief.query('set local role handrail_app');
      await thief.query("select set_config('app.agency_id', $1, true)", [provider?.agencyId]);
      expect(await attempt('select app.active_consents($1, $2)', [ids.person, provider?.agencyId])).toEqual([
        [['TREATMENT_PAYMENT_OPERATIONS']],
      ]);
    });
  });

  it('writes itself no way in, and puts no table of its own in the place of ours', async () => {
    const own = stranger.agencyId;
    const tries: [string, unknown[]][] = [
      ["insert into person_party (agency_id, person_id, basis) values ($1, $2, 'INTAKE')", [own, ids.person]],
      [
        "insert into referral_party (agency_id, referral_id, side, submitted_at) values ($1, $2, 'SENDER', now())",
        [own, ids.referral],
      ],
      ["insert into membership (agency_id, account_id, role) values ($1, $2, 'OFFICER')", [own, ids.account]],
      ['update membership set account_id = $1', [ids.account]],
      ['update person_party set person_id = $1', [ids.person]],
      [
        "insert into referral (episode_id, person_id, pathway, state, sender_agency_id, submitted_by, need) values ($2, $3, 'HOSPITAL_REFERRAL', 'SUBMITTED', $1, $1, '{}')",
        [own, ids.episode, ids.person],
      ],
      [
        "insert into episode (person_id, opened_by_agency_id, pathway) values ($2, $1, 'HOSPITAL_REFERRAL')",
        [own, ids.person],
      ],
      [
        'create temporary table referral_party as select $1::uuid as agency_id, $2::uuid as referral_id',
        [own, ids.referral],
      ],
      ['create table public.referral_party2 ()', []],
      ['create schema mine', []],
    ];
    await alone(async () => {
      await asStranger();
      for (const [text, values] of tries) expect([text, await attempt(text, values)]).toEqual([text, '42501']);
    });
  });

  /** What decision 0067 says of the other login: after a decided command it works across agencies. */
  it('reads all with the login of the commands and still changes nothing written for good', async () => {
    const login = thief;
    thief = doer;
    await alone(async () => {
      await thief.query('set local role handrail_worker');
      expect(await attempt('select count(*)::int > 0 from referral')).toEqual([[true]]);
      for (const table of ['audit_entry', 'audit_block', 'referral_change', 'census', 'match_run', 'disclosure']) {
        expect([table, await attempt(`update ${table} set id = id`)]).toEqual([
          table,
          expect.stringMatching('42501|42703'),
        ]);
        expect([table, await attempt(`delete from ${table}`)]).toEqual([table, '42501']);
        expect([table, await attempt(`truncate ${table}`)]).toEqual([table, '42501']);
        expect([table, await attempt(`alter table ${table} disable row level security`)]).toEqual([table, '42501']);
      }
      expect(await attempt('set local role handrail_checker')).toBe('42501');
    }).finally(() => (thief = login));
  });
});

const text = (answer: unknown): string => (typeof answer === 'string' ? answer : JSON.stringify(answer));

/** Every choice of ids for the arguments that take one; the last place of the pool stands for the own agency. */
const choices = (types: readonly string[], pool: number): number[][] =>
  types.reduce<number[][]>(
    (all, type) =>
      all.flatMap((one) =>
        type.startsWith('uuid') ? Array.from({ length: pool + 1 }, (_, at) => [...one, at]) : [[...one, 0]],
      ),
    [[]],
  );

const argument = (type: string, at: number, pool: readonly string[], own: string): unknown => {
  const id = pool[at] ?? own;
  if (type === 'uuid') return id;
  return type === 'uuid[]' ? [id] : (SETTINGS[type] ?? null);
};

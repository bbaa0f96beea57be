import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { createDatabase, type TestDatabase } from '../setup/database';

const ROWS = 20_000;
const AGENCIES = 100;
/** The lists over tables whose policy has an OR, as the stores ask for them. */
const LISTS = Object.entries({
  offer: 'select id from offer where agency_id = app.agency() order by created_at desc, id desc limit 26',
  unmet_need: 'select id from unmet_need where agency_id = app.agency() order by at desc, id desc limit 26',
  hold: 'select id from hold where referral_id = any($1)',
  disclosure: 'select id from disclosure where from_agency_id = app.agency() order by at desc, id desc limit 26',
  consent: 'select id from consent where person_id = any($1)',
  person_party: 'select p.id from person p where p.id = any($1)',
  referral: `with mine as materialized (select referral_id from referral_party where agency_id = app.agency()
    order by submitted_at desc, referral_id desc limit 26) select r.id from mine join referral r on r.id = mine.referral_id`,
});
interface Node {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: Node[];
}
const nodes = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodes)];

describe('a list under a policy with an OR', () => {
  let database: TestDatabase;
  let app: Client;
  const agency = randomUUID();
  const known = randomUUID();
  beforeAll(async () => {
    database = await createDatabase();
    const owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    const one = `(array[$1::uuid, $2::uuid])[1 + (n % ${AGENCIES} <> 0)::int]`;
    const another = `md5((n % ${AGENCIES})::text)::uuid`;
    const rows = `from generate_series(1, ${ROWS}) n`;
    const fill = (text: string) => owner.query(text, [agency, randomUUID()]);
    // Rows without parents and checks: only their number matters here.
    await owner.query('set session_replication_role = replica');
    await fill(`insert into offer (referral_id, program_id, pool_id, agency_id, rank, acknowledge_by, decide_by)
      select uuidv7(), uuidv7(), uuidv7(), ${one}, 1, now(), now() ${rows}`);
    await fill(
      `insert into unmet_need (referral_id, match_run_id, agency_id, rules) select uuidv7(), uuidv7(), ${one}, '{}' ${rows}`,
    );
    await fill(`insert into hold (pool_id, agency_id, referral_id) select uuidv7(), ${one}, uuidv7() ${rows}`);
    await fill(`insert into disclosure (at, way, subject_type, subject_id, from_agency_id, to_agency_id, actor_kind, actor_id, role, purpose, what,
      consents, is_part2, notice_version) select now(), 'GRAPHQL', 'Person', uuidv7(), ${one}, ${another}, '', uuidv7(), '', '', '{}', '{}', false, '' ${rows}`);
    // The agency was told of one person’s need again and again, and never who they are.
    await owner.query(
      `insert into disclosure (at, way, subject_type, subject_id, from_agency_id, to_agency_id, actor_kind, actor_id, role, purpose, what,
      consents, is_part2, notice_version) select now(), 'GRAPHQL', 'Person', $2, ${another}, $1, '', uuidv7(), '', '', '{"Referral": {}}', '{}', false, '' ${rows}`,
      [agency, known],
    );
    await fill(`insert into consent (person_id, recorded_by_agency_id, recorded_by, signed_at, kind, recipient_kind, disclosers, information, purposes,
      expiry, signed_by, signature_method, text_version, text_hash, state_rules) select uuidv7(), ${one}, uuidv7(), now(), 'TREATMENT_PAYMENT_OPERATIONS',
      'TREATING_PROVIDERS', '{x}', '{x}', '{x}', 'NONE', '', '', '', repeat('0', 64), '' ${rows}`);
    await fill(`with made as (insert into referral (episode_id, person_id, pathway, state, sender_agency_id, submitted_by, need)
      select uuidv7(), uuidv7(), '', 'SUBMITTED', ${one}, uuidv7(), '{}' ${rows} returning id, sender_agency_id)
      insert into referral_party (agency_id, referral_id, side, submitted_at) select sender_agency_id, id, 'SENDER', now() from made`);
    // Each known by a consent that ends.
    await fill(`with made as (insert into person (language) select 'en' ${rows} returning id), numbered as (select id, row_number() over () as n from made)
      insert into person_party (agency_id, person_id, basis, until) select ${one}, id, 'COORDINATION_WITH_CONSENT', now() + interval '1 year' from numbered`);
    await owner.query('analyze');
    await owner.end();
    app = new Client({ connectionString: database.appUrl });
    await app.connect();
    await app.query("set role handrail_app; set plan_cache_mode = 'force_generic_plan'");
    await app.query("select set_config('app.agency_id', $1, false)", [agency]);
  });
  afterAll(async () => {
    await app.end();
    await database.drop();
  });

  it('without a condition of its own would read the table: stores name the agency, policies only hold', async () => {
    const answer = await app.query<{ 'QUERY PLAN': { Plan: Node }[] }>(
      'explain (analyze, format json) select id from offer',
    );
    const [scan] = nodes(answer.rows[0]?.['QUERY PLAN'][0]?.Plan as Node).filter((node) => node['Relation Name']);
    expect([scan?.['Node Type'], scan?.['Rows Removed by Filter']]).toEqual(['Seq Scan', ROWS - ROWS / AGENCIES]);
  });

  it.each(LISTS)('%s reads its page and little more', async (table, text) => {
    const answer = await app.query<{ 'QUERY PLAN': { Plan: Node }[] }>(
      `explain (analyze, format json) ${text}`,
      text.includes('$1') ? [[known, randomUUID()]] : [],
    );
    const plan = nodes(answer.rows[0]?.['QUERY PLAN'][0]?.Plan as Node).filter(
      (node) => node['Relation Name'] === table,
    );
    expect(plan.length).toBeGreaterThan(0);
    for (const node of plan) {
      expect(node['Node Type']).not.toBe('Seq Scan');
      expect(node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)).toBeLessThanOrEqual(300);
    }
  });

  it('does not stand between an agency and whether it was told a name: one index does', async () => {
    const pages = async (): Promise<number> => {
      const answer = await app.query<{
        'QUERY PLAN': { Plan: { 'Shared Hit Blocks': number; 'Shared Read Blocks': number } }[];
      }>('explain (analyze, buffers, format json) select app.was_told_name($1)', [known]);
      const plan = answer.rows[0]?.['QUERY PLAN'][0]?.Plan;
      return (plan?.['Shared Hit Blocks'] ?? NaN) + (plan?.['Shared Read Blocks'] ?? NaN);
    };
    // The first call plans.
    await pages();
    expect(await pages()).toBeLessThan(20);
  });
});

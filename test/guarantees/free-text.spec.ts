import { consent } from '../../src/cli/walkthrough/people';
import { WORDS_IN_CLEAR } from '../catalogue/words-reviewed';
import { EmergencyWard } from '../stories/emergency';

const WRITTEN = 'Quillon Zebulon Marrow';
const RECORD = `mutation ($input: RecordPersonConsentInput!) { recordPersonConsent(input: $input) {
  __typename ... on Consent { id recipientName } ... on Refused { code message } } }`;

/** Types that hold no words. What is not here may hold some. */
const WORDLESS = `('uuid', 'uuid[]', 'boolean', 'smallint', 'integer', 'integer[]', 'bigint', 'numeric', 'double precision', 'date',
  'timestamp with time zone', 'interval', 'xid8')`;
/** A CHECK on the column alone that names its codes, or their shape: digits, hexadecimal digits, two capitals. */
const CODED = `( = ANY \\(| <@ )ARRAY\\[| ~ ''\\^\\[(0-9|A-Z\\]\\{2\\})`;
const COLUMNS = `select c.relname || '.' || a.attname as what from pg_attribute a join pg_class c on c.oid = a.attrelid
  where c.relnamespace in ('public'::regnamespace, 'app'::regnamespace) and c.relkind in ('r', 'p') and a.attnum > 0
    and not a.attisdropped and a.atttypid::regtype::text not in ${WORDLESS}
    and not (a.atttypid = 'bytea'::regtype and a.attname ~ '_(sealed|index)$')
    and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]
      and pg_get_constraintdef(k.oid) ~ '${CODED}')`;

describe('what people write in their own words', () => {
  let ward: EmergencyWard;
  beforeAll(async () => {
    ward = await EmergencyWard.open();
  });
  afterAll(() => ward.close());

  it('stands in no table in clear, and is read by who may read it', async () => {
    const referralId = await ward.inTreatment(ward.phone(), {}, 'hospital');
    const { scope: _, ...signature } = consent('OUTCOME_TO_SENDER');
    const inAYear = new Date(Date.now() + 300 * 86_400_000).toISOString();
    const input = {
      personId: await ward.personOf(referralId),
      ...signature,
      textVersion: 'volunteer/1/en',
      recipientName: WRITTEN,
      expiresAt: inAYear,
    };
    const recorded = await ward.said(ward.ask('hospital', RECORD, { input }, {}));
    expect(recorded).toMatchObject({ __typename: 'Consent', recipientName: WRITTEN });
    const opened = await ward.break('medic', { referralId, discloser: WRITTEN });
    expect(opened).toMatchObject({ isActive: true });
    const privacy = await ward.privacyOfficer('hospital');
    const { data } = await privacy<{ breakGlassReviews: { nodes: { breakGlass: { discloser: string } }[] } }>(
      '{ breakGlassReviews(first: 5) { nodes { breakGlass { discloser } } } }',
    );
    expect(data?.breakGlassReviews.nodes).toContainEqual({ breakGlass: { discloser: WRITTEN } });

    const tables = await ward.app.owner<{ name: string }>(
      "select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables where schemaname in ('public', 'pgboss')",
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const rows = await ward.app.owner(`select 1 from ${name} t where t::text ilike $1`, [`%${WRITTEN}%`]);
      if (rows.length > 0) found.push(name);
    }
    expect(tables.length).toBeGreaterThan(20);
    expect(found).toEqual([]);
  });

  it('has no column that nobody looked at: each that can hold words is sealed, bound to codes, or listed with a reason', async () => {
    const unknown = async (): Promise<string[]> => {
      const rows = await ward.app.owner<{ what: string }>(COLUMNS);
      expect(rows.length).toBeGreaterThan(100);
      return rows.map(({ what }) => what).filter((what) => !Object.hasOwn(WORDS_IN_CLEAR, what));
    };
    expect(await unknown()).toEqual([]);
    await ward.app.owner('alter table referral add column remarks text');
    expect(await unknown()).toEqual(['referral.remarks']);
  });
});

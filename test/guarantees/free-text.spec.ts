import { consent } from '../../src/cli/walkthrough/people';
import { EmergencyWard } from '../stories/emergency';

const WRITTEN = 'Quillon Zebulon Marrow';
const RECORD = `mutation ($input: RecordPersonConsentInput!) { recordPersonConsent(input: $input) {
  __typename ... on Consent { id recipientName } ... on Refused { code message } } }`;

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
});

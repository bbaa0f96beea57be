import { byOfficer, outcomeToSender, Region } from './region';

describe('what a command answers', () => {
  let region: Region;
  beforeAll(async () => {
    region = await Region.open();
  });
  afterAll(() => region.close());

  it('is read under the caller’s own rights, also where the command worked beyond them', async () => {
    // The instant acceptance writes the provider’s hold, offer and counters; the officer is answered none of it.
    const answered = await region.client.ask<{ submitReferral: Record<string, unknown> }>(
      'officer',
      `mutation ($input: SubmitReferralInput!) { submitReferral(input: $input) { ... on Referral {
         progress state scheduledFor offers { id } hold { id } need { substances } matchRuns { id } changes { id } destination { id } } } }`,
      { input: byOfficer },
    );
    expect(answered.data?.submitReferral).toEqual({
      progress: 'ACKNOWLEDGED',
      state: null,
      scheduledFor: null,
      offers: null,
      hold: null,
      need: null,
      matchRuns: null,
      changes: null,
      destination: null,
    });
  });

  it('is the record as it stands after the command, in one transaction with it', async () => {
    const id = await region.refer('officer', { ...byOfficer, consents: [outcomeToSender] });
    const answered = await region.client.ask<{ recordArrival: Record<string, unknown> }>(
      'provider',
      `mutation ($id: ID!) { recordArrival(id: $id) { ... on Referral { state arrivedAt hold { state endsAt } } } }`,
      { id },
    );
    expect(answered.data?.recordArrival).toMatchObject({ state: 'ARRIVED', hold: { state: 'ACTIVE', endsAt: null } });
  });

  it('tells steps in the order in which they were taken, also one that began before another and had to wait for it', async () => {
    const id = await region.refer('officer', byOfficer);
    await region.app.owner(
      `insert into referral_change (referral_id, at, command, from_state, to_state, agency_id, actor_id, actor_kind)
       select referral_id, at - interval '1 second', 'schedule', 'ACCEPTED', 'SCHEDULED', agency_id, actor_id, actor_kind
       from referral_change where referral_id = $1 and to_state = 'ACCEPTED'`,
      [id],
    );
    const { data } = await region.client.ask<{ referral: { changes: { command: string }[] } }>(
      'coordinator',
      'query ($id: ID!) { referral(id: $id) { changes { command } } }',
      { id },
    );
    expect(data?.referral.changes.map(({ command }) => command)).toEqual(['submit', 'accept', 'schedule']);
  });
});

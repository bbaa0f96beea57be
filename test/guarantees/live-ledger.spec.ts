import type { Actor } from '../../src/access';
import { OutboxFeed } from '../../src/platform/outbox/outbox-feed';
import { buildReferral, buildRegion, type Region } from '../builders/referrals';
import { openApp, type TestApp } from '../setup/app';
import { LiveClient, listenTo, pause } from '../setup/live-client';

const NEED = 'subscription { referralChanged { id need { substances } } }';
const PROGRESS = 'subscription { referralChanged { id progress } }';

describe('news that tells something protected', () => {
  let app: TestApp;
  let region: Region;
  let intake: Actor;
  const clients: LiveClient[] = [];
  beforeAll(async () => {
    app = await openApp();
    await listenTo(app.app);
    region = await buildRegion(app);
    intake = region.programs[0]?.intake as Actor;
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
  });
  afterAll(() => app.close());

  const feed = () => app.app.get(OutboxFeed).advance();
  const follow = async (query: string): Promise<LiveClient> => {
    const client = await LiveClient.signedIn(app.app, await app.tokenOf(intake));
    clients.push(client);
    await client.subscribe(query);
    return client;
  };
  const onRecord = async (referralId: string) => {
    const lines = await app.owner(
      "select to_agency_id from disclosure where way = 'SUBSCRIPTION' and what -> 'Referral' -> 'ids' ? $1",
      [referralId],
    );
    const readings = await app.owner(
      "select action from audit_entry where kind = 'READ' and actor_id = $1 and details -> 'Referral' -> 'ids' ? $2",
      [intake.id, referralId],
    );
    return { lines, readings };
  };

  it('has its line of the ledger and its entry of the trail when it arrives', async () => {
    const client = await follow(NEED);
    const referralId = await buildReferral(app, region.officer);
    await feed();
    expect(await client.event()).toMatchObject({ id: referralId, need: { substances: expect.any(Array) as string[] } });
    expect(await onRecord(referralId)).toEqual({
      lines: [{ to_agency_id: intake.agencyId }],
      readings: [{ action: 'referralChanged' }],
    });
  });

  it.each(['disclosure', 'audit_entry'])('is not sent while %s cannot be written', async (table) => {
    const client = await follow(NEED);
    const receipts = await follow(PROGRESS);
    const referralId = await buildReferral(app, region.officer);
    await app.owner(`revoke insert on ${table} from handrail_app`);
    try {
      await feed();
      // What tells nothing protected needs no record.
      expect(await receipts.event()).toMatchObject({ id: referralId });
      await pause(300);
      expect(JSON.stringify(client.messages)).not.toContain('substances');
      expect(await onRecord(referralId)).toEqual({ lines: [], readings: [] });
    } finally {
      await app.owner(`grant insert on ${table} to handrail_app`);
    }
    expect(await client.event()).toMatchObject({ id: referralId, need: {} });
    expect((await onRecord(referralId)).lines).toHaveLength(1);
  });
});

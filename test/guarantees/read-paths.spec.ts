import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, isObjectType } from 'graphql';
import { OutboxFeed } from '../../src/platform/outbox/outbox-feed';
import { buildEndpoint, sendDue } from '../builders/webhooks';
import { openApp, type Answer, type Ask, type TestApp } from '../setup/app';
import { everythingOf } from '../setup/everything-readable';
import type { Beginning } from '../setup/hidden-side';
import { LiveClient, listenTo } from '../setup/live-client';
import { Receiver } from '../setup/receiver';
import { buildReferral, buildSubmission } from '../builders/referrals';
import { Side, type SweptRole } from '../sweep/side';

const SENDERS = ['OFFICER', 'HOSPITAL_STAFF', 'COORDINATOR', 'SCHOOL_LIAISON'] as const;
const STAGES: readonly Beginning[] = ['pending', 'seen', 'accepted', 'admitted', 'cancelled'];
const READERS: readonly SweptRole[] = [
  'OFFICER',
  'MEDIC',
  'HOSPITAL_STAFF',
  'PROVIDER_STAFF',
  'OUTREACH_WORKER',
  'COORDINATOR',
  'SCHOOL_LIAISON',
];

/** A referral as far as one answer may hold, with what hangs on it. */
const REFERRAL = `${everythingOf('Referral', 1)} withheld { field reason } person { ${everythingOf('Person', 1)} withheld { field } }
  need { ${everythingOf('ReferralNeed', 1)} } offers { id state declineReason } hold { id state } handOffs { id state }
  consents { id scope isActive } destination { id }`;
const BY_ID = `query ($id: ID!) { referral(id: $id) { ${REFERRAL} } }`;
const LIST = `query ($after: String) { referrals(first: 3, after: $after) { nodes { ${REFERRAL} } edges { cursor node { id } }
  pageInfo { hasNextPage endCursor } } }`;
const BY_OFFER = `query ($after: String) { offers(first: 3, after: $after) { nodes { id state referral { ${REFERRAL} } }
  pageInfo { hasNextPage endCursor } } }`;
const BY_CLOCK = `query ($after: String) { dueClocks(first: 3, after: $after) { nodes { referral { ${REFERRAL} } }
  pageInfo { hasNextPage endCursor } } }`;
const BY_EPISODE = `query ($id: ID!) { referral(id: $id) { episode { referrals { ${REFERRAL} } } } }`;
const NEWS = `subscription { referralChanged { ${REFERRAL} } }`;

interface Seen {
  readonly id: string;
}
interface Page<Node> {
  readonly nodes: Node[];
  readonly edges?: { readonly node: Seen }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** All pages of a list, one after the other. */
const allOf = async <Node>(ask: Ask, query: string, field: string): Promise<Node[]> => {
  const nodes: Node[] = [];
  let after: string | null = null;
  for (let isMore = true; isMore;) {
    const answer: Answer<Record<string, Page<Node>>> = await ask(query, { after });
    expect(answer.errors).toEqual([]);
    const page: Page<Node> | undefined = answer.data?.[field];
    if (!page) throw new Error(`${field} answered nothing`);
    if (page.edges) expect(page.edges.map(({ node }) => node.id)).toEqual((page.nodes as Seen[]).map(({ id }) => id));
    nodes.push(...page.nodes);
    ({ hasNextPage: isMore, endCursor: after } = page.pageInfo);
  }
  return nodes;
};

describe('one record, whichever way it is read', () => {
  let app: TestApp;
  let side: Side;
  const ids: string[] = [];
  beforeAll(async () => {
    app = await openApp({ OUTBOUND_HOSTS: 'localhost' });
    await listenTo(app.app);
    side = await Side.build(app, 39.33);
    await app.owner(
      'insert into hold_quota (agency_id, active_holds, pool_share_percent) select id, 100000, 100 from agency on conflict do nothing',
    );
    for (const sender of SENDERS) for (const stage of STAGES) ids.push(await side.referral(sender, stage));
    await side.consentOf(await side.referral('OFFICER', 'accepted'), 'OFFICER');
    const other = await Side.build(app, 64.8);
    ids.push(await other.referral('OFFICER', 'accepted'));
  });
  afterAll(() => app.close());

  const looked = async (ask: Ask, id: string): Promise<Seen | null> => {
    const { data, errors } = await ask<{ referral: Seen | null }>(BY_ID, { id });
    expect(errors).toEqual([]);
    return data?.referral ?? null;
  };
  let compared = 0;
  const expectSame = (role: SweptRole, way: string, seen: Seen | null, truth: ReadonlyMap<string, Seen>): void => {
    // A way that shows nothing of the record tells nothing; one that shows some shows what every other way shows.
    if (seen === null) return;
    compared++;
    expect({ [`${role} by ${way}`]: seen }).toEqual({ [`${role} by ${way}`]: truth.get(seen.id) });
  };

  const byEpisode = async (ask: Ask, known: readonly string[]): Promise<Seen[]> => {
    const found: Seen[] = [];
    for (const id of known) {
      const { data } = await ask<{ referral: { episode: { referrals: Seen[] | null } | null } }>(BY_EPISODE, { id });
      found.push(...(data?.referral.episode?.referrals ?? []));
    }
    return found;
  };

  /** For those who have something due. */
  const byClock = async (ask: Ask, role: SweptRole): Promise<(Seen | null)[]> => {
    if (role !== 'PROVIDER_STAFF' && role !== 'COORDINATOR') return [];
    const clocks = await allOf<{ referral: Seen | null }>(ask, BY_CLOCK, 'dueClocks');
    expect(clocks.length).toBeGreaterThan(0);
    return clocks.map(({ referral }) => referral);
  };

  it.each(READERS)(
    'is the same by id, in every page of a list, by offer, by clock and by episode: %s',
    async (role) => {
      const ask = await app.as(side.cast[role]);
      const truth = new Map<string, Seen>();
      for (const id of ids) {
        const seen = await looked(ask, id);
        if (seen) truth.set(id, seen);
      }
      const listed = await allOf<Seen>(ask, LIST, 'referrals');
      expect(listed.map(({ id }) => id).sort()).toEqual([...truth.keys()].sort());
      for (const seen of listed) expectSame(role, 'list', seen, truth);
      for (const { referral } of await allOf<{ referral: Seen | null }>(ask, BY_OFFER, 'offers')) {
        expectSame(role, 'offer', referral, truth);
      }
      for (const seen of await byEpisode(ask, [...truth.keys()])) expectSame(role, 'episode', seen, truth);
      for (const seen of await byClock(ask, role)) expectSame(role, 'clock', seen, truth);
    },
  );

  it('is the same in an event of a subscription and in the answer of a command', async () => {
    const followers: [SweptRole, Ask, LiveClient][] = [];
    for (const role of ['OFFICER', 'COORDINATOR', 'PROVIDER_STAFF'] as const) {
      const client = await LiveClient.signedIn(app.app, await app.tokenOf(side.cast[role]));
      await client.subscribe(NEWS);
      followers.push([role, await app.as(side.cast[role]), client]);
    }
    const id = await side.referral('OFFICER', 'pending');
    const offers = await app.owner<{ id: string }>('select id from offer where referral_id = $1 and agency_id = $2', [
      id,
      side.cast.PROVIDER_STAFF.agencyId,
    ]);
    const intake = await app.as(side.cast.PROVIDER_STAFF);
    const { data } = await intake<{ acknowledgeOffer: { referral: Seen } }>(
      `mutation ($id: ID!) { acknowledgeOffer(id: $id) { ... on Offer { referral { ${REFERRAL} } } } }`,
      { id: offers[0]?.id },
    );
    expect(data?.acknowledgeOffer.referral).toEqual(await looked(intake, id));
    await app.app.get(OutboxFeed).advance();
    for (const [role, ask, client] of followers) {
      expect({ [role]: await client.event() }).toEqual({ [role]: await looked(ask, id) });
      client.close();
    }
  });

  it('is the same person found by a search', async () => {
    const PERSON = `${everythingOf('Person', 1)} withheld { field reason }`;
    const found: string[] = [];
    for (const role of ['HOSPITAL_STAFF', 'COORDINATOR', 'PROVIDER_STAFF'] as const) {
      const ask = await app.as(side.cast[role]);
      const known = await allOf<{ person: (Seen & Record<string, unknown>) | null }>(
        ask,
        `query ($after: String) { referrals(first: 3, after: $after) { nodes { person { ${PERSON} } } pageInfo { hasNextPage endCursor } } }`,
        'referrals',
      );
      for (const { person } of known.slice(0, 3)) {
        if (!person) continue;
        const { givenName, familyName } = person;
        const { data, errors } = await ask<{ findPersons: { nodes: { person: Seen }[] } }>(
          `query ($givenName: String, $familyName: String) { findPersons(givenName: $givenName, familyName: $familyName) { nodes { person { ${PERSON} } } } }`,
          { givenName, familyName },
          { 'handrail-purpose': role === 'COORDINATOR' ? 'COORDINATION' : 'TREATMENT' },
        );
        expect([role, errors]).toEqual([role, []]);
        const same = data?.findPersons.nodes.find(({ person: { id } }) => id === person.id);
        if (same) found.push(role);
        expect([role, same?.person ?? person]).toEqual([role, person]);
      }
    }
    expect(found).toContain('HOSPITAL_STAFF');
  });

  it('is the same in what a webhook delivers', async () => {
    const receiver = await Receiver.open();
    const { PROVIDER_STAFF: intake, HOSPITAL_STAFF: nurse } = side.cast;
    const at = { url: receiver.url };
    const near = { latitude: 39.33, preferredProgramIds: [side.pool.programId] };
    const ends = [
      await buildEndpoint(app, { id: intake.agencyId, kind: intake.agencyKind }, 'PROVIDER_STAFF', {
        ...at,
        kinds: ['OFFER_CHANGED'],
      }),
      await buildEndpoint(app, { id: nurse.agencyId, kind: nurse.agencyKind }, 'HOSPITAL_STAFF', {
        ...at,
        kinds: ['REFERRAL_CHANGED'],
      }),
    ];
    // Of what came before the endpoints nobody is told.
    await app.owner('update outbox_event set delivered_at = now() where delivered_at is null');
    const id = await buildReferral(app, nurse, buildSubmission({ pathway: 'HOSPITAL_REFERRAL' }, near));
    await sendDue(app);
    const documents: Record<string, string> = {
      'offer.changed':
        'query ($id: ID!) { record: offer(id: $id) { id state decideBy withdrawReason referral { id } } }',
      'referral.changed':
        'query ($id: ID!) { record: referral(id: $id) { id progress state acknowledgedAt closedAt missing } }',
    };
    const told = receiver.received.map(({ body }) => body);
    expect(new Set(told.map(({ type }) => type))).toEqual(new Set(Object.keys(documents)));
    expect(JSON.stringify(told)).toContain(id);
    for (const { type, data } of told) {
      const end = ends[type === 'offer.changed' ? 0 : 1];
      if (!end) throw new Error(type);
      const answer = await (await app.as(end.system))<{ record: unknown }>(documents[type] ?? '', { id: data['id'] });
      expect([type, data]).toEqual([type, answer.data?.record]);
    }
    await receiver.close();
  });

  it('is counted as it is listed', async () => {
    for (const role of ['PROVIDER_STAFF', 'COORDINATOR'] as const) {
      const ask = await app.as(side.cast[role]);
      const listed = await allOf<{ kind: string }>(
        ask,
        'query ($after: String) { dueClocks(first: 50, after: $after) { nodes { kind } pageInfo { hasNextPage endCursor } } }',
        'dueClocks',
      );
      const { data, errors } = await ask<{ clockBreaches: { kind: string; running: number }[] }>(
        '{ clockBreaches { kind running } }',
      );
      expect(errors).toEqual([]);
      const counted = new Map<string, number>();
      for (const { kind, running } of data?.clockBreaches ?? []) {
        counted.set(kind, (counted.get(kind) ?? 0) + running);
      }
      for (const kind of new Set(listed.map((one) => one.kind))) {
        const shown = listed.filter((one) => one.kind === kind).length;
        expect({ [`${role} ${kind}`]: counted.get(kind) }).toEqual({ [`${role} ${kind}`]: shown });
      }
      expect(listed.length).toBeGreaterThan(0);
    }
  });

  it('is counted by no list: what a page does not show is in no figure of it', () => {
    const schema = buildSchema(readFileSync(join(__dirname, '../../schema.graphql'), 'utf8'));
    const lists = Object.values(schema.getTypeMap()).filter(
      (type) => isObjectType(type) && type.name.endsWith('Connection'),
    );
    const fields = lists.flatMap((type) => (isObjectType(type) ? Object.keys(type.getFields()) : []));
    expect(lists.length).toBeGreaterThan(20);
    expect([...new Set(fields)].sort()).toEqual(['edges', 'nodes', 'pageInfo']);
  });

  it('is the same entry in the trail and in its export', async () => {
    const ask = await app.as(side.cast.PRIVACY_OFFICER);
    // Of one record: that somebody exports is an entry of its own, and would come between.
    const { data } = await ask<{ auditTrail: { nodes: Seen[] }; auditEvents: { events: { id: string }[] } }>(
      `query ($id: ID!) { auditTrail(first: 100, subjectId: $id) { nodes { id } } auditEvents(first: 100, subjectId: $id) { events } }`,
      { id: await side.referral('OFFICER', 'admitted') },
    );
    const [trail, exported] = [data?.auditTrail.nodes ?? [], data?.auditEvents.events ?? []].map((list) =>
      list.map(({ id }) => id),
    );
    expect(trail?.length).toBeGreaterThan(2);
    expect(exported).toEqual(trail);
    process.stdout.write(`Read paths: ${compared} records read twice or more ways alike\n`);
    expect(compared).toBeGreaterThan(100);
  });
});

import type { Actor } from '../../src/access';
import { consent } from '../../src/cli/walkthrough/people';
import { WebhookEndpointsStore } from '../../src/partners/webhooks/webhook-endpoints.store';
import { AcceptanceService } from '../../src/referrals/acceptance.service';
import { AdmissionService } from '../../src/referrals/admission.service';
import { ArrivalService } from '../../src/referrals/arrival.service';
import { OfferResponseService } from '../../src/referrals/offer-response.service';
import type { SubmitReferralInput } from '../../src/referrals/submit-referral.input';
import { buildReferral, buildRegion, buildSubmission, done, offerAt, type Region } from '../builders/referrals';
import { buildEndpoint, sendDue, type BuiltEndpoint } from '../builders/webhooks';
import { openApp, type TestApp } from '../setup/app';
import { Receiver } from '../setup/receiver';

type Step = 'acknowledge' | 'acknowledge2' | 'decline' | 'accept' | 'arrive' | 'admit';
/** Worlds a sender must not be able to tell apart: one program at least has seen it, and it is not closed. */
const worlds: Readonly<Record<string, readonly Step[]>> = {
  'nothing more': ['acknowledge'],
  'two programs look at it': ['acknowledge', 'acknowledge2'],
  'one declines, the other goes on': ['acknowledge', 'decline', 'acknowledge2'],
  'a place is kept': ['acknowledge', 'accept'],
  'the person has come': ['acknowledge', 'accept', 'arrive'],
  'the person is admitted': ['acknowledge', 'accept', 'arrive', 'admit'],
};
const command = { name: 'test' };

describe('webhooks of a sender behind the one-way valve', () => {
  let app: TestApp;
  let region: Region;
  let receiver: Receiver;
  let endpoint: BuiltEndpoint;

  beforeAll(async () => {
    app = await openApp({ OUTBOUND_HOSTS: 'localhost' });
    region = await buildRegion(app, [{ staffed: 50 }, { staffed: 50 }]);
    receiver = await Receiver.open();
    const police = { id: region.officer.agencyId, kind: 'LAW_ENFORCEMENT' } as const;
    endpoint = await buildEndpoint(app, police, 'OFFICER', { url: receiver.url, kinds: ['REFERRAL_CHANGED'] });
  });
  afterAll(async () => {
    await receiver.close();
    await app.close();
  });

  const intake = (program: 0 | 1): Actor => region.programs[program]?.intake as Actor;
  const take = async (referralId: string, step: Step): Promise<void> => {
    const [offerOf, at] = [(program: 0 | 1) => offerAt(app, referralId, intake(program).agencyId), app.app];
    const steps: Record<Step, () => Promise<unknown>> = {
      acknowledge: async () =>
        done(await at.get(OfferResponseService).acknowledge(intake(0), await offerOf(0), command)),
      acknowledge2: async () =>
        done(await at.get(OfferResponseService).acknowledge(intake(1), await offerOf(1), command)),
      decline: async () =>
        done(await at.get(OfferResponseService).decline(intake(0), await offerOf(0), 'NO_PLACE', command)),
      accept: async () => done(await at.get(AcceptanceService).accept(intake(0), await offerOf(0), command)),
      arrive: async () => done(await at.get(ArrivalService).recordArrival(intake(0), referralId, command)),
      admit: async () => done(await at.get(AdmissionService).admit(intake(0), referralId, command)),
    };
    await steps[step]();
  };
  const receivedOf = (referralId: string) => receiver.received.filter(({ body }) => body.data['id'] === referralId);
  /** Everything the agency can learn of what was sent: the bodies, the list of its admin, its own trail. */
  const known = async (referralId: string): Promise<unknown> => {
    const { data } = await (
      await app.as(endpoint.admin)
    )<{ webhookDeliveries: { nodes: { subjectId: string }[] } }>(
      `query ($id: ID!) { webhookDeliveries(endpointId: $id, first: 100) { nodes { kind subjectId state attempts lastCode } } }`,
      { id: endpoint.id },
    );
    const trail = await app.owner<{ action: string }>(
      "select action from audit_entry where agency_id = $1 and kind = 'READ' and (details::text like '%' || $2 || '%' or subject_id = $2::uuid) order by at",
      [region.officer.agencyId, referralId],
    );
    return {
      bodies: receivedOf(referralId).map(({ text }) =>
        text.replaceAll(referralId, 'id').replace(/"\d{4}-\d\d-\d\dT[^"]*"/g, '"then"'),
      ),
      list: data?.webhookDeliveries.nodes
        .filter(({ subjectId }) => subjectId === referralId)
        .map((node) => ({ ...node, subjectId: '' })),
      trail,
    };
  };

  it('are the same for every hidden world, one for each visible step', async () => {
    const streams: Record<string, unknown> = {};
    for (const [name, steps] of Object.entries(worlds)) {
      const referralId = await buildReferral(app, region.officer);
      await sendDue(app);
      for (const step of steps) {
        await take(referralId, step);
        await sendDue(app);
      }
      expect(receivedOf(referralId).map(({ body }) => body.data['progress'])).toEqual(['SENT', 'ACKNOWLEDGED']);
      expect(receivedOf(referralId).map(({ body }) => body.data['state'])).toEqual([null, null]);
      streams[name] = await known(referralId);
    }
    const [plain] = Object.values(streams);
    for (const stream of Object.values(streams)) expect(stream).toEqual(plain);
  });

  it('tell of no hidden step when a consent has ended before it', async () => {
    const consents = [{ ...consent('OUTCOME_TO_SENDER'), signedAt: new Date(Date.now() - 3_600_000) }];
    for (const ending of ["revoked_at = now(), in_force = '{}'", "expiry = 'ON_DATE', expires_at = now()"]) {
      const submission = buildSubmission({ consents: consents as SubmitReferralInput['consents'] });
      const referralId = await buildReferral(app, region.officer, submission);
      await sendDue(app);
      for (const step of ['acknowledge', 'accept'] as const) {
        await take(referralId, step);
        await sendDue(app);
      }
      // It was sent, it was acknowledged, and where the person goes.
      expect(receivedOf(referralId)).toHaveLength(3);
      await app.owner(`update consent set ${ending} where person_id = (select person_id from referral where id = $1)`, [
        referralId,
      ]);
      for (const step of ['arrive', 'admit'] as const) {
        await take(referralId, step);
        await sendDue(app);
      }
      expect(receivedOf(referralId)).toHaveLength(3);
    }
  });

  it('tell a program once that something it could read is closed, and nothing of why', async () => {
    const signed = [{ ...consent('IDENTITY_BEFORE_ACCEPTANCE'), signedAt: new Date(Date.now() - 3_600_000) }];
    const submission = buildSubmission({ consents: signed as SubmitReferralInput['consents'] });
    const own = await Receiver.open();
    const program = { id: intake(0).agencyId, kind: 'TREATMENT_PROVIDER' } as const;
    await buildEndpoint(app, program, 'PROVIDER_STAFF', { url: own.url, kinds: ['REFERRAL_CHANGED'] });
    const referralId = await buildReferral(app, region.officer, submission);
    await take(referralId, 'acknowledge');
    await sendDue(app);
    own.received.length = 0;
    const consents = 'select c.id from consent c join referral r on r.person_id = c.person_id where r.id = $1';
    const [agreed] = await app.owner<{ id: string }>(consents, [referralId]);
    const revoke = 'mutation ($input: RevokeConsentInput!) { revokeConsent(input: $input) { __typename } }';
    const ask = await app.as(region.officer);
    await ask(revoke, { input: { consentId: agreed?.id, method: 'ORAL' } });
    await take(referralId, 'acknowledge2');
    const before = receivedOf(referralId).length;
    await sendDue(app);
    await sendDue(app);
    expect(own.received.map(({ body }) => body)).toMatchObject([
      { type: 'referral.changed', data: { id: referralId, progress: 'ACKNOWLEDGED', state: null } },
    ]);
    expect(own.received[0]?.text).not.toMatch(/consent|revok/i);
    expect(receivedOf(referralId)).toHaveLength(before);
    await own.close();
  });

  it('tell no more after a pause, or when the receiver was away, than without', async () => {
    const referralId = await buildReferral(app, region.officer);
    receiver.status = 500;
    await sendDue(app);
    for (const step of ['acknowledge', 'accept', 'arrive'] as const) {
      await take(referralId, step);
      await sendDue(app);
    }
    receiver.status = 204;
    receiver.received.length = 0;
    app.clock.advance(1);
    await sendDue(app);
    expect(receivedOf(referralId).map(({ body }) => body.data['progress'])).toEqual(['ACKNOWLEDGED']);
  });

  it('begin with what the agency had seen: a hidden step of an old referral is no news', async () => {
    const referralId = await buildReferral(app, region.officer);
    await take(referralId, 'acknowledge');
    await sendDue(app);
    const late = await Receiver.open();
    const police = { id: region.officer.agencyId, kind: 'LAW_ENFORCEMENT' } as const;
    await buildEndpoint(app, police, 'OFFICER', { url: late.url, kinds: ['REFERRAL_CHANGED'] });
    await take(referralId, 'accept');
    await take(referralId, 'arrive');
    await sendDue(app);
    expect(late.received).toEqual([]);
    await late.close();
  });

  it('wait for no other endpoint of which nothing can be read', async () => {
    const police = { id: region.officer.agencyId, kind: 'LAW_ENFORCEMENT' } as const;
    const kept = await Receiver.open();
    const torn = await buildEndpoint(app, police, 'OFFICER', { url: kept.url, kinds: ['REFERRAL_CHANGED'] });
    const store = app.app.get(WebhookEndpointsStore);
    const secretsOf = store.secretsOf.bind(store);
    const reading = jest
      .spyOn(store, 'secretsOf')
      .mockImplementation((reader, id) => (id === torn.id ? Promise.reject(new Error('torn')) : secretsOf(reader, id)));
    const referralId = await buildReferral(app, region.officer);
    await take(referralId, 'acknowledge');
    await sendDue(app);
    reading.mockRestore();
    expect([receivedOf(referralId).length, kept.received]).toEqual([1, []]);
    // A lease later.
    app.clock.advance(2);
    await sendDue(app);
    expect(kept.received.map(({ body }) => body.data['id'])).toEqual([referralId]);
    await kept.close();
  });
});

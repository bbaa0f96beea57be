import type { Actor } from '../../src/access';
import { OfferResponseService } from '../../src/referrals/offer-response.service';
import { buildReferral, buildRegion, buildSubmission, done, offerAt, type Region } from '../builders/referrals';
import { buildEndpoint, type BuiltEndpoint } from '../builders/webhooks';
import { openApp, type TestApp } from './app';
import { Receiver } from './receiver';

export const look = `query ($id: ID!) {
  webhookEndpoints(first: 20) { nodes { id url state disabledWhy failingSince previousSecretUntil } }
  webhookDeliveries(endpointId: $id) { nodes { id kind subjectId state attempts lastCode lastStatus nextAttemptAt } }
}`;
interface Looked {
  readonly webhookEndpoints: {
    readonly nodes: readonly {
      readonly id: string;
      readonly url: string;
      readonly state: string;
      readonly disabledWhy: string | null;
      readonly failingSince: string | null;
      readonly previousSecretUntil: string | null;
    }[];
  };
  readonly webhookDeliveries: { readonly nodes: readonly Delivery[] };
}
interface Delivery {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly attempts: number;
  readonly lastCode: string;
  readonly lastStatus: number | null;
  readonly nextAttemptAt: string | null;
}

/** A program whose partner system is told, and a receiver for it. */
export class WebhookWorld {
  receiver: Receiver;
  region: Region;

  private constructor(readonly app: TestApp) {}

  static async open(): Promise<WebhookWorld> {
    return new WebhookWorld(await openApp({ OUTBOUND_HOSTS: 'localhost' }));
  }

  async begin(): Promise<void> {
    this.receiver = await Receiver.open();
    this.region = await buildRegion(this.app, [{ staffed: 20, attestedAt: this.app.clock.now() }]);
  }

  async end(): Promise<void> {
    await this.receiver.close();
    await this.app.owner("update webhook_endpoint set state = 'DELETED', disabled_why = null");
  }

  close(): Promise<void> {
    return this.app.close();
  }

  get intake(): Actor {
    return this.region.programs[0]?.intake as Actor;
  }

  forProvider(kinds = ['OFFER_CHANGED']): Promise<BuiltEndpoint> {
    const agency = { id: this.intake.agencyId, kind: 'TREATMENT_PROVIDER' } as const;
    return buildEndpoint(this.app, agency, 'PROVIDER_STAFF', { url: this.receiver.url, kinds });
  }

  async offered(): Promise<{ referralId: string; offerId: string }> {
    const preferredProgramIds = [this.region.programs[0]?.pool.programId ?? ''];
    const submission = buildSubmission({}, { preferredProgramIds });
    const referralId = await buildReferral(this.app, this.region.officer, submission);
    return { referralId, offerId: await offerAt(this.app, referralId, this.intake.agencyId) };
  }

  async acknowledge(offerId: string): Promise<void> {
    done(await this.app.app.get(OfferResponseService).acknowledge(this.intake, offerId, { name: 'test' }));
  }

  /** The endpoint with what was sent, as its admin reads it. */
  async seenBy({ admin, id }: BuiltEndpoint) {
    const { data, errors } = await (await this.app.as(admin))<Looked>(look, { id });
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    const endpoint = data?.webhookEndpoints.nodes.find((node) => node.id === id);
    return endpoint && { ...endpoint, deliveries: data?.webhookDeliveries };
  }

  async step(
    { admin, id }: BuiltEndpoint,
    name: string,
    { input = 'WebhookEndpointInput', key = null as string | null } = {},
  ) {
    const shown =
      name === 'rotateWebhookSecret' ? '... on WebhookSecret { secret }' : '... on WebhookEndpoint { id state }';
    const { data, errors } = await (
      await this.app.as(admin)
    )<Record<string, { secret?: string; code?: string; state?: string }>>(
      `mutation ($input: ${input}!, $key: String) { ${name}(input: $input, idempotencyKey: $key) { __typename ${shown} ... on Refused { code message } } }`,
      {
        input: { endpointId: id },
        key,
      },
    );
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return data?.[name] ?? {};
  }
}

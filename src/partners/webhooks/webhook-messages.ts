import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ExecutionResult } from 'graphql';
import type { Actor } from '../../access';
import { SignedOut, Unavailable } from '../../platform/database/failures';
import { causeOf, type GraphqlContext, Operations } from '../../platform/graphql';
import {
  CONSENTS_CHANGED,
  endTold,
  imageOf,
  isBeforeTheValve,
  newsIn,
  ReferralsLoaders,
  type ReferralImage,
} from '../../referrals';
import type { Claimed } from './webhook-deliveries.store';
import { WebhookEndpointsStore } from './webhook-endpoints.store';
import { TEST_TYPE, webhookKinds } from './webhook-kinds';

/** What is sent, or why nothing is. */
export type Message =
  | { readonly is: 'READY'; readonly body: string; readonly image: string | null }
  /** Nothing in it for them; `image`: what they see of it now, to be remembered. */
  | { readonly is: 'NOTHING'; readonly image: string | null }
  | { readonly is: 'ACCOUNT_ENDED' }
  | { readonly is: 'NOT_READ'; readonly mayRetryAtOnce: boolean };

type Seen = { readonly isNews: boolean; readonly image: string | null };

/** Of each half of an image 16 bytes are kept, in hexadecimal digits. */
const HALF = 32;
const halfOf = (endpointId: string, text: string): string =>
  createHash('sha256').update(`${endpointId}\0${text}`).digest('hex').slice(0, HALF);

/** Codes of what was shown: the table that keeps them says nothing by itself. */
const codesOf = (endpointId: string, { apart, agreed }: ReferralImage): ReferralImage => ({
  apart: halfOf(endpointId, apart),
  agreed: agreed === null ? null : halfOf(endpointId, agreed),
});
const keptOf = ({ apart, agreed }: ReferralImage): string => `${apart}${agreed ?? apart}`;
const readBack = (kept: string): ReferralImage => {
  const [apart, agreed] = [kept.slice(0, HALF), kept.slice(HALF)];
  return { apart, agreed: agreed === apart ? null : agreed };
};

const bodyOf = (type: string, at: Date, { data, extensions }: ExecutionResult): string =>
  JSON.stringify({ type, timestamp: at.toISOString(), data: data?.['record'], ...extensions });

/** Makes the words of a delivery when it is sent: what the partner system itself would read at this moment, on the ledger as that. */
@Injectable()
export class WebhookMessages {
  constructor(
    private readonly operations: Operations,
    private readonly referrals: ReferralsLoaders,
    private readonly endpoints: WebhookEndpointsStore,
  ) {}

  async of(actor: Actor, delivery: Claimed, remembered: string | null): Promise<Message> {
    const { id, kind, subjectId, claimedAt: at } = delivery;
    if (kind === 'TEST' || subjectId === null) {
      const body = JSON.stringify({ type: TEST_TYPE, timestamp: at.toISOString(), data: {} });
      return { is: 'READY', body, image: null };
    }
    const context = this.operations.contextOf(actor, 'WEBHOOK', id);
    context.readInOneTransaction();
    try {
      const seen = kind === 'REFERRAL_CHANGED' ? await this.#seen(actor, context, delivery, remembered) : null;
      if (seen && !seen.isNews) return { is: 'NOTHING', image: seen.image };
      const { type, document } = webhookKinds[kind];
      const result = await this.operations.run({ document, variables: { id: subjectId }, context });
      return this.#messageOf(type, at, result, seen?.image ?? null);
    } catch (error) {
      return failed(error);
    } finally {
      context.end();
    }
  }

  /**
   * The one-way valve for news on file, as `ReferralValve` is for subscribers: a receiver behind it is told only when something
   * has changed that it may see. It comes before anything is read out, so that neither trail nor ledger tells of a hidden step.
   */
  async #seen(
    actor: Actor,
    context: GraphqlContext,
    { endpointId, subjectId, eventName, begunAt }: Claimed,
    remembered: string | null,
  ): Promise<Seen> {
    const row = await this.referrals.referral(context).load(subjectId ?? '');
    if (!row) return { isNews: false, image: null };
    const now = codesOf(endpointId, imageOf(actor, row));
    if (isBeforeTheValve(actor, row)) return { isNews: true, image: keptOf(now) };
    // Of one from before the memory begins nobody knows what was seen of it: this is where it begins.
    if (remembered === null) return { isNews: row.submittedAt > begunAt, image: keptOf(now) };
    const { isNews, seen } = newsIn(readBack(remembered), now, endTold(row, eventName === CONSENTS_CHANGED));
    return { isNews, image: keptOf(seen) };
  }

  #messageOf(type: string, at: Date, result: ExecutionResult, image: string | null): Message {
    const [error] = result.errors ?? [];
    if (error) return failed(causeOf(error));
    if (result.data?.['record'] == null) return { is: 'NOTHING', image };
    return { is: 'READY', body: bodyOf(type, at, result), image };
  }

  /** What an agency is taken to have seen, by referral. */
  codes(endpointId: string, images: ReadonlyMap<string, ReferralImage>): { id: string; image: string }[] {
    return [...images].map(([id, image]) => ({ id, image: keptOf(codesOf(endpointId, image)) }));
  }
}

const failed = (error: unknown): Message => {
  if (error instanceof SignedOut) return { is: 'ACCOUNT_ENDED' };
  return { is: 'NOT_READ', mayRetryAtOnce: error instanceof Unavailable };
};

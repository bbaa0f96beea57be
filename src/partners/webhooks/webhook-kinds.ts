import { parse, type DocumentNode } from 'graphql';
import type { DeliveredEvent } from '../../platform/outbox/subscribers';

interface Plan {
  /** As the payload names it. */
  readonly type: string;
  readonly description: string;
  /** What the partner system must be allowed to read. */
  readonly resource: string;
  /** The record an event says to have changed, or null when it is not of this kind. */
  readonly about: (event: DeliveredEvent) => string | null;
  /** What is sent, asked in the name of the partner system when it is sent. Ids and states; the rest is read over the API. */
  readonly document: DocumentNode;
}

const subject =
  (type: string, property: string) =>
  ({ subjectType, subjectId, payload }: DeliveredEvent): string | null =>
    subjectType === type ? subjectId : (payload[property] ?? null);
const only =
  (type: string) =>
  ({ subjectType, subjectId }: DeliveredEvent): string | null =>
    subjectType === type ? subjectId : null;

/**
 * What a partner system can be told of: one kind for each record, and not one for each step. The names of steps tell where in
 * treatment somebody is; what the receiver may know of that, the record itself says when it is read as the receiver.
 */
const plans = {
  REFERRAL_CHANGED: {
    type: 'referral.changed',
    description:
      'A referral the agency takes part in has changed. A sender who may not see where in treatment the person is hears of it only when something has changed that it may see. Any other agency also hears when the end of a consent has closed something to it: read the referral again.',
    resource: 'Referral',
    about: subject('Referral', 'referralId'),
    document: parse(
      'query ($id: ID!) { record: referral(id: $id) { id progress state acknowledgedAt closedAt missing } }',
    ),
  },
  OFFER_CHANGED: {
    type: 'offer.changed',
    description:
      'An offer to a program of the agency was made, answered or has ended, or the place kept on it was given up.',
    resource: 'Offer',
    about: subject('Offer', 'offerId'),
    document: parse('query ($id: ID!) { record: offer(id: $id) { id state withdrawReason decideBy referral { id } } }'),
  },
  CLOCK_CHANGED: {
    type: 'clock.changed',
    description: 'Something due on a referral nears its deadline, has passed it, or goes to the next to be told.',
    resource: 'Clock',
    about: only('Clock'),
    document: parse(
      'query ($id: ID!) { record: clock(id: $id) { id kind dueAt isBreached breachCount endedAt referral { id } } }',
    ),
  },
  ROOM_CLOCK_CHANGED: {
    type: 'room-clock.changed',
    description: 'Something due about the agency’s own room, “is this count still right?” included.',
    resource: 'RoomClock',
    about: only('Clock'),
    document: parse(
      'query ($id: ID!) { record: roomClock(id: $id) { id kind poolId programId dueAt isBreached isAskedFor endedAt } }',
    ),
  },
  BED_POOL_CHANGED: {
    type: 'bed-pool.changed',
    description: 'The free places of any pool of the region have changed.',
    resource: 'BedPool',
    about: only('BedPool'),
    document: parse('query ($id: ID!) { record: bedPool(id: $id) { id available freshUntil program { id } } }'),
  },
} as const satisfies Record<string, Plan>;

export type WebhookKind = keyof typeof plans;
export const webhookKinds: Readonly<Record<WebhookKind, Plan>> = plans;
export const webhookKindNames = Object.keys(plans) as WebhookKind[];

/** Sent at the admin’s word, to see whether it arrives. */
export const TEST_TYPE = 'webhook.test';

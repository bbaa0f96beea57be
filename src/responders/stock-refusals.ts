import type { Facts } from '../access';
import { invalid, Refusal } from '../kernel/refusal';

/** Every agency has one stock, its own. */
export const ownAgency: Facts = { relations: ['OWN_AGENCY'], consents: [] };

export const notYourStep = new Refusal('FORBIDDEN', 'Your role does not take this step.');

export const noSupplier = invalid(
  'input.supplierId',
  'An agency of this kind has nobody who could send doses.',
  'Ask one that keeps a stock, for example `agencies(kind: PUBLIC_HEALTH)`.',
);

export const tooFew = new Refusal('OUT_OF_STOCK', 'Not as many doses are on hand.', {
  field: 'input.doses',
  remedy: 'Read `naloxoneLots` again, and send fewer; ask for more with `requestRestock`.',
});

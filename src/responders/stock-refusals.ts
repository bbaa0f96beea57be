import type { Facts } from '../access';
import { invalid, Refusal } from '../kernel/refusal';

/** Every agency has one stock, its own. */
export const ownAgency: Facts = { relations: ['OWN_AGENCY'], consents: [] };

export const notYourStep = new Refusal('FORBIDDEN', 'Your role does not take this step.');

export const noSupplier = invalid(
  'input.supplierId',
  'This agency has nobody who could send doses.',
  'Ask one that keeps a stock, for example `agencies(kind: PUBLIC_HEALTH)`.',
);

export const tooFew = new Refusal('OUT_OF_STOCK', 'Not as many doses are on hand.', {
  field: 'input.doses',
  remedy: 'Read `naloxoneLots` again, and send fewer; ask for more with `requestRestock`.',
});

export const pastItsDate = invalid(
  'input.lotId',
  'The lot is past its date, and is left with nobody.',
  'Leave the lot out, or take another; discard this one with `discardNaloxone`.',
);

const COUNT_FIRST =
  'Take in what came with `receiveNaloxone` or count with `countNaloxone`, and send it again; or send `isNaloxoneFromElsewhere`, where the kits were not of your agency’s stock.';

export const tooFewKits = new Refusal('OUT_OF_STOCK', 'The stock of your agency does not hold as many doses.', {
  field: 'input.naloxoneKits',
  remedy: COUNT_FIRST,
});

export const kitsNotCounted = invalid(
  'input.naloxoneKits',
  'Naloxone was given, and nobody said how many kits: they leave the stock of your agency.',
  'Say how many, or send `isNaloxoneFromElsewhere` where none of them was of your agency’s stock.',
);

export const kitsPastTheirDate = invalid(
  'input.naloxoneLotId',
  'The lot is past its date, and is left with nobody.',
  'Name the lot that the kits are from, or leave it out.',
);

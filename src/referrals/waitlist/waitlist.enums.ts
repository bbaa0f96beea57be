import { enumOf } from '../../platform/graphql';
import { interimResults, interimServices } from './engine/interim';
import { priorityTiers } from './engine/order';
import { contactOutcomes, removalReasons } from './engine/removal';
import { contactWays, waitEnds } from './waitlist-words';

export const PriorityTierEnum = enumOf(
  'PriorityTier',
  priorityTiers,
  'Whom federal law puts first (45 CFR 96.131(a)).',
);
export const InterimServiceKindEnum = enumOf(
  'InterimServiceKind',
  interimServices,
  'Help for the time of waiting (45 CFR 96.121), and two ways to bridge it with medication.',
);
export const InterimResultEnum = enumOf('InterimResult', interimResults, 'What came of an interim service.');
export const ContactOutcomeEnum = enumOf(
  'WaitlistContactOutcome',
  contactOutcomes,
  'What came of trying to reach one who waits.',
);
export const ContactWayEnum = enumOf('WaitlistContactWay', contactWays, 'How one who waits can be reached.');
export const RemovalReasonEnum = enumOf(
  'WaitlistRemovalReason',
  removalReasons,
  'Why somebody is taken off the waitlist (45 CFR 96.126(b)).',
);
export const WaitEndEnum = enumOf('WaitlistEnd', waitEnds, 'How waiting ended.');

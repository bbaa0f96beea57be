import type { Resource } from '../policy';
import { agencyResources } from './agencies';
import { auditResources } from './audit';
import { capacityResources } from './capacity';
import { clockResources } from './clocks';
import { consentResources } from './consents';
import { matchingResources } from './matching';
import { nudgeResources } from './nudges';
import { outreachResources } from './outreach';
import { overdoseResources } from './overdoses';
import { oversightResources } from './oversight';
import { partnerResources } from './partners';
import { peopleResources } from './people';
import { referralResources } from './referrals';
import { responderResources } from './responders';
import { safetyResources } from './safety';
import { surrenderResources } from './surrenders';
import { reportResources } from './reports';
import { surveillanceResources } from './surveillance';
import { helpResources } from './resources';
import { waitlistResources } from './waitlist';

/** THE policy: every type the API serves, who may see which class of its fields, and who may take which step. */
export const resources: Readonly<Record<string, Resource>> = {
  ...agencyResources,
  ...auditResources,
  ...partnerResources,
  ...peopleResources,
  ...capacityResources,
  ...clockResources,
  ...consentResources,
  ...matchingResources,
  ...nudgeResources,
  ...outreachResources,
  ...overdoseResources,
  ...oversightResources,
  ...referralResources,
  ...responderResources,
  ...safetyResources,
  ...surrenderResources,
  ...reportResources,
  ...surveillanceResources,
  ...waitlistResources,
  ...helpResources,
};

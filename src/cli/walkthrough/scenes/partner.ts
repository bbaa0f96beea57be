import type { Cast } from '../cast';
import { HIDDEN } from '../expectation';
import { needsDetox, somebody } from '../people';
import type { Stage } from '../stage';

/** A partner system does over GraphQL what its agency’s people may do, within its scopes. */
export const partnerStaysInItsScopes = async (cast: Cast, stage: Stage): Promise<void> => {
  stage.heading('The hospital’s records system refers');
  const submitted = await cast.give('partner', 'submitReferral', {
    pathway: 'HOSPITAL_REFERRAL',
    person: somebody(),
    need: needsDetox,
  });
  const { id } = submitted;
  stage.done('received', submitted);
  stage.sees('it follows the progress; the person is not in its scopes', await cast.look('partner', id), {
    progress: 'ACKNOWLEDGED',
    person: HIDDEN,
  });
  const handOff = { referralId: id, transport: 'PROVIDER', place: 'HOSPITAL' };
  const released = await cast.give('partner', 'releaseHandOff', handOff);
  stage.refused('a hand-off is not in its scopes', released, 'FORBIDDEN');
  stage.done('it cancels', await cast.cancel('partner', id));
};

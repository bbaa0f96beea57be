import { samplePrograms } from '../../../sample';
import type { Cast } from '../cast';
import { HIDDEN, SHOWN } from '../expectation';
import { somebody, wantsResidential } from '../people';
import type { Stage } from '../stage';

/** The first program says no; the next one is found without a human. */
export const declineGoesToTheNext = async (cast: Cast, stage: Stage): Promise<void> => {
  stage.heading('The hospital refers, the first program says no');
  const person = somebody();
  const submitted = await cast.give('hospital', 'submitReferral', {
    pathway: 'HOSPITAL_REFERRAL',
    person,
    need: wantsResidential(samplePrograms.residential.id),
  });
  stage.done('received', submitted);
  await firstSaysNo(cast, stage, submitted.id);
  await nextTakesThePerson(cast, stage, submitted.id, person.familyName);
};

const firstSaysNo = async (cast: Cast, stage: Stage, id: string): Promise<void> => {
  const user = 'provider-residential';
  const offer = await cast.offerOf(user, id);
  const offerId = offer?.id ?? '';
  stage.sees('the residential program near the person is asked first', offer, { id: SHOWN });
  stage.check(
    (await cast.look('provider', id)) === null,
    'the withdrawal program, next in line, knows nothing of it yet',
  );
  stage.done('it acknowledges', await cast.take(user, 'acknowledgeOffer', { id: offerId }));
  stage.sees('without consent the name stays hidden', await cast.look(user, id), { need: SHOWN, person: HIDDEN });
  const declined = await cast.give(user, 'declineOffer', { offerId, reason: 'STAFFING' });
  stage.done('it declines: not enough staff now', declined);
  stage.check((await cast.look(user, id)) === null, 'and sees the referral no more');
};

const nextTakesThePerson = async (cast: Cast, stage: Stage, id: string, familyName: string): Promise<void> => {
  stage.sees('the withdrawal program has taken the person in the same moment', await cast.look('provider', id), {
    state: 'ACCEPTED',
    person: { familyName },
  });
  stage.sees(
    'the hospital sees the first search, and no answer or path without consent',
    await cast.look('hospital', id),
    {
      state: HIDDEN,
      offers: HIDDEN,
      matchRuns: [SHOWN],
    },
  );
  stage.done('cancelled: the place is free', await cast.cancel('hospital', id));
  stage.check((await cast.look('provider', id)) === null, 'and the program sees the referral no more');
};

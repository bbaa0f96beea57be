import type { Cast } from '../cast';
import { HIDDEN, SHOWN } from '../expectation';
import type { Stage } from '../stage';

/** After detox comes something: the same episode goes on at another provider, who is asked and answers. */
export const treatmentGoesOn = async (cast: Cast, stage: Stage, detoxReferral: string): Promise<void> => {
  stage.heading('After detox comes something');
  const before = await cast.roomAt('detox');
  const on = {
    referralId: detoxReferral,
    outcome: 'TRANSFERRED',
    nextLevelsOfCare: ['ASAM_3_5'],
    currentMedications: [],
  };
  const unasked = await cast.give('provider', 'dischargePerson', on);
  stage.refused('a Part 2 program refers nobody on without their consent', unasked, 'CONSENT_REQUIRED');
  stage.done(
    'the person agrees that those who treat them share records',
    await cast.agreesToTreatment('provider', detoxReferral),
  );
  const discharged = await cast.give('provider', 'dischargePerson', on);
  stage.done('discharged, with residential treatment as the next level of care', discharged);
  stage.check((await cast.roomAt('detox')) === before + 1, 'the bed in detox is free again');
  const closed = await cast.look('provider', detoxReferral);
  const next = closed?.episode?.referrals?.find(({ id }) => id !== detoxReferral)?.id ?? '';
  stage.check(next !== '', `a new referral of the same episode is on its way: ${next}`, closed);
  stage.sees('the officer sees: closed', await cast.look('officer', detoxReferral), {
    progress: 'CLOSED',
    outcome: HIDDEN,
  });
  stage.check((await cast.look('officer', next)) === null, 'and does not see where treatment goes on');
  await residentialIsAsked(cast, stage, next);
  await residentialTakesOver(cast, stage, next);
};

const user = 'provider-residential';

const residentialIsAsked = async (cast: Cast, stage: Stage, next: string): Promise<void> => {
  const offer = await cast.offerOf(user, next);
  const id = offer?.id ?? '';
  stage.sees('the residential program is asked: it sees the need, and no name', offer, {
    referral: { need: SHOWN, person: HIDDEN },
  });
  stage.done('it acknowledges', await cast.take(user, 'acknowledgeOffer', { id }));
  stage.sees('now it sees the name, as the person agreed to that', await cast.offerOf(user, next), {
    referral: { person: SHOWN },
  });
  stage.done('it accepts', await cast.take(user, 'acceptOffer', { id }));
};

const residentialTakesOver = async (cast: Cast, stage: Stage, id: string): Promise<void> => {
  stage.sees('a place is kept', await cast.look(user, id), { state: 'ACCEPTED' });
  stage.done('the person comes by themselves', await cast.take(user, 'recordArrival', { id }));
  stage.done('is admitted', await cast.take(user, 'admitPerson', { id }));
  const completed = await cast.give(user, 'dischargePerson', { referralId: id, outcome: 'COMPLETED' });
  stage.done('and completes treatment', completed);
  stage.sees('the episode closes', await cast.look(user, id), { outcome: 'COMPLETED', episode: { closedAt: SHOWN } });
};

import { randomUUID } from 'node:crypto';
import type { Cast } from '../cast';
import { HIDDEN, SHOWN } from '../expectation';
import { anHourAgo, consent, inAnHour, needsDetox, somebody } from '../people';
import type { Stage } from '../stage';
import { showWhoSees } from '../who-sees';

/** An officer refers; the withdrawal program takes people at once, so a place is kept in the same moment. */
export const officerRefers = async (cast: Cast, stage: Stage): Promise<string> => {
  stage.heading('An officer submits a referral');
  const person = somebody();
  const input = {
    pathway: 'FIRST_RESPONDER_REFERRAL',
    person,
    need: needsDetox,
    consents: [consent('OUTCOME_TO_SENDER'), consent('IDENTITY_BEFORE_ACCEPTANCE')],
  };
  const key = randomUUID();
  const before = await cast.roomAt('detox');
  const submitted = await cast.give('officer', 'submitReferral', input, key);
  const { id } = submitted;
  stage.done(`received: referral ${id}`, submitted);
  stage.check(
    (await cast.roomAt('detox')) === before - 1,
    'one place of the withdrawal program is kept for the person',
  );

  const again = await cast.give('officer', 'submitReferral', input, key);
  stage.sees('sent twice with one key, it is one referral', again, { id, code: null });
  const other = await cast.give('officer', 'submitReferral', { ...input, consents: [] }, key);
  stage.refused('the same key with another body is refused', other, 'IDEMPOTENCY_KEY_REUSED');
  await fewSeeIt(cast, stage, id, person.familyName);
  return id;
};

const fewSeeIt = async (cast: Cast, stage: Stage, id: string, familyName: string): Promise<void> => {
  const officer = await cast.look('officer', id);
  stage.sees('the officer sees: acknowledged', officer, { progress: 'ACKNOWLEDGED', person: { familyName } });
  stage.sees('but no state, no need, no offers, nothing of how it was routed', officer, {
    state: HIDDEN,
    need: HIDDEN,
    offers: HIDDEN,
    matchRuns: HIDDEN,
    unmetNeed: HIDDEN,
  });
  stage.sees('and where to, as the person agreed to that in writing', officer, { destination: { name: SHOWN } });
  stage.sees('the program that took the person sees who is coming', await cast.look('provider', id), {
    state: 'ACCEPTED',
    person: { familyName },
  });
  stage.sees('the coordinator sees path and need, no name: nobody agreed to that', await cast.look('coordinator', id), {
    state: 'ACCEPTED',
    need: SHOWN,
    person: HIDDEN,
  });
  await showWhoSees(cast, stage, id);
};

/** A census that would take the kept place away names the hold in its way. */
export const censusCannotTakeTheKeptPlace = async (cast: Cast, stage: Stage): Promise<void> => {
  stage.heading('The program counts its beds and forgets the one that is kept');
  const [pool] = await cast.poolsOf('detox');
  const full = { poolId: pool?.id, staffed: pool?.staffed, occupied: pool?.staffed };
  const posted = await cast.give('provider', 'postCensus', { pools: [full], source: 'STAFF' });
  stage.refused('refused: the census leaves no room for people on their way', posted, 'CENSUS_CONFLICT');
  const holds = Array.from({ length: pool?.held ?? 0 }, () => ({ id: SHOWN }));
  stage.sees(`named: ${holds.length} kept place(s), each with its end`, posted.details, { pools: [{ holds }] });
};

/** From the street to the program’s door and behind it. */
export const personIsHandedOver = async (cast: Cast, stage: Stage, id: string): Promise<void> => {
  stage.heading('The person is handed over');
  const early = await cast.take('provider', 'admitPerson', { id });
  stage.refused('nobody is admitted before they have arrived', early, 'ILLEGAL_TRANSITION');
  const soon = { referralId: id, arrivalAt: inAnHour() };
  stage.done('the program agrees on a time, within the hour', await cast.give('provider', 'scheduleArrival', soon));
  const past = await cast.give('provider', 'scheduleArrival', { referralId: id, arrivalAt: anHourAgo() });
  stage.refused('a time that has passed is refused', past, 'INVALID_INPUT');
  const drive = { referralId: id, transport: 'OFFICER', place: 'STATION' };
  stage.done('the officer drives, and says so', await cast.give('officer', 'releaseHandOff', drive));
  const door = { referralId: id, place: 'PROGRAM' };
  stage.done('the program receives the person', await cast.give('provider', 'receiveHandOff', door));
  stage.sees('the officer sees that the person arrived, and nothing after it', await cast.look('officer', id), {
    arrivedAt: SHOWN,
    state: HIDDEN,
  });
  stage.done('the person is admitted', await cast.take('provider', 'admitPerson', { id }));
  stage.sees('and the program says so', await cast.look('provider', id), { state: 'ADMITTED' });
  stage.refused('what was done cannot be cancelled', await cast.cancel('officer', id), 'ILLEGAL_TRANSITION');
};

import { randomUUID } from 'node:crypto';
import type { CommandName } from '../../src/cli/walkthrough/documents';
import { sampleUserNames, type SampleUserName } from '../../src/sample';
import { byHospital, byOfficer, programId, Region } from './region';

const parties: readonly SampleUserName[] = ['officer', 'officer-two', 'privacy', 'provider', 'admin', 'coordinator'];
const strangers = sampleUserNames.filter((name) => !parties.includes(name));

/** Every step on a referral, with the rest of its input. */
const steps: readonly [CommandName, object][] = [
  ['provideReferralInfo', { facts: {} }],
  ['requestReferralInfo', { missing: ['PAYER'] }],
  ['cancelReferral', { reason: 'ENTERED_IN_ERROR' }],
  ['offerReferral', { programId: programId('otp') }],
  ['scheduleArrival', { arrivalAt: '2030-01-01T00:00:00Z' }],
  ['releaseHandOff', { transport: 'SELF', place: 'SCENE' }],
  ['receiveHandOff', {}],
  ['turnPersonAway', { reason: 'NO_PLACE' }],
  ['dischargePerson', { outcome: 'COMPLETED' }],
];
const stepsById: readonly CommandName[] = [
  'routeReferral',
  'recallReferral',
  'recordArrival',
  'recordNoShow',
  'admitPerson',
];

describe('a record that is not yours', () => {
  let region: Region;
  let referralId: string;
  let offerId: string;

  beforeAll(async () => {
    region = await Region.open();
    referralId = await region.refer('officer', byOfficer);
    const hospitals = await region.refer('hospital', byHospital);
    offerId = await region.offerIdOf('provider-women', hospitals);
  });
  afterAll(() => region.close());

  it.each(strangers)('cannot be told from one that never was: %s', async (user) => {
    expect(await region.lookRaw(user, referralId)).toEqual(await region.lookRaw(user, randomUUID()));
    for (const [command, rest] of steps) {
      const ask = (id: string) => region.give(user, command, { referralId: id, ...rest });
      expect(await ask(referralId)).toEqual(await ask(randomUUID()));
    }
    for (const command of stepsById) {
      const ask = (id: string) => region.take(user, command, { id });
      expect(await ask(referralId)).toEqual(await ask(randomUUID()));
    }
  });

  it.each(['provider', 'provider-otp', 'officer', 'coordinator', 'school'] as const)(
    'cannot be answered: the offer of another program, by %s',
    async (user) => {
      const isWatching = user === 'coordinator';
      const commands = ['acknowledgeOffer', 'acceptOffer'] as const;
      for (const command of commands) {
        const real = await region.take(user, command, { id: offerId });
        const made = await region.take(user, command, { id: randomUUID() });
        expect(real.code).not.toBeNull();
        if (!isWatching) expect(real).toEqual(made);
      }
      const decline = (id: string) => region.give(user, 'declineOffer', { offerId: id, reason: 'NO_PLACE' });
      expect((await decline(offerId)).code).not.toBeNull();
      expect(await region.offerOf('provider-women', offerId)).toBeNull();
    },
  );

  it('is changed by none of it', async () => {
    expect(await region.look('provider', referralId)).toMatchObject({ state: 'ACCEPTED', handOffs: [] });
    const [offer] = await region.app.owner<{ state: string }>('select state from offer where id = $1', [offerId]);
    expect(offer).toEqual({ state: 'PENDING' });
  });
});

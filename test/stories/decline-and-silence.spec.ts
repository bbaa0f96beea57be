import { byHospital, forMan, programId, Region, residentialNeed } from './region';

/** The residential program leads, the withdrawal program follows. */
const wants = {
  ...forMan,
  need: {
    ...residentialNeed,
    levelsOfCare: ['ASAM_3_5', 'ASAM_3_7'],
    preferredProgramIds: [programId('residential')],
  },
};

describe('a program that says no, or nothing', () => {
  let region: Region;
  const user = 'provider-residential';

  beforeEach(async () => {
    region = await Region.open();
  });
  afterEach(() => region.close());

  it('is followed by the next at once', async () => {
    const id = await region.refer('hospital', wants);
    expect(await region.look('provider', id)).toBeNull();
    const offerId = await region.offerIdOf(user, id);
    expect(await region.give(user, 'declineOffer', { offerId, reason: 'STAFFING' })).toMatchObject({ code: null });
    expect(await region.look(user, id)).toBeNull();
    expect(await region.look('provider', id)).toMatchObject({ state: 'ACCEPTED' });
    expect(await region.look('coordinator', id)).toMatchObject({
      offers: [
        { state: 'DECLINED', declineReason: 'STAFFING' },
        { state: 'ACCEPTED', program: { id: programId('detox') } },
      ],
    });
  });

  it('is waited for while another still considers', async () => {
    const id = await region.refer('hospital', byHospital);
    const offerId = await region.offerIdOf(user, id);
    await region.give(user, 'declineOffer', { offerId, reason: 'STAFFING' });
    expect(await region.look('coordinator', id)).toMatchObject({ state: 'OFFERED', matchRuns: [{}] });
    const other = await region.offerIdOf('provider-women', id);
    await region.give('provider-women', 'declineOffer', { offerId: other, reason: 'NO_PLACE' });
    expect(await region.look('coordinator', id)).toMatchObject({ state: 'WAITLISTED' });
    expect((await region.look('hospital', id))?.unmetNeed?.rules).toContain('ALREADY_ASKED');
  });

  it('ends the referral when it was the person who changed their mind', async () => {
    const id = await region.refer('hospital', wants);
    const offerId = await region.offerIdOf(user, id);
    const unspoken = await region.give(user, 'declineOffer', { offerId, reason: 'PERSON_CHANGED_MIND' });
    expect(unspoken).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    await region.take(user, 'acknowledgeOffer', { id: offerId });
    await region.give(user, 'declineOffer', { offerId, reason: 'PERSON_CHANGED_MIND' });
    expect(await region.look('coordinator', id)).toMatchObject({ state: 'CANCELLED', progress: 'CLOSED' });
    expect(await region.look('provider', id)).toBeNull();
  });

  it('is not proposed again for a lasting reason until somebody asks for a second look', async () => {
    const id = await region.refer('hospital', forMan);
    const offerId = await region.offerIdOf(user, id);
    const lookAgain = () => region.take('coordinator', 'requestSecondLook', { id: offerId });
    expect(await lookAgain()).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    await region.give(user, 'declineOffer', { offerId, reason: 'OUTSIDE_ADMISSION_CRITERIA' });
    const [run] = (await region.look('hospital', id))?.matchRuns ?? [];
    const whyNot = run?.verdicts?.find(({ program }) => program?.id === programId('residential'));
    expect(whyNot?.removedBy.map(({ rule }) => rule)).toContain('LASTING_DECLINE');
    const again = { referralId: id, programId: programId('residential') };
    expect(await region.give('coordinator', 'offerReferral', again)).toMatchObject({ code: 'NOT_ELIGIBLE' });
    expect(await region.take(user, 'requestSecondLook', { id: offerId })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await lookAgain()).toMatchObject({ code: null });
    expect(await region.offerIdOf(user, id)).not.toBe(offerId);
    expect(await lookAgain()).toMatchObject({ code: 'ALREADY_EXISTS' });
  });

  it('loses its say with the time to decide, and the next is found by the worker', async () => {
    const id = await region.refer('hospital', wants);
    const offer = await region.offerIdOf(user, id);
    await region.wait(119);
    expect(await region.look('coordinator', id)).toMatchObject({ state: 'OFFERED' });
    await region.wait(2);
    expect(await region.look('coordinator', id)).toMatchObject({
      state: 'ACCEPTED',
      offers: [{ state: 'EXPIRED' }, { state: 'ACCEPTED' }],
    });
    expect(await region.look(user, id)).toBeNull();
    expect(await region.take(user, 'acceptOffer', { id: offer })).toMatchObject({ code: 'HOLD_EXPIRED' });
  });
});

import type { SampleUserName } from '../../src/sample';
import { byHospital, detoxNeed, forMan, jo, programId, Region, residentialNeed } from './region';

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
    expect((await region.look('coordinator', id))?.unmetNeed?.rules).toContain('ALREADY_ASKED');
    // Whoever may not read the offers reads no answer of them: that the person waits, and not who said no.
    const seen = await region.look('hospital', id);
    expect(seen).toMatchObject({ offers: null, matchRuns: [{}], unmetNeed: {} });
    expect(seen?.unmetNeed?.rules).not.toContain('ALREADY_ASKED');
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
    const before = (await region.look('hospital', id))?.matchRuns;
    await region.give(user, 'declineOffer', { offerId, reason: 'OUTSIDE_ADMISSION_CRITERIA' });
    expect((await region.look('hospital', id))?.matchRuns).toEqual(before);
    const [run, ...earlier] = (await region.look('coordinator', id))?.matchRuns ?? [];
    expect(earlier).toHaveLength(1);
    const whyNot = run?.verdicts?.find(({ program }) => program?.id === programId('residential'));
    expect(whyNot?.removedBy.map(({ rule }) => rule)).toContain('LASTING_DECLINE');
    const again = { referralId: id, programId: programId('residential') };
    expect(await region.give('coordinator', 'offerReferral', again)).toMatchObject({ code: 'NOT_ELIGIBLE' });
    expect(await region.take(user, 'requestSecondLook', { id: offerId })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await lookAgain()).toMatchObject({ code: null });
    expect(await region.offerIdOf(user, id)).not.toBe(offerId);
    expect(await lookAgain()).toMatchObject({ code: 'ALREADY_EXISTS' });
  });

  it('is not heard of by a sender that may not know where the person is, also where they came and were sent away', async () => {
    const runsOf = async (reader: SampleUserName, id: string) => (await region.look(reader, id))?.matchRuns ?? [];
    const sent = { pathway: 'HOSPITAL_REFERRAL', person: jo, need: detoxNeed };
    const id = await region.refer('hospital', sent);
    const before = await region.look('hospital', id);
    expect(before).toMatchObject({ offers: null, destination: null, matchRuns: [{ eligible: 1 }] });
    await region.take('provider', 'recordArrival', { id });
    const turned = { referralId: id, reason: 'OUTSIDE_ADMISSION_CRITERIA' };
    expect(await region.give('provider', 'turnPersonAway', turned)).toMatchObject({ code: null });
    expect(await runsOf('coordinator', id)).toHaveLength(2);
    expect(await runsOf('hospital', id)).toEqual(before?.matchRuns);
    // Nor by the first search of another referral of theirs.
    await region.take('hospital', 'recallReferral', { id });
    const again = await region.refer('hospital', { ...sent, episodeId: before?.episode?.id, person: undefined });
    const [told, whole] = [await runsOf('hospital', again), await runsOf('coordinator', again)].map((runs) =>
      JSON.stringify(runs),
    );
    expect(whole).toContain('LASTING_DECLINE');
    expect(whole).toContain(programId('detox'));
    expect(told).not.toContain('LASTING_DECLINE');
    expect(told).not.toContain(programId('detox'));
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

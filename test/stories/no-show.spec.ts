import { byOfficer, outcomeToSender, Region } from './region';

describe('a person who does not come', () => {
  let region: Region;

  beforeEach(async () => {
    region = await Region.open();
  });
  afterEach(() => region.close());

  it('loses the place when the hold ends, is offered one once more, then the referral closes', async () => {
    const before = await region.roomAt('detox');
    const id = await region.refer('officer', byOfficer);
    await region.wait(121);
    expect(await region.look('coordinator', id)).toMatchObject({ state: 'ACCEPTED', noShows: 1 });
    expect(await region.roomAt('detox')).toBe(before - 1);
    await region.wait(121);
    expect(await region.look('coordinator', id)).toMatchObject({
      state: 'CLOSED',
      outcome: 'DID_NOT_ARRIVE',
      noShows: 2,
    });
    expect(await region.look('officer', id)).toMatchObject({ progress: 'CLOSED', outcome: null });
    expect(await region.roomAt('detox')).toBe(before);
  });

  it('is waited for until an hour past the scheduled arrival', async () => {
    const id = await region.refer('officer', byOfficer);
    const arrivalAt = new Date(Date.now() + 5 * 3_600_000).toISOString();
    await region.give('provider', 'scheduleArrival', { referralId: id, arrivalAt });
    expect(await region.take('provider', 'recordNoShow', { id })).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    await region.wait(5 * 60 + 55);
    expect(await region.look('coordinator', id)).toMatchObject({ state: 'SCHEDULED', noShows: 0 });
    expect(await region.take('provider', 'recordNoShow', { id })).toMatchObject({ code: null });
    expect(await region.look('coordinator', id)).toMatchObject({ noShows: 1 });
  });

  it('keeps the place once they are there, however late admission is', async () => {
    const id = await region.refer('officer', { ...byOfficer, consents: [outcomeToSender] });
    await region.take('provider', 'recordArrival', { id });
    await region.wait(24 * 60);
    expect(await region.look('provider', id)).toMatchObject({ state: 'ARRIVED' });
    expect(await region.take('provider', 'admitPerson', { id })).toMatchObject({ code: null });
  });
});

import { byHospital, forMan, identityBeforeAcceptance, jo, outcomeToSender, Region } from './region';

const shown = { familyName: jo.familyName };

describe('a provider answers', () => {
  let region: Region;
  const man = 'provider-residential';

  beforeAll(async () => {
    region = await Region.open();
  });
  afterAll(() => region.close());

  it('seeing the need before the name, and the name after accepting', async () => {
    const id = await region.refer('hospital', forMan);
    const offer = await region.offerIdOf(man, id);
    expect(await region.look(man, id)).toMatchObject({ need: { substances: ['OPIOIDS'] }, person: null, state: null });
    await region.take(man, 'acknowledgeOffer', { id: offer });
    expect(await region.look(man, id)).toMatchObject({ person: null });
    const before = await region.roomAt('residential');
    expect(await region.take(man, 'acceptOffer', { id: offer })).toMatchObject({ code: null });
    expect(await region.look(man, id)).toMatchObject({ person: shown, state: 'ACCEPTED' });
    expect(await region.roomAt('residential')).toBe(before - 1);
  });

  it('seeing the name on acknowledging, where the person agreed', async () => {
    const id = await region.refer('hospital', { ...forMan, consents: [identityBeforeAcceptance] });
    expect(await region.look(man, id)).toMatchObject({ person: null });
    await region.take(man, 'acknowledgeOffer', { id: await region.offerIdOf(man, id) });
    expect(await region.look(man, id)).toMatchObject({ person: shown, state: null });
  });

  it('and the first acceptance wins', async () => {
    const id = await region.refer('hospital', { ...byHospital, consents: [outcomeToSender] });
    const [first, second] = [await region.offerIdOf('provider-women', id), await region.offerIdOf(man, id)];
    await region.take(man, 'acknowledgeOffer', { id: second });
    const before = await region.roomAt('residential');
    expect(await region.take('provider-women', 'acceptOffer', { id: first })).toMatchObject({ code: null });
    expect(await region.take(man, 'acceptOffer', { id: second })).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    expect(await region.look(man, id)).toBeNull();
    expect(await region.roomAt('residential')).toBe(before);
    const { offers } = (await region.look('coordinator', id)) ?? {};
    expect(offers?.map(({ state }) => state).sort()).toEqual(['ACCEPTED', 'WITHDRAWN']);
    // The hospital learns where, and not by which offers.
    expect(await region.look('hospital', id)).toMatchObject({ state: null, offers: null, destination: {} });
  });

  it('and gets no place that is not there', async () => {
    const id = await region.refer('hospital', byHospital);
    const offer = await region.offerIdOf('provider-women', id);
    await region.postRoom('provider-women', 'women', 0);
    expect(await region.take('provider-women', 'acceptOffer', { id: offer })).toMatchObject({ code: 'NO_CAPACITY' });
    expect(await region.offerOf('provider-women', id)).not.toBeNull();
    await region.postRoom('provider-women', 'women', 1);
    expect(await region.take('provider-women', 'acceptOffer', { id: offer })).toMatchObject({ code: null });
    expect(await region.roomAt('women')).toBe(0);
  });
});

import { byHospital, byOfficer, Region } from './region';

const heldBeds = 2;

describe('a provider posts a census', () => {
  let region: Region;
  const post = (poolId: string, staffed: number, occupied: number) =>
    region.give('provider', 'postCensus', { pools: [{ poolId, staffed, occupied }], source: 'STAFF' });

  beforeAll(async () => {
    region = await Region.open();
  });
  afterAll(() => region.close());

  it('that cannot take a kept place away, and is told which are kept', async () => {
    for (let bed = 0; bed < heldBeds; bed++) await region.refer('officer', byOfficer);
    const [pool] = await region.poolsOf('detox');
    const refused = await post(pool?.id ?? '', 12, 11);
    expect(refused).toMatchObject({
      code: 'CENSUS_CONFLICT',
      details: { pools: [{ held: heldBeds, holds: [{ id: expect.any(String) as string }, {}] }] },
    });
    expect(await region.poolsOf('detox')).toEqual([pool]);
    expect(await post(pool?.id ?? '', 12, 10)).toMatchObject({ code: null });
    expect(await region.roomAt('detox')).toBe(0);
  });

  it('for its own pools only', async () => {
    const [foreign] = await region.poolsOf('otp');
    expect(await post(foreign?.id ?? '', 40, 0)).toMatchObject({ code: 'NOT_FOUND' });
    const [own] = await region.poolsOf('detox');
    const byAdmin = { pools: [{ poolId: own?.id, staffed: 20, occupied: 0 }], source: 'STAFF' };
    expect(await region.give('admin', 'postCensus', byAdmin)).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('that counts as long as its contract says', async () => {
    await region.wait(1439);
    expect(await region.poolsOf('women')).toMatchObject([{ isFresh: true }]);
    await region.wait(2);
    expect(await region.poolsOf('women')).toMatchObject([{ isFresh: false }]);
    const id = await region.refer('hospital', { ...byHospital, need: byOfficer.need });
    expect(await region.look('coordinator', id)).toMatchObject({ state: 'WAITLISTED' });
    expect((await region.look('hospital', id))?.unmetNeed?.rules).toContain('CENSUS_FRESH');
    const [pool] = await region.poolsOf('detox');
    await post(pool?.id ?? '', 12, 6);
    await region.take('coordinator', 'routeReferral', { id });
    expect(await region.look('coordinator', id)).toMatchObject({ state: 'ACCEPTED' });
  });
});

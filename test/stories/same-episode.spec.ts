import { byHospital, byOfficer, outcomeToSender, Region } from './region';

describe('a second referral of the same episode', () => {
  let region: Region;
  beforeAll(async () => {
    region = await Region.open();
  });
  afterAll(() => region.close());

  const episodeOf = async (id: string): Promise<string> => {
    const [row] = await region.app.owner<{ episodeId: string }>(
      'select episode_id as "episodeId" from referral where id = $1',
      [id],
    );
    return row?.episodeId ?? '';
  };
  const next = (episodeId: string, changes: object = {}) => {
    const { person: _, ...input } = byHospital;
    return { ...input, episodeId, ...changes };
  };

  it('goes on with the person it is about, whose age and sex decide as before', async () => {
    const first = await region.refer('hospital', { ...byHospital, consents: [outcomeToSender] });
    const episodeId = await episodeOf(first);
    await region.cancel('hospital', first);
    const second = await region.refer('hospital', next(episodeId));
    expect(await episodeOf(second)).toBe(episodeId);
    const rows = await region.app.owner<{ personId: string; age: number; sex: string }>(
      `select person_id as "personId", (need->>'age')::int as age, need->>'sex' as sex from referral where id = any($1::uuid[])`,
      [[first, second]],
    );
    expect(rows).toHaveLength(2);
    expect(rows[0]).toEqual(rows[1]);
  });

  it('waits until the sender sees the first closed, whatever became of the person', async () => {
    const first = await region.refer('officer', byOfficer);
    const episodeId = await episodeOf(first);
    const { person: _, ...input } = byOfficer;
    const again = () => region.give('officer', 'submitReferral', { ...input, episodeId });
    const refused = await again();
    expect(refused).toMatchObject({
      code: 'ALREADY_EXISTS',
      field: 'input.episodeId',
      remedy: expect.stringContaining('CLOSED') as string,
      details: { referralId: first },
    });
    for (const step of ['recordArrival', 'admitPerson'] as const) {
      expect(await region.take('provider', step, { id: first })).toMatchObject({ code: null });
      expect(await again()).toEqual(refused);
    }
    expect(await region.cancel('officer', first)).toMatchObject({ code: null });
    expect(await region.look('provider', first)).toMatchObject({ state: 'ADMITTED' });
    expect(await again()).toMatchObject({ code: null });
  });

  it('is one, however many are sent at the same moment', async () => {
    const first = await region.refer('officer', byOfficer);
    await region.cancel('officer', first);
    const { person: _, ...input } = byOfficer;
    const episodeId = await episodeOf(first);
    const sent = await Promise.all(
      Array.from({ length: 5 }, () => region.give('officer', 'submitReferral', { ...input, episodeId })),
    );
    const codes = sent.map(({ code }) => code);
    expect(codes.filter((code) => code === null)).toHaveLength(1);
    expect(codes.filter((code) => code === 'ALREADY_EXISTS')).toHaveLength(4);
  });

  it('takes no second person, and is for those alone who know the first', async () => {
    const episodeId = await episodeOf(await region.refer('hospital', byHospital));
    expect(await region.give('hospital', 'submitReferral', { ...byHospital, episodeId })).toMatchObject({
      code: 'INVALID_INPUT',
    });
    expect(
      await region.give(
        'outreach',
        'submitReferral',
        next(episodeId, { pathway: 'ACTIVE_OUTREACH', need: byOfficer.need }),
      ),
    ).toMatchObject({ code: 'NOT_FOUND' });
  });
});

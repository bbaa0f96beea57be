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
    const second = await region.refer('hospital', next(episodeId));
    expect(await episodeOf(second)).toBe(episodeId);
    const rows = await region.app.owner<{ personId: string; age: number; sex: string }>(
      `select person_id as "personId", (need->>'age')::int as age, need->>'sex' as sex from referral where id = any($1::uuid[])`,
      [[first, second]],
    );
    expect(rows).toHaveLength(2);
    expect(rows[0]).toEqual(rows[1]);
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

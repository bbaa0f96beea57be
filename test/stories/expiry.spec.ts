import { forMethadone, Region } from './region';

describe('waiting', () => {
  let region: Region;
  beforeAll(async () => {
    region = await Region.open();
  });
  afterAll(() => region.close());

  it('ends after a week without an answer, and after 120 days without a place', async () => {
    const unanswered = await region.refer('officer', { pathway: 'NALOXONE_PLUS', need: {} });
    await region.wait(6 * 24 * 60);
    expect(await region.look('coordinator', unanswered)).toMatchObject({ state: 'NEEDS_INFO' });
    await region.wait(24 * 60 + 1);
    expect(await region.look('coordinator', unanswered)).toMatchObject({ state: 'EXPIRED', progress: 'CLOSED' });
    const waiting = await region.refer('hospital', { ...forMethadone, need: { ...forMethadone.need, language: 'so' } });
    await region.wait(119 * 24 * 60);
    expect(await region.look('coordinator', waiting)).toMatchObject({ state: 'WAITLISTED' });
    await region.wait(24 * 60 + 1);
    expect(await region.look('coordinator', waiting)).toMatchObject({ state: 'EXPIRED' });
  });
});

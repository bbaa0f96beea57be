/** @alone It watches every statement of the process. */
import { Client } from 'pg';
import type { Actor } from '../../src/access';
import { buildReferral, buildRegion, type Region } from '../builders/referrals';
import { openApp, type Ask, type TestApp } from '../setup/app';
import { everythingOf } from '../setup/everything-readable';

const FEW = 12;
const TRIES = 4;
/** On a machine that does something else at once, what is read together is read in two goes now and then; row by row is so every time. */
const TRIES_UNDER_LOAD = 12;
const MANY = 24;

/**
 * Lists that hold many of what the region below makes, each as somebody who may read it, and how deep and how many times
 * as many it is asked for: of clocks it takes more until one of every kind is among them.
 */
const lists: readonly [
  list: string,
  who: 'coordinator' | 'intake' | 'officer',
  type: string,
  deep: { depth: number; times: number },
][] = [
  ['referrals', 'coordinator', 'Referral', { depth: 3, times: 1 }],
  ['referrals', 'officer', 'Referral', { depth: 3, times: 1 }],
  ['offers', 'intake', 'Offer', { depth: 3, times: 1 }],
  ['dueClocks', 'coordinator', 'Clock', { depth: 3, times: 3 }],
  ['programs', 'coordinator', 'Program', { depth: 3, times: 1 }],
  ['bedBoard', 'coordinator', 'BedPool', { depth: 3, times: 1 }],
  ['agencies', 'coordinator', 'Agency', { depth: 2, times: 1 }],
];

/** A relation that asks for each record of a page by itself is found by counting, whoever adds it. */
describe('a page of a list', () => {
  let app: TestApp;
  let region: Region;
  beforeAll(async () => {
    app = await openApp();
    region = await buildRegion(
      app,
      Array.from({ length: MANY }, () => ({ staffed: 50 })),
    );
    for (let n = 0; n < MANY; n++) await buildReferral(app, region.officer);
    // So that a page has one of every relation, whichever agencies come first.
    await app.owner('update agency set coordinating_agency_id = $1 where id <> $1', [region.coordinator.agencyId]);
  });
  afterAll(() => app.close());

  const actorOf = async (who: 'coordinator' | 'intake' | 'officer'): Promise<Actor> => {
    if (who !== 'intake') return region[who];
    const [asked] = await app.owner<{ agencyId: string }>(
      'select agency_id as "agencyId" from offer group by 1 order by count(*) desc limit 1',
    );
    const found = region.programs.find(({ intake }) => intake.agencyId === asked?.agencyId);
    if (!found) throw new Error('nobody was asked');
    return found.intake;
  };
  const once = async (ask: Ask, query: string, first: number): Promise<{ records: number; statements: number }> => {
    const sent = jest.spyOn(Client.prototype, 'query');
    const { data, errors } = await ask<Record<'list', { nodes: unknown[] }>>(query, { first });
    const texts = sent.mock.calls.map(([asked]: unknown[]) => (asked as { text?: string }).text ?? String(asked));
    // A transaction may be ended before or after its answer is out.
    const statements = texts.filter((text) => !/^(begin|commit|rollback)/.test(text)).length;
    sent.mockRestore();
    expect(errors).toEqual([]);
    return { records: data?.list.nodes.length ?? 0, statements };
  };

  /** How many records came, and what they cost when nothing else of this process asked in between; no less than `enough` is looked for. */
  const cost = async (
    ask: Ask,
    query: string,
    first: number,
    enough = 0,
  ): Promise<{ records: number; statements: number }> => {
    let least = await once(ask, query, first);
    const most = enough > 0 ? TRIES_UNDER_LOAD : TRIES;
    for (let tries = 1; tries < most && least.statements > enough; tries++) {
      const one = await once(ask, query, first);
      if (one.statements < least.statements) least = one;
    }
    return least;
  };

  it.each(lists)(
    'of %s, as %s, costs as many statements with many records as with few',
    async (list, who, type, { depth, times }) => {
      const ask = await app.as(await actorOf(who));
      const query = `query ($first: Int!) { list: ${list}(first: $first) { nodes { ${everythingOf(type, depth)} } } }`;
      const few = await cost(ask, query, FEW * times);
      const many = await cost(ask, query, MANY * times, few.statements);
      expect(many.records).toBeGreaterThan(few.records);
      expect(few.statements).toBeGreaterThan(1);
      expect(many.statements).toBeLessThanOrEqual(few.statements);
    },
  );
});

import fc from 'fast-check';
import type { Actor } from '../../src/access';
import { isRefusal } from '../../src/kernel/refusal';
import type { RecordVisitAttemptInput } from '../../src/outreach/roster/outreach-case.inputs';
import { OutreachCasesService } from '../../src/outreach/roster/outreach-cases.service';
import { NaloxoneService } from '../../src/responders/naloxone.service';
import { RestockService } from '../../src/responders/restock.service';
import { buildAgency, buildStaff } from '../builders/agencies';
import { buildOverdoseReport } from '../builders/overdoses';
import { buildLot } from '../builders/responders';
import { buildReporter, buildTeam as buildOutreachTeam, rowOfReport } from '../builders/roster';
import { openApp, type TestApp } from '../setup/app';
import { inDepth } from '../setup/thorough';

const command = { name: 'moved' };

/** One thing that somebody does with doses; lots by their number, whichever there is. */
interface OnLot {
  readonly does: 'receive' | 'use' | 'discard' | 'count';
  readonly lot: number;
  readonly doses: number;
}
interface OnStock {
  readonly does: 'useAny' | 'restock';
  readonly doses: number;
}
type Step = OnLot | OnStock;
const isOnLot = (step: Step): step is OnLot => 'lot' in step;
const lot = fc.nat({ max: 2 });
const doses = fc.integer({ min: 1, max: 12 });
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ does: fc.constantFrom('receive' as const, 'receive' as const, 'use' as const), lot, doses }),
  fc.record({ does: fc.constantFrom('discard' as const, 'count' as const), lot, doses }),
  fc.record({ does: fc.constantFrom('useAny' as const, 'restock' as const), doses }),
);

/** What stands on the shelves of the model. Of what is drawn from any lot it knows the sum only. */
class Shelves {
  readonly #lots = new Map<number, number>();
  #drawn = 0;
  #restocked = 0;

  get sum(): number {
    return [...this.#lots.values()].reduce((sum, one) => sum + one, 0) + this.#restocked - this.#drawn;
  }

  take(step: Step): void {
    if (isOnLot(step)) this.onLot(step);
    else if (step.does === 'restock') this.#restocked += step.doses;
    else if (this.sum >= step.doses) this.#drawn += step.doses;
  }

  private onLot({ does, lot: number, doses: count }: OnLot): void {
    const there = this.#lots.get(number);
    if (does === 'receive') this.#lots.set(number, (there ?? 0) + count);
    if (there === undefined) return;
    if (does === 'count') this.#lots.set(number, count);
    else if (does !== 'receive' && there >= count) this.#lots.set(number, there - count);
  }
}

describe('the ledger of naloxone', () => {
  let app: TestApp;
  let stock: NaloxoneService;
  let restock: RestockService;
  let supply: Actor;

  beforeAll(async () => {
    app = await openApp();
    stock = app.app.get(NaloxoneService);
    restock = app.app.get(RestockService);
    supply = await buildStaff(
      app.database,
      await buildAgency(app.database, { kind: 'PUBLIC_HEALTH' }),
      'SAFETY_OFFICER',
    );
    await buildLot(app, supply, { doses: 10_000 });
  });
  afterAll(() => app.close());

  const buildTeam = async (): Promise<Actor> =>
    buildStaff(app.database, await buildAgency(app.database, { kind: 'OUTREACH_TEAM' }), 'COORDINATOR');
  const onHand = async ({ agencyId }: Actor) =>
    (
      await app.owner<{ sum: number }>(
        'select coalesce(sum(on_hand), 0)::int as sum from naloxone_lot where agency_id = $1',
        [agencyId],
      )
    )[0]?.sum;
  /** Lots that do not have what their entries say, by every way of adding up. */
  const unbalanced = () =>
    app.owner(
      `select l.id from naloxone_lot l left join naloxone_movement m on m.lot_id = l.id group by l.id
       having l.on_hand <> coalesce(sum(m.change), 0) or l.movements <> count(m.id)
         or l.on_hand <> coalesce((array_agg(m.on_hand order by m.position desc))[1], 0) or coalesce(min(m.on_hand), 0) < 0`,
    );
  const numbered = async (team: Actor, number: number): Promise<string> =>
    (
      await app.owner<{ id: string }>('select id from naloxone_lot where agency_id = $1 and lot_number = $2', [
        team.agencyId,
        `N-${number}`,
      ])
    )[0]?.id ?? '00000000-0000-7000-8000-000000000001';

  const take = async (team: Actor, step: Step): Promise<unknown> => {
    if (isOnLot(step)) return takeOf(team, step);
    const { does, doses: count } = step;
    return does === 'restock' ? sent(team, count) : stock.use(team, { use: 'LEAVE_BEHIND', doses: count }, command);
  };
  const takeOf = async (team: Actor, { does, lot: number, doses: count }: OnLot): Promise<unknown> => {
    const box = { product: 'NASAL_4_MG', lotNumber: `N-${number}`, expiresOn: '2034-01-01' } as const;
    if (does === 'receive') return stock.receive(team, { ...box, doses: count }, command);
    const lotId = await numbered(team, number);
    if (does === 'use') return stock.use(team, { use: 'TRAINING', doses: count, lotId }, command);
    if (does === 'discard') return stock.discard(team, { lotId, doses: count, reason: 'LOST' }, command);
    return stock.count(team, { lotId, doses: count, reason: 'STOCK_TAKING' }, command);
  };
  const sent = async (team: Actor, count: number): Promise<unknown> => {
    const asked = await restock.request(team, { supplierId: supply.agencyId, doses: count }, command);
    if (isRefusal(asked)) return asked;
    await restock.send(supply, { requestId: asked.id, doses: count }, command);
    return restock.receive(team, asked.id, command);
  };
  it('comes to what is on hand, whatever is done with it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 4, maxLength: 12 }), async (steps) => {
        const team = await buildTeam();
        const shelves = new Shelves();
        // What comes of a single lot is known until doses are drawn from any.
        for (const step of [...steps.filter(isOnLot), ...steps.filter((one) => !isOnLot(one))]) {
          await take(team, step);
          shelves.take(step);
          expect(await onHand(team)).toBe(shelves.sum);
        }
        expect(await unbalanced()).toEqual([]);
      }),
      { numRuns: inDepth(8, 100), endOnFailure: true },
    );
  }, 120_000);

  it('keeps one lot of one number, whoever typed it, also at once and beside one that was kept in small letters', async () => {
    const team = await buildTeam();
    const box = { product: 'NASAL_4_MG', expiresOn: '2034-01-01', doses: 1 } as const;
    const receive = (lotNumber: string) => stock.receive(team, { ...box, lotNumber }, command);
    const lots = () =>
      app.owner('select lot_number as number, on_hand as "onHand" from naloxone_lot where agency_id = $1', [
        team.agencyId,
      ]);
    await Promise.all(['e6a', 'E6A', 'E6a'].map(receive));
    expect(await lots()).toEqual([{ number: 'E6A', onHand: 3 }]);
    await app.owner(`update naloxone_lot set lot_number = 'e6a' where agency_id = $1`, [team.agencyId]);
    await receive('E6A');
    expect(await lots()).toEqual([{ number: 'e6a', onHand: 4 }]);
  });

  it('gives the last dose to one of those who take it at the same moment', async () => {
    const team = await buildTeam();
    const agency = { id: team.agencyId, kind: 'OUTREACH_TEAM' } as const;
    const workers = await Promise.all(
      Array.from({ length: 8 }, () => buildStaff(app.database, agency, 'OUTREACH_WORKER')),
    );
    const lotId = await buildLot(app, team, { doses: 1 });
    for (const named of [lotId, null]) {
      const taken = await Promise.all(
        workers.map((worker) => stock.use(worker, { use: 'LEAVE_BEHIND', doses: 1, lotId: named }, command)),
      );
      expect(taken.filter((one) => !isRefusal(one))).toHaveLength(1);
      expect(taken.filter(isRefusal).map(({ code }) => code)).toEqual(Array.from({ length: 7 }, () => 'OUT_OF_STOCK'));
      expect(await onHand(team)).toBe(0);
      await stock.count(team, { lotId, doses: 1, reason: 'STOCK_TAKING' }, command);
    }
    expect(await unbalanced()).toEqual([]);
  });

  it('sends what was asked for once, however often it is pressed', async () => {
    const team = await buildTeam();
    const asked = await restock.request(team, { supplierId: supply.agencyId, doses: 5 }, command);
    const requestId = isRefusal(asked) ? '' : asked.id;
    const before = (await onHand(supply)) ?? 0;
    await Promise.all([1, 2, 3].map(() => restock.send(supply, { requestId, doses: 5 }, command)));
    await Promise.all([1, 2, 3].map(() => restock.receive(team, requestId, command)));
    expect([before - ((await onHand(supply)) ?? 0), await onHand(team)]).toEqual([5, 5]);
  });

  it('gives kits of a visit out of the stock of whoever visited, and refuses what is not there', async () => {
    const [reporter, ross, pike] = [
      await buildReporter(app, 'LAW_ENFORCEMENT'),
      await buildOutreachTeam(app, ['39141']),
      await buildOutreachTeam(app, ['39131']),
    ];
    const visit = async (traits: Partial<RecordVisitAttemptInput>) => {
      const { id: caseId } = await rowOfReport(app, await buildOverdoseReport(app, reporter));
      const base = { channel: 'VISIT', leftBehind: 'NEVER', result: 'ENGAGED', services: ['NALOXONE'] } as const;
      const input = { ...base, services: [...base.services], caseId, ...traits };
      const answer = await app.app.get(OutreachCasesService).attempt(ross.worker, input, command);
      const attempts = await app.owner('select 1 from visit_attempt where case_id = $1', [caseId]);
      return isRefusal(answer) ? [answer.code, answer.details['field'], attempts.length] : attempts.length;
    };
    const moved = () =>
      app.owner(
        'select m.because, m.change, m.on_hand as left from naloxone_movement m where agency_id = $1 and kind = $2 order by at, id',
        [ross.worker.agencyId, 'USED'],
      );
    // Who has never taken doses in here keeps the stock elsewhere.
    expect(await visit({ naloxoneKits: 2 })).toBe(1);
    const soon = await buildLot(app, ross.coordinator, { doses: 3, expiresOn: '2033-01-31' });
    const late = await buildLot(app, ross.coordinator, { doses: 4, expiresOn: '2034-01-31' });
    expect(await visit({ naloxoneKits: 2 })).toBe(1);
    expect(await visit({ naloxoneKits: 1, naloxoneLotId: late })).toBe(1);
    const because = 'LEAVE_BEHIND';
    const all = [
      { because, change: -3, left: 0 },
      { because, change: -1, left: 3 },
      { because, change: -2, left: 1 },
    ];
    expect(await moved()).toEqual(all);
    expect(await visit({ naloxoneKits: 1 })).toEqual(['OUT_OF_STOCK', 'input.naloxoneKits', 0]);
    const kits = ['INVALID_INPUT', 'input.naloxoneKits', 0];
    expect(await visit({ services: [], result: 'NALOXONE_GIVEN' })).toEqual(kits);
    expect(await visit({ naloxoneLotId: soon })).toEqual(['INVALID_INPUT', 'input.naloxoneLotId', 0]);
    const foreign = await buildLot(app, pike.coordinator);
    expect(await visit({ naloxoneKits: 1, naloxoneLotId: foreign })).toEqual(['NOT_FOUND', undefined, 0]);
    expect(await visit({ naloxoneKits: 3, isNaloxoneFromElsewhere: true })).toBe(1);
    expect(await moved()).toEqual(all);
  });

  it('is kept by the database as well: no entry without its count, no count without its entry, nothing below zero', async () => {
    const team = await buildTeam();
    const lotId = await buildLot(app, team, { doses: 3 });
    const entry = `insert into naloxone_movement (id, agency_id, lot_id, position, kind, because, change, on_hand, at, by_id)
      values (uuidv7(), $2, $1, 9, 'USED', 'TRAINING', -1, 2, now(), $2)`;
    await expect(app.owner(entry, [lotId, team.agencyId])).rejects.toThrow(/do not come to/);
    await expect(app.owner('update naloxone_lot set on_hand = 4 where id = $1', [lotId])).rejects.toThrow(
      /do not come to/,
    );
    await expect(app.owner('update naloxone_lot set on_hand = -1 where id = $1', [lotId])).rejects.toThrow(/on_hand/);
    await expect(app.owner('delete from naloxone_movement where lot_id = $1', [lotId])).rejects.toThrow();
  });
});

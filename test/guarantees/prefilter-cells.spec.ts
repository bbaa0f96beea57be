import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { PoolMatchStore } from '../../src/capacity/pool-match.store';
import { cellOf } from '../../src/matching/engine/geodesy';
import { withClient } from '../../src/platform/database/embedded/client';
import { asOwner, buildAgency } from '../builders/agencies';
import { anyLatitude, anyLongitude } from '../builders/matching.arbitraries';
import { buildStored, insertCandidates } from '../builders/matching';
import { TestUnitOfWork } from '../setup/unit-of-work';

/** Two rooms number the cells of the grid, one in SQL and one in the engine: a pool they disagree on would never be found. */
describe('the grid of the prefilter', () => {
  it('is the same in the ledger of room and in the engine, at poles, antimeridian and rims too', async () => {
    const db = await TestUnitOfWork.open(2);
    const { id: agencyId } = await buildAgency(db.database, { kind: 'TREATMENT_PROVIDER' });
    const rims = [-90, -89.75, -0.25, 0, 0.25, 38.999999999999996, 39, 89.75, 90].flatMap((latitude) =>
      [-180, -179.75, -83, -82.75, 0, 179.75, 179.99999999999997, 180].map(
        (longitude) => [latitude, longitude] as const,
      ),
    );
    const anywhere = fc.sample(fc.tuple(anyLatitude, anyLongitude), { numRuns: 300, seed: 7 });
    const pools = [...rims, ...anywhere].map(([latitude, longitude]) => buildStored({ agencyId, latitude, longitude }));
    await withClient(db.database.ownerUrl, (client) => insertCandidates(client, pools));
    await asOwner(
      db.database,
      `update program p set latitude = m.latitude, longitude = m.longitude from pool_match m where m.program_id = p.id`,
    );
    await asOwner(db.database, 'update pool_match set cell = null');

    await db.unitOfWork.runAsSystem(agencyId, { name: 'importDirectory', isHousekeeping: true }, async (tx) => {
      await new PoolMatchStore().refresh(
        tx,
        pools.map(({ programId }) => programId),
      );
      return { id: randomUUID() };
    });
    const rows = await asOwner<{ latitude: number; longitude: number; cell: number }>(
      db.database,
      'select latitude, longitude, cell from pool_match',
    );
    expect(rows).toHaveLength(pools.length);
    expect(rows.filter(({ latitude, longitude, cell }) => cell !== cellOf(latitude, longitude))).toEqual([]);
    await db.close();
  });
});

import { loadSampleRegion, refreshSampleCensus, sampleActor, sampleUserNames, sampleClaims } from '../../src/sample';
import { DEVELOPMENT_ISSUER } from '../../src/platform/auth';
import { asOwner, buildAgency } from '../builders/agencies';
import { TestUnitOfWork } from '../setup/unit-of-work';

const poolsOf = (db: TestUnitOfWork): Promise<{ name: string; attestedAt: Date }[]> =>
  asOwner(db.database, 'select name, attested_at as "attestedAt" from bed_pool order by id');
const countOf = async (db: TestUnitOfWork, table: string): Promise<number> =>
  (await asOwner<{ count: number }>(db.database, `select count(*)::int as count from ${table}`))[0]?.count ?? -1;

describe('the sample region', () => {
  let db: TestUnitOfWork;

  beforeEach(async () => {
    db = await TestUnitOfWork.open();
  });
  afterEach(() => db.close());

  it('is loaded once, whole, when five start at once', async () => {
    const loaded = await Promise.all(Array.from({ length: 5 }, () => loadSampleRegion(db.unitOfWork)));
    expect(loaded.filter(Boolean)).toHaveLength(1);
    expect(await countOf(db, 'agency')).toBe(13);
    expect(await countOf(db, 'pool_match')).toBe(6);
    expect(await countOf(db, 'census')).toBe(6);
    expect(await asOwner(db.database, 'select action, actor_kind as kind from audit_entry')).toEqual([
      { action: 'sample-region.loaded', kind: 'SYSTEM' },
    ]);
  });

  it('lets every sample user sign in as who they are', async () => {
    await loadSampleRegion(db.unitOfWork);
    for (const name of sampleUserNames) {
      const { subject, agencyId, role } = sampleClaims(name);
      expect(await db.unitOfWork.signIn(DEVELOPMENT_ISSUER, subject, agencyId, role)).toEqual(sampleActor(name));
    }
  });

  it('never goes into a database that somebody uses', async () => {
    await buildAgency(db.database);
    expect(await loadSampleRegion(db.unitOfWork)).toBe(false);
    expect(await refreshSampleCensus(db.unitOfWork)).toBe(false);
    expect(await countOf(db, 'agency')).toBe(1);
    expect(await countOf(db, 'audit_entry')).toBe(0);
  });

  it('attests old counts anew, but none that real staff have attested', async () => {
    await loadSampleRegion(db.unitOfWork);
    expect(await refreshSampleCensus(db.unitOfWork)).toBe(false);
    const before = await poolsOf(db);
    await asOwner(db.database, `update bed_pool set attested_by = gen_random_uuid() where name = 'Apartments'`);
    db.clock.advance(3 * 1440);
    expect(await refreshSampleCensus(db.unitOfWork)).toBe(true);
    const moved = (await poolsOf(db)).filter(
      ({ attestedAt }, at) => attestedAt > (before[at]?.attestedAt ?? attestedAt),
    );
    expect(moved.map(({ name }) => name)).toEqual(
      before.map(({ name }) => name).filter((name) => name !== 'Apartments'),
    );
    expect(await refreshSampleCensus(db.unitOfWork)).toBe(false);
  });
});

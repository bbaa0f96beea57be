import { isRefusal, notFound, Refusal } from '../kernel/refusal';
import type { UnitOfWork } from '../platform/database/unit-of-work';
import { sampleAgencies } from './sample-agencies';
import { SampleRegionStore } from './sample-region.store';

const store = new SampleRegionStore();
const OPERATOR = sampleAgencies.operator.id;

/**
 * Fills an empty database with the sample region, whole or not at all. False when there is any agency already: nothing is
 * changed then. Safe when several processes start at once.
 */
export const loadSampleRegion = async (unitOfWork: UnitOfWork): Promise<boolean> => {
  const done = await unitOfWork.runAsSystem(OPERATOR, { name: 'loadSampleRegion' }, async (tx) => {
    if (!(await store.isEmpty(tx))) return new Refusal('ALREADY_EXISTS', 'There are agencies already.');
    await store.insert(tx);
    tx.audit({ action: 'sample-region.loaded', subjectType: 'Agency', subjectId: OPERATOR });
    return { id: OPERATOR };
  });
  return !isRefusal(done);
};

/**
 * Attests the counts of sample pools anew, so that a sample region that lay about for days still matches. Pools that anybody
 * but a sample user has attested are left as they are. False when nothing was old.
 */
export const refreshSampleCensus = async (unitOfWork: UnitOfWork): Promise<boolean> => {
  const done = await unitOfWork.runAsSystem(OPERATOR, { name: 'refreshSampleCensus' }, async (tx) => {
    const pools = await store.attestAgain(tx);
    if (pools.length === 0) return notFound('old census of a sample pool');
    for (const poolId of pools) {
      tx.audit({
        action: 'census.posted',
        subjectType: 'BedPool',
        subjectId: poolId,
        details: { source: 'SYSTEM', isSample: true },
      });
    }
    return { id: OPERATOR };
  });
  return !isRefusal(done);
};

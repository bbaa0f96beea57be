import type { NudgeAddressesStore } from '../nudges';
import type { UnitOfWork } from '../platform/database/unit-of-work';
import { sampleAgencies } from './sample-agencies';
import { sampleUsers, type SampleUser } from './sample-users';

/** Gives every sample person an address of the reserved kind that leads nowhere, so that `/outbox` shows what they are told. */
export const giveSampleAddresses = async (unitOfWork: UnitOfWork, addresses: NudgeAddressesStore): Promise<void> => {
  const { id } = sampleAgencies.operator;
  await unitOfWork.runAsSystem(id, { name: 'giveSampleAddresses', isHousekeeping: true }, (tx) => {
    for (const [name, { accountId, agency, kind }] of Object.entries<SampleUser>(sampleUsers)) {
      const person = { agencyId: sampleAgencies[agency].id, accountId };
      if (kind === 'STAFF') addresses.addConfirmed(tx, person, 'EMAIL', `${name}@handrail.example`);
    }
    return Promise.resolve({ id });
  });
};

import { Injectable } from '@nestjs/common';
import { defineLoader, inOrderOf } from '../platform/graphql';
import { BedPoolsStore, type BedPoolRow } from './bed-pools.store';
import { CensusesStore, type CensusRow } from './censuses.store';
import { HoldQuotasStore, type HoldQuotaRow } from './hold-quotas.store';
import { HoldsStore, type HoldRow } from './holds.store';
import { ProgramsStore, type ProgramRow } from './programs.store';

const grouped = <Row>(keys: readonly string[], rows: readonly Row[], keyOf: (row: Row) => string): Row[][] => {
  const groups = new Map(keys.map((key) => [key, [] as Row[]]));
  for (const row of rows) groups.get(keyOf(row))?.push(row);
  return keys.map((key) => groups.get(key) ?? []);
};

@Injectable()
export class ProgramLoaders {
  constructor(private readonly store: ProgramsStore) {}

  readonly byId = defineLoader<string, ProgramRow>(async (reader, ids) =>
    inOrderOf(ids, await this.store.byIds(reader, ids), ({ id }) => id),
  );

  /** The first hundred of each agency. */
  readonly byAgency = defineLoader<string, ProgramRow[]>(async (reader, agencyIds) =>
    grouped(agencyIds, await this.store.ofAgencies(reader, agencyIds), ({ agencyId }) => agencyId),
  );
}

@Injectable()
export class BedPoolLoaders {
  constructor(
    private readonly store: BedPoolsStore,
    private readonly censuses: CensusesStore,
    private readonly holds: HoldsStore,
  ) {}

  readonly byId = defineLoader<string, BedPoolRow>(async (reader, ids) =>
    inOrderOf(ids, await this.store.byIds(reader, ids), ({ id }) => id),
  );

  readonly byProgram = defineLoader<string, BedPoolRow[]>(async (reader, programIds) =>
    grouped(programIds, await this.store.ofPrograms(reader, programIds), ({ programId }) => programId),
  );

  /** The latest twenty of each pool, newest first. */
  readonly censusesOf = defineLoader<string, CensusRow[]>(async (reader, poolIds) =>
    grouped(poolIds, await this.censuses.latestOfPools(reader, poolIds), ({ poolId }) => poolId),
  );

  /** Holds that are active now, the next to end first. */
  readonly holdsOf = defineLoader<string, HoldRow[]>(async (reader, poolIds) =>
    grouped(poolIds, await this.holds.activeOfPools(reader, poolIds), ({ poolId }) => poolId),
  );
}

@Injectable()
export class HoldLoaders {
  constructor(private readonly store: HoldsStore) {}

  readonly byId = defineLoader<string, HoldRow>(async (reader, ids) =>
    inOrderOf(ids, await this.store.byIds(reader, ids), ({ id }) => id),
  );
}

@Injectable()
export class HoldQuotaLoaders {
  constructor(private readonly store: HoldQuotasStore) {}

  readonly byAgency = defineLoader<string, HoldQuotaRow>(async (reader, agencyIds) =>
    inOrderOf(agencyIds, await this.store.ofAgencies(reader, agencyIds), ({ agencyId }) => agencyId),
  );
}

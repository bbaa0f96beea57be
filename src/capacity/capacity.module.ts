import { Module } from '@nestjs/common';
import { AgenciesModule } from '../agencies';
import { ClocksModule } from '../clocks';
import { BedBoardNews } from './bed-board-news';
import { BedBoardNewsResolver } from './bed-board-news.resolver';
import { BedPoolsResolver } from './bed-pools.resolver';
import { BedPoolsService } from './bed-pools.service';
import { BedPoolsStore } from './bed-pools.store';
import { BedPoolLoaders, HoldLoaders, HoldQuotaLoaders, ProgramLoaders } from './capacity.loaders';
import { CapacityChecks } from './capacity.checks';
import { CapacityService } from './capacity.service';
import { CensusService } from './census.service';
import { CensusesStore } from './censuses.store';
import { DirectoryStore } from './directory.store';
import { AgencyHoldQuotaResolver, HoldQuotasResolver } from './hold-quotas.resolver';
import { HoldQuotasService } from './hold-quotas.service';
import { HoldQuotasStore } from './hold-quotas.store';
import { HoldsResolver } from './holds.resolver';
import { HoldsStore } from './holds.store';
import { OpenProgramsStore } from './open-programs.store';
import { PoolMatchStore } from './pool-match.store';
import { AgencyProgramsResolver, ProgramsResolver } from './programs.resolver';
import { ProgramsService } from './programs.service';
import { ProgramsStore } from './programs.store';
import { RoomClocks } from './room-clocks';

/** The ledger of room: programs, bed pools, censuses and holds. */
@Module({
  imports: [AgenciesModule, ClocksModule],
  providers: [
    ProgramsStore,
    BedPoolsStore,
    CensusesStore,
    HoldsStore,
    HoldQuotasStore,
    PoolMatchStore,
    OpenProgramsStore,
    RoomClocks,
    DirectoryStore,
    ProgramsService,
    BedPoolsService,
    CensusService,
    CapacityService,
    CapacityChecks,
    HoldQuotasService,
    ProgramLoaders,
    BedPoolLoaders,
    HoldLoaders,
    HoldQuotaLoaders,
    ProgramsResolver,
    AgencyProgramsResolver,
    BedPoolsResolver,
    BedBoardNews,
    BedBoardNewsResolver,
    HoldsResolver,
    HoldQuotasResolver,
    AgencyHoldQuotaResolver,
  ],
  exports: [
    CapacityService,
    ProgramsService,
    BedPoolsService,
    CensusService,
    DirectoryStore,
    OpenProgramsStore,
    ProgramLoaders,
    BedPoolLoaders,
    HoldLoaders,
  ],
})
export class CapacityModule {}

import { Module } from '@nestjs/common';
import { AgenciesResolver } from './agencies.resolver';
import { AgenciesService } from './agencies.service';
import { AgenciesStore } from './agencies.store';
import { AgencyLoaders } from './agency.loaders';
import { CountiesResolver } from './counties.resolver';
import { MemberLoaders } from './member.loaders';
import { MembersStore } from './members.store';
import { ServiceAccountsResolver } from './service-accounts.resolver';
import { ServiceAccountsService } from './service-accounts.service';
import { StaffResolver } from './staff.resolver';
import { StaffService } from './staff.service';
import { ViewerResolver } from './viewer.resolver';

/** Agencies, who works there and which systems act for them. Needs `UnitOfWork` from a global module. */
@Module({
  providers: [
    AgenciesResolver,
    AgenciesService,
    AgenciesStore,
    AgencyLoaders,
    CountiesResolver,
    MemberLoaders,
    MembersStore,
    ServiceAccountsResolver,
    ServiceAccountsService,
    StaffResolver,
    StaffService,
    ViewerResolver,
  ],
  exports: [AgenciesService, AgencyLoaders, StaffService, ServiceAccountsService],
})
export class AgenciesModule {}

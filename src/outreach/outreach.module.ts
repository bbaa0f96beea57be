import { Module } from '@nestjs/common';
import { AgenciesModule } from '../agencies';
import { CapacityModule } from '../capacity';
import { ClocksModule } from '../clocks';
import { OverdosesModule } from '../overdoses';
import { PeopleModule } from '../people';
import { ReferralsModule } from '../referrals';
import { ResourcesModule } from '../resources';
import { RespondersModule } from '../responders';
import { AtRiskFlagsLoaders } from './at-risk/at-risk-flags.loaders';
import { AtRiskFlagsResolver } from './at-risk/at-risk-flags.resolver';
import { AtRiskFlagsService } from './at-risk/at-risk-flags.service';
import { AtRiskFlagsStore } from './at-risk/at-risk-flags.store';
import { OutreachLoaders } from './outreach.loaders';
import { OutreachProgramsResolver, OutreachTeamMembersResolver } from './outreach-programs.resolver';
import { OutreachProgramsService } from './outreach-programs.service';
import { OutreachProgramsStore } from './outreach-programs.store';
import { PacketPlaceResolver, PacketResolver } from './packet/packet.resolver';
import { PacketService } from './packet/packet.service';
import { packetTexts, PacketTexts } from './packet/packet-texts';
import { CaseKeeping } from './roster/case-keeping';
import { FollowUpsService } from './roster/follow-ups.service';
import { HandOversService } from './roster/hand-overs.service';
import {
  OutreachCaseFieldsResolver,
  OutreachLikenessesResolver,
  OutreachStepsResolver,
  VisitAttemptsResolver,
} from './roster/outreach-case-fields.resolver';
import { OutreachCasesLoaders } from './roster/outreach-cases.loaders';
import { OutreachCasesResolver } from './roster/outreach-cases.resolver';
import { OutreachCasesService } from './roster/outreach-cases.service';
import { OptOutDecisionsService } from './roster/opt-out-decisions.service';
import { OptOuts } from './roster/opt-outs';
import { OptOutsStore } from './roster/opt-outs.store';
import { OutreachCasesStore } from './roster/outreach-cases.store';
import { OutreachJobs } from './roster/outreach.jobs';
import { OutreachPlansResolver } from './roster/outreach-plans.resolver';
import { OutreachPlansService } from './roster/outreach-plans.service';
import { OutreachReferralsService } from './roster/outreach-referrals.service';
import { OverdueService } from './roster/overdue.service';
import { CaseRisks } from './roster/case-risks';
import { ReferredRowsStore } from './roster/referred-rows.store';
import { RosterPagesService } from './roster/roster-pages.service';
import { AskedAfterStore } from './roster/asked-after.store';
import { FlaggedRows } from './roster/flagged-rows';
import { Finders } from './roster/finders';
import { LeaderlessRows } from './roster/leaderless-rows';
import { LeaderlessService } from './roster/leaderless.service';
import { LeaderlessStore } from './roster/leaderless.store';
import { FlaggedRowsStore } from './roster/flagged-rows.store';
import { RosterRows } from './roster/roster-rows';
import { SamePersonsService } from './roster/same-persons.service';
import { RosterService } from './roster/roster.service';
import { RosterStore } from './roster/roster.store';

/** After the overdose: who is to be visited, by whom, with what in hand. */
@Module({
  imports: [
    AgenciesModule,
    CapacityModule,
    ClocksModule,
    OverdosesModule,
    PeopleModule,
    ReferralsModule,
    ResourcesModule,
    RespondersModule,
  ],
  providers: [
    // Made at start: words that would tell a stranger stop the boot.
    { provide: PacketTexts, useFactory: packetTexts },
    OutreachProgramsStore,
    OutreachProgramsService,
    OutreachLoaders,
    OutreachProgramsResolver,
    OutreachTeamMembersResolver,
    PacketService,
    PacketResolver,
    PacketPlaceResolver,
    OutreachCasesStore,
    RosterStore,
    AskedAfterStore,
    OptOutsStore,
    OptOuts,
    OptOutDecisionsService,
    SamePersonsService,
    CaseKeeping,
    CaseRisks,
    RosterPagesService,
    FlaggedRows,
    Finders,
    LeaderlessRows,
    LeaderlessService,
    LeaderlessStore,
    FlaggedRowsStore,
    RosterRows,
    RosterService,
    OverdueService,
    OutreachCasesService,
    HandOversService,
    FollowUpsService,
    OutreachPlansService,
    OutreachReferralsService,
    ReferredRowsStore,
    OutreachCasesLoaders,
    OutreachCasesResolver,
    OutreachCaseFieldsResolver,
    OutreachLikenessesResolver,
    VisitAttemptsResolver,
    OutreachStepsResolver,
    OutreachPlansResolver,
    AtRiskFlagsStore,
    AtRiskFlagsService,
    AtRiskFlagsLoaders,
    AtRiskFlagsResolver,
    OutreachJobs,
  ],
  exports: [OutreachLoaders, OutreachCasesLoaders, AtRiskFlagsLoaders],
})
export class OutreachModule {}

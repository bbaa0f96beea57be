import { Module } from '@nestjs/common';
import { AgenciesModule } from '../agencies';
import { CapacityModule } from '../capacity';
import { ResourcesModule } from '../resources';
import { OutreachLoaders } from './outreach.loaders';
import { OutreachProgramsResolver, OutreachTeamMembersResolver } from './outreach-programs.resolver';
import { OutreachProgramsService } from './outreach-programs.service';
import { OutreachProgramsStore } from './outreach-programs.store';
import { PacketPlaceResolver, PacketResolver } from './packet/packet.resolver';
import { PacketService } from './packet/packet.service';
import { packetTexts, PacketTexts } from './packet/packet-texts';

/** After the overdose: who is to be visited, by whom, with what in hand. */
@Module({
  imports: [AgenciesModule, CapacityModule, ResourcesModule],
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
  ],
  exports: [OutreachLoaders],
})
export class OutreachModule {}

import { Module } from '@nestjs/common';
import { AgenciesModule } from '../agencies';
import { ClockChecks } from './clock.checks';
import { ClockNews } from './clock-news';
import { ClocksJobs } from './clocks.jobs';
import { ClocksLoaders } from './clocks.loaders';
import { ClocksService } from './clocks.service';
import { ClocksStore } from './clocks.store';
import { RoomClockNewsResolver } from './room-clock-news.resolver';
import { ClockSettingsResolver, RoomClocksResolver } from './room-clocks.resolver';
import { RoomClocksService } from './room-clocks.service';
import { RoomClocksStore } from './room-clocks.store';

/** What is due, for whom, and who is told when it is not done. */
@Module({
  imports: [AgenciesModule],
  providers: [
    ClocksStore,
    RoomClocksStore,
    ClocksService,
    RoomClocksService,
    ClocksJobs,
    ClockChecks,
    ClocksLoaders,
    RoomClocksResolver,
    ClockSettingsResolver,
    ClockNews,
    RoomClockNewsResolver,
  ],
  exports: [ClocksService, ClockNews, ClocksLoaders],
})
export class ClocksModule {}

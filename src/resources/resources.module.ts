import { Module } from '@nestjs/common';
import { CrisisLines, crisisLines } from './crisis-lines';
import { CrisisLinesResolver } from './crisis-lines.resolver';
import { ListedMeetingsStore } from './listed-meetings.store';
import { MeetingsResolver } from './meetings.resolver';
import { MeetingsService } from './meetings.service';
import { MeetingsStore } from './meetings.store';

/** Help near an address that is no treatment program. */
@Module({
  providers: [
    // Made at start: faulty data stops the boot.
    { provide: CrisisLines, useFactory: crisisLines },
    MeetingsStore,
    ListedMeetingsStore,
    MeetingsService,
    MeetingsResolver,
    CrisisLinesResolver,
  ],
  exports: [CrisisLines, MeetingsService, ListedMeetingsStore],
})
export class ResourcesModule {}

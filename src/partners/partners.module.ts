import { Module } from '@nestjs/common';
import { CapacityModule } from '../capacity';
import { ResourcesModule } from '../resources';
import { DirectoryImporter } from './facilities/import-directory';
import { ListedAgenciesStore } from './facilities/listed-agencies.store';
import { MeetingsImporter } from './meetings/import-meetings';

/** What comes in from, and goes out to, other systems. */
@Module({
  imports: [CapacityModule, ResourcesModule],
  providers: [DirectoryImporter, ListedAgenciesStore, MeetingsImporter],
  exports: [DirectoryImporter, MeetingsImporter],
})
export class PartnersModule {}

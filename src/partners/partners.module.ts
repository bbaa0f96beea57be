import { Module } from '@nestjs/common';
import { CapacityModule } from '../capacity';
import { OverdosesModule } from '../overdoses';
import { ResourcesModule } from '../resources';
import { DirectoryImporter } from './facilities/import-directory';
import { ListedAgenciesStore } from './facilities/listed-agencies.store';
import { MeetingsImporter } from './meetings/import-meetings';
import { OverdoseImporter } from './overdoses/import-overdoses';

/** What comes in from, and goes out to, other systems. */
@Module({
  imports: [CapacityModule, OverdosesModule, ResourcesModule],
  providers: [DirectoryImporter, ListedAgenciesStore, MeetingsImporter, OverdoseImporter],
  exports: [DirectoryImporter, MeetingsImporter, OverdoseImporter],
})
export class PartnersModule {}

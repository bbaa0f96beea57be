import { Module } from '@nestjs/common';
import { CapacityModule } from '../capacity';
import { DirectoryImporter } from './facilities/import-directory';
import { ListedAgenciesStore } from './facilities/listed-agencies.store';

/** What comes in from, and goes out to, other systems. */
@Module({
  imports: [CapacityModule],
  providers: [DirectoryImporter, ListedAgenciesStore],
  exports: [DirectoryImporter],
})
export class PartnersModule {}

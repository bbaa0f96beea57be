import { Module } from '@nestjs/common';
import { AgenciesModule } from '../agencies';
import { PeopleModule } from '../people';
import { ConsentsLoaders } from './consents.loaders';
import { ConsentsResolver } from './consents.resolver';
import { ConsentsService } from './consents.service';
import { ConsentsStore } from './consents.store';

@Module({
  imports: [AgenciesModule, PeopleModule],
  providers: [ConsentsStore, ConsentsService, ConsentsLoaders, ConsentsResolver],
  exports: [ConsentsService, ConsentsLoaders],
})
export class ConsentModule {}

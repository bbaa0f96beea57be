import { Module } from '@nestjs/common';
import { LinkagePassService } from './linkage-pass.service';
import { LinkagePassesStore } from './linkage-passes.store';
import { PeopleLoaders } from './people.loaders';
import { PeopleService } from './people.service';
import { PeopleStore } from './people.store';
import { PersonLinkCommandsService } from './person-link-commands.service';
import { PersonLinkingJobs } from './person-linking.jobs';
import { PersonLinkingService } from './person-linking.service';
import { PersonLinksResolver, PersonRecordsResolver } from './person-links.resolver';
import { PersonLinksService } from './person-links.service';
import { PersonLinksStore } from './person-links.store';
import { PersonMatchesResolver } from './person-matches.resolver';
import { PersonRegisterStore } from './person-register.store';
import { PersonSearchService } from './person-search.service';

@Module({
  providers: [
    PeopleStore,
    PeopleService,
    PeopleLoaders,
    PersonRegisterStore,
    PersonLinksStore,
    PersonLinkingService,
    PersonLinkingJobs,
    PersonLinkCommandsService,
    PersonLinksService,
    PersonLinksResolver,
    PersonRecordsResolver,
    PersonSearchService,
    PersonMatchesResolver,
    LinkagePassService,
    LinkagePassesStore,
  ],
  exports: [PeopleService, PeopleLoaders, PersonLinkingService, PersonLinkCommandsService],
})
export class PeopleModule {}

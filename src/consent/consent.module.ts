import { Module } from '@nestjs/common';
import { AgenciesModule } from '../agencies';
import { PeopleModule } from '../people';
import { ConsentTexts, consentTexts } from './consent-texts';
import { ConsentTextsResolver } from './consent-texts.resolver';
import { ConsentsLoaders } from './consents.loaders';
import { ConsentsResolver } from './consents.resolver';
import { ConsentsService } from './consents.service';
import { ConsentsStore } from './consents.store';
import { RevocationService } from './revocation.service';
import { RevocationsStore } from './revocations.store';
import { StatePacks, statePacks } from './state-rules';

@Module({
  imports: [AgenciesModule, PeopleModule],
  providers: [
    // Made at start: a faulty text or pack stops the boot.
    { provide: ConsentTexts, useFactory: consentTexts },
    { provide: StatePacks, useFactory: statePacks },
    ConsentsStore,
    RevocationsStore,
    ConsentsService,
    RevocationService,
    ConsentsLoaders,
    ConsentsResolver,
    ConsentTextsResolver,
  ],
  exports: [ConsentsService, RevocationService, StatePacks, ConsentsLoaders],
})
export class ConsentModule {}

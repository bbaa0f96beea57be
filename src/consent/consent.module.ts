import { Module } from '@nestjs/common';
import { AgenciesModule } from '../agencies';
import { ClocksModule } from '../clocks';
import { PeopleModule } from '../people';
import { AccountedDisclosureResolver, AccountingResolver } from './accounting.resolver';
import { AccountingService } from './accounting.service';
import { AccountingStore } from './accounting.store';
import { BreakGlassLoaders } from './break-glass.loaders';
import { BreakGlassResolver } from './break-glass.resolver';
import { BreakGlassService } from './break-glass.service';
import { BreakGlassStore } from './break-glass.store';
import { BreakGlassReviewsResolver } from './break-glass-reviews.resolver';
import { BreakGlassReviewsService } from './break-glass-reviews.service';
import { BreakGlassReviewsStore } from './break-glass-reviews.store';
import { ConsentTexts, consentTexts } from './consent-texts';
import { ConsentTextsResolver } from './consent-texts.resolver';
import { ConsentsJobs } from './consents.jobs';
import { ConsentsLoaders } from './consents.loaders';
import { ConsentsResolver } from './consents.resolver';
import { ConsentsService } from './consents.service';
import { ConsentsStore } from './consents.store';
import { LegalRequestsResolver } from './legal-requests.resolver';
import { LegalRequestsService } from './legal-requests.service';
import { LegalRequestsStore } from './legal-requests.store';
import { OversightLoaders } from './oversight.loaders';
import { OversightRules, oversightRules } from './oversight-rules';
import { RevocationService } from './revocation.service';
import { RevocationsStore } from './revocations.store';
import { StatePacks, statePacks } from './state-rules';
import { WeighedConsentsStore } from './weighed-consents.store';

@Module({
  imports: [AgenciesModule, ClocksModule, PeopleModule],
  providers: [
    // Made at start: a faulty text or pack stops the boot.
    { provide: ConsentTexts, useFactory: consentTexts },
    { provide: StatePacks, useFactory: statePacks },
    { provide: OversightRules, useFactory: oversightRules },
    ConsentsStore,
    WeighedConsentsStore,
    RevocationsStore,
    ConsentsService,
    RevocationService,
    ConsentsJobs,
    ConsentsLoaders,
    ConsentsResolver,
    ConsentTextsResolver,
    BreakGlassStore,
    BreakGlassReviewsStore,
    BreakGlassService,
    BreakGlassReviewsService,
    BreakGlassLoaders,
    BreakGlassResolver,
    BreakGlassReviewsResolver,
    AccountingStore,
    AccountingService,
    LegalRequestsStore,
    LegalRequestsService,
    OversightLoaders,
    AccountingResolver,
    AccountedDisclosureResolver,
    LegalRequestsResolver,
  ],
  exports: [
    ConsentsService,
    RevocationService,
    StatePacks,
    ConsentsLoaders,
    BreakGlassLoaders,
    OversightLoaders,
    WeighedConsentsStore,
  ],
})
export class ConsentModule {}

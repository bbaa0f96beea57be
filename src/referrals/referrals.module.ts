import { Module } from '@nestjs/common';
import { AgenciesModule } from '../agencies';
import { CapacityModule } from '../capacity';
import { ClocksModule } from '../clocks';
import { ConsentModule } from '../consent';
import { MatchingModule } from '../matching';
import { OverdosesModule } from '../overdoses';
import { PeopleModule } from '../people';
import { AcceptanceService } from './acceptance.service';
import { AgreedRecipients } from './agreed-recipients';
import { AdmissionService } from './admission.service';
import { DischargeService } from './discharge.service';
import { ArrivalService } from './arrival.service';
import { ArrivalsResolver } from './arrivals.resolver';
import { ClosedAgenciesJobs } from './closed-agencies.jobs';
import { ClosedAgenciesService } from './closed-agencies.service';
import { ClosedAgenciesStore } from './closed-agencies.store';
import { EmptiedAgenciesService } from './emptied-agencies.service';
import { ConsentRecordingService } from './consent-recording.service';
import { ClockSource } from './clock-source';
import {
  EpisodeReferralsResolver,
  HandOffsResolver,
  ReferralChangesResolver,
  UnmetNeedReferralResolver,
} from './hand-offs.resolver';
import { DueClockNewsResolver } from './due-clock-news.resolver';
import { ClockBreachesResolver, DueClocksResolver } from './due-clocks.resolver';
import { DueClocksService } from './due-clocks.service';
import { DueClocksStore } from './due-clocks.store';
import { HandOffsStore } from './hand-offs.store';
import { OfferCommands } from './offer-command';
import { OfferMakingService } from './offer-making.service';
import { OfferExpiryService } from './offer-expiry.service';
import { OfferResponseService } from './offer-response.service';
import { OffersResolver } from './offers.resolver';
import { OffersStore } from './offers.store';
import { ConsentNews } from './consent-news';
import { RecallService } from './recall.service';
import { ReferralChecks } from './referral.checks';
import { ReferralCommands } from './referral-command';
import { ReferralEndingService } from './referral-ending.service';
import { ReferralLapseService } from './referral-lapse.service';
import { ReferralFieldsResolver } from './referral-fields.resolver';
import { ReferralInfoService } from './referral-info.service';
import { ReferralClocks } from './referral-clocks';
import { ReferralIntakeService } from './referral-intake.service';
import { ReferralNews } from './referral-news';
import { ReferralNewsStore } from './referral-news.store';
import { ReferralsNewsResolver } from './referrals-news.resolver';
import { ReferralsJobs } from './referrals.jobs';
import { ReferralsLoaders } from './referrals.loaders';
import { ReferralsResolver } from './referrals.resolver';
import { ReferralsService } from './referrals.service';
import { ReferralsStore } from './referrals.store';
import { RoutingService } from './routing.service';
import { JudgingService } from './waitlist/judging.service';
import { PlaceFillingService } from './waitlist/place-filling.service';
import { CoordinationService } from './waitlist/coordination.service';
import { CoordinationStore } from './waitlist/coordination.store';
import { CoordinatorQueueResolver } from './waitlist/coordinator-queue.resolver';
import { CoordinatorQueueService } from './waitlist/coordinator-queue.service';
import { CoordinatorQueueStore } from './waitlist/coordinator-queue.store';
import { WaitingOverdosesService } from './waitlist/waiting-overdoses.service';
import { SenderDangersService } from './sender-dangers.service';
import { SenderDangersStore } from './sender-dangers.store';
import { WaitingService } from './waitlist/waiting.service';
import { WaitlistCareService } from './waitlist/waitlist-care.service';
import { WaitlistLoaders } from './waitlist/waitlist.loaders';
import { WaitlistRemovalService } from './waitlist/waitlist-removal.service';
import { PlaceConsiderationsResolver, ReferralWaitlistResolver, WaitlistResolver } from './waitlist/waitlist.resolver';
import { WaitlistEntriesStore } from './waitlist/waitlist-entries.store';
import { WaitlistJobs } from './waitlist/waitlist.jobs';
import { TwinsStore } from './waitlist/twins.store';
import { WaitlistPlacesStore } from './waitlist/waitlist-places.store';

@Module({
  imports: [AgenciesModule, ClocksModule, PeopleModule, CapacityModule, ConsentModule, MatchingModule, OverdosesModule],
  providers: [
    ReferralsStore,
    OffersStore,
    ClosedAgenciesStore,
    ClosedAgenciesService,
    EmptiedAgenciesService,
    ClosedAgenciesJobs,
    HandOffsStore,
    ClockSource,
    ReferralClocks,
    DueClocksStore,
    DueClocksService,
    DueClocksResolver,
    ClockBreachesResolver,
    DueClockNewsResolver,
    ReferralChecks,
    ReferralCommands,
    OfferCommands,
    AgreedRecipients,
    AcceptanceService,
    RoutingService,
    SenderDangersService,
    SenderDangersStore,
    WaitlistEntriesStore,
    TwinsStore,
    WaitlistPlacesStore,
    JudgingService,
    CoordinationStore,
    CoordinationService,
    WaitingService,
    WaitingOverdosesService,
    PlaceFillingService,
    WaitlistJobs,
    WaitlistCareService,
    WaitlistRemovalService,
    WaitlistLoaders,
    WaitlistResolver,
    PlaceConsiderationsResolver,
    ReferralWaitlistResolver,
    CoordinatorQueueStore,
    CoordinatorQueueService,
    CoordinatorQueueResolver,
    ReferralIntakeService,
    ReferralInfoService,
    ReferralEndingService,
    ReferralLapseService,
    ConsentNews,
    RecallService,
    OfferMakingService,
    OfferResponseService,
    OfferExpiryService,
    ArrivalService,
    AdmissionService,
    DischargeService,
    ConsentRecordingService,
    ReferralsService,
    ReferralsLoaders,
    ReferralsJobs,
    ReferralsResolver,
    ReferralFieldsResolver,
    OffersResolver,
    ArrivalsResolver,
    HandOffsResolver,
    ReferralChangesResolver,
    EpisodeReferralsResolver,
    UnmetNeedReferralResolver,
    ReferralNewsStore,
    ReferralNews,
    ReferralsNewsResolver,
  ],
  exports: [ReferralIntakeService, ReferralsLoaders, ReferralNews, WaitlistLoaders],
})
export class ReferralsModule {}

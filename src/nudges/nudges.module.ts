import { Module } from '@nestjs/common';
import { AgenciesModule } from '../agencies';
import { ClocksModule } from '../clocks';
import { ConsentModule } from '../consent';
import { OutreachModule } from '../outreach';
import { WebhooksModule } from '../partners';
import { MessagingModule } from '../platform/messaging';
import { ReferralsModule } from '../referrals';
import { RespondersModule } from '../responders';
import { SafetyModule } from '../safety';
import { SurrendersModule } from '../surrenders';
import { SurveillanceModule } from '../surveillance';
import { DueAudience } from './due-audience';
import { NudgeAddressesStore } from './nudge-addresses.store';
import { NudgeAudience } from './nudge-audience';
import { NudgeChecks } from './nudge.checks';
import { NudgeHearingService } from './nudge-hearing.service';
import { NudgeListsService } from './nudge-lists.service';
import { NudgeMessagesStore } from './nudge-messages.store';
import { NudgeSenderService } from './nudge-sender.service';
import { NudgeSettingsService } from './nudge-settings.service';
import { NudgeTellingService } from './nudge-telling.service';
import { NudgesJobs } from './nudges.jobs';
import { NudgesLoaders } from './nudges.loaders';
import { NudgeMessagesResolver, NudgeSettingsResolver, NudgesResolver } from './nudges.resolver';
import { NudgesStore } from './nudges.store';

/** “Something waits for you”: told to staff by e-mail, text or push message, without a word of what it is. */
@Module({
  imports: [
    AgenciesModule,
    ClocksModule,
    ConsentModule,
    MessagingModule,
    OutreachModule,
    ReferralsModule,
    RespondersModule,
    SafetyModule,
    SurrendersModule,
    SurveillanceModule,
    WebhooksModule,
  ],
  providers: [
    NudgesStore,
    NudgeAddressesStore,
    NudgeMessagesStore,
    DueAudience,
    NudgeAudience,
    NudgeHearingService,
    NudgeTellingService,
    NudgeSenderService,
    NudgeSettingsService,
    NudgeListsService,
    NudgesJobs,
    NudgeChecks,
    NudgesLoaders,
    NudgeSettingsResolver,
    NudgesResolver,
    NudgeMessagesResolver,
  ],
  exports: [NudgeAddressesStore],
})
export class NudgesModule {}

import { CreateAccessContext1763900000001 } from './1763900000001-create-access-context';
import { CreateAgencies1763900000002 } from './1763900000002-create-agencies';
import { CreateAuditOutboxIdempotency1763900000003 } from './1763900000003-create-audit-outbox-idempotency';
import { CreatePeople1763900000004 } from './1763900000004-create-people';
import { CreateCapacity1763900000005 } from './1763900000005-create-capacity';
import { CreateConsent1763900000006 } from './1763900000006-create-consent';
import { CreateMatching1763900000007 } from './1763900000007-create-matching';
import { CreateReferrals1763900000008 } from './1763900000008-create-referrals';
import { LetSendersWithdraw1764000000001 } from './1764000000001-let-senders-withdraw';
import { SignAuditEntries1764000000101 } from './1764000000101-sign-audit-entries';
import { FindEntriesOfAReferral1764000000102 } from './1764000000102-find-entries-of-a-referral';
import { CompleteConsents1764000000201 } from './1764000000201-complete-consents';
import { SealIdentifiers1764000000301 } from './1764000000301-seal-identifiers';
import { LimitHoldsPerSender1764000000401 } from './1764000000401-limit-holds-per-sender';
import { NumberNews1764000000500 } from './1764000000500-number-news';
import { CarryProvenance1764000000601 } from './1764000000601-carry-provenance';
import { CreateDisclosureLedger1764000000602 } from './1764000000602-create-disclosure-ledger';
import { LetCoordinatorsFollow1764000000603 } from './1764000000603-let-coordinators-follow';
import { EntrustCheckedFunctions1764000000701 } from './1764000000701-entrust-checked-functions';
import { GuardPartyRows1764000000702 } from './1764000000702-guard-party-rows';
import { FixNamesInFunctions1764000000703 } from './1764000000703-fix-names-in-functions';
import { BreakTheGlass1764000000801 } from './1764000000801-break-the-glass';
import { AccountForDisclosures1764000000802 } from './1764000000802-account-for-disclosures';
import { RecordLegalRequests1764000000803 } from './1764000000803-record-legal-requests';
import { EntrustBreakGlass1764000000890 } from './1764000000890-entrust-break-glass';
import { DropEpisodeProvenance1764000000910 } from './1764000000910-drop-episode-provenance';
import { HideIdempotencyKeys1764000000920 } from './1764000000920-hide-idempotency-keys';
import { StartClocks1764000001001 } from './1764000001001-start-clocks';
import { CountPlacedReferrals1764000001201 } from './1764000001201-count-placed-referrals';
import { StartOversightClocks1764000001800 } from './1764000001800-start-oversight-clocks';
import { FindPlacedReferrals1764000004001 } from './1764000004001-find-placed-referrals';
import { SealFreeText1764000001801 } from './1764000001801-seal-free-text';
import { KeepWaitlist1764000002000 } from './1764000002000-keep-waitlist';
import { ListMeetings1764000006001 } from './1764000006001-list-meetings';
import { TakeWebhooksIn1764000003001 } from './1764000003001-take-webhooks-in';
import { SendWebhooks1764000003000 } from './1764000003000-send-webhooks';
import { CreateOutreachPrograms1764000006010 } from './1764000006010-create-outreach-programs';
import { FlagAtRisk1764000010001 } from './1764000010001-flag-at-risk';
import { KeepRoster1764000010000 } from './1764000010000-keep-roster';
import { OpenAnnexes1764000007001 } from './1764000007001-open-annexes';
import { CreateSurrenders1764000007002 } from './1764000007002-create-surrenders';
import { NotifySchools1764000007010 } from './1764000007010-notify-schools';
import { RecordOverdoses1764000005000 } from './1764000005000-record-overdoses';
import { WatchForSpikes1764000008000 } from './1764000008000-watch-for-spikes';
import { ReportChildren1764000007011 } from './1764000007011-report-children';
import { LinkPeople1764000020000 } from './1764000020000-link-people';
import { NudgeStaff1764000030501 } from './1764000030501-nudge-staff';
import { WeighOverdosesOfWaiting1764000020100 } from './1764000020100-weigh-overdoses-of-waiting';
import { KeepResponders1764000040001 } from './1764000040001-keep-responders';
import { AccountForChildren1764000050000 } from './1764000050000-account-for-children';
import { KeepRace1764000060100 } from './1764000060100-keep-race';
import { NameMembersByAgency1764000060000 } from './1764000060000-name-members-by-agency';
import { WarnOfLaboratoryResults1764000040002 } from './1764000040002-warn-of-laboratory-results';
import { FindWhoWasToldAName1764000060600 } from './1764000060600-find-who-was-told-a-name';
import { TellSignInsApartByKind1764000060700 } from './1764000060700-tell-sign-ins-apart-by-kind';
import { HoldAppendOnly1764000060500 } from './1764000060500-hold-append-only';
import { LineUpNews1764000060400 } from './1764000060400-line-up-news';
import { FindReferralsUnderWay1764000060300 } from './1764000060300-find-referrals-under-way';
import { ShowCasesNobodyTook1764000060200 } from './1764000060200-show-cases-nobody-took';
import { WeighOwnOverdoses1764000061500 } from './1764000061500-weigh-own-overdoses';
import { FollowLinksOfAnAgency1764000062700 } from './1764000062700-follow-links-of-an-agency';
import { AccountForLinkedRecords1764000062800 } from './1764000062800-account-for-linked-records';
import { FindLinkedInEmergency1764000062900 } from './1764000062900-find-linked-in-emergency';
import { BeginWebhookMemoryAnew1764000062500 } from './1764000062500-begin-webhook-memory-anew';
import { FindClocksThatRan1764000061600 } from './1764000061600-find-clocks-that-ran';
import { KeepTimeOfDelivery1764000061700 } from './1764000061700-keep-time-of-delivery';
import { KeepWhoReportsNamed1764000063410 } from './1764000063410-keep-who-reports-named';
import { TellOfEndedConsents1764000065200 } from './1764000065200-tell-of-ended-consents';
import { OpenLinkedRecordsTogether1764000065100 } from './1764000065100-open-linked-records-together';
import { KeepTheDatabasesTime1764000065000 } from './1764000065000-keep-the-databases-time';
import { HoldBackWhatWasDismissed1764000070500 } from './1764000070500-hold-back-what-was-dismissed';
import { FindWhoWaitsLong1764000071400 } from './1764000071400-find-who-waits-long';
import { ShowDoublesToTeams1764000072100 } from './1764000072100-show-doubles-to-teams';
import { KeepSinceWhenFiguresAreHidden1764000072400 } from './1764000072400-keep-since-when-figures-are-hidden';
import { KnowCaregiversAgain1764000070200 } from './1764000070200-know-caregivers-again';
import { MoveBells1764000070100 } from './1764000070100-move-bells';
import { KeepReportEditions1764000070000 } from './1764000070000-keep-report-editions';
import { FindInEmergencyAfterDeciding1764000064000 } from './1764000064000-find-in-emergency-after-deciding';
import { HoldVisitsInDoubt1764000069000 } from './1764000069000-hold-visits-in-doubt';
import { KeepCallsPromised1764000069100 } from './1764000069100-keep-calls-promised';
import { SayWhyDue1764000063400 } from './1764000063400-say-why-due';
import { RaiseBrokenChains1764000063700 } from './1764000063700-raise-broken-chains';
import { TakeNoticesBack1764000063701 } from './1764000063701-take-notices-back';
import { WatchWhatWaited1764000063200 } from './1764000063200-watch-what-waited';
import { OrderChangesByStep1764000063300 } from './1764000063300-order-changes-by-step';
import { EndPartiesWithTheirConsent1764000063000 } from './1764000063000-end-parties-with-their-consent';
import { ShareWhatIsFree1764000063010 } from './1764000063010-share-what-is-free';
import { WithdrawBaselessAlerts1764000063600 } from './1764000063600-withdraw-baseless-alerts';
import { WatchCountsOfPools1764000068000 } from './1764000068000-watch-counts-of-pools';
import { KeepUsedKeys1764000068100 } from './1764000068100-keep-used-keys';
import { SayWhatWebhooksMissed1764000068200 } from './1764000068200-say-what-webhooks-missed';
import { AskAfterStays1764000067100 } from './1764000067100-ask-after-stays';
import { OrderDaysOfRosters1764000069200 } from './1764000069200-order-days-of-rosters';
import { KeepKnownDangers1764000071800 } from './1764000071800-keep-known-dangers';
import { FindClosedAgencies1764000073300 } from './1764000073300-find-closed-agencies';
import { FindWhoIsFollowedUp1764000073400 } from './1764000073400-find-who-is-followed-up';
import { StandInWhereNobodyIsLeft1764000074400 } from './1764000074400-stand-in-where-nobody-is-left';
import { FindNudgesOfNotices1764000076600 } from './1764000076600-find-nudges-of-notices';
import { ShowSecretsToTheirKey1764000073500 } from './1764000073500-show-secrets-to-their-key';
import { KeepWhoElseRowsAreOf1764000074800 } from './1764000074800-keep-who-else-rows-are-of';
import { ShowDoublesOfOneRow1764000074900 } from './1764000074900-show-doubles-of-one-row';
import { TakeTellingBackBack1764000075800 } from './1764000075800-take-telling-back-back';
import { FindFollowUpsOfACase1764000075900 } from './1764000075900-find-follow-ups-of-a-case';
import { LeadWhoWaits1764000067000 } from './1764000067000-lead-who-waits';
import { LetFilesWaitBehindNews1764000076200 } from './1764000076200-let-files-wait-behind-news';
import { LetTeamsAloneStandIn1764000077000 } from './1764000077000-let-teams-alone-stand-in';
import { TellOfUnheardAlerts1764000078010 } from './1764000078010-tell-of-unheard-alerts';

/** In order. A migration is never edited once it has landed. */
export const migrations = [
  CreateAccessContext1763900000001,
  CreateAgencies1763900000002,
  CreateAuditOutboxIdempotency1763900000003,
  CreatePeople1763900000004,
  CreateCapacity1763900000005,
  CreateConsent1763900000006,
  CreateMatching1763900000007,
  CreateReferrals1763900000008,
  LetSendersWithdraw1764000000001,
  SignAuditEntries1764000000101,
  FindEntriesOfAReferral1764000000102,
  CompleteConsents1764000000201,
  SealIdentifiers1764000000301,
  LimitHoldsPerSender1764000000401,
  NumberNews1764000000500,
  CarryProvenance1764000000601,
  CreateDisclosureLedger1764000000602,
  LetCoordinatorsFollow1764000000603,
  EntrustCheckedFunctions1764000000701,
  GuardPartyRows1764000000702,
  FixNamesInFunctions1764000000703,
  BreakTheGlass1764000000801,
  AccountForDisclosures1764000000802,
  RecordLegalRequests1764000000803,
  EntrustBreakGlass1764000000890,
  DropEpisodeProvenance1764000000910,
  HideIdempotencyKeys1764000000920,
  StartClocks1764000001001,
  CountPlacedReferrals1764000001201,
  StartOversightClocks1764000001800,
  FindPlacedReferrals1764000004001,
  SealFreeText1764000001801,
  KeepWaitlist1764000002000,
  ListMeetings1764000006001,
  SendWebhooks1764000003000,
  CreateOutreachPrograms1764000006010,
  OpenAnnexes1764000007001,
  CreateSurrenders1764000007002,
  NotifySchools1764000007010,
  RecordOverdoses1764000005000,
  WatchForSpikes1764000008000,
  TakeWebhooksIn1764000003001,
  ReportChildren1764000007011,
  LinkPeople1764000020000,
  NudgeStaff1764000030501,
  KeepRoster1764000010000,
  WeighOverdosesOfWaiting1764000020100,
  KeepResponders1764000040001,
  AccountForChildren1764000050000,
  FlagAtRisk1764000010001,
  WarnOfLaboratoryResults1764000040002,
  LineUpNews1764000060400,
  HoldAppendOnly1764000060500,
  FindWhoWasToldAName1764000060600,
  TellSignInsApartByKind1764000060700,
  FindReferralsUnderWay1764000060300,
  KeepRace1764000060100,
  ShowCasesNobodyTook1764000060200,
  NameMembersByAgency1764000060000,
  WeighOwnOverdoses1764000061500,
  FollowLinksOfAnAgency1764000062700,
  BeginWebhookMemoryAnew1764000062500,
  AccountForLinkedRecords1764000062800,
  FindLinkedInEmergency1764000062900,
  FindClocksThatRan1764000061600,
  KeepTimeOfDelivery1764000061700,
  RaiseBrokenChains1764000063700,
  TakeNoticesBack1764000063701,
  WatchWhatWaited1764000063200,
  OrderChangesByStep1764000063300,
  EndPartiesWithTheirConsent1764000063000,
  ShareWhatIsFree1764000063010,
  WithdrawBaselessAlerts1764000063600,
  SayWhyDue1764000063400,
  KeepWhoReportsNamed1764000063410,
  FindInEmergencyAfterDeciding1764000064000,
  WatchCountsOfPools1764000068000,
  KeepTheDatabasesTime1764000065000,
  OpenLinkedRecordsTogether1764000065100,
  TellOfEndedConsents1764000065200,
  KeepUsedKeys1764000068100,
  SayWhatWebhooksMissed1764000068200,
  LeadWhoWaits1764000067000,
  LetFilesWaitBehindNews1764000076200,
  HoldVisitsInDoubt1764000069000,
  KeepReportEditions1764000070000,
  MoveBells1764000070100,
  AskAfterStays1764000067100,
  KeepCallsPromised1764000069100,
  KnowCaregiversAgain1764000070200,
  OrderDaysOfRosters1764000069200,
  HoldBackWhatWasDismissed1764000070500,
  FindWhoWaitsLong1764000071400,
  KeepKnownDangers1764000071800,
  ShowDoublesToTeams1764000072100,
  KeepSinceWhenFiguresAreHidden1764000072400,
  FindClosedAgencies1764000073300,
  FindWhoIsFollowedUp1764000073400,
  ShowSecretsToTheirKey1764000073500,
  StandInWhereNobodyIsLeft1764000074400,
  KeepWhoElseRowsAreOf1764000074800,
  ShowDoublesOfOneRow1764000074900,
  TakeTellingBackBack1764000075800,
  FindFollowUpsOfACase1764000075900,
  FindNudgesOfNotices1764000076600,
  LetTeamsAloneStandIn1764000077000,
  TellOfUnheardAlerts1764000078010,
] as const;

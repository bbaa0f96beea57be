/**
 * Everything that Handrail does by itself, in jobs and sweeps: what the step changes, and why. A step that is not named here
 * does not run. None of them shows anything to anybody: who hears of it reads again, under their own rights.
 */
export const systemSteps = {
  advanceClock: { of: 'Clock', does: 'Notes that a deadline has passed, and tells those who are to hear of it.' },
  compareHomes: {
    of: 'OutreachCase',
    does: 'Compares addresses that teams typed, and those of held cases, with homes where nobody is to come, once a night.',
  },
  countBeds: { of: 'AlertAction', does: 'Notes that a provider has attested its places, as an alert asked it to.' },
  'deliver-event': { of: 'Event', does: 'Takes one event to the rooms that wait for it. Events carry ids only.' },
  beginWebhooks: {
    of: 'WebhookEndpoint',
    does: 'Notes what an agency has been shown when its endpoint begins to be told.',
  },
  expireHold: { of: 'Hold', does: 'Gives a place free whose time has run out; the person did not come.' },
  expireOffer: { of: 'Offer', does: 'Ends an offer that nobody answered in time, and asks the next program.' },
  expireReferral: { of: 'Referral', does: 'Ends a referral that has waited for information until its last day.' },
  leaveClosed: { of: 'Referral', does: 'Routes a person anew whose place was kept at an agency that was closed.' },
  leaveEmptied: {
    of: 'Referral',
    does: 'Ends stays at a closed agency, and sends on who had come, once the operator has said that nobody is there any more.',
  },
  withdrawFromClosed: {
    of: 'Offer',
    does: 'Takes an offer back where the agency, the program or the pool was closed, and asks the next program.',
  },
  fillPlace: {
    of: 'Referral',
    does: 'Gives a place that opened to the first who waits and whom the program can take.',
  },
  feed: { of: 'Event', does: 'Puts committed events in one line for live news.' },
  giveSampleAddresses: { of: 'NudgeSettings', does: 'Gives sample users addresses that lead nowhere, in development.' },
  hearNudges: {
    of: 'Nudge',
    does: 'Writes down for whom something waits because of an event, of those who may see it.',
  },
  hearNews: { of: 'WebhookDelivery', does: 'Writes down whom an event concerns that wants to be told of it.' },
  forgetNotices: {
    of: 'HandleWithCareNotice',
    does: 'Deletes at a school’s side the notices that have had their time.',
  },
  housekeeping: { of: 'Event', does: 'Forgets old keys of clients and delivered events.' },
  importDirectory: { of: 'Program', does: 'Takes a public directory of facilities in, at the operator’s command.' },
  importMeetings: { of: 'SupportMeeting', does: 'Takes published meetings in, at the operator’s command.' },
  judgeSpikes: {
    of: 'SpikeAlert',
    does: 'Judges the overdoses of a county against its own year, and tells of a spike.',
  },
  noteOverdoses: {
    of: 'SpikeAlert',
    does: 'Notes that a county is to be judged, because an overdose was told, corrected or taken back.',
  },
  importOverdoses: { of: 'OverdoseReport', does: 'Takes an agency’s incident file in, at the operator’s command.' },
  leadReferral: {
    of: 'Referral',
    does: 'Puts a referral into the hands of a team: the sender’s own, or one near the person where somebody waits.',
  },
  keepEdition: { of: 'Report', does: 'Keeps what reports of a year show this week, the same for everybody.' },
  learnAnswers: { of: 'Program', does: 'Counts how fast and how often a program answers.' },
  linkPeople: {
    of: 'PersonLink',
    does: 'Compares the records of people with each other and notes which are of one person.',
  },
  loadSampleRegion: { of: 'Agency', does: 'Fills an empty development database with the sample region.' },
  makeDataKey: { of: 'DataKey', does: 'Makes a key for sealed fields.' },
  placeFlagged: {
    of: 'OutreachCase',
    does: 'Joins and parts rows of patients whom hospitals flagged, when it is known anew who they are.',
  },
  placeOverdoses: {
    of: 'OutreachCase',
    does: 'Puts overdoses on the roster that were on file before it, or whose people are known anew.',
  },
  raiseCustodyAlert: { of: 'CustodyAlert', does: 'Raises what lasts too long in a chain of custody.' },
  reEncrypt: { of: 'DataKey', does: 'Moves sealed values under the newest key.' },
  recallReferral: {
    of: 'Referral',
    does: 'Withdraws what is open when the person has revoked the consent it stood on.',
  },
  refreshSampleCensus: { of: 'BedPool', does: 'Attests the counts of the sample region anew, in development.' },
  retireDataKey: { of: 'DataKey', does: 'Retires a key that nothing stands under any more.' },
  rejoinReports: {
    of: 'OverdoseReport',
    does: 'Joins reports of overdoses anew when their people turn out to be one, or two.',
  },
  resumeWebhooks: {
    of: 'WebhookEndpoint',
    does: 'Sends again to the partner systems of an agency that was closed and is open again.',
  },
  rewrapDataKeys: { of: 'DataKey', does: 'Wraps data keys under a new key-encryption key.' },
  rotateDataKey: { of: 'DataKey', does: 'Puts a new key in the place of an old one, at the operator’s command.' },
  adoptUnnamed: {
    of: 'AuditEntry',
    does: 'Takes rows from before the trail named them into it, at the operator’s command.',
  },
  sealAuditTrail: { of: 'AuditEntry', does: 'Seals finished entries of the trail into a block and anchors its hash.' },
  sealBacklog: { of: 'DataKey', does: 'Seals values that a migration has put aside in clear.' },
  sendNudges: {
    of: 'NudgeMessage',
    does: 'Sends one of a few fixed texts to whoever still may see what waits, and notes what came of it.',
  },
  sendWebhooks: {
    of: 'WebhookDelivery',
    does: 'Sends what the partner system may read then, and notes what came of it.',
  },
  takeCodeTry: {
    of: 'NudgeSettings',
    does: 'Counts a try of the code that confirms an address, whatever comes of it.',
  },
  tellOfCustodyAlert: {
    of: 'CustodyAlert',
    does: 'Tells the operator that an agency let a deadline pass, and not which, where nobody has looked into an alert in time.',
  },
  tellOfConsent: {
    of: 'Referral',
    does: 'Says that a referral may look otherwise, because its person agreed to something, took it back, or a consent has ended.',
  },
  tellOfEndedConsent: { of: 'Consent', does: 'Says that a consent has ended by its date, which shut what it showed.' },
  tellStaff: { of: 'Nudge', does: 'Makes messages of what waits for a person, when they want to be told.' },
  tidyNudges: { of: 'Nudge', does: 'Forgets nudges and messages that have had their time.' },
  letGoOutreachCase: {
    of: 'OutreachCase',
    does: 'Takes a case from a team of which nobody is left, to whoever looks after the county now, or is to find a program.',
  },
  findFinderAnew: {
    of: 'OutreachCase',
    does: 'Gives a case that no program has to another finder, where nobody is left who was to find one.',
  },
  stopOutreachCase: { of: 'OutreachCase', does: 'Ends a case whose time is over, with an outcome or a coded reason.' },
  takeBackOutreachCase: {
    of: 'OutreachCase',
    does: 'Brings a case back that the team it was handed to has not acknowledged in time.',
  },
  warnOfResult: {
    of: 'BatchWarning',
    does: 'Warns of what a laboratory found: substance, county and week, and nothing of where it came from.',
  },
  watchNaloxone: {
    of: 'StockWarning',
    does: 'Looks at the naloxone of an agency after every movement, at every turn of a spike and every hour, and warns.',
  },
  tidyWebhooks: {
    of: 'WebhookDelivery',
    does: 'Forgets what was delivered, and what a paused endpoint left waiting for too long.',
  },
  weighWaiting: {
    of: 'WaitlistEntry',
    does: 'Weighs those who wait anew when an overdose of theirs was reported or told otherwise.',
  },
  withdrawMeetings: { of: 'SupportMeeting', does: 'Takes meetings out that are no longer published.' },
} as const satisfies Readonly<Record<string, { readonly of: string; readonly does: string }>>;
export type SystemStep = keyof typeof systemSteps;

export const isSystemStep = (name: string): name is SystemStep => Object.hasOwn(systemSteps, name);

/** Names a record: one that the asker has no part in is as if it were not there. */
export const KEY = 'KEY';
/** The asker’s own words, about nobody on record. */
export const WORDS = 'WORDS';

const trail = {
  action: 'AuditEntry.action',
  actorId: 'AuditEntry.actorId',
  from: 'AuditEntry.at',
  kind: 'AuditEntry.kind',
  subjectId: 'AuditEntry.subjectId',
  to: 'AuditEntry.at',
} as const;
const board = {
  countyFips: 'Program.county',
  levelOfCare: 'BedPool.levelOfCare',
  state: 'Program.state',
} as const;

/**
 * Every argument that narrows, sorts or looks up what is read, with the field that it looks at: it is for those who may see
 * that field, because a list that is longer or shorter by a fact tells the fact. `first`, `after` and `id` are known of
 * every operation; what a mutation is given are the words of who commands, under its command.
 */
export const narrowings: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  accountingOfDisclosures: { accountingRequestId: KEY },
  accountingRequests: { state: 'AccountingRequest.state' },
  agencies: {
    countyFips: 'Agency.jurisdictions',
    isActive: 'Agency.isActive',
    kind: 'Agency.kind',
    state: 'Agency.state',
  },
  auditEvents: trail,
  auditProof: { entryId: KEY },
  auditProofs: { referralId: KEY },
  auditTrail: trail,
  batchWarnings: { isInForce: 'BatchWarning.isInForce' },
  bedBoard: { ...board, onlyAvailable: 'BedPool.available' },
  bedBoardChanged: { ...board, programIds: 'BedPool.program' },
  breakGlassReviews: { state: 'BreakGlassReview.state' },
  consentTexts: { language: 'ConsentText.language' },
  consents: { personId: KEY },
  counties: { state: 'County.state' },
  county: { fips: 'County.fips' },
  crisisLines: { language: 'CrisisLine.language', state: 'CrisisLine.code' },
  custodyReport: { surrenderId: KEY },
  emergencyRecord: { breakGlassId: KEY },
  findPersons: {
    birthDate: 'Person.birthDate',
    familyName: 'Person.familyName',
    givenName: 'Person.givenName',
    phone: 'Person.phone',
    sex: 'Person.sex',
  },
  explainAccess: { type: WORDS, field: WORDS, membershipId: KEY },
  matchPrograms: { need: WORDS },
  meetingsNear: {
    countyFips: 'SupportMeeting.city',
    firstDay: 'SupportMeeting.weekday',
    language: 'SupportMeeting.language',
    latitude: 'SupportMeeting.latitude',
    longitude: 'SupportMeeting.longitude',
    mayBeOnline: 'SupportMeeting.venueKind',
    withinMiles: 'SupportMeeting.latitude',
  },
  noArrestPromise: { language: 'NoArrestPromise.language' },
  nudgeMessages: { states: 'NudgeMessage.state' },
  offers: { states: 'Offer.state' },
  // What changed since then is shown case by case, to whoever reads when a case changed.
  outreachMeeting: { programId: KEY, week: 'OutreachCase.week', since: KEY },
  outreachPlan: { programId: KEY, day: 'OutreachCase.dueAt', latitude: WORDS, longitude: WORDS },
  outreachRoster: {
    programId: KEY,
    week: 'OutreachCase.week',
    states: 'OutreachCase.state',
    changedSince: 'OutreachCase.changedAt',
  },
  outreachPrograms: { countyFips: 'OutreachProgram.countyFips' },
  packet: {
    countyFips: WORDS,
    language: 'Packet.language',
    latitude: WORDS,
    longitude: WORDS,
    programId: KEY,
    withinMiles: WORDS,
  },
  overdoseReports: { from: 'OverdoseReport.occurredAt', until: 'OverdoseReport.occurredAt' },
  personLinks: { state: 'PersonLink.state' },
  programs: {
    agencyId: 'Program.agency',
    countyFips: 'Program.county',
    isActive: 'Program.isActive',
    levelOfCare: 'Program.bedPools',
    state: 'Program.state',
  },
  replaySpikes: { countyFips: 'SpikeReplay.events', from: 'SpikeReplay.events', until: 'SpikeReplay.events' },
  report: { by: 'Report.lines', countyFips: 'Report.county', kind: 'Report.kind', year: 'Report.year' },
  serviceAccounts: { isActive: 'ServiceAccount.isActive' },
  spikeAlerts: { isOpen: 'SpikeAlert.state' },
  spikeChart: { countyFips: 'SpikeChart.svg', days: 'SpikeChart.svg' },
  staff: { isActive: 'StaffMember.isActive' },
  surrenderSlip: { surrenderId: KEY, slip: WORDS },
  webhookDeliveries: { endpointId: KEY, states: 'WebhookDelivery.state' },
  'BatchWarning.publicText': { language: 'BatchWarning.publicText' },
  'MatchRun.whyNot': { programId: 'MatchRun.verdicts' },
  'SpikeAlert.publicText': { language: 'SpikeAlert.publicText' },
};

import { buildSubmission } from '../builders/referrals';
import type { Case } from './cases';

const first = { first: 20 };
const onCase = (command: string, on: Case['on'] & string, input: object = {}): Case => ({
  asks: `OutreachCase:${command}`,
  on,
  variables: (caseId) => ({ input: { caseId, ...input } }),
});

/** Help near a place, and what goes to see people after an overdose. */
export const outreachCases: Readonly<Record<string, Case>> = {
  crisisLines: { asks: 'CrisisLine:read', variables: () => ({ language: 'en' }) },
  meetingsNear: {
    asks: 'SupportMeeting:read',
    variables: () => ({ ...first, countyFips: '39141', withinMiles: 15, mayBeOnline: true }),
  },
  outreachProgram: {
    asks: 'OutreachProgram:read',
    on: 'outreachProgram',
    variables: (id) => ({ id }),
    isDirectory: true,
  },
  outreachPrograms: { asks: 'OutreachProgram:read', variables: () => first },
  outreachCase: { asks: 'OutreachCase:read', on: 'outreachCase', variables: (id) => ({ id }) },
  outreachRoster: {
    asks: 'OutreachCase:read',
    variables: (_id, { outreachProgramId: programId }) => ({ ...first, programId }),
  },
  outreachMeeting: {
    asks: 'OutreachPlan:read',
    variables: (_id, { outreachProgramId: programId }) => ({
      programId,
      week: '2026-11-30',
      since: '2026-11-01T00:00:00Z',
    }),
  },
  outreachPlan: {
    asks: 'OutreachPlan:read',
    variables: (_id, { outreachProgramId: programId }) => ({
      ...{ programId, day: '2026-11-30', latitude: 39.33, longitude: -82.98 },
    }),
  },
  referFromOutreach: onCase('refer', 'outreachCase', { need: buildSubmission().need }),
  atRiskFlags: { asks: 'AtRiskFlag:read', variables: () => first },
  flagAtRisk: {
    asks: 'AtRiskFlag:flag',
    variables: () => ({
      input: {
        ...{ person: { givenName: 'Swept' }, reasons: ['WITHDRAWAL'], consentState: 'SPOKEN', wantsContact: true },
        ...{ opens: ['OUTREACH'], countyFips: '39141' },
      },
    }),
  },
  withdrawTellBack: { asks: 'AtRiskFlag:withdrawTellBack', on: 'atRiskFlag', variables: (flagId) => ({ flagId }) },
  unassignedOutreachCases: { asks: 'OutreachCase:assign', variables: () => first },
  acknowledgeOutreachCase: {
    asks: 'OutreachCase:acknowledge',
    on: 'outreachCaseHandedOver',
    variables: (caseId) => ({ caseId }),
  },
  answerOutreachFollowUp: {
    ...onCase('followUp', 'outreachCaseFollowed', { kind: 'FOLLOW_UP_DAY_30', answer: 'DECLINED_CONTACT' }),
    alsoForbids: 'the clock is the lead’s',
  },
  assignOutreachCase: {
    asks: 'OutreachCase:assign',
    on: 'outreachCaseUnassigned',
    variables: (caseId, { outreachProgramId: programId }) => ({ input: { caseId, programId } }),
  },
  closeOutreachCase: onCase('close', 'outreachCase', { reason: 'HOSPITALISED' }),
  handOverOutreachCase: {
    asks: 'OutreachCase:handOver',
    on: 'outreachCase',
    variables: (caseId, { nextProgramId: programId }) => ({ input: { caseId, programId } }),
  },
  optOutOfOutreach: { asks: 'OutreachCase:optOut', on: 'outreachCase', variables: (caseId) => ({ caseId }) },
  decideOptOut: onCase('decideOptOut', 'outreachCaseHeld', { isSameHome: false }),
  decideSamePerson: {
    ...onCase('decideSame', 'outreachCase'),
    variables: (caseId) => ({ input: { caseId, otherCaseId: caseId, isSamePerson: true } }),
    neverDone: 'no two rows of the sweep are in doubt: roster-again.spec has them',
  },
  recordVisitAttempt: onCase('attempt', 'outreachCase', { result: 'NO_ONE_HOME' }),
  takeBackOutreachCase: {
    asks: 'OutreachCase:takeBack',
    on: 'outreachCaseHandedOver',
    variables: (caseId) => ({ caseId }),
  },
  updateOutreachCase: onCase('update', 'outreachCase', { safetyNote: 'Swept' }),
  packet: {
    asks: 'Packet:make',
    variables: (_id, { outreachProgramId: programId }) => ({
      ...{ programId, countyFips: '39141', language: 'en', withinMiles: 15 },
    }),
  },
  createOutreachProgram: {
    asks: 'OutreachProgram:create',
    variables: () => ({
      input: { name: 'Swept', publicName: 'Swept', phone: '740-555-0100', countyFips: ['39001'] },
    }),
    alsoForbids: 'only outreach teams have programs',
  },
  joinOutreachTeam: {
    asks: 'OutreachProgram:join',
    variables: (_id, { outreachProgramId: programId }) => ({ input: { programId } }),
  },
  updateOutreachProgram: {
    asks: 'OutreachProgram:update',
    on: 'outreachProgram',
    variables: (id) => ({ input: { id, phone: '740-555-0100' } }),
  },
};

import type { Case } from './cases';
import { responderCases } from './responder-cases';

/** How children and responders are kept safe, as the API is asked. */
export const safetyCases: Readonly<Record<string, Case>> = {
  ...responderCases,
  handleWithCareNotices: { asks: 'HandleWithCareNotice:read', variables: () => ({ first: 20 }) },
  handleWithCareReceipts: { asks: 'HandleWithCareReceipt:read', variables: () => ({ first: 20 }) },
  readHandleWithCare: { asks: 'HandleWithCareNotice:acknowledge', on: 'notice', variables: (id) => ({ id }) },
  takeBackHandleWithCare: { asks: 'HandleWithCareReceipt:takeBack', on: 'noticeReceipt', variables: (id) => ({ id }) },
  sendHandleWithCare: {
    asks: 'HandleWithCareReceipt:send',
    variables: (_id, { cast }) => ({
      input: { schoolId: cast.SCHOOL_LIAISON.agencyId, childName: 'Swept Child', ageYears: 7 },
    }),
  },
  childReports: { asks: 'ChildReport:read', variables: () => ({ first: 20 }) },
  reportChild: {
    asks: 'ChildReport:submit',
    variables: (_id, { cast }) => ({
      input: {
        ...{ childServicesId: cast.CHILD_SERVICES_WORKER.agencyId, place: 'Sample street' },
        ...{ concerns: ['UNSUPERVISED'], isInDanger: false },
      },
    }),
  },
  receiveChildReport: { asks: 'ChildReport:receive', on: 'childReport', variables: (id) => ({ id }) },
  closeChildReport: {
    asks: 'ChildReport:close',
    on: 'childReportReceived',
    variables: (reportId) => ({ input: { reportId, outcome: 'SERVICES' } }),
  },
  reopenChildReport: { asks: 'ChildReport:reopen', on: 'childReportClosed', variables: (id) => ({ id }) },
  proposeCaregiver: {
    asks: 'ChildReport:proposeCaregiver',
    on: 'childReportReceived',
    variables: (reportId) => ({ input: { reportId, name: 'Swept Aunt', relationship: 'AUNT_OR_UNCLE' } }),
  },
  recordCaregiverCheck: {
    asks: 'CaregiverCandidate:check',
    on: 'caregiverProposed',
    variables: (candidateId) => ({ input: { candidateId, checkKind: 'IDENTITY', result: 'PASSED' } }),
  },
  clearCaregiver: { asks: 'CaregiverCandidate:clear', on: 'caregiverChecking', variables: (id) => ({ id }) },
  rejectCaregiver: { asks: 'CaregiverCandidate:reject', on: 'caregiverProposed', variables: (id) => ({ id }) },
  placeChild: { asks: 'CaregiverCandidate:place', on: 'caregiverCleared', variables: (id) => ({ id }) },
  endPlacement: { asks: 'CaregiverCandidate:endPlacement', on: 'caregiverPlaced', variables: (id) => ({ id }) },
  setSchoolCalendar: {
    asks: 'SchoolCalendar:set',
    variables: () => ({ input: { weekly: [{ weekday: 1, bells: ['08:05'] }], closed: [], days: [] } }),
    alsoForbids: 'only a school has bells',
  },
};

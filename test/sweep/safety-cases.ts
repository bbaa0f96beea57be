import type { Case } from './cases';

/** How children are kept safe, as the API is asked. */
export const safetyCases: Readonly<Record<string, Case>> = {
  handleWithCareNotices: { asks: 'HandleWithCareNotice:read', variables: () => ({ first: 20 }) },
  handleWithCareReceipts: { asks: 'HandleWithCareReceipt:read', variables: () => ({ first: 20 }) },
  readHandleWithCare: { asks: 'HandleWithCareNotice:acknowledge', on: 'notice', variables: (id) => ({ id }) },
  sendHandleWithCare: {
    asks: 'HandleWithCareReceipt:send',
    variables: (_id, { cast }) => ({
      input: { schoolId: cast.SCHOOL_LIAISON.agencyId, childName: 'Swept Child', ageYears: 7 },
    }),
  },
  setSchoolCalendar: {
    asks: 'SchoolCalendar:set',
    variables: () => ({ input: { weekly: [{ weekday: 1, bells: ['08:05'] }], closed: [], days: [] } }),
    alsoForbids: 'only a school has bells',
  },
};

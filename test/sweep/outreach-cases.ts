import type { Case } from './cases';

const first = { first: 20 };

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

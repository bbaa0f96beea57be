import type { Case } from './cases';

const onLink = (command: string, on: Case['on'] & string): Case => ({
  asks: `PersonLink:${command}`,
  on,
  variables: (linkId) => ({ linkId }),
});

/** Who is who, as the API is asked. */
export const peopleCases: Readonly<Record<string, Case>> = {
  findPersons: {
    asks: 'PersonMatch:find',
    purpose: ['DEFLECTION', 'TREATMENT', 'CARE_COORDINATION'],
    variables: () => ({ givenName: 'Linkable', familyName: 'Swept' }),
  },
  personLinks: { asks: 'PersonLink:read', variables: () => ({ first: 20, state: 'OPEN' }) },
  confirmLink: onLink('confirm', 'linkOpen'),
  rejectLink: onLink('reject', 'linkOpen'),
  splitPersons: onLink('split', 'linkLinked'),
  reopenLink: onLink('reopen', 'linkLinked'),
  mergePersons: {
    asks: 'PersonLink:merge',
    on: 'personUnlinked',
    variables: (personId, { linkable }, role) => ({ input: { personId, samePersonId: linkable(role) } }),
  },
};

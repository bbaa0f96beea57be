import { Refusal } from '../../kernel/refusal';

export const notYours = (): Refusal<'FORBIDDEN'> =>
  new Refusal('FORBIDDEN', 'Your role, or your part in this case, does not take this step.');

export const leaveAlone = (): Refusal<'ILLEGAL_TRANSITION'> =>
  new Refusal('ILLEGAL_TRANSITION', 'They, or their home, said that nobody is to come.', {
    remedy: 'Leave them alone.',
  });

export const undecided = (): Refusal<'ILLEGAL_TRANSITION'> =>
  new Refusal('ILLEGAL_TRANSITION', 'This may be a home that said that nobody is to come.', {
    field: 'input.caseId',
    reason: 'OPT_OUT_IN_DOUBT',
    remedy: 'Compare `address` and `optedOutAddress` of the case, and say with decideOptOut whether they are one home.',
  });

export const undecidedElsewhere = (): Refusal<'ILLEGAL_TRANSITION'> =>
  new Refusal('ILLEGAL_TRANSITION', 'This may be a home that told another team that nobody is to come.', {
    field: 'input.caseId',
    reason: 'OPT_OUT_IN_DOUBT',
    remedy: 'Find out the whole address, send it with updateOutreachCase, and look again tomorrow; nobody goes before.',
  });

/** To whoever may not read why. */
export const notOpenForVisits = (): Refusal<'ILLEGAL_TRANSITION'> =>
  new Refusal('ILLEGAL_TRANSITION', 'This case is not open for a visit now.', {
    field: 'input.caseId',
    remedy: 'Ask the coordinator of your team.',
  });

export const notInQuestion = (): Refusal<'ILLEGAL_TRANSITION'> =>
  new Refusal('ILLEGAL_TRANSITION', 'Nobody is in doubt whether these two rows are of one person.', {
    field: 'input.otherCaseId',
    remedy: 'Send two rows of which one is in `perhapsSame` of the other.',
  });

export const notInDoubt = (): Refusal<'ILLEGAL_TRANSITION'> =>
  new Refusal('ILLEGAL_TRANSITION', 'Nobody is in doubt whether this home opted out.', {
    field: 'input.caseId',
    remedy: 'Where they say that nobody is to come, send optOutOfOutreach.',
  });

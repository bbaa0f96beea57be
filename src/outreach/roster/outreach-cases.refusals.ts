import { Refusal } from '../../kernel/refusal';

export const notYours = (): Refusal<'FORBIDDEN'> =>
  new Refusal('FORBIDDEN', 'Your role, or your part in this case, does not take this step.');

export const leaveAlone = (): Refusal<'ILLEGAL_TRANSITION'> =>
  new Refusal('ILLEGAL_TRANSITION', 'They, or their home, said that nobody is to come.', {
    remedy: 'Leave them alone.',
  });

import { isContact, type VisitResult } from './vocabulary';

type Left = 'NEVER' | 'CONTACT_ONLY' | 'PLAIN_CARD' | 'BAG';
const MORE: readonly Left[] = ['NEVER', 'CONTACT_ONLY', 'PLAIN_CARD', 'BAG'];

/** They do not live there: whoever finds it is somebody else. */
const ELSEWHERE: readonly VisitResult[] = ['MOVED', 'INVALID_ADDRESS'];

/** The most that may be left: as the program says, and nothing at a door behind which nobody may know, or to somebody of whom nobody knows that they do. */
export const mayLeave = (policy: Left, isFamilyAware: boolean | null, result: VisitResult): Left => {
  if (isContact(result)) return policy;
  if (ELSEWHERE.includes(result)) return 'NEVER';
  const mayBeSeen = result === 'THIRD_PARTY_ONLY' ? isFamilyAware === true : isFamilyAware !== false;
  return mayBeSeen ? policy : 'NEVER';
};

export const isMoreThan = (left: Left, most: Left): boolean => MORE.indexOf(left) > MORE.indexOf(most);

import { isContact, type VisitResult } from './vocabulary';

type Left = 'NEVER' | 'CONTACT_ONLY' | 'PLAIN_CARD' | 'BAG';
const MORE: readonly Left[] = ['NEVER', 'CONTACT_ONLY', 'PLAIN_CARD', 'BAG'];

/** The most that may be left: as the program says, and nothing at a door behind which nobody may know. */
export const mayLeave = (policy: Left, isFamilyAware: boolean | null, result: VisitResult): Left =>
  isFamilyAware === false && !isContact(result) ? 'NEVER' : policy;

export const isMoreThan = (left: Left, most: Left): boolean => MORE.indexOf(left) > MORE.indexOf(most);

import { defaultLinkagePolicy } from './engine/default-policy';

const reasons: ReadonlyMap<string, string> = new Map([
  ...[...defaultLinkagePolicy.suffixes, ...defaultLinkagePolicy.conflicts, ...defaultLinkagePolicy.chainConflicts].map(
    ({ name, reason }) => [name, reason] as const,
  ),
  ['TOO_LITTLE', 'Too few facts that tell one person from another agree.'],
]);

/** What stands against a link, for the person who reviews it. */
export const reasonOf = (conflict: string): string => reasons.get(conflict) ?? 'Something speaks against it.';

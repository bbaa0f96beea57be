import type { RedFlag } from '../../kernel/vocabulary';
import { redFlags } from '../../kernel/vocabulary';
import type { Need } from './need';

/** What must be asked before anything can be routed. */
export const missingSignals = {
  LOCATION: 'Where the person is now; without it no program is within reach.',
  SUBSTANCES: 'What the person uses (not known is an answer), or a level of care assigned by a clinician.',
  CURRENT_MEDICATIONS:
    'Whether the person takes methadone, buprenorphine or naltrexone today (none is an answer): they must not be cut off from it.',
} as const;
export type MissingSignal = keyof typeof missingSignals;

/** A need as it comes in: facts not asked yet are absent or `null`. An empty list of medications says "asked: none". */
export type PartialNeed = { readonly [Fact in keyof Need]?: Need[Fact] | null };

/**
 * The facts that a hard rule cannot do without, in the order to ask; empty: route now. Deliberately few: late and partial
 * information must not keep anyone waiting. The medication
 * question is asked of everybody: who is on methadone may name no opioid at all.
 */
export const missingFor = (need: PartialNeed): MissingSignal[] => {
  const substances = need.substances ?? [];
  const levels = need.levelsOfCare ?? [];
  const missing: MissingSignal[] = [];
  if (typeof need.latitude !== 'number' || typeof need.longitude !== 'number') missing.push('LOCATION');
  if (substances.length === 0 && levels.length === 0) missing.push('SUBSTANCES');
  if (!need.currentMedications) missing.push('CURRENT_MEDICATIONS');
  return missing;
};

/** What to do instead of routing when a red flag is seen; `null` when there is none. */
export const emergencyInstruction = (flags: readonly RedFlag[]): string | null => {
  if (flags.length === 0) return null;
  const seen = [...new Set(flags)].map((flag) => redFlags[flag]).join('; ');
  const naloxone =
    flags.includes('OVERDOSE_NOW') || flags.includes('CANNOT_BE_WOKEN') ? ' Give naloxone if you have it.' : '';
  return `Call 911 (EMS) now: ${seen}.${naloxone} Stay with the person until EMS takes over. Nothing was routed; refer again when they are medically safe.`;
};

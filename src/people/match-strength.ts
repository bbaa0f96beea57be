import { defaultLinkagePolicy } from './linkage/engine/default-policy';
import type { Judgement } from './linkage/engine/decide/judge';

/** How likely two descriptions are of one person, in words: a figure would be read as more than it is. */
export const matchStrengths = {
  CERTAIN: 'All but certainly the same person',
  LIKELY: 'Likelier the same person than not',
  POSSIBLE: 'Perhaps the same person: ask for another fact',
} as const;
export type MatchStrength = keyof typeof matchStrengths;

const LIKELY_FROM = 0.6;

export const strengthOf = ({ conflict, probability }: Pick<Judgement, 'conflict' | 'probability'>): MatchStrength => {
  if (conflict === null && probability >= defaultLinkagePolicy.linkFrom) return 'CERTAIN';
  return probability >= LIKELY_FROM ? 'LIKELY' : 'POSSIBLE';
};

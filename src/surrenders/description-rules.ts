import { readRules } from '../platform/config';
import type { DescriptionWords } from './engine/untied';

/** What the description of something handed in must not tell, from `rules/description-words.json`. */
export class DescriptionRules {
  constructor(readonly words: DescriptionWords) {}
}

export const descriptionRules = (): DescriptionRules =>
  new DescriptionRules(readRules('description-words.json') as DescriptionWords);

import type { SpikeVerdict } from './verdict';

/** What an agency wants to hear of alerts in counties next to its own. */
export const neighbourChoices = {
  ALL: 'Every alert of a neighbouring county',
  STRONG: 'Only alerts ten times less likely to be chance than an alert needs to be',
  NONE: 'No alert of a neighbouring county',
} as const;
export type NeighbourChoice = keyof typeof neighbourChoices;

const STRONG_FACTOR = 10;

/** Whether a neighbour that made this choice is told of an alert that stands at this verdict. */
export const wantsToHear = (
  choice: NeighbourChoice,
  { p, threshold }: Pick<SpikeVerdict, 'p' | 'threshold'>,
): boolean => choice === 'ALL' || (choice === 'STRONG' && p <= threshold / STRONG_FACTOR);

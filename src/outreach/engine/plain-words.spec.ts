import { printedParts } from './leave-behind';
import { tellingWords } from './plain-words';

describe('words that tell', () => {
  it('are found in any form and either language', () => {
    expect(tellingWords('Overdoses, DRUGS; la naloxona y una sobredosis.')).toEqual([
      'overdoses',
      'drugs',
      'naloxona',
      'sobredosis',
    ]);
    expect(tellingWords('Ross County PORT')).toEqual(['port']);
  });

  it('are told from words that only begin alike', () => {
    expect(tellingWords('We support the odd method of our neighbors.')).toEqual([]);
    expect(tellingWords('')).toEqual([]);
  });
});

describe('a leave-behind policy', () => {
  it('prints nothing, a card, a plain card, or all of it', () => {
    const policies = ['NEVER', 'CONTACT_ONLY', 'PLAIN_CARD', 'BAG'] as const;
    expect(policies.map((policy) => printedParts(policy).length)).toEqual([0, 1, 2, 6]);
    for (const policy of policies.slice(1)) expect(printedParts(policy)[0]).toBe('OUTSIDE');
  });
});

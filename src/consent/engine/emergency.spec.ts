import { isRefusal } from '../../kernel/refusal';
import { documentedIn, lookupIn, mayFind, reviewFindings, type ReviewFinding } from './emergency';

/** All of them: what can be sent is little enough to send everything. */
const everySubset = <Value>(values: readonly Value[]): Value[][] =>
  values.reduce<Value[][]>((subsets, value) => subsets.flatMap((subset) => [subset, [...subset, value]]), [[]]);

const complete = { nature: 'OVERDOSE', ground: 'CONSENT_CANNOT_BE_OBTAINED', discloser: 'Somebody' } as const;
const ways = {
  referralId: 'r',
  phone: '740-555-0100',
  givenName: 'Given',
  familyName: 'Family',
  birthDate: '1990-02-03',
} as const;

describe('the documentation of an emergency', () => {
  it('is complete with every element, and names the first that is missing', () => {
    expect(documentedIn(complete)).toEqual(complete);
    for (const lost of everySubset(['nature', 'ground', 'discloser'] as const).filter(({ length }) => length > 0)) {
      const refused = documentedIn({ ...complete, ...Object.fromEntries(lost.map((name) => [name, null])) });
      expect(isRefusal(refused) && refused.details.field).toBe(`input.${lost[0] ?? ''}`);
    }
  });
});

describe('a look-up in an emergency', () => {
  it('is one exact way, and never a name alone', () => {
    const exact = ['referralId', 'phone', 'givenName,familyName,birthDate'];
    for (const sent of everySubset(Object.keys(ways) as (keyof typeof ways)[])) {
      const isRefused = isRefusal(lookupIn(Object.fromEntries(sent.map((name) => [name, ways[name]]))));
      expect([sent.join(), isRefused]).toEqual([sent.join(), !exact.includes(sent.join())]);
    }
  });
});

it('is a finding that stands, unless another is to follow', () => {
  const findings = Object.keys(reviewFindings) as ReviewFinding[];
  expect(findings.map((now) => mayFind(null, now))).toEqual([true, true, true]);
  expect(findings.filter((now) => mayFind('NEEDS_FOLLOW_UP', now))).toEqual(['JUSTIFIED', 'NOT_JUSTIFIED']);
  expect(findings.some((now) => mayFind('JUSTIFIED', now) || mayFind('NOT_JUSTIFIED', now))).toBe(false);
});

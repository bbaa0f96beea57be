import fc from 'fast-check';
import { isRefusal } from '../../kernel/refusal';
import { documentedIn, lookupIn, mayFind, reviewFindings, type ReviewFinding } from './emergency';

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
    fc.assert(
      fc.property(fc.subarray(['nature', 'ground', 'discloser'] as const, { minLength: 1 }), (lost) => {
        const refused = documentedIn({ ...complete, ...Object.fromEntries(lost.map((name) => [name, null])) });
        return isRefusal(refused) && refused.details.field === `input.${lost[0] ?? ''}`;
      }),
    );
  });
});

describe('a look-up in an emergency', () => {
  it('is one exact way, and never a name alone', () => {
    fc.assert(
      fc.property(fc.subarray(Object.keys(ways) as (keyof typeof ways)[]), (sent) => {
        const isExact =
          sent.join() === 'referralId' || sent.join() === 'phone' || sent.join() === 'givenName,familyName,birthDate';
        return isRefusal(lookupIn(Object.fromEntries(sent.map((name) => [name, ways[name]])))) !== isExact;
      }),
    );
  });
});

it('is a finding that stands, unless another is to follow', () => {
  const findings = Object.keys(reviewFindings) as ReviewFinding[];
  expect(findings.map((now) => mayFind(null, now))).toEqual([true, true, true]);
  expect(findings.filter((now) => mayFind('NEEDS_FOLLOW_UP', now))).toEqual(['JUSTIFIED', 'NOT_JUSTIFIED']);
  expect(findings.some((now) => mayFind('JUSTIFIED', now) || mayFind('NOT_JUSTIFIED', now))).toBe(false);
});

import fc from 'fast-check';
import { anyCandidates, anyNeed, buildCandidate, buildNeed, RUN_AT } from '../../../test/builders/matching.arbitraries';
import type { Candidate } from './candidate';
import { match } from './match';
import type { Need } from './need';
import { passesPrefilter, prefilterOf } from './prefilter';

describe('the prefilter', () => {
  it('never drops what the engine accepts', () => {
    fc.assert(
      fc.property(anyNeed, anyCandidates, (need, candidates) => {
        const prefilter = prefilterOf(need);
        const kept = new Set(
          candidates.filter((one) => passesPrefilter(prefilter, one, RUN_AT)).map(({ poolId }) => poolId),
        );
        for (const { poolId, isEligible } of match(need, candidates, RUN_AT).verdicts) {
          if (isEligible) expect(kept).toContain(poolId);
        }
      }),
      { numRuns: 500 },
    );
  });

  const dropped: readonly [string, Partial<Need>, Partial<Candidate>][] = [
    ['level of care', {}, { levelOfCare: 'ASAM_1_0' }],
    ['cell', {}, { latitude: 45 }],
    ['unknown latitude', {}, { latitude: null }],
    ['unknown longitude', {}, { longitude: null }],
    ['too young', { age: 17 }, { minAge: 18 }],
    ['too old', { age: 66 }, { maxAge: 65 }],
    ['sex', { sex: 'MALE' }, { sexes: ['FEMALE'] }],
    ['pregnancy', { pregnant: true }, { admitsPregnant: false }],
    ['payer', { payer: 'MEDICAID' }, { payers: ['PRIVATE'] }],
    ['pathway', {}, { acceptedPathways: ['SCHOOL_REFERRAL'] }],
    ['wheelchair', { usesWheelchair: true }, { services: [] }],
    ['sign language', { needsSignLanguage: true }, { services: [] }],
    ['medication', { currentMedications: ['METHADONE'] }, { medicationsOffered: [], medicationsAccepted: [] }],
    ['lasting decline', {}, { isLastinglyDeclined: true }],
    ['no census', {}, { attestedAt: null }],
    ['old census', {}, { attestedAt: new Date(RUN_AT.getTime() - 1441 * 60_000) }],
    ['no place', {}, { staffed: 7 }],
  ];

  it.each(dropped)('drops by %s', (_what, need, candidate) => {
    expect(passesPrefilter(prefilterOf(buildNeed(need)), buildCandidate(candidate), RUN_AT)).toBe(false);
  });

  it.each<[string, Partial<Need>, Partial<Candidate>]>([
    ['within the ages', { age: 30 }, { minAge: 18, maxAge: 65 }],
    ['unknown payers', { payer: 'MEDICAID' }, { payers: [] }],
    ['unknown age', { age: null }, { minAge: 18, maxAge: 65 }],
    ['another sex', { sex: 'OTHER' }, { sexes: ['FEMALE', 'MALE'] }],
    ['the pathway taken', {}, { acceptedPathways: ['FIRST_RESPONDER_REFERRAL'] }],
    ['medication accepted', { currentMedications: ['METHADONE'] }, { medicationsOffered: [] }],
  ])('keeps %s', (_what, need, candidate) => {
    expect(passesPrefilter(prefilterOf(buildNeed(need)), buildCandidate(candidate), RUN_AT)).toBe(true);
  });

  it('does not list the cells of half the globe', () => {
    const prefilter = prefilterOf(buildNeed({ maxDistanceKm: 20_000 }));
    expect(prefilter.cells).toBeNull();
    expect(passesPrefilter(prefilter, buildCandidate(), RUN_AT)).toBe(true);
  });
});

import fc from 'fast-check';
import {
  anyCandidate,
  anyNeed,
  buildCandidate,
  buildNeed,
  evenly,
  RUN_AT,
} from '../../../test/builders/matching.arbitraries';
import type { Candidate } from './candidate';
import { contextOf } from './context';
import type { Need } from './need';
import type { TermName } from './policy';
import { scoreOf, terms, termsOf } from './score';

const anyKm = evenly(0, 300);
const valueOf = (name: TermName, need: Need, candidate: Candidate, km = 10): number =>
  terms.find((term) => term.name === name)?.valueOf(need, candidate, contextOf(need, RUN_AT), km) ?? Number.NaN;
const wordsOf = (name: TermName, need: Need, candidate: Candidate): string | undefined =>
  termsOf(need, candidate, contextOf(need, RUN_AT), 10).find(({ term }) => term === name)?.because;
const minutesAgo = (minutes: number): Date => new Date(RUN_AT.getTime() - minutes * 60_000);

describe('the score', () => {
  it('is the weighted sum of terms in [0, 1], each explained', () => {
    fc.assert(
      fc.property(anyNeed, anyCandidate, anyKm, (need, candidate, km) => {
        const context = contextOf(need, RUN_AT);
        const score = scoreOf(need, candidate, context, km);
        const scored = termsOf(need, candidate, context, km);
        for (const { value, because } of scored) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
          expect(because).toMatch(/\.$/);
        }
        expect(scored.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 3);
        expect(scored.reduce((sum, { weight, value }) => sum + weight * value, 0)).toBeCloseTo(score, 3);
        expect(Math.round(score * 10_000) / 10_000).toBe(score);
      }),
    );
  });

  it('never falls when more places are free', () => {
    fc.assert(
      fc.property(anyNeed, anyCandidate, anyKm, fc.nat(20), (need, candidate, km, more) => {
        const context = contextOf(need, RUN_AT);
        const roomier = { ...candidate, staffed: candidate.staffed + more };
        return scoreOf(need, roomier, context, km) >= scoreOf(need, candidate, context, km);
      }),
    );
  });

  it('never rises with the distance, in the travel term or in all', () => {
    fc.assert(
      fc.property(anyNeed, anyCandidate, anyKm, anyKm, (need, candidate, km, more) => {
        const context = contextOf(need, RUN_AT);
        expect(valueOf('TRAVEL', need, candidate, km + more)).toBeLessThanOrEqual(
          valueOf('TRAVEL', need, candidate, km),
        );
        expect(scoreOf(need, candidate, context, km + more)).toBeLessThanOrEqual(scoreOf(need, candidate, context, km));
      }),
    );
  });

  it('never rises with the age of the census', () => {
    fc.assert(
      fc.property(anyNeed, anyCandidate, fc.nat(1440), fc.nat(1440), (need, candidate, age, more) => {
        const young = valueOf('STILL_OPEN', need, { ...candidate, attestedAt: minutesAgo(age) });
        expect(valueOf('STILL_OPEN', need, { ...candidate, attestedAt: minutesAgo(age + more) })).toBeLessThanOrEqual(
          young,
        );
      }),
    );
  });
});

describe('TRAVEL', () => {
  it('is full on the spot and one half at the half-way distance', () => {
    expect(valueOf('TRAVEL', buildNeed(), buildCandidate(), 0)).toBe(1);
    expect(valueOf('TRAVEL', buildNeed(), buildCandidate(), 25)).toBe(0.5);
  });
});

describe('STILL_OPEN', () => {
  it('gives one place an even chance at the half-time, and two places three quarters', () => {
    const place = { staffed: 1, occupied: 0, held: 0, attestedAt: minutesAgo(720) };
    expect(valueOf('STILL_OPEN', buildNeed(), buildCandidate(place), 0)).toBe(0.5);
    expect(valueOf('STILL_OPEN', buildNeed(), buildCandidate({ ...place, staffed: 2 }), 0)).toBe(0.75);
    expect(wordsOf('STILL_OPEN', buildNeed(), buildCandidate(place))).toBe(
      '1 free by a census 730 min old on arrival: 50 % to find one free.',
    );
  });

  it('is nothing without a census or without a place', () => {
    expect(valueOf('STILL_OPEN', buildNeed(), buildCandidate({ attestedAt: null }))).toBe(0);
    expect(wordsOf('STILL_OPEN', buildNeed(), buildCandidate({ attestedAt: null }))).toContain('no census');
    expect(valueOf('STILL_OPEN', buildNeed(), buildCandidate({ staffed: 7 }))).toBe(0);
  });
});

describe('RESPONSE', () => {
  const review = (offersPut: number, offersAnswered: number, medianAnswerMinutes: number | null) =>
    valueOf('RESPONSE', buildNeed(), buildCandidate({ offersPut, offersAnswered, medianAnswerMinutes }));

  it('counts full where referrals are taken at once', () => {
    const instant = buildCandidate({ acceptanceMode: 'INSTANT', offersPut: 9, offersAnswered: 0 });
    expect(valueOf('RESPONSE', buildNeed(), instant)).toBe(1);
    expect(wordsOf('RESPONSE', buildNeed(), instant)).toBe('Takes referrals at once.');
  });

  it('assumes the prior of a newcomer: better than the silent, worse than the reliable', () => {
    expect(review(0, 0, null)).toBeCloseTo(0.65 / 2, 10);
    expect(review(0, 0, null)).toBeGreaterThan(review(20, 0, null));
    expect(review(0, 0, null)).toBeLessThan(review(20, 20, 10));
  });

  it('rises with speed and with answers', () => {
    expect(review(20, 15, 10)).toBeGreaterThan(review(20, 15, 60));
    expect(review(20, 18, 30)).toBeGreaterThan(review(20, 10, 30));
    expect(review(0, 5, 30)).toBeLessThanOrEqual(1);
    expect(wordsOf('RESPONSE', buildNeed(), buildCandidate())).toContain('Answered 15 of 20 offers');
  });
});

describe('FIT', () => {
  const plainNeed = buildNeed({ substances: ['CANNABIS'], lastUse: 'LONGER' });

  it('is full when nothing special is asked for', () => {
    expect(valueOf('FIT', plainNeed, buildCandidate({ services: [] }))).toBe(1);
    expect(wordsOf('FIT', plainNeed, buildCandidate())).toBe('Nothing special is asked for.');
  });

  it.each([
    [['METHADONE'], [], 1, 'offered'],
    [[], ['METHADONE'], 0.5, 'accepted from elsewhere'],
    [[], [], 0, 'not offered'],
  ] as const)('weighs the wished medication: offers %j, accepts %j → %d', (offered, accepted, value, words) => {
    const need = { ...plainNeed, wantedMedication: 'METHADONE' } as const;
    const candidate = buildCandidate({ medicationsOffered: offered, medicationsAccepted: accepted });
    expect(valueOf('FIT', need, candidate)).toBe(value);
    expect(wordsOf('FIT', need, candidate)).toBe(`wished methadone: ${words}.`);
  });

  it('prefers special programs for those they are made for', () => {
    const need = { ...plainNeed, isVeteran: true };
    expect(valueOf('FIT', need, buildCandidate({ services: ['VETERANS'] }))).toBe(1);
    expect(valueOf('FIT', need, buildCandidate({ services: ['SENIORS'] }))).toBe(0);
    expect(wordsOf('FIT', need, buildCandidate({ services: [] }))).toBe('program for veterans: no.');
    expect(wordsOf('FIT', need, buildCandidate())).toBe('program for veterans: yes.');
  });

  it('prefers levels that can manage withdrawal when last use is not known', () => {
    const need = buildNeed({ substances: ['ALCOHOL'], lastUse: 'UNKNOWN' });
    expect(valueOf('FIT', need, buildCandidate({ levelOfCare: 'ASAM_3_7' }))).toBe(1);
    expect(valueOf('FIT', need, buildCandidate({ levelOfCare: 'ASAM_2_1' }))).toBe(0);
  });
});

describe('PREFERENCE', () => {
  const need = buildNeed({ preferredProgramIds: ['program-2', 'program-1'] });

  it('follows the order of the person’s wishes', () => {
    expect(valueOf('PREFERENCE', need, buildCandidate({ programId: 'program-2' }))).toBe(1);
    expect(valueOf('PREFERENCE', need, buildCandidate({ programId: 'program-1' }))).toBe(0.5);
    expect(valueOf('PREFERENCE', need, buildCandidate({ programId: 'program-3' }))).toBe(0);
    expect(valueOf('PREFERENCE', buildNeed(), buildCandidate())).toBe(1);
  });

  it('says so', () => {
    expect(wordsOf('PREFERENCE', need, buildCandidate())).toBe('The person’s choice number 2.');
    expect(wordsOf('PREFERENCE', need, buildCandidate({ programId: 'program-3' }))).toContain('Not among');
    expect(wordsOf('PREFERENCE', buildNeed(), buildCandidate())).toContain('named no program');
  });
});

import fc from 'fast-check';
import { anyCandidate, anyNeed, buildCandidate, buildNeed } from '../../../test/builders/matching.arbitraries';
import type { Candidate } from './candidate';
import { preferInDanger, type Danger } from './danger';
import { defaultPolicy } from './default-policy';
import type { DangerSignal } from './policy';

const danger = (signal: DangerSignal): Danger => ({ signal, because: 'Overdosed 2 times in 365 days.' });
const plain: Partial<Candidate> = {
  acceptanceMode: 'REVIEW',
  services: [],
  medicationsOffered: [],
  levelOfCare: 'ASAM_2_1',
};
const scored = (programId: string, score: number, facts: Partial<Candidate> = {}) => {
  const candidate = buildCandidate({ ...plain, ...facts, programId, poolId: `${programId}-pool` });
  return { programId, poolId: candidate.poolId, score, distanceKm: 10, candidate };
};
const asked = (
  need: Parameters<typeof buildNeed>[0],
  signals: readonly DangerSignal[],
  programs: ReturnType<typeof scored>[],
) => preferInDanger(buildNeed(need), programs, signals.map(danger));

describe('the order of programs for somebody in danger of another overdose', () => {
  const opioids = { substances: ['OPIOIDS'] as const };

  it('puts what takes people at once and has medication on site before what is about as good, and says so', () => {
    const order = asked(
      opioids,
      ['RECENT_OVERDOSE'],
      [
        scored('plain', 0.7),
        scored('medication', 0.65, { medicationsOffered: ['BUPRENORPHINE'] }),
        scored('at-once', 0.64, { acceptanceMode: 'INSTANT', services: ['NALOXONE'] }),
        scored('far-worse', 0.3, {
          acceptanceMode: 'INSTANT',
          medicationsOffered: ['METHADONE'],
          services: ['NALOXONE'],
        }),
      ],
    );
    expect(order.map(({ programId, bonus }) => [programId, bonus])).toEqual([
      ['at-once', 0.12],
      ['medication', 0.08],
      ['plain', 0],
      ['far-worse', 0.2],
    ]);
    expect(order[0]?.because).toBe(
      'takes people at once: yes; methadone or buprenorphine on site: no; naloxone and overdose education: yes.',
    );
  });

  it('looks for what the danger is: doses, refused transport, repeated overdoses', () => {
    const has = [
      scored('watched', 0.5, { levelOfCare: 'ASAM_3_7' }),
      scored('fetched', 0.5, { services: ['TRANSPORTATION'] }),
      scored('peers', 0.5, { services: ['PEER_SUPPORT'] }),
    ];
    const first = (signal: DangerSignal) => asked(opioids, [signal], has)[0]?.programId;
    expect([first('MANY_DOSES'), first('REFUSED_TRANSPORT'), first('REPEAT_OVERDOSE')]).toEqual([
      'watched',
      'fetched',
      'peers',
    ]);
  });

  it('does not look for opioid medication where the need names other substances only', () => {
    const wordsFor = (substances: ('OPIOIDS' | 'COCAINE' | 'UNKNOWN')[]) =>
      asked({ substances }, ['REPEAT_OVERDOSE'], [scored('one', 0.5)])[0]?.because;
    expect(wordsFor(['COCAINE'])).not.toContain('buprenorphine');
    for (const substances of [[], ['UNKNOWN' as const], ['COCAINE' as const, 'OPIOIDS' as const]]) {
      expect(wordsFor(substances)).toContain('buprenorphine');
    }
  });

  it('leaves the order as it is without a danger', () => {
    const programs = [scored('b', 0.5, { acceptanceMode: 'INSTANT' }), scored('a', 0.6)];
    expect(asked(opioids, [], programs).map(({ programId, bonus }) => [programId, bonus])).toEqual([
      ['a', 0],
      ['b', 0],
    ]);
  });

  it('drops nobody, adds nothing below zero and never more than all its rows together', () => {
    const most = defaultPolicy.dangerRows.reduce((sum, { bonus }) => sum + bonus, 0);
    const anySignals = fc.subarray<DangerSignal>([
      'RECENT_OVERDOSE',
      'REPEAT_OVERDOSE',
      'MANY_DOSES',
      'REFUSED_TRANSPORT',
    ]);
    fc.assert(
      fc.property(anyNeed, fc.array(anyCandidate, { maxLength: 6 }), anySignals, (need, candidates, signals) => {
        const programs = candidates.map((candidate, at) => ({ ...scored(`p${at}`, at / 10), candidate }));
        const order = preferInDanger(need, programs, signals.map(danger));
        expect(order.map(({ programId }) => programId).sort()).toEqual(programs.map(({ programId }) => programId));
        for (const { bonus } of order) expect(bonus >= 0 && bonus <= most + 1e-9).toBe(true);
      }),
    );
  });
});

import fc from 'fast-check';
import { anyNeed, buildNeed } from '../../../test/builders/matching.arbitraries';
import { levelsOfCare } from '../../kernel/vocabulary';
import { defaultPolicy } from './default-policy';
import { screenOf } from './level-of-care';
import { isRaised, signals, type Signal } from './signals';

const levelsFor = (facts: Parameters<typeof buildNeed>[0]) => screenOf(buildNeed(facts), defaultPolicy).levels;

describe('the screen for a level of care', () => {
  it('takes a clinician’s levels as they are', () => {
    const screen = screenOf(buildNeed({ levelsOfCare: ['ASAM_1_0'], substances: ['ALCOHOL'] }), defaultPolicy);
    expect(screen.levels).toEqual(['ASAM_1_0']);
    expect(screen.reasons).toEqual([{ from: 'CLINICIAN', reason: 'Assigned by a clinician.', source: null }]);
  });

  it.each(['ALCOHOL', 'BENZODIAZEPINES'] as const)('asks for withdrawal management after recent %s', (substance) => {
    expect(levelsFor({ substances: [substance], lastUse: 'WITHIN_72_HOURS' })).toEqual([
      'ASAM_2_7',
      'ASAM_3_7',
      'ASAM_4_0',
    ]);
  });

  it('does not narrow for alcohol weeks ago, or at a time that is not known', () => {
    expect(levelsFor({ substances: ['ALCOHOL'], lastUse: 'WITHIN_30_DAYS' })).toHaveLength(9);
    expect(levelsFor({ substances: ['ALCOHOL'], lastUse: 'UNKNOWN' })).toHaveLength(9);
  });

  it('leaves out remission monitoring and nothing else when nothing is known', () => {
    expect(levelsFor({ substances: ['UNKNOWN'], lastUse: 'UNKNOWN' })).toEqual(
      Object.keys(levelsOfCare).filter((level) => level !== 'ASAM_1_0'),
    );
  });

  it('asks for a medically managed level with a bodily complaint, and for more than therapy with a psychiatric one', () => {
    expect(levelsFor({ hasMedicalComplaint: true })).toEqual(['ASAM_1_7', 'ASAM_2_7', 'ASAM_3_7', 'ASAM_4_0']);
    expect(levelsFor({ hasPsychiatricConcern: true })).not.toContain('ASAM_1_5');
  });

  it('explains each narrowing', () => {
    const { reasons } = screenOf(buildNeed({ substances: ['ALCOHOL'], hasMedicalComplaint: true }), defaultPolicy);
    expect(reasons.map(({ from }) => from)).toEqual([
      'ALCOHOL_OR_BENZODIAZEPINES_WITHIN_72_HOURS',
      'MEDICAL_COMPLAINT',
      'ALWAYS',
    ]);
  });

  it('passes over a row that would leave no level, so that the earlier one stands', () => {
    const [alcohol] = defaultPolicy.levelRows;
    if (!alcohol) throw new Error('the default policy has a first row');
    const policy = {
      ...defaultPolicy,
      levelRows: [alcohol, { ...alcohol, when: 'MEDICAL_COMPLAINT' as const, levels: ['ASAM_1_5' as const] }],
    };
    const screen = screenOf(buildNeed({ substances: ['ALCOHOL'], hasMedicalComplaint: true }), policy);
    expect(screen.levels).toEqual(alcohol.levels);
    expect(screen.reasons).toHaveLength(1);
  });

  it('has no level only where the policy has no row', () => {
    expect(screenOf(buildNeed(), { ...defaultPolicy, levelRows: [] }).levels).toEqual([]);
    fc.assert(fc.property(anyNeed, (need) => screenOf(need, defaultPolicy).levels.length > 0));
  });
});

describe('signals', () => {
  const raised = (facts: Parameters<typeof buildNeed>[0]) =>
    (Object.keys(signals) as Signal[]).filter((signal) =>
      isRaised(signal, buildNeed(facts), defaultPolicy.signalTerms),
    );

  it('raises nothing from what is not known', () => {
    const unknown = {
      age: null,
      sex: null,
      pregnant: null,
      injects: null,
      substances: [],
      lastUse: 'UNKNOWN',
    } as const;
    expect(raised(unknown)).toEqual(['ALWAYS']);
  });

  it.each([
    [17, 'ADOLESCENT'],
    [18, 'YOUNG_ADULT'],
    [25, 'YOUNG_ADULT'],
    [65, 'SENIOR'],
  ] as const)('names the age group of %i: %s', (age, signal) => {
    const groups = raised({ age }).filter((name) => ['ADOLESCENT', 'YOUNG_ADULT', 'SENIOR'].includes(name));
    expect(groups).toEqual([signal]);
  });

  it('raises what is said', () => {
    const facts = {
      pregnant: true,
      injects: true,
      isVeteran: true,
      childrenWithThem: 1,
      pathway: 'NALOXONE_PLUS',
    } as const;
    expect(raised(facts)).toEqual(
      expect.arrayContaining([
        'PREGNANT',
        'PREGNANT_AND_USES_OPIOIDS',
        'INJECTS',
        'VETERAN',
        'CHILDREN_COME_ALONG',
        'SURVIVED_OVERDOSE',
      ]),
    );
    expect(raised({ pathway: 'OFFICER_INTERVENTION' })).toContain('REFERRED_BY_OFFICER');
    expect(raised({ substances: ['BENZODIAZEPINES'], lastUse: 'UNKNOWN' })).toContain(
      'ALCOHOL_OR_BENZODIAZEPINES_LAST_USE_UNKNOWN',
    );
  });
});

import { mayConsent, mayRevoke, problemsOfRules, rulesOn, type Signing, type StateRules } from './may-consent';
import type { Signer } from './vocabulary';

const rules = (fromAge: number | null, isTakenForAdult = true): StateRules => ({
  version: 'XX/1',
  validFrom: '2020-01-01',
  ageOfMajority: { years: 18, source: 'Majority Act' },
  minorConsent: { fromAge, source: 'Minors Act' },
  besideMinor: { signers: ['PARENT', 'LEGAL_GUARDIAN'], source: 'Parents Act' },
  unknownAge: { isTakenForAdult, source: 'Practice' },
  naloxoneDisclosure: null,
});
const signing = (age: number | null, signedBy: Signer = 'PERSON', coSignedBy: Signer | null = null): Signing => ({
  age,
  signedBy,
  coSignedBy,
});

describe('who may sign', () => {
  it.each([
    ['an adult', 18, 'PERSON', null, null],
    ['who acts for an adult by law', 40, 'LEGAL_REPRESENTATIVE', null, null],
    ['who acts for the dead', 40, 'PERSONAL_REPRESENTATIVE', null, null],
    ['a parent for an adult', 18, 'PARENT', null, 'ADULT_SIGNS'],
    ['an adult and a parent', 18, 'PERSON', 'PARENT', 'ADULT_SIGNS'],
    ['a minor who may alone', 12, 'PERSON', null, null],
    ['a parent for a minor who may alone', 17, 'PARENT', null, 'MINOR_SIGNS_ALONE'],
    ['a parent beside a minor who may alone', 17, 'PERSON', 'PARENT', 'MINOR_SIGNS_ALONE'],
    ['a younger minor alone', 11, 'PERSON', null, 'PARENT_SIGNS_TOO'],
    ['a younger minor and a parent', 11, 'PERSON', 'PARENT', null],
    ['a younger minor and a stranger', 11, 'PERSON', 'LEGAL_REPRESENTATIVE', 'PARENT_SIGNS_TOO'],
    ['a parent for a younger minor', 11, 'PARENT', null, 'PARENT_SIGNS_TOO'],
    ['a person of unknown age', null, 'PERSON', null, null],
  ] as const)('%s at %s', (...[, age, signedBy, coSignedBy, rule]) => {
    expect(mayConsent(signing(age, signedBy, coSignedBy), rules(12))?.rule ?? null).toBe(rule);
  });

  it('is both where minors never may alone', () => {
    expect(mayConsent(signing(17), rules(null))).toMatchObject({
      rule: 'PARENT_SIGNS_TOO',
      source: '42 CFR 2.14(c); Parents Act',
      remedy: 'Send signedBy PERSON and coSignedBy PARENT or LEGAL_GUARDIAN.',
    });
  });

  it('is not guessed from an unknown age unless the state says so', () => {
    expect(mayConsent(signing(null), rules(12, false))).toMatchObject({ rule: 'UNKNOWN_AGE', source: 'Practice' });
  });

  it('names the state’s own source', () => {
    expect(mayConsent(signing(15, 'PARENT'), rules(12))?.source).toBe('42 CFR 2.14(b); Minors Act');
  });
});

describe('who may take a consent back', () => {
  it.each([
    ['a minor below the age', 11, 'PERSON', null],
    ['somebody of unknown age', null, 'PERSON', null],
    ['a parent of an adult', 30, 'PARENT', 'ADULT_SIGNS'],
    ['who acts for an adult by law', 30, 'LEGAL_REPRESENTATIVE', null],
    ['a parent of a minor who may sign alone', 13, 'PARENT', 'MINOR_SIGNS_ALONE'],
    ['a parent of a younger minor', 11, 'PARENT', null],
    ['a stranger to a younger minor', 11, 'LEGAL_REPRESENTATIVE', 'PARENT_SIGNS_TOO'],
  ] as const)('%s at %s', (...[, age, askedBy, rule]) => {
    expect(mayRevoke(age, askedBy, rules(12, false))?.rule ?? null).toBe(rule);
  });

  it('is the person alone where their age is not known and decides', () => {
    expect(mayRevoke(null, 'PARENT', rules(12, false))).toMatchObject({
      rule: 'UNKNOWN_AGE',
      remedy: 'Ask the person; send askedBy PERSON.',
    });
  });
});

describe('a pack of rules', () => {
  it('is in force from its day on, the latest first', () => {
    const [old, young] = [rules(null), { ...rules(12), version: 'XX/2', validFrom: '2026-07-01' }];
    const on = (day: string) => rulesOn([old, young], day)?.version;
    expect([on('2019-12-31'), on('2020-01-01'), on('2026-06-30'), on('2026-07-01')]).toEqual([
      undefined,
      'XX/1',
      'XX/1',
      'XX/2',
    ]);
    expect(rulesOn([young, old], '2027-01-01')?.version).toBe('XX/2');
  });

  it('says what is wrong with it', () => {
    expect(problemsOfRules(rules(null))).toEqual([]);
    const faulty = {
      ...rules(-1),
      validFrom: 'soon',
      ageOfMajority: { years: 99, source: ' ' },
      besideMinor: { signers: [], source: 'x' },
      naloxoneDisclosure: { onRequest: [], source: 'y' },
    };
    expect(problemsOfRules(faulty)).toHaveLength(5);
  });
});

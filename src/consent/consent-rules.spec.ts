import { ConsentTexts, consentTexts, type TextCatalog } from './consent-texts';
import { signedConsent, type Signing } from './signing';
import { statePacks, StatePacks } from './state-rules';
import { readRules } from '../platform/config';

const catalog = readRules('consent-texts.json') as TextCatalog;
const changed = (change: object): TextCatalog => ({
  texts: catalog.texts.map((text, at) => (at === 0 ? { ...text, ...change } : text)),
});

describe('the consent texts', () => {
  it('are there in English and Spanish for every scope, each with its own hash', () => {
    const texts = consentTexts();
    expect(texts.languages).toEqual(['en', 'es']);
    expect(texts.current('es').map(({ kind }) => kind)).toEqual(texts.current('en').map(({ kind }) => kind));
    const scopes = new Set(texts.current('en').flatMap(({ permits }) => permits));
    expect(scopes.size).toBe(5);
    const all = ['en', 'es'].flatMap((language) => texts.current(language));
    expect(new Set(all.map(({ hash }) => hash)).size).toBe(all.length);
    expect(texts.current('fr')).toEqual([]);
  });

  it('keep the words that were signed: a changed one is another text', () => {
    const shown = ['en', 'es'].flatMap((language) => consentTexts().current(language));
    expect(Object.fromEntries(shown.map(({ version, hash }) => [version, hash.slice(0, 12)]))).toMatchInlineSnapshot(`
      {
        "coordination/1/en": "051c10dbd29d",
        "coordination/1/es": "19aa57594bac",
        "counseling-notes/1/en": "57fbfe3db81a",
        "counseling-notes/1/es": "fdf59ba44f5f",
        "court/1/en": "48a8c02f195a",
        "court/1/es": "ffcef05a1790",
        "identity-before-acceptance/1/en": "1258bbaebf3c",
        "identity-before-acceptance/1/es": "13cb541d049a",
        "identity-to-coordinator/1/en": "c0bdd332c521",
        "identity-to-coordinator/1/es": "7ab157422ee4",
        "legal-proceedings/1/en": "a43d9dce6774",
        "legal-proceedings/1/es": "8d05ed97c7bd",
        "outcome-to-sender/1/en": "3dd4dde8b1eb",
        "outcome-to-sender/1/es": "eb1c138575e9",
        "treatment/1/en": "3b7df7e740fe",
        "treatment/1/es": "6e6f9f2b7117",
        "volunteer/1/en": "02d76ba65798",
        "volunteer/1/es": "c1f5601b98e8",
      }
    `);
    expect(consentTexts().find('outcome-to-sender/0/en')).toBeUndefined();
  });

  it.each([
    ['a missing statement', { languages: { en: { title: 'x', statements: {} } } }, 'does not say 2.31(a)(6)'],
    ['a scope of another kind', { permits: ['OUTCOME_TO_SENDER'] }, 'permits OUTCOME_TO_SENDER'],
    ['an unknown word', { purposes: ['FUN'] }, 'no word FUN'],
    ['nobody who discloses', { disclosers: [] }, 'empty list'],
    ['no duration', { defaultDays: 0 }, 'ends before it begins'],
    ['a version given twice', { name: 'court' }, 'given twice'],
  ])('do not load with %s', (_, change, problem) => {
    expect(() => new ConsentTexts(changed(change))).toThrow(problem);
  });
});

describe('the state rule packs', () => {
  const rules = statePacks().rulesOf('OH', new Date('2026-01-01'));

  it('name state and version, and fall back to the default', () => {
    expect(statePacks().states).toEqual(['DEFAULT', 'KY', 'MA', 'OH', 'PA', 'WV']);
    expect([rules.version, statePacks().rulesOf('IN', new Date('2026-01-01')).version]).toEqual(['OH/1', 'DEFAULT/1']);
    expect(rules.naloxoneDisclosure).toMatchObject({ source: expect.stringContaining('4765.44') });
  });

  it('do not load faulty, empty, twice or without a default', () => {
    const pack = { state: 'DEFAULT', versions: [rules] };
    expect(() => new StatePacks([{ ...pack, state: 'OH' }])).toThrow('no DEFAULT');
    expect(() => new StatePacks([pack, pack])).toThrow('given twice');
    expect(() => new StatePacks([{ ...pack, versions: [] }])).toThrow('has no version');
    expect(() => new StatePacks([{ ...pack, versions: [{ ...rules, validFrom: 'x' }] }])).toThrow(
      'validFrom is no day',
    );
  });

  it('have no rules before their first day', () => {
    expect(() => statePacks().rulesOf('OH', new Date('1999-01-01'))).toThrow('no rules of OH');
    expect(statePacks().find('IN', new Date('1900-01-01'))).toBeUndefined();
  });
});

describe('a signature', () => {
  const asOf = new Date('2026-11-30');
  const signing: Signing = {
    ...{
      signature: { signedAt: new Date('2024-01-01') },
      text: null,
      named: { agency: null, name: null },
      scope: null,
    },
    ...{ isPersonNamed: true, ageSigned: 0, rules: statePacks().rulesOf('OH', asOf), asOf, field: 'input' },
  };

  it('is given by somebody who was born', () => {
    const unborn = { code: 'INVALID_INPUT', details: { field: 'input.signedAt' } };
    expect(signedConsent({ ...signing, ageSigned: -1 })).toMatchObject(unborn);
    expect(signedConsent(signing)).toMatchObject({ code: 'CONSENT_INCOMPLETE' });
    expect(signedConsent({ ...signing, ageSigned: null })).toMatchObject({ code: 'CONSENT_INCOMPLETE' });
  });
});

import { codesOf } from './code-map';
import { contradictionsOf, programFactsOf } from './program-facts';

const factsOf = (codes: string, name = 'Recovery Center') => programFactsOf(codesOf(codes), name);

describe('facts of a program', () => {
  it('reads services, payers and languages, each once', () => {
    expect(factsOf('SUMH CO ODTX AH * MD FSA SS * SP F4 NX')).toMatchObject({
      services: ['CO_OCCURRING_MENTAL_HEALTH', 'SIGN_LANGUAGE', 'WITHDRAWAL_MANAGEMENT_OPIOIDS'],
      payers: ['MEDICAID', 'UNINSURED'],
      languages: ['en', 'ar', 'es'],
    });
  });

  it.each([
    ['methadone maintenance', 'MU MM', ['METHADONE'], 0],
    ['methadone for withdrawal only', 'MU DM', [], 0],
    ['buprenorphine maintenance', 'BU DB BUM', ['BUPRENORPHINE'], 0],
    ['buprenorphine for withdrawal only', 'BU DB', [], 0],
    ['buprenorphine by a prescriber outside', 'BU RPE', ['BUPRENORPHINE'], 0],
    ['naltrexone, and medication from elsewhere', 'NU MOA', ['NALTREXONE'], 3],
    ['medication and the word that none is used', 'BU MU MM NMOA', [], 0],
    ['none used, but accepted from elsewhere', 'NMOA MOA', [], 3],
    ['no treatment of opioid use disorder', 'NU NOOP', [], 0],
    ['nothing said', 'SA', [], 0],
  ])('offers and accepts: %s', (_case, codes, offered, accepted) => {
    const facts = factsOf(codes);
    expect(facts.medicationsOffered).toEqual(offered);
    expect(facts.medicationsAccepted).toHaveLength(accepted);
  });

  it('names the only substances, or all but those not treated', () => {
    expect(factsOf('SA').substances).toEqual([]);
    expect(factsOf('AUDO OUDO NAUT').substances).toEqual(['ALCOHOL', 'OPIOIDS']);
    expect(factsOf('NOOP').substances).not.toContain('OPIOIDS');
    expect(factsOf('NOOP').substances).toContain('ALCOHOL');
    expect(factsOf('NAUT').substances).not.toContain('ALCOHOL');
  });

  it.each([
    ['SA', null],
    ['VAMC', 'VETERANS'],
    ['DDF', 'MILITARY'],
    ['DUO VAMC', 'DUI_CLIENTS'],
  ])('serves only: %s', (codes, group) => {
    expect(factsOf(codes).servesOnly).toBe(group);
  });

  it('takes a Veterans Affairs center for a program for veterans', () => {
    expect(factsOf('VAMC VET').services).toEqual(['VETERANS']);
  });

  it('admits pregnant people to their programs and to opioid treatment programs, not where only men are', () => {
    expect(factsOf('PW FEM MALE').admitsPregnant).toBe(true);
    expect(factsOf('OTP').admitsPregnant).toBe(true);
    expect(factsOf('FEM').admitsPregnant).toBe(false);
    expect(factsOf('OTP MALE')).toMatchObject({ admitsPregnant: false, sexes: ['MALE'] });
    expect(factsOf('FEM').sexes).toEqual(['FEMALE']);
    expect(factsOf('').sexes).toEqual(['FEMALE', 'MALE', 'OTHER']);
  });

  it.each([
    ['adults and nothing against it', 'ADLT YAD', 'Recovery Center', 18, null],
    ['adults beside a program for adolescents', 'ADLT YAD AD', 'Recovery Center', null, null],
    ['seniors alone beside a program for adolescents', 'SNR SE AD', 'Recovery Center', null, null],
    ['children alone', 'CHLD', 'Recovery Center', null, null],
    ['adults in a house named after boys', 'ADLT YAD', 'Home for Boys', null, null],
    ['adolescents in name and program', 'ADLT CHLD YAD AD', 'Youth Recovery', null, 17],
    ['adolescents and young adults', 'CHLD AD TAY', 'Teen Recovery', null, 25],
    ['adolescents in name, with a program for women', 'CHLD AD WN', 'Youth Recovery', null, null],
  ])('reads ages: %s', (...[, codes, name, minAge, maxAge]) => {
    expect(factsOf(codes, name)).toMatchObject({ minAge, maxAge });
  });

  it('names what contradicts itself', () => {
    const contradictions = (codes: string) => contradictionsOf(codesOf(codes), factsOf(codes));
    expect(contradictions('CHLD SNR NU NMOA')).toEqual(['AGES', 'MEDICATIONS']);
    expect(contradictions('ADLT YAD NU MOA')).toEqual([]);
  });
});

import { PROTECTED, type FieldClass } from '../../access';
import { basisOf, fieldsIn, plainWords, yearsBefore } from './accounting';

const told = (type: string, classes: readonly FieldClass[]) => ({ [type]: { ids: [], fields: ['id'], classes } });

describe('a line of an accounting', () => {
  it('has plain words for every class that is protected, each once', () => {
    for (const fieldClass of PROTECTED) expect(plainWords(told('Referral', [fieldClass]))).toHaveLength(1);
    expect(plainWords({ ...told('Referral', ['CARE']), ...told('Offer', ['CARE']) })).toHaveLength(1);
    expect(fieldsIn({ ...told('Referral', ['CARE']), ...told('Offer', ['CARE']) })).toEqual([
      'Referral.id',
      'Offer.id',
    ]);
  });

  it('says on what it rested', () => {
    expect(basisOf(told('EmergencyRecord', ['NEED']), [])).toBe('MEDICAL_EMERGENCY');
    expect(basisOf(told('Referral', ['NEED']), ['IDENTITY_TO_COORDINATOR'])).toBe('CONSENT');
    expect(basisOf(told('Referral', ['NEED']), [])).toBe('NO_CONSENT_NEEDED');
  });

  it('goes back by the calendar', () => {
    expect(yearsBefore(new Date('2026-11-23T10:00:00Z'), 3)).toEqual(new Date('2023-11-23T10:00:00Z'));
    expect(yearsBefore(new Date('2028-02-29T10:00:00Z'), 3)).toEqual(new Date('2025-03-01T10:00:00Z'));
  });
});

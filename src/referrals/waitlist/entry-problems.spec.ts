import { methadoneProblem } from './entry-problems';

describe('what speaks against interim methadone', () => {
  const given = { service: 'INTERIM_METHADONE', result: 'GIVEN' } as const;
  const otp = { medicationsOffered: ['METHADONE'] as const };
  const about = (
    substances: readonly ('COCAINE' | 'OPIOIDS' | 'UNKNOWN')[],
    currentMedications: readonly 'METHADONE'[] = [],
  ) => methadoneProblem(given, { substances, currentMedications }, null)?.details['field'] ?? null;

  it('is that no opioid is used, and a program without it', () => {
    expect(about(['COCAINE'])).toBe('input.service');
    expect([about(['COCAINE', 'OPIOIDS']), about(['UNKNOWN']), about([]), about(['COCAINE'], ['METHADONE'])]).toEqual([
      ...[null, null, null, null],
    ]);
    const need = { substances: ['OPIOIDS'] } as const;
    const other = methadoneProblem(given, need, { medicationsOffered: ['BUPRENORPHINE'] });
    expect(other?.details).toMatchObject({ field: 'input.programId' });
    expect(methadoneProblem(given, need, { medicationsOffered: [...otp.medicationsOffered] })).toBeNull();
    expect(methadoneProblem({ ...given, result: 'DECLINED' }, { substances: ['COCAINE'] }, null)).toBeNull();
    expect(methadoneProblem({ ...given, service: 'HIV_TB_EDUCATION' }, { substances: ['COCAINE'] }, null)).toBeNull();
  });
});

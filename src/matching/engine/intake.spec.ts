import fc from 'fast-check';
import { anyNeed, buildNeed } from '../../../test/builders/matching.arbitraries';
import { keysOf, redFlags } from '../../kernel/vocabulary';
import { emergencyInstruction, missingFor } from './intake';

describe('missingFor', () => {
  it('asks where the person is, what they use and take, and no more', () => {
    expect(missingFor({})).toEqual(['LOCATION', 'SUBSTANCES', 'CURRENT_MEDICATIONS']);
    const half = { latitude: 39.3, longitude: null, substances: null, currentMedications: [] };
    expect(missingFor(half)).toEqual(['LOCATION', 'SUBSTANCES']);
  });

  it('takes a clinician’s level for the substances, and not known for an answer', () => {
    const place = { latitude: 39.3, longitude: -83, currentMedications: [] };
    expect(missingFor({ ...place, levelsOfCare: ['ASAM_3_5'] })).toEqual([]);
    expect(missingFor({ ...place, substances: ['UNKNOWN'] })).toEqual([]);
    expect(missingFor({ ...place, substances: ['ALCOHOL'] })).toEqual([]);
  });

  it.each(['OPIOIDS', 'UNKNOWN', 'ALCOHOL'] as const)('asks for medication taken today with %s', (substance) => {
    const facts = { latitude: 0, longitude: 0, substances: [substance] };
    expect(missingFor(facts)).toEqual(['CURRENT_MEDICATIONS']);
    expect(missingFor({ ...facts, currentMedications: ['METHADONE'] })).toEqual([]);
  });

  it('asks nothing of a need that says what is used', () => {
    fc.assert(fc.property(anyNeed, (need) => missingFor({ ...need, substances: ['OPIOIDS'] }).length === 0));
    expect(missingFor(buildNeed())).toEqual([]);
  });
});

describe('emergencyInstruction', () => {
  it('is silent without a red flag', () => {
    expect(emergencyInstruction([])).toBeNull();
  });

  it.each(keysOf(redFlags))('calls EMS for %s', (flag) => {
    expect(emergencyInstruction([flag])).toContain(`Call 911 (EMS) now: ${redFlags[flag]}.`);
  });

  it('names each flag once, and naloxone only where it may help', () => {
    const text = emergencyInstruction(['OVERDOSE_NOW', 'OVERDOSE_NOW', 'SEIZURE']);
    expect(text).toContain('Overdosing now; Seizure now or in the last hours. Give naloxone');
    expect(emergencyInstruction(['CANNOT_BE_WOKEN'])).toContain('naloxone');
    expect(emergencyInstruction(['CHEST_PAIN'])).not.toContain('naloxone');
  });
});

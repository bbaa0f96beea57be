import type { DangerRow, DangerSignal } from '../policy';

const anyOverdose: readonly DangerSignal[] = ['RECENT_OVERDOSE', 'REPEAT_OVERDOSE', 'MANY_DOSES', 'REFUSED_TRANSPORT'];

const row = (
  name: string,
  when: readonly DangerSignal[],
  bonus: number,
  offer: Partial<Omit<DangerRow, 'name' | 'when' | 'bonus'>>,
): DangerRow => ({
  ...{ name, when, bonus },
  ...{ takesAtOnce: false, services: [], medications: [], levels: [], isForOpioids: false, source: null },
  ...offer,
});

/**
 * What goes first for somebody who overdosed. They order programs that are about as good: all together weigh less than a short way
 * and a free place. Bonuses are starting points, not findings.
 */
export const defaultDangerRows: readonly DangerRow[] = [
  row('takes people at once', ['RECENT_OVERDOSE'], 0.08, {
    takesAtOnce: true,
    source:
      'Weiner et al., One-Year Mortality of Patients After Emergency Department Treatment for Nonfatal Opioid Overdose, Ann Emerg ' +
      'Med 2020;75(1):13-17: of those who died within a year 4.6 % did within 2 days, 20.5 % within a month',
  }),
  row('methadone or buprenorphine on site', anyOverdose, 0.08, {
    medications: ['METHADONE', 'BUPRENORPHINE'],
    isForOpioids: true,
    source:
      'Larochelle et al., Medication for Opioid Use Disorder After Nonfatal Opioid Overdose and Association With Mortality, Ann ' +
      'Intern Med 2018;169(3):137-145: fewer deaths among those who took either',
  }),
  row('naloxone and overdose education', anyOverdose, 0.04, { services: ['NALOXONE'] }),
  row('watched day and night', ['MANY_DOSES'], 0.03, { levels: ['ASAM_3_7', 'ASAM_4_0'] }),
  row('help with the way there', ['REFUSED_TRANSPORT'], 0.02, { services: ['TRANSPORTATION'] }),
  row('peer support', ['REPEAT_OVERDOSE'], 0.02, { services: ['PEER_SUPPORT'] }),
];

import type { LevelOfCare } from '../../../kernel/vocabulary';
import type { LevelRow, MedicationRow, ServiceRow } from '../policy';

/**
 * Levels that can manage withdrawal with medical staff at hand. Their titles in the ASAM Criteria, 4th edition, begin with
 * "medically managed"; that edition folds withdrawal management into them. States license by either edition.
 */
const withdrawalLevels: readonly LevelOfCare[] = ['ASAM_2_7', 'ASAM_3_7', 'ASAM_4_0'];

const withdrawalSource =
  'Bayard et al., Alcohol Withdrawal Syndrome, Am Fam Physician 2004;69(6):1443-50: onset 6 to 24 hours after the last ' +
  'drink, delirium 48 to 72 hours; ASAM Criteria, 4th edition, titles of the levels';

/** Order matters: a row that would leave no level at all is passed over, so the most dangerous signal stands first. */
export const defaultLevelRows: readonly LevelRow[] = [
  {
    when: 'ALCOHOL_OR_BENZODIAZEPINES_WITHIN_72_HOURS',
    levels: withdrawalLevels,
    reason:
      'Alcohol or benzodiazepines in the last 72 hours: withdrawal may be dangerous and needs medical management.',
    source: withdrawalSource,
  },
  {
    when: 'MEDICAL_COMPLAINT',
    levels: ['ASAM_1_7', 'ASAM_2_7', 'ASAM_3_7', 'ASAM_4_0'],
    reason: 'A bodily complaint needs a medically managed level.',
    source: 'ASAM Criteria, 4th edition, titles of the levels',
  },
  {
    when: 'PSYCHIATRIC_CONCERN',
    levels: ['ASAM_1_7', 'ASAM_2_1', 'ASAM_2_5', 'ASAM_2_7', 'ASAM_3_1', 'ASAM_3_5', 'ASAM_3_7', 'ASAM_4_0'],
    reason: 'Psychosis or thoughts of suicide need more than outpatient therapy.',
    source: null,
  },
  {
    when: 'ALWAYS',
    levels: [
      'ASAM_1_5',
      'ASAM_1_7',
      'ASAM_2_1',
      'ASAM_2_5',
      'ASAM_2_7',
      'ASAM_3_1',
      'ASAM_3_5',
      'ASAM_3_7',
      'ASAM_4_0',
    ],
    reason: 'A person who asks for treatment starts at any level above remission monitoring.',
    source: null,
  },
];

/**
 * A service is required only where the level implies it. Withdrawal from opioids is no row here: a program that starts
 * medication serves the person without offering detoxification, so that is left to the fit.
 */
export const defaultServiceRows: readonly ServiceRow[] = [
  {
    when: 'ALCOHOL_WITHIN_72_HOURS',
    atLevels: withdrawalLevels,
    anyOf: ['WITHDRAWAL_MANAGEMENT_ALCOHOL'],
    reason: 'Alcohol in the last 72 hours: the program must manage withdrawal from alcohol.',
    source: withdrawalSource,
  },
  {
    when: 'BENZODIAZEPINES_WITHIN_72_HOURS',
    atLevels: withdrawalLevels,
    anyOf: ['WITHDRAWAL_MANAGEMENT_BENZODIAZEPINES'],
    reason: 'Benzodiazepines in the last 72 hours: the program must manage withdrawal from benzodiazepines.',
    source: null,
  },
  {
    when: 'PSYCHIATRIC_CONCERN',
    atLevels: [
      'ASAM_1_5',
      'ASAM_1_7',
      'ASAM_2_1',
      'ASAM_2_5',
      'ASAM_2_7',
      'ASAM_3_1',
      'ASAM_3_5',
      'ASAM_3_7',
      'ASAM_4_0',
    ],
    anyOf: ['CO_OCCURRING_MENTAL_HEALTH'],
    reason: 'Psychosis or thoughts of suicide: the program must treat co-occurring mental illness.',
    source: null,
  },
];

export const defaultMedicationRows: readonly MedicationRow[] = [
  {
    when: 'PREGNANT_AND_USES_OPIOIDS',
    anyOf: ['METHADONE', 'BUPRENORPHINE'],
    reason: 'In pregnancy with opioid use, methadone or buprenorphine is recommended over withdrawal.',
    source: 'ACOG Committee Opinion 711 (2017), Opioid Use and Opioid Use Disorder in Pregnancy',
  },
];

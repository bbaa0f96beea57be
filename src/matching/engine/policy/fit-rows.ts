import type { LevelOfCare, Medication, Service } from '../../../kernel/vocabulary';
import type { FitRow } from '../policy';
import type { Signal } from '../signals';

interface Offer {
  readonly services?: readonly Service[];
  readonly medications?: readonly Medication[];
  readonly levels?: readonly LevelOfCare[];
}

const row = (name: string, when: Signal, weight: number, offer: Offer): FitRow => ({
  name,
  when,
  weight,
  services: [],
  medications: [],
  levels: [],
  ...offer,
});

/** What makes one eligible program better than another for this person. Weights are starting points, not findings. */
export const defaultFitRows: readonly FitRow[] = [
  row('program for pregnant and postpartum women', 'PREGNANT', 3, { services: ['PREGNANT_POSTPARTUM'] }),
  row('methadone or buprenorphine on site', 'USES_OPIOIDS', 3, { medications: ['METHADONE', 'BUPRENORPHINE'] }),
  row('manages opioid withdrawal', 'OPIOIDS_WITHIN_72_HOURS', 1, { services: ['WITHDRAWAL_MANAGEMENT_OPIOIDS'] }),
  row('can manage withdrawal should it come', 'ALCOHOL_OR_BENZODIAZEPINES_LAST_USE_UNKNOWN', 3, {
    levels: ['ASAM_2_7', 'ASAM_3_7', 'ASAM_4_0'],
  }),
  row('watched day and night in withdrawal', 'ALCOHOL_OR_BENZODIAZEPINES_WITHIN_72_HOURS', 2, {
    levels: ['ASAM_3_7', 'ASAM_4_0'],
  }),
  row('care for children who come along', 'CHILDREN_COME_ALONG', 2, { services: ['CHILD_CARE', 'BEDS_FOR_CHILDREN'] }),
  row('program for adolescents', 'ADOLESCENT', 3, { services: ['ADOLESCENTS'] }),
  row('program for young adults', 'YOUNG_ADULT', 1, { services: ['YOUNG_ADULTS'] }),
  row('program for seniors', 'SENIOR', 1, { services: ['SENIORS'] }),
  row('program for veterans', 'VETERAN', 2, { services: ['VETERANS'] }),
  row('program for people with trauma', 'PSYCHIATRIC_CONCERN', 1, { services: ['TRAUMA'] }),
  row('peer support', 'SURVIVED_OVERDOSE', 1, { services: ['PEER_SUPPORT'] }),
  row('program for people referred by justice', 'REFERRED_BY_OFFICER', 1, { services: ['JUSTICE_INVOLVED'] }),
];

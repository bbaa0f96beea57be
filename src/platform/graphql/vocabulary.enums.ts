import {
  agencyKinds,
  levelsOfCare,
  medications,
  pathways,
  payers,
  redFlags,
  services,
  races,
  sexes,
  substances,
} from '../../kernel/vocabulary';
import { enumOf } from './enum-of';

/** The field’s closed lists as GraphQL enums. */
export const AgencyKindEnum = enumOf('AgencyKind', agencyKinds, 'What an agency is.');
export const LevelOfCareEnum = enumOf('LevelOfCare', levelsOfCare, 'Level of care, ASAM Criteria, 4th edition.');
export const MedicationEnum = enumOf('Medication', medications, 'Medication for opioid use disorder.');
export const PathwayEnum = enumOf(
  'Pathway',
  pathways,
  'How the person came to be referred: the deflection pathways, hospital and school.',
);
export const PayerEnum = enumOf('Payer', payers, 'How treatment is paid for.');
export const RedFlagEnum = enumOf('RedFlag', redFlags, 'A sign that needs an ambulance, not a referral.');
export const ServiceEnum = enumOf('Service', services, 'A service or special program that matching looks at.');
export const SexEnum = enumOf('Sex', sexes, 'Sex.');
export const RaceEnum = enumOf('Race', races, 'Race and ethnicity in one question. Kept for counts only.');
export const SubstanceEnum = enumOf('Substance', substances, 'A substance or class of substances.');

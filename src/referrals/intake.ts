import { counties } from '../agencies';
import type { RedFlag } from '../kernel/vocabulary';
import { missingFor, type PartialNeed } from '../matching';
import type { Missing } from './progress';

/** What has to be asked before routing. A red flag stops routing until EMS or a hospital has cleared the person. */
export const missingAtIntake = (need: PartialNeed, redFlags: readonly RedFlag[]): Missing[] => [
  ...(redFlags.length > 0 ? (['MEDICAL_CLEARANCE'] as const) : []),
  ...missingFor(need),
];

/** The county where the person is, as far as that is known. */
export const countyOf = ({ latitude, longitude }: PartialNeed): string | null =>
  typeof latitude === 'number' && typeof longitude === 'number' ? counties().countyAt(latitude, longitude) : null;

/** Facts that answer a question. */
const answers: Readonly<Record<Missing, (need: PartialNeed) => boolean>> = {
  LOCATION: ({ latitude }) => typeof latitude === 'number',
  SUBSTANCES: ({ substances }) => (substances ?? []).length > 0,
  CURRENT_MEDICATIONS: ({ currentMedications }) => Array.isArray(currentMedications),
  MEDICAL_CLEARANCE: () => false,
  LAST_USE: ({ lastUse }) => typeof lastUse === 'string',
  PREGNANCY: ({ pregnant }) => typeof pregnant === 'boolean',
  PAYER: ({ payer }) => typeof payer === 'string',
  AGE: ({ age }) => typeof age === 'number',
};

/** What came in for what was asked. */
export interface Answered {
  readonly given: PartialNeed;
  /** Asked, and not known: an answer to a program’s question, never to what intake cannot do without. */
  readonly notKnown: readonly Missing[];
  readonly isMedicallyCleared: boolean;
}

/** What is still missing after answers came in. */
export const stillMissing = (asked: readonly Missing[], { given, notKnown, isMedicallyCleared }: Answered): Missing[] =>
  asked.filter((fact) =>
    fact === 'MEDICAL_CLEARANCE' ? !isMedicallyCleared : !notKnown.includes(fact) && !answers[fact](given),
  );

/** New facts over old ones; what is left out stays as it was. */
export const mergedNeed = (old: PartialNeed, given: PartialNeed): PartialNeed => ({
  ...old,
  ...Object.fromEntries(givenFacts(given).map((fact) => [fact, given[fact]])),
});

/** Which facts came in; never what they say. */
export const givenFacts = (given: PartialNeed): (keyof PartialNeed)[] =>
  (Object.keys(given) as (keyof PartialNeed)[]).filter((fact) => (given[fact] ?? null) !== null);

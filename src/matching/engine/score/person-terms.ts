import type { Candidate } from '../candidate';
import type { MatchContext } from '../context';
import { plain } from '../facts';
import type { Need } from '../need';
import type { FitRow } from '../policy';
import type { Term } from './term';

const suits = (row: FitRow, candidate: Candidate): boolean =>
  row.services.some((service) => candidate.services.includes(service)) ||
  row.medications.some((medication) => candidate.medicationsOffered.includes(medication)) ||
  row.levels.includes(candidate.levelOfCare);

/** Share of the wished medication's weight a program earns: all of it when offered there, part when accepted. */
const wantedShare = (need: Need, candidate: Candidate, { policy }: MatchContext): number => {
  if (need.wantedMedication === null) return 0;
  if (candidate.medicationsOffered.includes(need.wantedMedication)) return 1;
  return candidate.medicationsAccepted.includes(need.wantedMedication) ? policy.score.acceptedMedicationFit : 0;
};

const fitOf = (need: Need, candidate: Candidate, context: MatchContext): number => {
  let wanted = need.wantedMedication === null ? 0 : context.policy.score.wantedMedicationWeight;
  let had = wanted * wantedShare(need, candidate, context);
  for (const row of context.fitRows) {
    wanted += row.weight;
    if (suits(row, candidate)) had += row.weight;
  }
  return wanted === 0 ? 1 : had / wanted;
};

const wantedWords = (need: Need, share: number): string[] => {
  if (need.wantedMedication === null) return [];
  const offer = share === 1 ? 'offered' : share > 0 ? 'accepted from elsewhere' : 'not offered';
  return [`wished ${plain(need.wantedMedication)}: ${offer}`];
};

export const fit: Term = {
  name: 'FIT',
  description:
    'Weighted share of what would help this person that the program has: the wished medication and special programs.',
  valueOf: fitOf,
  because: (need, candidate, context) => {
    const words = [
      ...wantedWords(need, wantedShare(need, candidate, context)),
      ...context.fitRows.map((row) => `${row.name}: ${suits(row, candidate) ? 'yes' : 'no'}`),
    ];
    return words.length === 0 ? 'Nothing special is asked for.' : `${words.join('; ')}.`;
  },
};

export const preference: Term = {
  name: 'PREFERENCE',
  description:
    'Where the program stands among those the person asks for: 1 for the first, 0 when not named; 1 when none is.',
  valueOf: ({ preferredProgramIds }, { programId }) => {
    const wishes = preferredProgramIds.length;
    if (wishes === 0) return 1;
    const place = preferredProgramIds.indexOf(programId);
    return place === -1 ? 0 : (wishes - place) / wishes;
  },
  because: ({ preferredProgramIds }, { programId }) => {
    if (preferredProgramIds.length === 0) return 'The person named no program.';
    const place = preferredProgramIds.indexOf(programId);
    return place === -1
      ? 'Not among the programs the person named.'
      : `The person’s choice number ${String(place + 1)}.`;
  },
};

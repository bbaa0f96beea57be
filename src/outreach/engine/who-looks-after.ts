import type { OutreachCaseState } from './vocabulary';

/** Programs by where it happened and where the person lives; null: none looks after that county, or it is not known. */
export interface Programs {
  readonly here: string | null;
  readonly home: string | null;
}

/** Who has a case, and whom it is handed to. */
export interface Holding {
  readonly programId: string | null;
  readonly toProgramId: string | null;
}

export interface Held extends Holding {
  readonly state: OutreachCaseState;
  /** A team has taken it, or people decided whose it is: reports move it no more. */
  readonly isSettled: boolean;
}

/** Of a case that begins: the team of the place has it, and hands it to the team of the home. */
export const firstHolding = ({ here, home }: Programs): Holding => {
  if (here !== null && home !== null && here !== home) return { programId: here, toProgramId: home };
  return { programId: here ?? home, toProgramId: null };
};

const isMoved = (state: OutreachCaseState): boolean => ['OPEN', 'TRIED', 'HANDED_OVER', 'UNASSIGNED'].includes(state);

/** Of a case on file, when places were told, corrected or taken over by a program. */
export const nextHolding = ({ state, isSettled, programId, toProgramId }: Held, programs: Programs): Holding => {
  if (!isMoved(state) || (isSettled && state !== 'UNASSIGNED')) return { programId, toProgramId };
  const wanted = firstHolding(programs);
  // A program that works no more, or gave the county away, keeps what it has.
  return wanted.programId === null ? { programId, toProgramId } : wanted;
};

/** The steps that bring a case from where it is to whoever is to have it. */
export const stepsTo = (held: Held, holding: Holding): ('takeBack' | 'handOver' | 'assign')[] => {
  if (held.programId === holding.programId && held.toProgramId === holding.toProgramId) return [];
  const back = held.state === 'HANDED_OVER' ? (['takeBack'] as const) : [];
  if (holding.toProgramId !== null) return [...back, 'handOver'];
  return held.programId === holding.programId ? [...back] : [...back, 'assign'];
};

import { readRules } from '../platform/config';
import { labFindings, type LabFinding } from '../surrenders';
import type { BatchContent } from './alert-reasons';

/** What a finding is called in a warning. The others raise none, whatever the rules say. */
const contentOf: Readonly<Partial<Record<LabFinding, BatchContent>>> = {
  HEROIN: 'HEROIN',
  FENTANYL: 'FENTANYL',
  CARFENTANIL: 'CARFENTANIL',
  FENTANYL_ANALOG: 'FENTANYL_ANALOGUE',
  NITAZENE: 'NITAZENE',
  XYLAZINE: 'XYLAZINE',
  MEDETOMIDINE: 'MEDETOMIDINE',
  COCAINE: 'COCAINE',
  METHAMPHETAMINE: 'METHAMPHETAMINE',
  BENZODIAZEPINE: 'BENZODIAZEPINE',
};
const MOST_WEEKS = 12;

/** Which findings raise a warning and for how long, from `rules/laboratory-warnings.json`. */
export class LaboratoryRules {
  readonly told: Readonly<Partial<Record<LabFinding, BatchContent>>>;
  readonly weeks: number;

  /** Throws for what is missing or out of its range. */
  constructor({ raising, weeks }: Readonly<Record<string, unknown>>) {
    const names = Array.isArray(raising) ? (raising as unknown[]) : [];
    const unknown = names.filter((name) => !Object.hasOwn(contentOf, String(name)));
    const isWeeks = Number.isInteger(weeks) && (weeks as number) >= 1 && (weeks as number) <= MOST_WEEKS;
    if (names.length === 0 || unknown.length > 0 || !isWeeks) {
      const known = Object.keys(labFindings).filter((name) => Object.hasOwn(contentOf, name));
      throw new Error(
        `rules/laboratory-warnings.json: raising must name some of ${known.join(', ')}, and weeks be 1 to ${MOST_WEEKS}`,
      );
    }
    this.told = Object.fromEntries((names as LabFinding[]).map((name) => [name, contentOf[name]]));
    this.weeks = weeks as number;
  }
}

export const laboratoryRules = (): LaboratoryRules =>
  new LaboratoryRules(readRules('laboratory-warnings.json') as Readonly<Record<string, unknown>>);

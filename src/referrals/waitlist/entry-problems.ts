import { invalid, Refusal } from '../../kernel/refusal';
import type { InterimResult, InterimServiceKind } from './engine/interim';
import type { ProgramRow } from '../../capacity';
import type { PartialNeed } from '../../matching';
import { removalGap, type Contact, type RemovalReason, type RemovalRules } from './engine/removal';

interface Given {
  readonly service: InterimServiceKind;
  readonly result: InterimResult;
  readonly givenAt: Date;
}

/** What cannot be about an interim service; null: nothing. */
export const serviceProblem = (
  { service, result, givenAt }: Given,
  requestedAt: Date,
  asOf: Date,
): Refusal<'INVALID_INPUT'> | null => {
  if (result === 'NOT_NEEDED' && service !== 'HIV_TB_TREATMENT_REFERRAL') {
    const remedy = 'Send GIVEN, or DECLINED when the person did not want it.';
    return invalid('input.result', 'Only a referral for HIV or tuberculosis can be unnecessary.', remedy);
  }
  if (givenAt > asOf || givenAt < requestedAt) {
    const remedy = `Send a time from ${requestedAt.toISOString()} on, up to now.`;
    return invalid('input.givenAt', 'Interim services are given between the request and now.', remedy);
  }
  return null;
};

/** A bridge of three days that would be one of six (21 CFR 1306.07(b): “may not be renewed or extended”). */
export const renewalProblem = (until: Date): Refusal<'INVALID_INPUT'> =>
  invalid(
    'input.service',
    'Medication under 21 CFR 1306.07(b) is for three days, which are not renewed or extended; the person had them lately.',
    `Have an opioid treatment program or a prescriber go on, or give INTERIM_METHADONE. A new emergency may be bridged from ${until.toISOString()} on.`,
  );

/** Interim methadone for so long as it may be given (42 CFR 8.11(h)). */
export const usedUpProblem = (until: Date): Refusal<'INVALID_INPUT'> =>
  invalid(
    'input.service',
    'The person has had interim methadone for as long as it may be given within a year.',
    `Find comprehensive treatment, for example with transferWaitlistEntry; interim methadone may be given again from ${until.toISOString()} on.`,
  );

type Known = Pick<PartialNeed, 'substances' | 'currentMedications'>;

/** False only where what is known says so: other substances alone, and no medication for opioid use disorder. */
const mayUseOpioids = ({ substances, currentMedications }: Known): boolean => {
  const used = substances ?? [];
  const isTreated = currentMedications?.some((one) => one === 'METHADONE' || one === 'BUPRENORPHINE') ?? false;
  return isTreated || used.length === 0 || used.includes('OPIOIDS') || used.includes('UNKNOWN');
};

/** Methadone is for opioids, and comes from a program that has it; null: nothing speaks against it. */
export const methadoneProblem = (
  { service, result }: Omit<Given, 'givenAt'>,
  need: Known,
  program: Pick<ProgramRow, 'medicationsOffered'> | null,
): Refusal<'INVALID_INPUT'> | null => {
  if (service !== 'INTERIM_METHADONE' || result !== 'GIVEN') return null;
  if (program && !program.medicationsOffered.includes('METHADONE')) {
    const remedy = 'Send the opioid treatment program that gives it, or leave programId out.';
    return invalid('input.programId', 'This program does not offer methadone.', remedy);
  }
  if (mayUseOpioids(need)) return null;
  const remedy = 'Where the person uses opioids as well, send them with `provideReferralInfo` first.';
  return invalid('input.service', 'Methadone treats the use of opioids, and the need names none.', remedy);
};

/** Nobody waits here any more, or nobody ever did. */
export const notWaiting = (): Refusal<'ILLEGAL_TRANSITION'> =>
  new Refusal('ILLEGAL_TRANSITION', 'This person does not wait for a place.', {
    remedy: 'Read `waitlistEntry` of the referral: `endReason` says how waiting ended.',
  });

/** Who records attempts to reach somebody, seen from who would take them off the list. */
const recorders = {
  CALLER: 'record them with recordWaitlistContact',
  TEAM: 'ask a coordinator of the team that coordinates the referral, who records them with recordWaitlistContact',
  OWN_TEAM: 'ask a coordinator of your own team, who records them with recordWaitlistContact',
  NOBODY:
    'no team coordinates the referral, so ask the operator to name one (coordinatingAgencyId of your agency), which records them with recordWaitlistContact',
} as const;
export type Recorder = keyof typeof recorders;

interface Wanted {
  readonly reason: RemovalReason;
  /** The reason in the caller’s words. */
  readonly said: string;
  readonly recorder: Recorder;
}

/** What a reason for taking somebody off the list still needs; null: nothing. */
export const removalProblem = (
  { reason, said, recorder }: Wanted,
  contacts: readonly Contact[],
  rules: RemovalRules,
): Refusal<'INVALID_INPUT'> | null => {
  const gap = removalGap(reason, contacts, rules);
  if (gap === null) return null;
  const needs = [
    ...(gap.failedAttempts > 0 ? [`${gap.failedAttempts} more failed attempts to reach the person`] : []),
    ...(gap.overHours > 0 ? [`attempts spread over ${gap.overHours} hours`] : []),
    ...(gap.latest === null ? [] : [`a latest contact recorded as ${gap.latest}`]),
  ];
  const remedy = `It needs ${needs.join(', and ')}: ${recorders[recorder]}.`;
  return invalid('input.reason', `${said} is not enough yet to take somebody off the list.`, remedy);
};

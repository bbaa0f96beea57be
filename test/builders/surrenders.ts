import { createHash, randomBytes } from 'node:crypto';
import type { Ask } from '../setup/app';

const inputName = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;

/** What a command answers: the record’s id, or the code of a refusal or an error. */
export interface Told {
  readonly id: string;
  readonly code: string | null;
  readonly field?: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

/** A command of one input, over HTTP. */
export const tell = async (
  ask: Ask,
  name: string,
  input: object,
  { type = inputName(name), key = null as string | null } = {},
): Promise<Told> => {
  const { data, errors } = await ask<Record<string, Partial<Told> | null>>(
    `mutation($input: ${type}!, $key: String) { ${name}(input: $input, idempotencyKey: $key) {
      ... on Refused { code field details } ... on ${resultOf(name)} { id } } }`,
    { input, key },
  );
  const [error] = errors;
  if (error) return { id: '', code: String(error.extensions['code']), details: error.extensions };
  return { id: '', code: null, details: {}, ...data?.[name] };
};

const RESULTS: Readonly<Record<string, string>> = {
  submitReferral: 'Referral',
  answerCustodyAlert: 'CustodyAlert',
  ...Object.fromEntries(['reportChild', 'receiveChildReport', 'closeChildReport'].map((name) => [name, 'ChildReport'])),
  ...Object.fromEntries(['proposeCaregiver', 'recordCaregiverCheck'].map((name) => [name, 'CaregiverCandidate'])),
  sendHandleWithCare: 'HandleWithCareReceipt',
  setSchoolCalendar: 'Agency',
  ...Object.fromEntries(
    ['reportExposure', 'addToExposure', 'reviewExposure', 'closeExposure'].map((name) => [name, 'Exposure']),
  ),
  ...Object.fromEntries(
    ['receiveNaloxone', 'useNaloxone', 'discardNaloxone', 'countNaloxone', 'setNaloxoneLevel'].map((name) => [
      name,
      'NaloxoneStock',
    ]),
  ),
  ...Object.fromEntries(
    ['requestRestock', 'sendRestock', 'receiveRestock', 'declineRestock', 'cancelRestock'].map((name) => [
      name,
      'RestockRequest',
    ]),
  ),
};
const resultOf = (name: string): string => RESULTS[name] ?? 'Surrender';

export const PROMISE = 'no-arrest/DEFAULT/1/en';

export const randomSlip = (): string => randomBytes(32).toString('hex');

/** What the officer’s device computes: the secret goes on the person’s slip and nowhere else. */
export const slipOf = (secret: string, referralId: string): string =>
  createHash('sha256')
    .update(secret + referralId)
    .digest('hex');

let bags = 0;

/** A bag as it is sealed in the lobby. */
export const buildBag = (changes: object = {}) => {
  const number = (bags += 1);
  return {
    promiseVersion: PROMISE,
    isPromiseShown: true,
    propertyNumber: `P-${number}`,
    sealNumber: `S-${number}`,
    description: 'One bag, white powder',
    sealedGrossWeightGrams: 12.345,
    place: 'Lobby',
    slip: randomSlip(),
    ...changes,
  };
};

/** To the laboratory and its result, as an officer and the keeper bring it there. */
export const examine = async (
  { officer, keeper }: { readonly officer: Ask; readonly keeper: Ask },
  { surrenderId, sealNumber }: { readonly surrenderId: string; readonly sealNumber: string },
  findings: readonly string[],
): Promise<(string | null)[]> => {
  const found = { surrenderId, sealNumber, sealedGrossWeightGrams: 12.345, place: 'Counter' };
  const taken = { ...found, laboratory: 'State laboratory', receivedByName: 'Chemist' };
  const steps = [
    await tell(officer, 'releaseCustody', { surrenderId, place: 'Lobby' }),
    await tell(keeper, 'receiveAtLaboratory', taken),
    await tell(keeper, 'recordLaboratoryResult', { surrenderId, findings }),
  ];
  return steps.map(({ code }) => code);
};

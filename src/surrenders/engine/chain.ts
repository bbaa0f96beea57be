import type { Hand } from './hands';
import { dateOf } from './shift';
import type { AlertKind, CustodyCommand, CustodyState } from './vocabulary';

/** A step of the chain as the next one looks back at it. */
export interface Link extends Hand {
  readonly command: CustodyCommand | 'open';
  readonly place: string;
  readonly reference: string | null;
  readonly at: Date;
}

/** A step that is being taken. */
export type Taking = Pick<Link, 'accountId' | 'place' | 'reference' | 'at'> & {
  readonly command: CustodyCommand;
  readonly from: CustodyState;
  /** IANA name of the place’s time zone. */
  readonly zone: string;
};

/** Steps after which somebody of the agency has the bag in their hands. */
const TAKES: readonly Link['command'][] = ['open', 'receive', 'proposeDestruction'];
/** Steps that only somebody takes who has it there. */
const GIVES: readonly CustodyCommand[] = ['release', 'proposeDestruction'];

const isGap = ({ command, accountId }: Taking, chain: readonly Link[]): boolean =>
  GIVES.includes(command) && chain.find((link) => TAKES.includes(link.command))?.accountId !== accountId;

const oneSpelling = (text: string | null): string =>
  (text ?? '')
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const isOtherDestruction = ({ command, from, zone, ...taking }: Taking, [first]: readonly Link[]): boolean =>
  command === 'witnessDestruction' &&
  from === 'WITNESSED_ONCE' &&
  first !== undefined &&
  !(
    oneSpelling(first.reference) === oneSpelling(taking.reference) &&
    oneSpelling(first.place) === oneSpelling(taking.place) &&
    dateOf(first.at, zone) === dateOf(taking.at, zone)
  );

/**
 * What the chain says against a step: that whoever gives it away never had it, or that two witnesses of a destruction do not name the
 * same how, where and day. `chain`: the last step first.
 */
export const brokenBy = (taking: Taking, chain: readonly Link[]): AlertKind[] => [
  ...(isGap(taking, chain) ? (['CUSTODY_GAP'] as const) : []),
  ...(isOtherDestruction(taking, chain) ? (['WITNESSES_DIFFER'] as const) : []),
];

/** Steps on the way to an end that nobody takes back. */
const ENDING: readonly CustodyCommand[] = ['proposeDestruction', 'witnessDestruction'];

/** Whether a step waits until all that was raised is answered for good. */
export const waitsForAnswers = (command: CustodyCommand): boolean => ENDING.includes(command);

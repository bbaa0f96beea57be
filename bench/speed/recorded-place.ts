import { MatchRunsStore } from '../../src/matching/match-runs.store';
import { MatchingService, type RunRequest } from '../../src/matching/matching.service';
import { CandidateStore } from '../../src/matching/candidate.store';
import type { Need } from '../../src/matching/engine/need';
import type { SystemTx } from '../../src/platform/database/tx';
import type { Sent, Transaction } from './recording';
import { scriptOf, type Script } from './replay';

/** One referral that is placed at once: its statements, and where among them the programs are judged. */
export interface Placement {
  readonly script: Script;
  readonly need: Need;
  /** Which statement reads the candidates, and which keeps the run. */
  readonly read: number;
  readonly keep: number;
  /** The pool that took the person when this was taken down. */
  readonly poolId: string;
}

/** Where the verdicts stand among the values of the statement that keeps a run. */
const VERDICTS = 6;
const NOBODY = '00000000-0000-0000-0000-000000000000';

const readsCandidates = ({ text }: { readonly text: string }): boolean => text.includes('"isLastinglyDeclined"');
const keepsRun = ({ text }: { readonly text: string }): boolean => text.startsWith('insert into match_run');

/** The ids of the directory that a read brought: they are the same whoever is referred. */
const directoryIds = ({ rows }: Sent): string[] =>
  rows.flatMap((row) => [row['poolId'], row['programId'], row['agencyId']].filter((id) => typeof id === 'string'));

/**
 * Handrail’s own run on rows that were read: the engine, the order, and the run packed for keeping. Answers the verdicts as they
 * are written and the pool that leads.
 */
const runOn = async (need: Need, rows: readonly unknown[]): Promise<{ verdicts: unknown; poolId: string }> => {
  let verdicts: unknown = null;
  const tx = {
    query: () => Promise.resolve(rows),
    post: (_: unknown, values: readonly unknown[]) => void (verdicts = values[VERDICTS]),
    audit: () => undefined,
  } as unknown as SystemTx;
  const stores = [new CandidateStore(), new MatchRunsStore()] as const;
  const [unmetNeeds, history] = [undefined as never, undefined as never];
  const request: RunRequest = {
    ...{ referralId: NOBODY, agencyId: NOBODY, personId: NOBODY, need, excludedProgramIds: [] },
  };
  const { candidates } = await new MatchingService(...stores, unmetNeeds, history).run(tx, request);
  return { verdicts, poolId: candidates[0]?.poolId ?? '' };
};

/** The matching that a server which plays a placement does itself, between the two statements. */
export const judging = ({ need, read, keep, poolId }: Placement) => ({
  before: keep,
  work: async (values: unknown[], answers: readonly { readonly rows: readonly unknown[] }[]): Promise<void> => {
    const run = await runOn(need, answers[read]?.rows ?? []);
    if (run.poolId !== poolId) throw new Error('another program leads than when the placement was taken down');
    values[VERDICTS] = run.verdicts;
  },
});

/** A recorded submission as a script. Nothing in it is bound to a record that was there before: every id is made anew. */
export const placementOf = async (
  need: Need,
  transactions: readonly Transaction[],
  constants: readonly string[],
): Promise<Placement> => {
  const candidates = transactions.flat().find(readsCandidates);
  if (!candidates) throw new Error('a submission was not matched');
  const script = scriptOf(transactions, '', [...constants, ...directoryIds(candidates)]);
  const [read, keep] = [script.steps.findIndex(readsCandidates), script.steps.findIndex(keepsRun)];
  return { script, need, read, keep, poolId: (await runOn(need, candidates.rows)).poolId };
};

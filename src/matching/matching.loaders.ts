import { Injectable } from '@nestjs/common';
import { defineLoader, inOrderOf } from '../platform/graphql';
import { MatchRunsStore, type MatchRunRow } from './match-runs.store';
import { programVerdictsOf, withoutAnswers, type RunVerdict } from './run-verdicts';
import { shownVerdict, type ShownVerdict } from './shown-verdict';
import { unpackVerdicts } from './stored-verdicts';
import { UnmetNeedsStore, type UnmetNeedRow } from './unmet-needs.store';

@Injectable()
export class MatchingLoaders {
  /** The runs of a referral, newest first. */
  readonly matchRunsByReferral = defineLoader<string, readonly MatchRunRow[]>(async (reader, ids) => {
    const groups = new Map(ids.map((id) => [id, [] as MatchRunRow[]]));
    for (const run of await this.runs.ofReferrals(reader, ids)) groups.get(run.referralId)?.push(run);
    return ids.map((id) => groups.get(id) ?? []);
  });

  /** The newest unmet need of a referral, open or resolved. */
  readonly unmetNeedByReferral = defineLoader<string, UnmetNeedRow>(async (reader, ids) =>
    inOrderOf(ids, await this.unmetNeeds.latestOf(reader, ids), ({ referralId }) => referralId),
  );

  readonly unmetNeed = defineLoader<string, UnmetNeedRow>(async (reader, ids) =>
    inOrderOf(ids, await this.unmetNeeds.byIds(reader, ids), ({ id }) => id),
  );

  /** One verdict for each program of a run, eligible ones first, then those that came closest. */
  readonly verdictsByRun = this.verdictsAs((verdicts) => verdicts);

  /** The same for whoever may not know what programs answered. */
  readonly verdictsWithoutAnswersByRun = this.verdictsAs(withoutAnswers);

  constructor(
    private readonly runs: MatchRunsStore,
    private readonly unmetNeeds: UnmetNeedsStore,
  ) {}

  private verdictsAs(told: (verdicts: RunVerdict[]) => RunVerdict[]) {
    return defineLoader<string, readonly ShownVerdict[]>(async (reader, ids) => {
      const rows = await this.runs.verdicts(reader, ids);
      const unpacked = rows.map(({ id, verdicts }) => ({
        id,
        verdicts: told(programVerdictsOf(unpackVerdicts(verdicts))).map(shownVerdict),
      }));
      return inOrderOf(ids, unpacked, ({ id }) => id).map((run) => run?.verdicts ?? null);
    });
  }
}

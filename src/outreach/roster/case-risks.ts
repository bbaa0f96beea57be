import { Injectable } from '@nestjs/common';
import { mayRead, type Facts } from '../../access';
import { OverdosesService, type PersonRisk } from '../../overdoses';
import type { Reader } from '../../platform/database/reader';
import { mostEndangeredFirst } from '../engine/most-endangered';
import { OutreachCasesStore, type PastOnRoster } from './outreach-cases.store';

type RiskFacts = Pick<PersonRisk, 'points' | 'raised'>;
type Ranked = Facts & { readonly id: string };

const NONE: RiskFacts = { points: 0, raised: [] };

/** How much the overdoses of a person say about the danger they are in: from what the team sees of them, so that it can be told why. */
@Injectable()
export class CaseRisks {
  constructor(
    private readonly store: OutreachCasesStore,
    private readonly overdoses: OverdosesService,
  ) {}

  /** As it was known at a moment; null: now. */
  async of(
    reader: Reader,
    caseIds: readonly string[],
    asOf: Date | null = null,
  ): Promise<ReadonlyMap<string, RiskFacts>> {
    const past = caseIds.length === 0 ? [] : await this.store.past(reader, caseIds, asOf);
    const byCase = new Map<string, PastOnRoster[]>();
    for (const one of past) byCase.set(one.caseId, [...(byCase.get(one.caseId) ?? []), one]);
    return new Map(
      caseIds.map((id) => {
        const own = byCase.get(id) ?? [];
        return [id, own[0] ? this.overdoses.riskFrom(own, own[0].asOf) : NONE];
      }),
    );
  }

  /** For an order: 0 where the actor may not be told of the danger, or their place would tell. */
  async pointsOf(reader: Reader, rows: readonly Ranked[], asOf: Date | null = null): Promise<(id: string) => number> {
    const told = rows.filter((row) => mayRead(reader.actor, 'OutreachCase', 'riskPoints', row));
    const risks = await this.of(
      reader,
      told.map(({ id }) => id),
      asOf,
    );
    return (id) => risks.get(id)?.points ?? 0;
  }

  /** Those in most danger first; of equals in the order given. */
  async ordered<Row extends Ranked>(reader: Reader, rows: readonly Row[]): Promise<Row[]> {
    return mostEndangeredFirst(rows, await this.pointsOf(reader, rows));
  }
}

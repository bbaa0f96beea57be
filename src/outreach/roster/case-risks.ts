import { Injectable } from '@nestjs/common';
import { OverdosesService, type PersonRisk } from '../../overdoses';
import type { Reader } from '../../platform/database/reader';
import { mostEndangeredFirst } from '../engine/most-endangered';
import { OutreachCasesStore } from './outreach-cases.store';

type RiskFacts = Pick<PersonRisk, 'points' | 'raised'>;

const NONE: RiskFacts = { points: 0, raised: [] };

/** How much the overdoses of a person say about the danger they are in: from what the team sees of them, so that it can be told why. */
@Injectable()
export class CaseRisks {
  constructor(
    private readonly store: OutreachCasesStore,
    private readonly overdoses: OverdosesService,
  ) {}

  async of(reader: Reader, caseIds: readonly string[]): Promise<ReadonlyMap<string, RiskFacts>> {
    const past = caseIds.length === 0 ? [] : await this.store.past(reader, caseIds);
    return new Map(
      caseIds.map((id) => {
        const own = past.filter(({ caseId }) => caseId === id);
        return [id, own[0] ? this.overdoses.riskFrom(own, own[0].asOf) : NONE];
      }),
    );
  }

  /** Those in most danger first; of equals in the order given. */
  async ordered<Row extends { readonly id: string }>(reader: Reader, rows: readonly Row[]): Promise<Row[]> {
    const ids = rows.map(({ id }) => id);
    const risks = await this.of(reader, ids);
    return mostEndangeredFirst(rows, (id) => risks.get(id)?.points ?? 0);
  }
}

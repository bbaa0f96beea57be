import { Injectable } from '@nestjs/common';
import type { Facts } from '../access';
import type { Reader } from '../platform/database/reader';
import { AlertsService } from '../surveillance';
import { stockStateOf, type StockState, type StockTerms } from './engine/stock-state';
import { NaloxoneStore } from './naloxone.store';
import { ResponderRules } from './responder-rules';

export type StockRow = StockState &
  Facts & { readonly id: string; readonly lowAt: number; readonly isKept: boolean; readonly isSpike: boolean };

/** How the stock of the reader’s agency stands, as everybody who has to know is told it. */
@Injectable()
export class StockView {
  constructor(
    private readonly store: NaloxoneStore,
    private readonly alerts: AlertsService,
    private readonly rules: ResponderRules,
  ) {}

  async of(reader: Reader): Promise<StockRow> {
    const { agencyId } = reader.actor;
    // All sent before the first is waited for: what a command reads back travels with its COMMIT.
    const [{ today, lowAt: own, isKept }, lots, isSpike] = await Promise.all([
      this.store.facts(reader),
      this.store.inStock(reader),
      this.alerts.isUnderAlert(reader, agencyId),
    ]);
    const { lowAt: usual, spikeFactor, expiringDays } = this.rules;
    const terms: StockTerms = { isKept, lowAt: own ?? usual, spikeFactor, expiringDays };
    const state = stockStateOf(lots, terms, { today, isSpike });
    return { ...state, id: agencyId, lowAt: terms.lowAt, isKept, isSpike, relations: ['OWN_AGENCY'], consents: [] };
  }
}

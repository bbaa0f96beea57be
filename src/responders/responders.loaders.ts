import { Injectable } from '@nestjs/common';
import { defineLoader, inOrderOf } from '../platform/graphql';
import { ExposuresStore, type ExposureRow } from './exposures.store';
import { NaloxoneStore, type NaloxoneLotRow, type StockWarningRow } from './naloxone.store';
import { RestockStore, type RestockRow } from './restock.store';
import { StockView, type StockRow } from './stock-view';

@Injectable()
export class RespondersLoaders {
  constructor(
    private readonly exposures: ExposuresStore,
    private readonly naloxone: NaloxoneStore,
    private readonly restock: RestockStore,
    private readonly view: StockView,
  ) {}

  readonly exposure = defineLoader<string, ExposureRow>(async (reader, ids) =>
    inOrderOf(ids, await this.exposures.byIds(reader, ids), ({ id }) => id),
  );

  /** By agency, of which a reader has one: their own. */
  readonly stock = defineLoader<string, StockRow>(async (reader, agencyIds) =>
    inOrderOf(agencyIds, [await this.view.of(reader)], ({ id }) => id),
  );

  readonly warningsOf = defineLoader<string, StockWarningRow[]>(async (reader, agencyIds) => {
    const rows = await this.naloxone.openWarnings(reader);
    return agencyIds.map((id) => rows.filter(({ agencyId }) => agencyId === id));
  });

  readonly lot = defineLoader<string, NaloxoneLotRow>(async (reader, ids) =>
    inOrderOf(ids, await this.naloxone.lotsByIds(reader, ids), ({ id }) => id),
  );

  readonly request = defineLoader<string, RestockRow>(async (reader, ids) =>
    inOrderOf(ids, await this.restock.byIds(reader, ids), ({ id }) => id),
  );
}

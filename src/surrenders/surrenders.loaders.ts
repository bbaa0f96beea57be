import { Injectable } from '@nestjs/common';
import { inAnnex } from '../platform/database/annex';
import type { Reader } from '../platform/database/reader';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { defineLoader, inOrderOf } from '../platform/graphql';
import { CustodyAlertsStore, type CustodyAlertRow } from './custody-alerts.store';
import { SurrendersStore, type CustodyEventRow, type SurrenderRow } from './surrenders.store';

/** Reads in the annex, whatever the context of the request reads in. */
@Injectable()
export class SurrendersLoaders {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: SurrendersStore,
    private readonly alerts: CustodyAlertsStore,
  ) {}

  readonly surrender = defineLoader<string, SurrenderRow>(async (reader, ids) =>
    inOrderOf(ids, await this.store.byIds(this.inRoom(reader), ids), ({ id }) => id),
  );

  readonly alert = defineLoader<string, CustodyAlertRow>(async (reader, ids) =>
    inOrderOf(ids, await this.alerts.byIds(this.inRoom(reader), ids), ({ id }) => id),
  );

  readonly eventsOf = defineLoader<string, CustodyEventRow[]>(async (reader, ids) => {
    const rows = await this.store.eventsOf(this.inRoom(reader), ids);
    return ids.map((id) => rows.filter(({ surrenderId }) => surrenderId === id));
  });

  readonly alertsOf = defineLoader<string, CustodyAlertRow[]>(async (reader, ids) => {
    const rows = await this.alerts.ofSurrenders(this.inRoom(reader), ids);
    return ids.map((id) => rows.filter(({ surrenderId }) => surrenderId === id));
  });

  /** The transaction of a command is in the annex already. */
  private inRoom(reader: Reader): Reader {
    return reader.actor.annexOf === undefined ? this.unitOfWork.reader(inAnnex(reader.actor)) : reader;
  }
}

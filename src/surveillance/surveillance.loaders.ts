import { Injectable } from '@nestjs/common';
import { defineLoader, inOrderOf } from '../platform/graphql';
import {
  AlertsStore,
  type AlertActionRow,
  type AlertChoiceRow,
  type SpikeAlertRow,
  type SpikeVerdictRow,
} from './alerts.store';
import { BatchWarningsStore, type BatchWarningRow } from './batch-warnings.store';

@Injectable()
export class SurveillanceLoaders {
  constructor(
    private readonly alerts: AlertsStore,
    private readonly warnings: BatchWarningsStore,
  ) {}

  readonly alert = defineLoader<string, SpikeAlertRow>(async (reader, ids) =>
    inOrderOf(ids, await this.alerts.byIds(reader, ids), ({ id }) => id),
  );

  readonly latestVerdict = defineLoader<string, SpikeVerdictRow>(async (reader, alertIds) =>
    inOrderOf(alertIds, await this.alerts.latestVerdicts(reader, alertIds), ({ alertId }) => alertId ?? ''),
  );

  readonly actions = defineLoader<string, readonly AlertActionRow[]>(async (reader, alertIds) => {
    const rows = await this.alerts.actionsOf(reader, alertIds);
    return alertIds.map((id) => rows.filter(({ alertId }) => alertId === id));
  });

  readonly action = defineLoader<string, AlertActionRow>(async (reader, ids) =>
    inOrderOf(ids, await this.alerts.actionsById(reader, ids), ({ id }) => id),
  );

  readonly choice = defineLoader<string, AlertChoiceRow>(async (reader, agencyIds) =>
    inOrderOf(agencyIds, await this.alerts.choices(reader, agencyIds), ({ agencyId }) => agencyId),
  );

  readonly warning = defineLoader<string, BatchWarningRow>(async (reader, ids) =>
    inOrderOf(ids, await this.warnings.byIds(reader, ids), ({ id }) => id),
  );
}

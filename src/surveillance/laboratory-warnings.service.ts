import { Injectable } from '@nestjs/common';
import { NO_AGENCY } from '../platform/database/system-actor';
import { UnitOfWork } from '../platform/database/unit-of-work';
import type { LabFinding } from '../surrenders';
import { AlertsStore } from './alerts.store';
import { BatchWarningsStore } from './batch-warnings.store';
import { alertedKinds } from './engine/action-list';
import { coarseResult } from './engine/laboratory';
import { LaboratoryRules } from './laboratory-rules';
import { BATCH_WARNING_ISSUED } from './surveillance.events';
import { withNeighbours } from './with-neighbours';

/** As many as a warning may name. */
const MOST_COUNTIES = 20;

/**
 * What a laboratory found in something that was handed in becomes a warning: substance, county, week, and nothing else. It is
 * nobody's, names no property room, and its id tells no time; a second result of the week with the same contents adds nothing.
 */
@Injectable()
export class LaboratoryWarningsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly warnings: BatchWarningsStore,
    private readonly alerts: AlertsStore,
    private readonly rules: LaboratoryRules,
  ) {}

  /** Of the property room of this agency. Heard again, it changes nothing. */
  async resultRecorded(agencyId: string, findings: readonly string[]): Promise<void> {
    const step = { name: 'warnOfResult', isHousekeeping: true } as const;
    await this.unitOfWork.runAsSystem(NO_AGENCY, step, async (tx) => {
      const { told, weeks } = this.rules;
      const result = coarseResult(findings as readonly LabFinding[], told, { asOf: tx.asOf, weeks });
      const countyFips = (await this.alerts.countiesOf(tx, agencyId)).slice(0, MOST_COUNTIES);
      if (result === null || countyFips.length === 0) return { id: NO_AGENCY };
      const id = await this.warnings.issueOfLaboratory(tx, { ...result, countyFips });
      if (id === null) return { id: NO_AGENCY };
      const issued = { id, agencyId: null, issuedAt: result.issuedAt };
      this.warnings.tell(tx, issued, withNeighbours(countyFips), alertedKinds);
      const details = { basis: 'LABORATORY', countyFips, contents: result.contents };
      tx.audit({ action: BATCH_WARNING_ISSUED, subjectType: 'BatchWarning', subjectId: id, details });
      tx.emit({ name: BATCH_WARNING_ISSUED, subjectType: 'BatchWarning', subjectId: id });
      return { id };
    });
  }
}

import { Injectable } from '@nestjs/common';
import { HoldLoaders } from '../capacity';
import { OversightLoaders } from '../consent';
import { AtRiskFlagsLoaders } from '../outreach';
import { RespondersLoaders } from '../responders';
import { ChildReportsLoaders, NoticesLoaders } from '../safety';
import type { Readable } from './explained-parts';

/** Records of rooms around the referral: places kept, patients flagged, children, what was asked of the ledger, responders. */
@Injectable()
export class ExplainedOthers {
  readonly byType: readonly (readonly [string, Readable])[];

  constructor(
    holds: HoldLoaders,
    flags: AtRiskFlagsLoaders,
    children: ChildReportsLoaders,
    notices: NoticesLoaders,
    oversight: OversightLoaders,
    responders: RespondersLoaders,
  ) {
    this.byType = [
      ['Hold', holds.byId],
      ['AtRiskFlag', flags.flag],
      ['ChildReport', children.report],
      ['CaregiverCandidate', children.candidate],
      ['HandleWithCareNotice', notices.notice],
      ['HandleWithCareReceipt', notices.receipt],
      ['AccountingRequest', oversight.accountingRequest],
      ['Exposure', responders.exposure],
    ];
  }
}

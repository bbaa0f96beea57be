import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor, Facts } from '../access';
import { inAnnex } from '../platform/database/annex';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { CustodyAlertsStore } from './custody-alerts.store';
import { CustodyCommands } from './custody-command';
import { custodyReportOf } from './custody-report';
import { custodyReportPdf } from './custody-report-pdf';
import { SurrendersStore } from './surrenders.store';

export type CustodyReportRow = Facts & { readonly pdf: string; readonly sha256: string; readonly madeAt: Date };

/** The chain of custody on paper. Made when it is asked for, and not kept. */
@Injectable()
export class CustodyReportService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly commands: CustodyCommands,
    private readonly surrenders: SurrendersStore,
    private readonly alerts: CustodyAlertsStore,
  ) {}

  async report(actor: Actor, surrenderId: string): Promise<CustodyReportRow | null> {
    const room = this.unitOfWork.reader(inAnnex(actor));
    const [surrender] = await this.surrenders.byIds(room, [surrenderId]);
    if (!surrender) return null;
    const events = await this.surrenders.eventsOf(room, [surrenderId]);
    const alerts = await this.alerts.ofSurrenders(room, [surrenderId]);
    const madeAt = await this.surrenders.now(room);
    const { name: madeBy, agencyName: agency, zone } = await this.commands.deskOf(actor);
    const pdf = await custodyReportPdf(custodyReportOf({ agency, madeBy, madeAt, zone, surrender, events, alerts }));
    const sha256 = createHash('sha256').update(pdf).digest('hex');
    return { pdf: pdf.toString('base64'), sha256, madeAt, relations: ['OWN_AGENCY'], consents: [] };
  }
}

import { Injectable } from '@nestjs/common';
import type { SystemTx } from '../../platform/database/tx';
import { OutreachProgramsStore } from '../outreach-programs.store';
import { CaseKeeping, moved } from './case-keeping';
import { OptOuts } from './opt-outs';
import type { CaseRow } from './outreach-case.entity';
import { RosterRows, unhanded } from './roster-rows';

/** Rows of a program whose agency was closed. */
@Injectable()
export class LeaderlessRows {
  constructor(
    private readonly keeping: CaseKeeping,
    private readonly programs: OutreachProgramsStore,
    private readonly rows: RosterRows,
    private readonly optOuts: OptOuts,
  ) {}

  /** It waits for a program, in the hands of whoever is to find one. False: somebody has it, or it is over. */
  async letGo(tx: SystemTx, row: CaseRow): Promise<boolean> {
    const { programId } = row;
    if (programId === null || !['OPEN', 'TRIED'].includes(row.state)) return false;
    if (await this.programs.isLed(tx, programId)) return false;
    const open = row.state === 'OPEN' ? row : moved(row, 'reopen');
    const told = row.sourceAgencyId === null ? [] : [row.sourceAgencyId];
    const coordinatorAgencyId = await this.rows.finderIn(tx, row.countyFips, told);
    const lead = (await this.programs.rosterPrograms(tx, [programId])).get(programId);
    const terms = await this.keeping.termsOf(tx, coordinatorAgencyId ?? lead?.agencyId ?? '');
    const acknowledgeBy = terms.dueAt('OUTREACH_ASSIGNED', tx.asOf);
    const nobodys = { ...unhanded, programId: null, isSettled: false, coordinatorAgencyId, acknowledgeBy };
    const after = await this.optOuts.shownAnew(tx, { ...moved(open, 'takeBack'), ...nobodys });
    await this.keeping.change(tx, { before: row, after, command: 'takeBack', isFollowing: true });
    return true;
  }
}

import { Injectable } from '@nestjs/common';
import type { SystemTx } from '../../platform/database/tx';
import { OutreachProgramsStore } from '../outreach-programs.store';
import { CaseKeeping, moved } from './case-keeping';
import { OptOuts } from './opt-outs';
import type { CaseRow } from './outreach-case.entity';
import { Finders } from './finders';
import { unhanded } from './roster-rows';

/** Rows of teams and finders of whom nobody is left who could see to them. */
@Injectable()
export class LeaderlessRows {
  constructor(
    private readonly keeping: CaseKeeping,
    private readonly programs: OutreachProgramsStore,
    private readonly finders: Finders,
    private readonly optOuts: OptOuts,
  ) {}

  /** It waits for a program, in the hands of whoever is to find one. False: somebody has it, or it is over. */
  async letGo(tx: SystemTx, row: CaseRow): Promise<boolean> {
    const { programId } = row;
    if (programId === null || !['OPEN', 'TRIED'].includes(row.state)) return false;
    if (await this.programs.isManned(tx, programId)) return false;
    const open = row.state === 'OPEN' ? row : moved(row, 'reopen');
    const coordinatorAgencyId = await this.finderOf(tx, row);
    const lead = (await this.programs.rosterPrograms(tx, [programId])).get(programId);
    const terms = await this.keeping.termsOf(tx, coordinatorAgencyId ?? lead?.agencyId ?? '');
    const acknowledgeBy = terms.dueAt('OUTREACH_ASSIGNED', tx.asOf);
    const nobodys = { ...unhanded, programId: null, isSettled: false, coordinatorAgencyId, acknowledgeBy };
    const after = await this.optOuts.shownAnew(tx, { ...moved(open, 'takeBack'), ...nobodys });
    await this.keeping.change(tx, { before: row, after, command: 'takeBack', isFollowing: true });
    return true;
  }

  /** Whoever was to find a program is gone: somebody else does. False: somebody is there, or nobody is found, and it stands as it was. */
  async findAnew(tx: SystemTx, row: CaseRow): Promise<boolean> {
    const { coordinatorAgencyId: was } = row;
    if (row.state !== 'UNASSIGNED' || (was !== null && (await this.finders.finds(tx, was)))) return false;
    const coordinatorAgencyId = await this.finderOf(tx, row);
    if (coordinatorAgencyId === null) return false;
    const terms = await this.keeping.termsOf(tx, coordinatorAgencyId);
    const acknowledgeBy = terms.dueAt('OUTREACH_ASSIGNED', tx.asOf);
    await this.keeping.passOn(tx, { ...row, coordinatorAgencyId, acknowledgeBy });
    return true;
  }

  private finderOf(tx: SystemTx, { countyFips, sourceAgencyId }: CaseRow): Promise<string | null> {
    return this.finders.finderIn(tx, countyFips, sourceAgencyId === null ? [] : [sourceAgencyId]);
  }
}

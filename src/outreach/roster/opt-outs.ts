import { Injectable } from '@nestjs/common';
import type { Actor } from '../../access';
import type { Refusal } from '../../kernel/refusal';
import type { SystemTx } from '../../platform/database/tx';
import { CaseKeeping, ended } from './case-keeping';
import { OptOutsStore, type FoundOptOut } from './opt-outs.store';
import type { CaseRow } from './outreach-case.entity';
import { leaveAlone, undecided } from './outreach-cases.refusals';

/** Nobody visits who said that nobody is to come; and where that is in doubt nobody goes before a human has looked. */
@Injectable()
export class OptOuts {
  constructor(
    private readonly store: OptOutsStore,
    private readonly keeping: CaseKeeping,
  ) {}

  /** Ends what is open of whoever opted out, holds what may be, and lets go what is neither any more. */
  async settle(tx: SystemTx, rows: readonly CaseRow[]): Promise<ReadonlyMap<string, FoundOptOut>> {
    const found = await this.store.over(tx, rows);
    for (const row of rows) {
      const one = found.get(row.id);
      if (one?.likeness === 'SAME') await this.end(tx, row);
      else this.hold(tx, row, one ?? null);
    }
    return found;
  }

  private async end(tx: SystemTx, row: CaseRow): Promise<void> {
    if (row.closedAt !== null) {
      if (row.mayContactAgain === true) this.keeping.leaveAlone(tx, row);
      return;
    }
    const after = ended(row, 'close', { at: tx.asOf, by: null, reason: 'OPTED_OUT' });
    await this.keeping.change(tx, { before: row, after, command: 'close', isFollowing: true });
  }

  private hold(tx: SystemTx, row: CaseRow, found: FoundOptOut | null): void {
    const heldFor = found?.optOutId ?? null;
    if (row.closedAt !== null || row.heldFor === heldFor) return;
    this.keeping.note(tx, row, { ...row, heldFor, optedOutAddress: found?.address ?? null });
  }

  /** Why nobody may be visited, if so. */
  async fault(tx: SystemTx, row: CaseRow): Promise<Refusal | null> {
    const found = (await this.store.over(tx, [row])).get(row.id);
    if (!found) return null;
    return found.likeness === 'SAME' ? leaveAlone() : undecided();
  }

  /** A human said that this is the home that opted out. */
  async confirm(tx: SystemTx, actor: Actor, row: CaseRow): Promise<void> {
    await this.store.addSpelling(tx, row);
    const after = ended(row, 'close', { at: tx.asOf, by: actor.id, reason: 'OPTED_OUT' });
    await this.keeping.change(tx, { before: row, after: { ...after, mayContactAgain: false }, command: 'close' });
    this.keeping.endFollowUps(tx, row.id);
    await this.settleNear(tx, row, [row.id]);
  }

  /** An opt-out was recorded: what else may be about it. */
  async settleNear(tx: SystemTx, row: CaseRow, done: readonly string[]): Promise<void> {
    const near = await this.store.openNear(tx, row);
    await this.settle(
      tx,
      near.filter(({ id }) => !done.includes(id)),
    );
  }
}

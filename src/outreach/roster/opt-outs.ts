import { Injectable } from '@nestjs/common';
import { mayRead, type Actor } from '../../access';
import type { Refusal } from '../../kernel/refusal';
import type { SystemTx } from '../../platform/database/tx';
import { CaseKeeping, ended } from './case-keeping';
import { OptOutsStore, type Counts, type FoundOptOut } from './opt-outs.store';
import type { CaseRow } from './outreach-case.entity';
import { leaveAlone, notOpenForVisits, undecided, undecidedElsewhere } from './outreach-cases.refusals';
import type { OutreachCaseRow } from './outreach-cases.store';

/** For the home that opted out with another team: this one decides nothing of it, and is shown nothing. */
export const isHeldForOthers = ({ heldFor, optedOutAddress }: CaseRow): boolean =>
  heldFor !== null && optedOutAddress === null;

// Who types one address after the other learns only at night which of them opted out with other teams.
const countsAtOnce: Counts = (row, { isOfOthers, likeness, optOutId }) =>
  !isOfOthers || row.addressBasis !== 'TEAM' || (likeness === 'DOUBT' && row.heldFor === optOutId);

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

  /**
   * The same for a team that asks, by typing an address or deciding: homes of other teams hold it, or let it go, at night. What it types
   * first counts at once, whole or in part: nobody is to ring today at what may be a home that opted out.
   */
  async settleAsked(tx: SystemTx, row: CaseRow, isTypedFirst: boolean): Promise<void> {
    const counts: Counts = (of, found) => isTypedFirst || countsAtOnce(of, found);
    const one = (await this.store.over(tx, [row], counts)).get(row.id);
    if (one?.likeness === 'SAME') await this.end(tx, row);
    else if (one || !isHeldForOthers(row)) this.hold(tx, row, one ?? null);
  }

  /** The case as its teams may read it, which are others than before. */
  async shownAnew(tx: SystemTx, row: CaseRow): Promise<CaseRow> {
    return { ...row, optedOutAddress: await this.store.shownTo(tx, row) };
  }

  private async end(tx: SystemTx, row: CaseRow): Promise<void> {
    if (row.closedAt !== null) {
      this.keeping.untell(tx, row);
      if (row.mayContactAgain === true) this.keeping.leaveAlone(tx, row);
      return;
    }
    const after = ended(row, 'close', { at: tx.asOf, by: null, reason: 'OPTED_OUT' });
    await this.keeping.change(tx, { before: row, after, command: 'close', isFollowing: true });
  }

  private hold(tx: SystemTx, row: CaseRow, found: FoundOptOut | null): void {
    const heldFor = found?.optOutId ?? null;
    const optedOutAddress = found?.address ?? null;
    const isHeldSo = row.heldFor === heldFor && row.optedOutAddress === optedOutAddress;
    if (row.closedAt === null && !isHeldSo) this.keeping.note(tx, row, { ...row, heldFor, optedOutAddress });
  }

  /** Why nobody may be visited, if so; to whom does not read why a case is held, only that. */
  async fault(tx: SystemTx, row: OutreachCaseRow): Promise<Refusal | null> {
    const found = (await this.store.over(tx, [row], countsAtOnce)).get(row.id);
    if (!found && !isHeldForOthers(row)) return null;
    if (!mayRead(tx.actor, 'OutreachCase', 'heldBecause', row)) return notOpenForVisits();
    if (found?.likeness === 'SAME') return leaveAlone();
    return found && !found.isOfOthers ? undecided() : undecidedElsewhere();
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

import { Injectable } from '@nestjs/common';
import { sql } from '../../platform/database/statement';
import type { SystemTx } from '../../platform/database/tx';
import type { CaseRow } from './outreach-case.entity';
import { OutreachCasesStore } from './outreach-cases.store';
import { isDead, plain, RosterStore } from './roster.store';

const followUpOf = (ofClock: string): string =>
  `exists (select 1 from clock k where k.subject_id = c.id and k.kind in ('FOLLOW_UP_DAY_30','FOLLOW_UP_DAY_90') and ${ofClock})`;
// Whom a team goes on asking after is dead, or whom it asked no more because of a death is not; the last word of the clock counts.
const askedOfDead = sql<{ id: string }>(
  `select c.id from outreach_case c where c.state = 'CLOSED' and c.kind <> 'FAMILY' and c.person_key = any($1::uuid[])
     and ${followUpOf('k.ended_at is null')} and ${isDead}`,
);
const notAskedOfLiving = sql<CaseRow>(
  `select ${plain} from outreach_case c where c.state = 'CLOSED' and c.kind <> 'FAMILY' and c.person_key = any($1::uuid[]) and c.may_contact_again
     and not ${followUpOf('k.ended_at is null')} and not ${isDead}
     and ${followUpOf(`k.answer = 'DECEASED' and k.answered_by is null and not exists (
       select 1 from clock n where n.subject_id = c.id and n.kind = k.kind and n.started_at > k.started_at)`)}`,
);

/** Whom teams ask how they are, a month and three months later. */
@Injectable()
export class AskedAfterStore {
  constructor(
    private readonly cases: OutreachCasesStore,
    private readonly roster: RosterStore,
  ) {}

  /** Ended cases of people who are known to have died since, and after whom somebody is still to ask. */
  async askedOfDead(tx: SystemTx, personKeys: readonly string[]): Promise<string[]> {
    return personKeys.length === 0 ? [] : (await tx.query(askedOfDead, [personKeys])).map(({ id }) => id);
  }

  /** Those after whom nobody asks because of a death that was taken back. */
  async notAskedOfLiving(tx: SystemTx, personKeys: readonly string[]): Promise<CaseRow[]> {
    return personKeys.length === 0 ? [] : this.cases.opened(await tx.query(notAskedOfLiving, [personKeys]));
  }

  /** Other rows of the person at the same team, on which they agreed to be contacted again. */
  async agreedElsewhere(tx: SystemTx, row: CaseRow): Promise<CaseRow[]> {
    const isAlike = ({ kind, programId, mayContactAgain }: CaseRow) =>
      mayContactAgain === true && programId === row.programId && (kind === 'FAMILY') === (row.kind === 'FAMILY');
    return (await this.roster.othersOf(tx, row)).filter(isAlike);
  }
}

import { Injectable } from '@nestjs/common';
import { mayRead, type ConsentScope, type FieldClass, type Relation } from '../access';
import { columnNames, selectList } from '../platform/database/columns';
import { newId } from '../platform/database/new-id';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { SystemTx, Tx } from '../platform/database/tx';
import { ReferralChangeEntity, ReferralEntity } from './referral.entity';
import { referralMachine, type ReferralCommand, type ReferralState } from './referral.machine';
import { referralFacts } from './relations';

export interface Related {
  readonly relations: Relation[];
  readonly consents: ConsentScope[];
  readonly part2: FieldClass[];
  readonly isEnded: boolean;
}
export type ReferralRow = ReferralEntity & Related;
/** A row of a list; the time keeps its microseconds, for the cursor. */
export type ListedReferral = ReferralRow & { readonly submittedAtText: string };
export type ChangeRow = ReferralChangeEntity & Related;

/** What a step changes beside the state. */
export type ReferralChanges = Partial<
  Pick<
    ReferralEntity,
    | 'receiverAgencyId'
    | 'programId'
    | 'holdId'
    | 'acknowledgedAt'
    | 'scheduledFor'
    | 'arrivedAt'
    | 'admittedAt'
    | 'closedAt'
    | 'outcome'
    | 'endReason'
    | 'noShows'
    | 'need'
    | 'missing'
    | 'redFlags'
  >
>;

const columns = selectList(ReferralEntity, 'r');
const related = `${columns}, ${referralFacts}`;
const lockRelated = sql<ReferralRow>(`select ${related} from referral r where r.id = $1 for no key update of r`);
const lockPlain = sql<ReferralEntity>(`select ${columns} from referral r where r.id = $1 for no key update`);
const byIds = sql<ReferralRow>(`select ${related} from referral r where r.id = any($1::uuid[])`);
const byEpisodes = sql<ReferralRow>(
  `select ${related} from referral r where r.episode_id = any($1::uuid[]) order by r.submitted_at, r.id`,
);
const sentOfPerson = sql<ReferralRow>(
  `select ${related} from referral r where r.sender_agency_id = app.agency() and r.id <> $2
     and r.person_id in (select app.linked_records($1, app.agency())) order by r.submitted_at, r.id`,
);
// Ids first, from the one index that answers “which are mine, newest first”; then the rows by primary key.
const page = sql<ListedReferral>(
  `with mine as materialized (
     select p.referral_id, p.submitted_at from referral_party p
     where p.agency_id = app.agency() and ($1::timestamptz is null or (p.submitted_at, p.referral_id) < ($1, $2::uuid))
       -- What a team coordinates is its coordinators’ and nobody else’s there.
       and ($4 or p.side <> 'COORDINATING')
     order by p.submitted_at desc, p.referral_id desc limit $3)
   select ${related}, to_char(m.submitted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "submittedAtText"
   from mine m join referral r on r.id = m.referral_id order by m.submitted_at desc, m.referral_id desc`,
);
const insert = sql(
  `insert into referral (id, episode_id, person_id, pathway, state, sender_agency_id, submitted_by, coordinating_agency_id, need, red_flags, missing, submitted_at)
   values ($1, $2, $3, $4, 'SUBMITTED', $5, $6, $7, $8, $9, $10, $11)`,
);
const addParty = sql(
  `insert into referral_party (agency_id, referral_id, side, submitted_at) values ($1, $2, $3, $4) on conflict do nothing`,
);
const pruneParties = sql(
  `with gone as (
     delete from referral_party p using referral r
     where r.id = $1 and p.referral_id = r.id and p.side = 'PROVIDER' and r.receiver_agency_id is distinct from p.agency_id
       and not exists (select 1 from offer o where o.referral_id = r.id and o.agency_id = p.agency_id and o.state in ('PENDING','ACKNOWLEDGED'))
     returning p.agency_id)
   delete from person_party pp using gone
   where pp.agency_id = gone.agency_id and pp.person_id = $2 and pp.basis in ('ACKNOWLEDGED_WITH_CONSENT','ACCEPTANCE')
     and not exists (select 1 from referral_party p join referral r on r.id = p.referral_id
       where p.agency_id = gone.agency_id and r.person_id = $2 and r.id <> $1)`,
);
// Under every record that the asking agency knows to be theirs.
const openOfSame = sql<ReferralRow>(
  `select ${related} from referral o join referral r on r.person_id in (select app.linked_records(o.person_id, app.agency()))
   where o.id = $1 and r.closed_at is null order by r.id`,
);
const openOfPerson = sql<{ id: string }>(
  `select r.id from referral r where r.person_id = $1 and r.sender_agency_id = $2 and r.state = any($3) order by r.id`,
);
const ofPersonBefore = sql<{ id: string }>(
  'select r.id from referral r where r.person_id = $1 and r.submitted_at < $2 order by r.id',
);
const noteAcknowledged = sql('update referral set acknowledged_at = $2 where id = $1 and acknowledged_at is null');
const withdrawSender = sql('update referral set sender_withdrew_at = $2, sender_withdrew_reason = $3 where id = $1');
const recordChange = sql(
  `insert into referral_change (id, referral_id, at, command, from_state, to_state, reason, agency_id, actor_id, actor_kind)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
);
const changesOf = sql<ChangeRow>(
  `select ${selectList(ReferralChangeEntity, 'c')}, ${referralFacts}
   from referral_change c join referral r on r.id = c.referral_id where c.referral_id = any($1::uuid[]) order by c.position`,
);

const columnOf = columnNames(ReferralEntity);
/** One statement per set of changed columns; the sets are few and named in code. */
const moves = new Map<string, ReturnType<typeof sql>>();
const moveOf = (names: readonly string[]) => {
  const key = names.join();
  const known =
    moves.get(key) ??
    sql(
      `update referral set ${['state', ...names].map((name, i) => `${columnOf.get(name) ?? name} = $${i + 2}`).join(', ')} where id = $1`,
    );
  moves.set(key, known);
  return known;
};

/**
 * An agency takes part, and yet not everybody there: a row of which the actor may see nothing is no row, neither as null fields
 * nor as a count.
 */
const shown = <Row extends Related>(reader: Reader, rows: readonly Row[]): Row[] =>
  rows.filter((row) => reader.actor.kind === 'SYSTEM' || mayRead(reader.actor, 'Referral', 'id', row));

// The clock says when, so that whoever was told of it was told the truth; programs that still consider it go on, and nobody on the list
// is taken off it by time: coordinators have them in their queue.
const unanswered = sql<{ id: string; agencyId: string }>(
  `select r.id, r.sender_agency_id as "agencyId" from clock c join referral r on r.id = c.referral_id
   where c.kind = 'INFO_PROVIDED' and c.ended_at is null and c.due_at <= app.now() and r.state = 'NEEDS_INFO' and ($2::uuid is null or r.id = $2)
     and not exists (select 1 from offer o where o.referral_id = r.id and o.state in ('PENDING','ACKNOWLEDGED'))
     and not exists (select 1 from waitlist_entry w where w.referral_id = r.id and w.ended_at is null)
     and r.id <> all ($3::uuid[])
   order by c.due_at, r.id limit $1`,
);

export interface NewReferral {
  readonly episodeId: string;
  readonly personId: string;
  readonly pathway: ReferralEntity['pathway'];
  readonly coordinatingAgencyId: string | null;
  readonly need: ReferralEntity['need'];
  readonly redFlags: ReferralEntity['redFlags'];
  readonly missing: ReferralEntity['missing'];
}

export interface Step {
  readonly command: ReferralCommand | 'submit' | 'releaseHandOff' | 'senderWithdrew';
  readonly from: ReferralState | null;
  readonly to: ReferralState;
  readonly reason?: string | null | undefined;
}

/** A referral as it stands once nobody keeps a place for it any more, and the step that leads there. */
export interface Leaving {
  readonly step: Step;
  readonly changes: ReferralChanges;
  readonly after: ReferralEntity;
}

const sendsAsPart2 = sql<{ isPart2: boolean }>('select app.is_part2_provider($1) as "isPart2"');

@Injectable()
export class ReferralsStore {
  async byIds(reader: Reader, ids: readonly string[]): Promise<ReferralRow[]> {
    return shown(reader, await reader.query(byIds, [ids]));
  }

  async byEpisodes(reader: Reader, episodeIds: readonly string[]): Promise<ReferralRow[]> {
    return shown(reader, await reader.query(byEpisodes, [episodeIds]));
  }

  /** What else the actor’s agency has sent of this person, under every record that it knows to be theirs. */
  async sentOfPerson(tx: SystemTx, { id, personId }: Pick<ReferralEntity, 'id' | 'personId'>): Promise<ReferralRow[]> {
    return shown(tx, await tx.query(sentOfPerson, [personId, id]));
  }

  /** Whether what the actor’s agency sends is the word of a Part 2 program. */
  async sendsAsPart2(tx: Tx): Promise<boolean> {
    return (await tx.one(sendsAsPart2, [tx.actor.agencyId])).isPart2;
  }

  page(reader: Reader, after: { createdAt: string; id: string } | null, limit: number): Promise<ListedReferral[]> {
    return reader.query(page, [
      after?.createdAt ?? null,
      after?.id ?? null,
      limit,
      reader.actor.role === 'COORDINATOR',
    ]);
  }

  changesOf(reader: Reader, referralIds: readonly string[]): Promise<ChangeRow[]> {
    return reader.query(changesOf, [referralIds]);
  }

  /** Referrals for whose facts the time is over; of one only, or of all. */
  unanswered(
    reader: Reader,
    { limit, id = null, resting = [] }: { limit: number; id?: string | null; resting?: readonly string[] },
  ): Promise<{ id: string; agencyId: string }[]> {
    return reader.query(unanswered, [limit, id, resting]);
  }

  /** Open referrals of the person of one that the actor’s agency takes part in, under every record that it knows to be theirs. */
  async openOfSame(tx: SystemTx, referralId: string): Promise<ReferralRow[]> {
    return shown(tx, await tx.query(openOfSame, [referralId]));
  }

  /** Referrals of a person that an agency sent and that have not ended. `reader` must be the system’s. */
  openOfPerson(reader: Reader, personId: string, senderAgencyId: string): Promise<{ id: string }[]> {
    const open = referralMachine.states.filter((state) => !referralMachine.isFinal(state));
    return reader.query(openOfPerson, [personId, senderAgencyId, open]);
  }

  /** Referrals of a person that were there before, whoever sent them. `reader` must be the system’s. */
  ofPersonBefore(reader: Reader, personId: string, before: Date): Promise<{ id: string }[]> {
    return reader.query(ofPersonBefore, [personId, before]);
  }

  /** Locks the referral if the actor’s agency takes part in it. Always the first lock of a command. */
  async lock(tx: Tx, id: string): Promise<ReferralRow | undefined> {
    return shown(tx, await tx.query(lockRelated, [id]))[0];
  }

  /** Locks it as Handrail, for what follows from a decided command or from time alone. */
  async lockAsSystem(tx: SystemTx, id: string): Promise<ReferralEntity | undefined> {
    return (await tx.query(lockPlain, [id]))[0];
  }

  insert(tx: Tx, referral: NewReferral): string {
    const id = newId();
    const { episodeId, personId, pathway, coordinatingAgencyId, need, redFlags, missing } = referral;
    const { agencyId, id: actorId } = tx.actor;
    tx.post(insert, [
      id,
      episodeId,
      personId,
      pathway,
      agencyId,
      actorId,
      coordinatingAgencyId,
      JSON.stringify(need),
      redFlags,
      missing,
      tx.asOf,
    ]);
    tx.post(addParty, [agencyId, id, 'SENDER', tx.asOf]);
    return id;
  }

  addParty(
    tx: SystemTx,
    agencyId: string,
    referral: Pick<ReferralEntity, 'id' | 'submittedAt'>,
    side: 'COORDINATING' | 'PROVIDER',
  ): void {
    tx.post(addParty, [agencyId, referral.id, side, referral.submittedAt]);
  }

  /**
   * Who sees a referral follows from its offers and its receiver: a program whose offer has ended and who did not receive it
   * sees it no more, nor the person, unless it knows them from another referral.
   */
  pruneParties(tx: SystemTx, referral: Pick<ReferralEntity, 'id' | 'personId'>): void {
    tx.post(pruneParties, [referral.id, referral.personId]);
  }

  /** Writes the new state with what changes beside it, and the step into the history. */
  move(tx: Tx, id: string, step: Step, changes: ReferralChanges = {}): void {
    const names = Object.keys(changes) as (keyof ReferralChanges)[];
    const values = names.map((name) => (name === 'need' ? JSON.stringify(changes.need) : changes[name]));
    tx.post(moveOf(names), [id, step.to, ...values]);
    this.recordChange(tx, id, step);
  }

  /** Leaves the place behind: the receiving side sees the referral no more. */
  leave(tx: SystemTx, { step, changes, after }: Leaving): void {
    this.move(tx, after.id, step, changes);
    this.pruneParties(tx, after);
  }

  /** The first acknowledgement by any program: all that the sender’s side of the valve learns of it. */
  noteAcknowledged(tx: SystemTx, id: string): void {
    tx.post(noteAcknowledged, [id, tx.asOf]);
  }

  /** The sender’s own end of a referral that goes on without them. */
  withdrawSender(tx: SystemTx, { id, state }: ReferralEntity, reason: ReferralEntity['senderWithdrewReason']): void {
    tx.post(withdrawSender, [id, tx.asOf, reason]);
    this.recordChange(tx, id, { command: 'senderWithdrew', from: state, to: state, reason });
  }

  recordChange(tx: Tx, id: string, { command, from, to, reason }: Step): void {
    const { agencyId, id: actorId, kind } = tx.actor;
    tx.post(recordChange, [newId(), id, tx.asOf, command, from, to, reason ?? null, agencyId, actorId, kind]);
  }
}

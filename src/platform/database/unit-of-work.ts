import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { isSystemStep, type Actor, type Role } from '../../access';
import { isRefusal, type Refusal } from '../../kernel/refusal';
import type { AgencyKind } from '../../kernel/vocabulary';
import { subjectOfInput, type AuditNote } from '../audit/audit-entry';
import { AuditWriter, type AuditAct } from '../audit/audit-writer';
import type { Command, Done, SystemCommand } from './command';
import { isContention, translated, Unavailable } from './failures';
import { Flusher } from './flusher';
import { claim } from './idempotency';
import { OperationReader } from './operation-reader';
import { Pools } from './pools';
import { PooledReader, type Reader } from './reader';
import { abandon, ClockOffset, Session } from './session';
import { sql } from './statement';
import { systemActor } from './system-actor';
import { Tx, type SystemTx } from './tx';

type Work = (tx: Tx) => Promise<Done | Refusal>;

interface SignedIn {
  readonly kind: 'STAFF' | 'SERVICE_ACCOUNT';
  readonly id: string;
  readonly membershipId: string;
  readonly agencyKind: AgencyKind;
  readonly scopes: string[] | null;
}
const signIn = sql<SignedIn>(
  `select kind, id, membership_id as "membershipId", agency_kind as "agencyKind", scopes from app.sign_in($1, $2, $3, $4)`,
);

const ATTEMPTS = 5;

/** One for the process: every promise carries along each that was ever entered, also that of an application long closed. */
const open = new AsyncLocalStorage<UnitOfWork>();

/** The database as the rest of the house uses it: the only place that opens a transaction and sets the access context. */
@Injectable()
export class UnitOfWork {
  constructor(
    private readonly pools: Pools,
    private readonly flusher: Flusher,
    private readonly offset: ClockOffset,
    private readonly audit: AuditWriter,
  ) {}

  reader(actor: Actor): Reader {
    return new PooledReader(actor, this.pools.for(actor), this.offset);
  }

  /** One transaction for everything an operation reads; whoever opens it ends it. */
  operation(actor: Actor): OperationReader {
    return new OperationReader(actor, this.pools.for(actor), this.offset);
  }

  /** The actor a verified token stands for, or null when no live membership matches. */
  async signIn(issuer: string, subject: string, agencyId: string, role: string): Promise<Actor | null> {
    try {
      const { rows } = await this.pools.app.query<SignedIn>({ ...signIn, values: [issuer, subject, agencyId, role] });
      return rows[0] ? { ...rows[0], agencyId, role: role as Role } : null;
    } catch (error) {
      throw translated(error);
    }
  }

  /** Handrail itself, at work on the records of an agency: a step that the access table names. */
  runAsSystem(
    agencyId: string,
    command: SystemCommand,
    work: (tx: SystemTx) => Promise<Done | Refusal>,
  ): Promise<Done | Refusal> {
    const { name }: Command = command;
    if (!isSystemStep(name)) throw new Error(`${name} is no step of the access table`);
    return this.run(systemActor(agencyId), command, work as (tx: Tx) => Promise<Done | Refusal>);
  }

  /**
   * Runs a command in one transaction. A returned refusal rolls everything back; success without an audit entry throws;
   * contention runs the whole command again, bounded. Throws `SignedOut` or `Unavailable`; the latter is safe to send again
   * with the same key.
   */
  async run(actor: Actor, command: Command, work: Work): Promise<Done | Refusal> {
    if (open.getStore() === this) throw new Error('nested UnitOfWork.run: pass tx down instead');
    for (let attempt = 1; ; attempt++) {
      try {
        return await open.run(this, () => this.attempt(actor, command, work));
      } catch (error) {
        if (!isContention(error) || attempt === ATTEMPTS) throw translated(error);
        await pause(Math.random() * 10 * 2 ** attempt);
      }
    }
  }

  /**
   * Writes one decision to the trail in a transaction of its own: a call refused before any command began, or what is about to
   * be shown. Throws `Unavailable` where that cannot be done, and then nothing may be answered.
   */
  async note(actor: Actor, act: Omit<AuditAct, 'actor' | 'asOf'>, notes: readonly AuditNote[]): Promise<void> {
    const { session, now } = await Session.open(this.pools.for(actor), actor, this.offset, 'read write');
    try {
      const asOf = await now;
      await this.written(session, now, this.audit.send(session, { ...act, actor, asOf }, notes));
      session.release(false);
    } catch (error) {
      throw await abandon(session, error);
    }
  }

  private async attempt(actor: Actor, command: Command, work: Work): Promise<Done | Refusal> {
    const { session, now } = await Session.open(this.pools.commands, actor, this.offset, 'read write');
    try {
      const replayed = command.key ? claim(session, actor, command, command.key) : null;
      // Awaited further down; should the connection die first, its failure must not stand unheard.
      replayed?.catch(() => undefined);
      const tx = new Tx(actor, await now, session);
      const answered = await replayed;
      const result = answered ?? (await this.perform(session, tx, command, work));
      if (answered !== null || isRefusal(result)) await session.rollback();
      if (isRefusal(result)) await this.noteRefusal(session, tx, command, result);
      session.release(false);
      return result;
    } catch (error) {
      if (error instanceof Unavailable && error.isOutcomeUnknown) session.release(true);
      else await abandon(session, error);
      throw error;
    }
  }

  /**
   * A refused command leaves nothing but this: a transaction of its own, on the wire at once. Handrail’s own tasks that find
   * nothing to do any more were refused nothing.
   */
  private async noteRefusal(session: Session, tx: Tx, command: Command, { code }: Refusal): Promise<void> {
    if (tx.actor.kind === 'SYSTEM') return;
    const { actor, asOf } = tx;
    const act = { kind: 'REFUSAL', actor, asOf, requestId: command.requestId, refusal: code } as const;
    const { subjectType, subjectId } = tx.audits[0] ?? subjectOfInput(command.input);
    const begun = session.begin(actor, this.offset, 'read write');
    await this.written(
      session,
      begun,
      this.audit.send(session, act, [{ action: command.name, subjectType, subjectId }]),
    );
  }

  private async written(session: Session, begun: Promise<Date>, ...sent: Promise<unknown>[]): Promise<void> {
    const committed = session.commit();
    committed.catch(() => undefined);
    await begun;
    await Promise.all(sent);
    if (!(await committed)) throw new Unavailable('the audit trail could not be written');
  }

  private async perform(session: Session, tx: Tx, command: Command, work: Work): Promise<Done | Refusal> {
    try {
      const result = await work(tx);
      if (isRefusal(result)) return result;
      if (!tx.isAudited && !command.isHousekeeping) {
        throw new Error(`${command.name} would commit without an audit entry`);
      }
      return await this.flusher.commit(session, tx, command, result);
    } catch (error) {
      // What came after a broken statement only says that the transaction is aborted.
      throw (await tx.firstFailure()) ?? error;
    }
  }
}

export type { Command, Done } from './command';

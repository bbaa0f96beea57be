import type { Actor } from '../../access';
import type { AuditNote } from '../audit/audit-entry';
import { isAborted } from './failures';
import type { Reader } from './reader';
import type { Session } from './session';
import { sql, type Statement } from './statement';
import { NO_AGENCY } from './system-actor';

/** News for rooms above: ids only; a subscriber reads again under its own rights. */
export interface DomainEvent {
  readonly name: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly payload?: Readonly<Record<string, string>>;
}

/** Work for later. The row is written with the transaction; `startAt` by the database’s clock. */
export interface Job {
  readonly name: string;
  readonly data: Readonly<Record<string, string>>;
  readonly startAt?: Date;
}

const becomeApplication = sql("select set_config('role', 'handrail_app', true)");
const becomeWorker = sql("select set_config('role', 'handrail_worker', true)");

/** A Reader that may also write, until its transaction ends. Stores that write take this. */
export class Tx implements Reader {
  readonly audits: AuditNote[] = [];
  readonly events: DomainEvent[] = [];
  readonly jobs: Job[] = [];
  readonly posted: Promise<unknown>[] = [];

  constructor(
    readonly actor: Actor,
    /** The database’s time at which the transaction began; whoever decides is told it. */
    readonly asOf: Date,
    protected readonly session: Session,
  ) {}

  query<Row>(statement: Statement<Row>, params: readonly unknown[] = []): Promise<Row[]> {
    return this.session.send(statement, params);
  }

  /** Exactly one row expected: a statement that guards itself and found nothing is a bug of the caller’s decision. */
  async one<Row>(statement: Statement<Row>, params: readonly unknown[] = []): Promise<Row> {
    const [row] = await this.query(statement, params);
    if (row === undefined) throw new Error('a statement that must touch a row touched none');
    return row;
  }

  /**
   * Sends a write whose answer decides nothing, without waiting for it: the statements of a command travel together. Should
   * one fail, the transaction does not commit and its error is the command’s.
   */
  post(statement: Statement<unknown>, params: readonly unknown[] = []): void {
    void this.send(statement, params);
  }

  /** As `post`, where the answer is of use once everything is committed. Awaited before, it keeps COMMIT waiting for a round trip. */
  send<Row>(statement: Statement<Row>, params: readonly unknown[] = []): Promise<Row[]> {
    const answer = this.query(statement, params);
    this.posted.push(answer);
    return answer;
  }

  /** Back to the actor’s own rights, for what is read for them; whatever is written for Handrail after it asks `asSystem` anew. */
  asActor(): Reader {
    if (this.actor.kind !== 'SYSTEM') this.post(becomeApplication);
    return this;
  }

  /** Why the transaction is broken, when a statement that was sent without waiting broke it. */
  async firstFailure(): Promise<unknown> {
    const settled = await Promise.allSettled(this.posted);
    const reasons = settled.map((one): unknown => (one.status === 'rejected' ? one.reason : undefined));
    return reasons.find((reason) => reason !== undefined && !isAborted(reason));
  }

  /** Whether something stands under the actor’s own name; what Handrail did because of it does not count. */
  get isAudited(): boolean {
    return this.audits.some(({ inTrailOf }) => inTrailOf === undefined || this.actor.kind === 'SYSTEM');
  }

  audit(note: AuditNote): void {
    this.audits.push(note);
  }

  emit(event: DomainEvent): void {
    this.events.push(event);
  }

  enqueue(job: Job): void {
    this.jobs.push(job);
  }

  /**
   * What follows from a decided command may touch rows of other agencies (offers withdrawn, places given free). From here
   * on the transaction writes as Handrail; everything the actor asked for must have been read and decided before.
   */
  asSystem(): SystemTx {
    this.post(becomeWorker);
    return this as unknown as SystemTx;
  }

  /**
   * The same transaction for what Handrail does by itself because of the command: its entries are Handrail’s own, in the trail
   * of the agency that may know of it; null: in nobody’s but Handrail’s. They share the decision of the command.
   */
  inTrailOf(this: SystemTx, agencyId: string | null): SystemTx {
    const audit = (note: AuditNote): number => this.audits.push({ inTrailOf: agencyId ?? NO_AGENCY, ...note });
    return Object.assign(Object.create(this) as SystemTx, { audit });
  }
}

declare const elevated: unique symbol;
/** A transaction past its decision: stores that write across agencies accept nothing less. */
export type SystemTx = Tx & { readonly [elevated]: true };

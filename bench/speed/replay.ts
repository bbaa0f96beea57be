import { randomUUID } from 'node:crypto';
import type { ClientBase, QueryResult } from 'pg';
import type { Sent, Transaction } from './recording';

/** Where a figure of a recorded value comes from when the command is played again for another record. */
type Hole =
  | { readonly from: 'request' }
  | { readonly from: 'fresh'; readonly number: number }
  | { readonly from: 'answer'; readonly statement: number; readonly property: string };

type Slot =
  | { readonly kind: 'constant'; readonly value: unknown }
  | { readonly kind: 'time'; readonly offsetMs: number }
  | { readonly kind: 'text'; readonly parts: readonly (string | Hole)[] }
  | { readonly kind: 'list'; readonly slots: readonly Slot[] };

interface Step {
  readonly name: string | undefined;
  readonly text: string;
  readonly slots: readonly Slot[];
  readonly after: number;
}

/** The statements of one command, ready for any record. Plain data: it travels between processes. */
export interface Script {
  readonly steps: readonly Step[];
}

const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g;

/** Who asks and the walls about them: what a bare server does without. */
const isAccess = ({ text }: Sent): boolean => /app\.enter|set_config\('role'/.test(text);
const isBracket = ({ text }: Sent): boolean => /^(begin|commit)/.test(text);

/** The bare server reads without a transaction of its own for each statement. */
const kept = (transaction: Transaction): Sent[] => {
  const isReadOnly = transaction[0]?.text === 'begin read only';
  return transaction.filter((sent) => !isAccess(sent) && !(isReadOnly && isBracket(sent)));
};

class Templates {
  readonly #known = new Map<string, Hole>();
  #fresh = 0;

  constructor(
    requestId: string,
    private readonly constants: ReadonlySet<string>,
    private readonly recordedAt: number,
  ) {
    this.#known.set(requestId, { from: 'request' });
  }

  slotOf(value: unknown): Slot {
    if (value instanceof Date) return { kind: 'time', offsetMs: value.getTime() - this.recordedAt };
    if (Array.isArray(value)) return { kind: 'list', slots: value.map((item) => this.slotOf(item)) };
    if (typeof value !== 'string') return { kind: 'constant', value };
    const parts = this.partsOf(value);
    return parts.some((part) => typeof part !== 'string') ? { kind: 'text', parts } : { kind: 'constant', value };
  }

  learn(statement: number, rows: Sent['rows']): void {
    for (const [property, value] of Object.entries(rows[0] ?? {})) {
      const isNew = typeof value === 'string' && !this.#known.has(value) && !this.constants.has(value);
      if (isNew) this.#known.set(value, { from: 'answer', statement, property });
    }
  }

  private partsOf(text: string): (string | Hole)[] {
    const parts: (string | Hole)[] = [];
    let end = 0;
    for (const { 0: id, index } of text.matchAll(UUID)) {
      if (this.constants.has(id)) continue;
      parts.push(text.slice(end, index), this.holeOf(id));
      end = index + id.length;
    }
    return [...parts, text.slice(end)].filter((part) => part !== '');
  }

  /** An id nobody has seen was made by the command itself. */
  private holeOf(id: string): Hole {
    const known = this.#known.get(id);
    if (known) return known;
    const hole: Hole = { from: 'fresh', number: this.#fresh };
    this.#fresh += 1;
    this.#known.set(id, hole);
    return hole;
  }
}

/**
 * One command’s transactions as a script. `constants` are ids that stay the same whoever is asked about; a statement waits for
 * as many answers as its original had.
 */
export const scriptOf = (
  transactions: readonly Transaction[],
  requestId: string,
  constants: readonly string[],
): Script => {
  const templates = new Templates(requestId, new Set(constants), Date.now());
  const steps: Step[] = [];
  for (const transaction of transactions) {
    const start = steps.length;
    const statements = kept(transaction);
    for (const sent of statements) {
      const dropped = transaction.slice(0, sent.after).filter((earlier) => !statements.includes(earlier)).length;
      const slots = sent.values.map((value) => templates.slotOf(value));
      templates.learn(steps.length, sent.rows);
      steps.push({ name: sent.name, text: sent.text, slots, after: start + sent.after - dropped });
    }
  }
  return { steps };
};

/** How often the script waits for PostgreSQL. */
export const roundTripsOf = ({ steps }: Script): number => new Set(steps.map(({ after }) => after)).size;

/** The same statements, each sent when the one before was answered: how a server without pipelining has to do it. */
export const oneByOne = ({ steps }: Script): Script => ({ steps: steps.map((step, after) => ({ ...step, after })) });

class Run {
  readonly #fresh: string[] = [];

  constructor(
    private readonly requestId: string,
    private readonly answers: readonly QueryResult[],
    private readonly startedAt: number,
  ) {}

  valueOf(slot: Slot): unknown {
    if (slot.kind === 'constant') return slot.value;
    if (slot.kind === 'time') return new Date(this.startedAt + slot.offsetMs);
    if (slot.kind === 'list') return slot.slots.map((item) => this.valueOf(item));
    return slot.parts.map((part) => (typeof part === 'string' ? part : this.idOf(part))).join('');
  }

  private idOf(hole: Hole): string {
    if (hole.from === 'request') return this.requestId;
    if (hole.from === 'fresh') return (this.#fresh[hole.number] ??= randomUUID());
    const row = this.answers[hole.statement]?.rows[0] as Record<string, string> | undefined;
    return row?.[hole.property] ?? '';
  }
}

/** What the player does itself before it sends one of the statements: it may put other values into it. */
export interface Interlude {
  readonly before: number;
  work(values: unknown[], answers: readonly QueryResult[]): Promise<void>;
}

/** Plays the script for one record; returns the last row read. */
export const replay = async (
  client: ClientBase,
  { steps }: Script,
  requestId: string,
  interlude?: Interlude,
): Promise<unknown> => {
  const answers: QueryResult[] = [];
  const run = new Run(requestId, answers, Date.now());
  const sent: Promise<unknown>[] = [];
  for (const [index, { name, text, slots, after }] of steps.entries()) {
    if (answers.length < after) await sent[after - 1];
    const values = slots.map((slot) => run.valueOf(slot));
    if (interlude?.before === index) await interlude.work(values, answers);
    sent.push(
      client.query({ ...(name !== undefined && { name }), text, values }).then((result) => answers.push(result)),
    );
  }
  await Promise.all(sent);
  return answers.findLast(({ rows }) => rows.length > 0)?.rows[0];
};

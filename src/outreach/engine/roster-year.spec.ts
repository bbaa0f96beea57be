import fc from 'fast-check';
import { placeOnRows, type PlacedEvent } from './place-on-rows';

const isThorough = process.env['HANDRAIL_THOROUGH'] === '1';

/** What happens to a roster over a year, as simply as it can be said. */
type Happening =
  | { readonly is: 'overdose'; readonly person: number | null; readonly week: number; readonly isFatal: boolean }
  | { readonly is: 'named' | 'retracted' | 'worked'; readonly which: number; readonly person: number }
  | { readonly is: 'merged' | 'parted'; readonly person: number; readonly other: number };

const person = fc.nat(11);
const anyHappening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      is: fc.constant('overdose' as const),
      person: fc.option(person),
      week: fc.nat(5),
      isFatal: fc.nat(9).map((n) => n === 0),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ is: fc.constantFrom('named', 'retracted', 'worked'), which: fc.nat(500), person }),
  },
  { weight: 2, arbitrary: fc.record({ is: fc.constantFrom('merged', 'parted'), person, other: person }) },
);

interface ModelEvent {
  person: number | null;
  readonly week: number;
  readonly isFatal: boolean;
  rowId: string | null;
}
interface ModelRow {
  key: string;
  work: number;
  isVoid: boolean;
}

class Year {
  readonly events = new Map<string, ModelEvent>();
  readonly rows = new Map<string, ModelRow>();
  readonly clusters = new Map<number, number>();
  #count = 0;

  happen(one: Happening): void {
    const [id, event] = [...this.events][('which' in one ? one.which : 0) % Math.max(1, this.events.size)] ?? [];
    if (one.is === 'overdose') {
      const { person: who, week, isFatal } = one;
      this.events.set(`e${this.#count}`, { person: who, week, isFatal, rowId: null });
      this.follow([`e${this.#count++}`]);
    } else if (one.is === 'merged' || one.is === 'parted') {
      this.clusters.set(one.other, one.is === 'merged' ? this.clusterOf(one.person) : one.other);
      this.follow([...this.events.keys()]);
    } else if (id && event) this.change(one.is, one.person, id, event);
  }

  private change(is: 'named' | 'retracted' | 'worked', who: number, id: string, event: ModelEvent): void {
    const row = this.rows.get(event.rowId ?? '');
    if (is === 'worked' && row) row.work++;
    if (is === 'named') event.person = who;
    if (is === 'retracted') this.events.delete(id);
    this.follow(
      is === 'retracted' ? [...this.events].filter(([, one]) => one.rowId === event.rowId).map(([key]) => key) : [id],
      event.rowId,
    );
  }

  /** As the roster does it: the closure of rows and overdoses, placed, and settled. */
  private follow(ids: readonly string[], also: string | null = null): void {
    const [events, rows] = this.closure(ids, also);
    const placed = events.map((id): PlacedEvent => ({ id, key: this.keyOf(id), rowId: this.rowOf(id) }));
    const known = rows.map(([id, { key, work }]) => ({ id, key, work, kind: kindOf(key) }));
    const { rowOf, voided } = placeOnRows(placed, known, kindOf);
    for (const id of voided.keys()) Object.assign(this.rows.get(id) ?? {}, { isVoid: true });
    for (const [key, id] of rowOf) this.keep(key, id ?? `r${this.#count++}`, placed);
  }

  private keep(key: string, rowId: string, placed: readonly PlacedEvent[]): void {
    this.rows.set(rowId, { key, work: this.rows.get(rowId)?.work ?? 0, isVoid: false });
    for (const one of placed) if (one.key === key) Object.assign(this.events.get(one.id) ?? {}, { rowId });
  }

  private closure(ids: readonly string[], also: string | null): [string[], [string, ModelRow][]] {
    const [events, rows] = [new Set(ids), new Set(also === null ? [] : [also])];
    for (let size = -1; size !== events.size + rows.size;) {
      size = events.size + rows.size;
      const keys = new Set([...events].map((id) => this.keyOf(id)));
      const near = [...this.rows].filter(([, row]) => !row.isVoid && keys.has(row.key)).map(([id]) => id);
      for (const id of [...near, ...[...events].map((event) => this.rowOf(event))]) if (id !== null) rows.add(id);
      for (const [id, event] of this.events) if (rows.has(event.rowId ?? '')) events.add(id);
    }
    return [[...events], [...this.rows].filter(([id, row]) => rows.has(id) && !row.isVoid)];
  }

  private rowOf(event: string): string | null {
    return this.events.get(event)?.rowId ?? null;
  }

  private clusterOf(who: number): number {
    return this.clusters.get(who) ?? who;
  }

  keyOf(id: string): string {
    const { person: who = null, week = 0, isFatal = false } = this.events.get(id) ?? {};
    return `${isFatal ? 'F' : 'S'}|${week}|${who === null ? id : this.clusterOf(who)}`;
  }
}

const kindOf = (key: string): string => key.slice(0, 1);

/** What is wrong with the roster as it stands; nothing is. */
const faultsOf = (year: Year): string[] => {
  const { rows, events } = year;
  const alive = [...rows].filter(([, row]) => !row.isVoid);
  const keys = new Set(alive.map(([, row]) => row.key));
  const occupied = new Set([...events.values()].map(({ rowId }) => rowId));
  return [
    ...(keys.size === alive.length ? [] : ['two rows of one person and week']),
    ...[...events]
      .filter(([id, { rowId }]) => rows.get(rowId ?? '')?.key !== year.keyOf(id))
      .map(([id]) => `${id} misplaced`),
    ...[...events].filter(([, { rowId }]) => rows.get(rowId ?? '')?.isVoid !== false).map(([id]) => `${id} on no row`),
    ...alive.filter(([id]) => !occupied.has(id)).map(([id]) => `${id} empty`),
  ];
};

it('a year of county life: every overdose is on exactly one row, every row is of one person and week', () => {
  fc.assert(
    fc.property(fc.array(anyHappening, { maxLength: isThorough ? 3000 : 80, size: 'max' }), (happenings) => {
      const year = new Year();
      for (const one of happenings) {
        year.happen(one);
        const faults = faultsOf(year);
        if (faults.length > 0) throw new Error(faults.join('; '));
      }
    }),
    { numRuns: 20 },
  );
});

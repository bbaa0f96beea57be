import type { LevelOfCare } from '../../kernel/vocabulary';
import type { DirectoryEntry, EntryNote } from './directory-entry';
import { Reject, type RejectReason } from './directory-row';

/** Counts by name, names in alphabetical order. */
export type Counts<K extends string> = Partial<Record<K, number>>;

export interface ImportFigures {
  readonly rows: number;
  readonly agencies: number;
  readonly programs: number;
  readonly pools: number;
  readonly rejected: number;
  readonly poolsByLevel: Counts<LevelOfCare>;
  readonly rejectsByReason: Counts<RejectReason>;
  readonly notes: Counts<EntryNote>;
}

const countsOf = <K extends string>(counts: ReadonlyMap<K, number>): Counts<K> =>
  Object.fromEntries([...counts].sort(([left], [right]) => left.localeCompare(right))) as Counts<K>;

const total = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((sum, count) => sum + count, 0);

const bump = <K>(counts: Map<K, number>, key: K): void => void counts.set(key, (counts.get(key) ?? 0) + 1);

/** Keeps count of an import as it goes; holds no rows. */
export class ImportReport {
  private readonly agencyKeys = new Set<string>();
  private readonly pools = new Map<LevelOfCare, number>();
  private readonly rejects = new Map<RejectReason, number>();
  private readonly notes = new Map<EntryNote, number>();
  private programs = 0;

  add(found: DirectoryEntry | Reject): void {
    if (found instanceof Reject) return bump(this.rejects, found.reason);
    this.programs += 1;
    this.agencyKeys.add(found.agency.sourceKey);
    for (const { levelOfCare } of found.pools) bump(this.pools, levelOfCare);
    for (const note of found.notes) bump(this.notes, note);
  }

  get figures(): ImportFigures {
    const rejected = total(this.rejects);
    return {
      rows: this.programs + rejected,
      agencies: this.agencyKeys.size,
      programs: this.programs,
      pools: total(this.pools),
      rejected,
      poolsByLevel: countsOf(this.pools),
      rejectsByReason: countsOf(this.rejects),
      notes: countsOf(this.notes),
    };
  }
}

import { plants, type PlantName } from './plants/plants';
import type { SeedResult } from './play-seed';

/** Whether a fault came about: not one that the machine does not allow, nor one that another stood in the way of. */
const wasPlayed = (detail: string): boolean => !/^(SKIPPED|not played to the end)/.test(detail);

/** What the last lines of a run say of all its seeds. */
export class Total {
  violations = 0;
  /** Seeds that broke off: the harness’s own fault or the machine’s, and no verdict. */
  unplayed = 0;
  #planted = 0;
  #found = 0;
  readonly #rules = new Set<string>();
  readonly #faults = new Map<string, number>();

  /** `seeds`: those that stand on file as ok. */
  constructor(
    private readonly plant: PlantName | null,
    public seeds: number,
  ) {}

  count({ violations, isPlanted, history }: SeedResult): void {
    this.seeds += 1;
    this.violations += violations.length;
    if (isPlanted) this.#planted += 1;
    const foundBy: readonly string[] = this.plant === null ? [] : plants[this.plant].foundBy;
    const rules = violations.map(({ rule }) => rule).filter((rule) => foundBy.includes(rule));
    if (isPlanted && rules.length > 0) this.#found += 1;
    for (const rule of rules) this.#rules.add(rule);
    for (const { name, detail } of history.faults) {
      if (wasPlayed(detail)) this.#faults.set(name, (this.#faults.get(name) ?? 0) + 1);
    }
  }

  /** Nothing was found, or with a planted bug each that could be planted, and by a rule that is there for it. */
  get isAsExpected(): boolean {
    const isRight = this.plant === null ? this.violations === 0 : this.#planted > 0 && this.#found === this.#planted;
    return isRight && this.unplayed === 0;
  }

  /** `asked`: the faults that were to be played. */
  lines(asked: readonly string[]): string[] {
    const { plant, seeds, violations, unplayed } = this;
    const played = asked.filter((name) => this.#faults.has(name)).map((name) => `${this.#faults.get(name)} ${name}`);
    const never = asked.filter((name) => !this.#faults.has(name));
    return [
      ...(played.length > 0 ? [`faults: ${played.join(', ')}`] : []),
      ...(never.length > 0 && seeds > 0 ? [`never played: ${never.join(', ')}`] : []),
      ...(plant === null
        ? []
        : [
            `the bug ${plant} was planted in ${this.#planted} of ${seeds} seeds and found in ${this.#found}, by ${[...this.#rules].join(', ') || 'no rule that is there for it'}`,
          ]),
      ...(unplayed > 0 ? [`${unplayed} more could not be played`] : []),
      `${seeds} seeds, ${violations} violations`,
    ];
  }
}

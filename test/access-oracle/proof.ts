import * as fc from 'fast-check';
import {
  disagreement,
  narrowingDisagreement,
  purposeDisagreement,
  standingDisagreement,
  wordOf,
  actorIn,
  factsIn,
  type Policy,
} from './agreement';
import type { Oracle } from './oracle';
import { RULES, type Asked } from './rules';
import type { World } from './world';
import { anyWorld, commandCells, fieldCells, fittingWorlds } from './worlds';

export interface Tally {
  cells: number;
  steps: number;
  worlds: number;
  /** Of the worlds, those in which the field shows. */
  shown: number;
  /** … and those in which the step may be taken. */
  taken: number;
}

const asking = (policy: Policy): Asked => ({
  mayRead: (world) => policy.mayRead(actorIn(world), world.type, world.field, factsIn(policy, world)),
  mayDo: (world) => policy.mayDo(actorIn(world), world.type, world.command, factsIn(policy, world)),
});

/** The rule of the domain that this world breaks, if any. */
export const brokenRule = (policy: Policy, world: World): string | null => {
  const asked = asking(policy);
  return Object.entries(RULES).find(([, holds]) => !holds(world, asked))?.[0] ?? null;
};

/** A policy beside a page, in as many worlds as one likes. */
export class Proof {
  readonly tally: Tally = { cells: 0, steps: 0, worlds: 0, shown: 0, taken: 0 };

  constructor(
    private readonly policy: Policy,
    readonly oracle: Oracle,
  ) {}

  /** The first difference in what holds whatever the world. */
  standing(): string | null {
    return (
      standingDisagreement(this.policy, this.oracle) ??
      purposeDisagreement(this.policy, this.oracle) ??
      narrowingDisagreement(this.policy, this.oracle)
    );
  }

  /** For every row the worlds in which it just grants, and so many drawn with a seed: the same every time. */
  sample(runs: number, seed: number): World[] {
    return [...fittingWorlds(this.oracle.page), ...fc.sample(anyWorld(this.oracle.page), { numRuns: runs, seed })];
  }

  /** The first of these worlds in which policy and page differ. */
  among(worlds: Iterable<World>): string | null {
    for (const world of worlds) {
      const difference = disagreement(this.policy, this.oracle, world);
      if (difference !== null) return difference;
    }
    return null;
  }

  /** The first cell of the page where the policy says something else. */
  cells(): string | null {
    for (const world of fieldCells(this.oracle.page)) {
      this.tally.cells++;
      const [said, expected] = [wordOf(this.policy, world), this.oracle.read(world)];
      if (said !== expected) return `policy ${said}, page ${expected}, in ${JSON.stringify(world)}`;
    }
    const steps = [...commandCells(this.oracle.page)];
    this.tally.steps += steps.length;
    return this.among(steps);
  }

  /** The first random world in which policy and page differ, shrunk. */
  worlds(runs: number): string | null {
    return this.#search(runs, (world) => {
      this.tally.worlds++;
      if (typeof this.oracle.read(world) === 'number') this.tally.shown++;
      if (this.oracle.mayDo(world)) this.tally.taken++;
      return disagreement(this.policy, this.oracle, world);
    });
  }

  /** The first random world that breaks a rule of the domain. */
  rules(runs: number): string | null {
    return this.#search(runs, (world) => {
      const broken = brokenRule(this.policy, world);
      return broken && `${broken}: ${JSON.stringify(world)}`;
    });
  }

  #search(runs: number, fault: (world: World) => string | null): string | null {
    const property = fc.property(anyWorld(this.oracle.page), (world) => fault(world) === null);
    const { counterexample } = fc.check(property, { numRuns: runs });
    return counterexample ? fault(counterexample[0]) : null;
  }
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile, Memory } from './memory.mjs';

const RUNS = 3000;
const SEED = 20_170_617;

/**
 * Says what notices that the policy was changed. The evaluator that has read only the page is asked; that the page itself
 * would come out otherwise is the last resort, and all there is for what is printed and decides nothing.
 */
export class Judge {
  #root;
  #proofs = new Memory();
  #page;
  #specimenPage;
  #worlds;
  #specimenWorlds;

  constructor(root) {
    this.#root = root;
    this.#page = readFileSync(join(root, 'docs/access-matrix.md'), 'utf8');
    this.#specimenPage = this.#policyOf(undefined, true).accessMatrix();
    this.#worlds = this.#proof(this.#policyOf(undefined, false), this.#page).sample(RUNS, SEED);
    this.#specimenWorlds = this.#proof(this.#policyOf(undefined, true), this.#specimenPage).sample(RUNS, SEED);
  }

  /** Null: nothing. */
  verdictOn(mutant) {
    // What is no program proves nothing: that would be a fault of the mutation.
    compile(mutant.file, mutant.text);
    try {
      return this.#differenceOf(mutant);
    } catch (error) {
      return { by: 'it does not run', how: String(error) };
    }
  }

  #differenceOf(mutant) {
    const [real, specimen] = [this.#policyOf(mutant, false), this.#policyOf(mutant, true)];
    const [onPage, onSpecimen] = [this.#proof(real, this.#page), this.#proof(specimen, this.#specimenPage)];
    const tests = [
      ['what is standing', () => onPage.standing() ?? onSpecimen.standing()],
      ['a world', () => onPage.among(this.#worlds)],
      ['a world of the specimen', () => onSpecimen.among(this.#specimenWorlds)],
      ['a cell of the specimen', () => onSpecimen.cells()],
      ['the page only', () => this.#otherPage(real, specimen)],
      ['a cell', () => onPage.cells()],
    ];
    for (const [by, difference] of tests) {
      const how = difference();
      if (how !== null) return { by, how };
    }
    return null;
  }

  #proof(policy, page) {
    const { Proof } = this.#proofs.load(join(this.#root, 'test/access-oracle/proof.ts'));
    return new Proof(policy, page);
  }

  #otherPage(real, specimen) {
    const isSame = real.accessMatrix() === this.#page && specimen.accessMatrix() === this.#specimenPage;
    return isSame ? null : 'the page would be another';
  }

  #policyOf(mutant, isSpecimen) {
    const instead = new Map(mutant ? [[mutant.file, mutant.text]] : []);
    if (isSpecimen) {
      const { specimenOf } = this.#proofs.load(join(this.#root, 'test/access-oracle/specimen.ts'));
      const everyone = (memory) => memory.load(join(this.#root, 'src/access/policy.ts')).EVERYONE;
      instead.set(join(this.#root, 'src/access/table/index.ts'), (memory) => ({
        resources: specimenOf(everyone(memory)),
      }));
    }
    return new Memory(instead).load(join(this.#root, 'src/access/index.ts'));
  }
}

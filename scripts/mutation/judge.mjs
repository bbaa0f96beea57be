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
  #real;
  #specimen;

  constructor(root) {
    this.#root = root;
    this.#real = this.#side(
      (instead) => this.#policy(instead),
      readFileSync(join(root, 'docs/access-matrix.md'), 'utf8'),
    );
    const specimenPolicy = (instead) => this.#policy(new Map([...instead, this.#specimenTable()]));
    this.#specimen = this.#side(specimenPolicy, specimenPolicy(new Map()).accessMatrix());
  }

  /** Null: nothing. */
  verdictOn(mutant) {
    // What is no program proves nothing: that would be a fault of the mutation.
    const run = compile(mutant.file, mutant.text);
    try {
      return this.#differenceOf(new Map([[mutant.file, run]]), mutant.file.endsWith('/matrix.ts'));
    } catch (error) {
      return { by: 'it does not run', how: String(error) };
    }
  }

  #differenceOf(instead, isPrinter) {
    const [real, specimen] = [this.#real, this.#specimen].map((side) => {
      const policy = side.policyWith(instead);
      return { ...side, policy, proof: this.#proof(policy, side.oracle) };
    });
    const page = ['the page only', () => otherPage(real) ?? otherPage(specimen)];
    const tests = [
      ['what is standing', () => real.proof.standing() ?? specimen.proof.standing()],
      ['a world', () => real.proof.among(real.worlds)],
      ['a world of the specimen', () => specimen.proof.among(specimen.worlds)],
      ['a cell of the specimen', () => specimen.proof.cells()],
      page,
      ['a cell', () => real.proof.cells()],
    ];
    for (const [by, difference] of isPrinter ? [page] : tests) {
      const how = difference();
      if (how !== null) return { by, how };
    }
    return null;
  }

  /** A table with its page, an evaluator that has read it, and worlds to ask both about. */
  #side(policyWith, page) {
    const oracle = this.#proofs.load(join(this.#root, 'test/access-oracle/oracle.ts')).Oracle.reading(page);
    const worlds = this.#proof(policyWith(new Map()), oracle).sample(RUNS, SEED);
    return { policyWith, page, oracle, worlds };
  }

  #proof(policy, oracle) {
    const { Proof } = this.#proofs.load(join(this.#root, 'test/access-oracle/proof.ts'));
    return new Proof(policy, oracle);
  }

  #policy(instead) {
    return new Memory(instead).load(join(this.#root, 'src/access/index.ts'));
  }

  #specimenTable() {
    const { specimenOf } = this.#proofs.load(join(this.#root, 'test/access-oracle/specimen.ts'));
    const run = (require, exports) => {
      exports.resources = specimenOf(require('../policy').EVERYONE);
    };
    return [join(this.#root, 'src/access/table/index.ts'), run];
  }
}

const otherPage = ({ policy, page }) => (policy.accessMatrix() === page ? null : 'the page would be another');

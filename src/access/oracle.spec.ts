import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as access from '.';
import { Oracle } from '../../test/access-oracle/oracle';
import { Proof } from '../../test/access-oracle/proof';
import { saidTwice } from '../../test/access-oracle/redundancy';
import { ABOUT_PEOPLE } from '../../test/access-oracle/rules';
import { specimenOf } from '../../test/access-oracle/specimen';
import { inDepth } from '../../test/setup/thorough';

const WORLDS = inDepth(25_000, 100_000);
const PAGE = readFileSync(join(__dirname, '../../docs/access-matrix.md'), 'utf8');

const percent = (part: number, whole: number): string => `${Math.round((100 * part) / whole)} %`;

describe('the policy, beside an evaluator that has read the page and nothing else', () => {
  const proof = new Proof(access, Oracle.reading(PAGE));

  it('is written on the committed page', () => {
    const [decided] = PAGE.split('\n# Operation by operation\n');
    expect(access.accessMatrix()).toBe(decided);
    expect(proof.standing()).toBeNull();
  });

  it(`says the same in ${WORLDS} random worlds`, () => {
    expect(proof.worlds(WORLDS)).toBeNull();
    const { worlds, shown, taken } = proof.tally;
    process.stdout.write(
      `Access: ${worlds} worlds, ${percent(shown, worlds)} show the field, ${percent(taken, worlds)} allow the command\n`,
    );
    expect(shown).toBeGreaterThan(WORLDS / 5);
    expect(shown).toBeLessThan((WORLDS * 4) / 5);
  });

  it(`keeps the rules of the domain in ${WORLDS} random worlds`, () => {
    expect(proof.rules(WORLDS)).toBeNull();
  });

  it('says nothing twice: every row and every role in it gives something that no other gives', () => {
    expect(saidTwice(proof.oracle.page)).toEqual([]);
  });

  it('has every type with a protected field among those that tell of people', () => {
    const { types, protectedClasses } = proof.oracle.page;
    const telling = [...types].filter(([, { classOf }]) =>
      [...classOf.values()].some((one) => protectedClasses.has(one)),
    );
    expect(telling.map(([type]) => type).filter((type) => !Object.hasOwn(ABOUT_PEOPLE, type))).toEqual([]);
  });
});

describe('what decides, over a table with every kind of row', () => {
  /** The policy as it would be with the specimen for a table. */
  const specimenPolicy = (): typeof access => {
    let policy: typeof access | undefined;
    jest.isolateModules(() => {
      jest.doMock('./table', () => ({
        resources: specimenOf(jest.requireActual<typeof import('./policy')>('./policy').EVERYONE),
      }));
      policy = jest.requireActual<typeof access>('.');
    });
    return policy!;
  };

  it('says what the page of that table says, in every cell and at random', () => {
    const policy = specimenPolicy();
    const proof = new Proof(policy, Oracle.reading(policy.accessMatrix()));
    expect([proof.standing(), proof.cells(), proof.worlds(10_000)]).toEqual([null, null, null]);
    expect(proof.tally.shown).toBeGreaterThan(1000);
  });
});

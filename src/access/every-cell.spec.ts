import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as access from '.';
import { Oracle } from '../../test/access-oracle/oracle';
import { Proof } from '../../test/access-oracle/proof';

describe('the policy, beside an evaluator that has read the page and nothing else', () => {
  it('says the same in every cell', () => {
    const page = readFileSync(join(__dirname, '../../docs/access-matrix.md'), 'utf8');
    const proof = new Proof(access, Oracle.reading(page));
    expect(proof.cells()).toBeNull();
    const { cells, steps } = proof.tally;
    process.stdout.write(`Access: ${cells} cells of fields and ${steps} of commands evaluated\n`);
    expect(cells).toBeGreaterThan(500_000);
  });
});

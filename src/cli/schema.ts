import { writeFileSync } from 'node:fs';
import { FEATURES } from '../app.module';
import { printSchemaOf } from '../platform/graphql/print-schema';
import { accessMatrix } from '../access';
import { clocksTable } from './clocks-table';
import { stateDiagrams } from './state-diagrams';

/** `npm run schema`: everything that is written by the code and read by people, made anew. */
const run = async (): Promise<void> => {
  writeFileSync('schema.graphql', await printSchemaOf(FEATURES));
  writeFileSync('docs/access-matrix.md', accessMatrix());
  writeFileSync('docs/machines.md', stateDiagrams());
  writeFileSync('docs/clocks.md', clocksTable());
};

void run();

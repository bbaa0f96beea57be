import { writeFileSync } from 'node:fs';
import { FEATURES } from '../app.module';
import { accessRulesOf, printSchemaOf } from '../platform/graphql/print-schema';
import { accessMatrix } from '../access';
import { clocksTable } from './clocks-table';
import { operationsChapter } from './operations-chapter';
import { stateDiagrams } from './state-diagrams';
import { whatWaits } from './what-waits';

/** `npm run schema`: everything that is written by the code and read by people, made anew. */
const run = async (): Promise<void> => {
  const schema = await printSchemaOf(FEATURES);
  writeFileSync('schema.graphql', schema);
  writeFileSync('docs/access-matrix.md', accessMatrix() + operationsChapter(schema, accessRulesOf(FEATURES)));
  writeFileSync('docs/machines.md', stateDiagrams());
  writeFileSync('docs/clocks.md', clocksTable());
  writeFileSync('docs/what-waits.md', whatWaits());
};

void run();

import type { Actor } from '../../src/access';
import { sql } from '../../src/platform/database/statement';
import { buildActor } from '../builders/agencies';
import { TestUnitOfWork } from '../setup/unit-of-work';

const agencies = sql<{ id: string }>('select id from agency where id = any($1::uuid[])');
const planned = sql<{ custom: number; generic: number }>(
  'select custom_plans::int as custom, generic_plans::int as generic from pg_prepared_statements where name = $1',
);

describe('a statement', () => {
  let open: TestUnitOfWork;
  let officer: Actor;

  beforeAll(async () => {
    open = await TestUnitOfWork.open(1);
    officer = await buildActor(open.database, 'LAW_ENFORCEMENT', 'OFFICER');
  });
  afterAll(() => open.close());

  it('is planned once for all lists of ids, not for each', async () => {
    const reader = open.unitOfWork.reader(officer);
    for (let times = 0; times < 3; times += 1) await reader.query(agencies, [[officer.agencyId]]);
    expect(await reader.query(planned, [agencies.name])).toEqual([{ custom: 0, generic: 3 }]);
  });
});

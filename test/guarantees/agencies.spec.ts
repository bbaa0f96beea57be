import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/access';
import { AgenciesService } from '../../src/agencies';
import { AgenciesStore } from '../../src/agencies/agencies.store';
import type { AgenciesArgs, CreateAgencyInput, UpdateAgencyInput } from '../../src/agencies/agency.inputs';
import { asOwner, buildActor, buildAgency, buildStaff, TEST_ISSUER } from '../builders/agencies';
import { codeOf, fieldOf, idOf } from '../builders/members';
import { TestUnitOfWork } from '../setup/unit-of-work';

describe('agencies', () => {
  let db: TestUnitOfWork;
  let agencies: AgenciesService;
  const create = (actor: Actor, input: CreateAgencyInput, key?: string) =>
    agencies.create(actor, input, { name: 'createAgency', input, key });
  const update = (actor: Actor, input: UpdateAgencyInput) =>
    agencies.update(actor, input, { name: 'updateAgency', input });
  const store = new AgenciesStore();
  let operator: Actor;
  let admin: Actor;
  let officer: Actor;
  let stranger: Actor;

  const row = async (id: string, asker: Actor = officer) => (await store.byIds(db.unitOfWork.reader(asker), [id]))[0];
  const list = async (args: Partial<AgenciesArgs>) =>
    agencies.page(db.unitOfWork.reader(officer), { first: 100, ...args });
  const newAgency = (changes: Partial<CreateAgencyInput> = {}): CreateAgencyInput => ({
    kind: 'TREATMENT_PROVIDER',
    name: 'Agency of the test',
    state: 'OH',
    jurisdictions: ['39141'],
    ...changes,
  });

  beforeAll(async () => {
    db = await TestUnitOfWork.open();
    agencies = new AgenciesService(db.unitOfWork, store);
    const police = await buildAgency(db.database, { jurisdictions: ['39141'] });
    operator = await buildActor(db.database, 'PLATFORM', 'PLATFORM_ADMIN');
    admin = await buildStaff(db.database, police, 'AGENCY_ADMIN');
    officer = await buildStaff(db.database, police, 'OFFICER');
    stranger = await buildActor(db.database, 'TREATMENT_PROVIDER', 'AGENCY_ADMIN');
  });
  afterAll(() => db.close());

  it('are taken in by the operator, with their counties, under audit', async () => {
    const id = idOf(await create(operator, newAgency({ phone: '740-555-0100', jurisdictions: ['54003', '39141'] })));
    expect(await row(id)).toMatchObject({
      kind: 'TREATMENT_PROVIDER',
      state: 'OH',
      phone: '740-555-0100',
      isActive: true,
      jurisdictionFips: ['39141', '54003'],
      relations: [],
    });
    const audit = await asOwner(
      db.database,
      'select action, agency_id as by, details from audit_entry where subject_id = $1',
      [id],
    );
    expect(audit).toEqual([
      { action: 'agency.created', by: operator.agencyId, details: { kind: 'TREATMENT_PROVIDER' } },
    ]);
  });

  it.each([
    ['a county that does not exist', { jurisdictions: ['39141', '39000'] }, 'input.jurisdictions[1]'],
    ['a state that does not exist', { state: 'XX' }, 'input.state'],
    ['a second operator', { kind: 'PLATFORM' as const }, 'input.kind'],
  ])('refuse %s and write nothing', async (_what, changes, field) => {
    const before = await asOwner(db.database, 'select count(*) from agency');
    const result = await create(operator, newAgency(changes));
    expect([codeOf(result), fieldOf(result)]).toEqual(['INVALID_INPUT', field]);
    expect(await asOwner(db.database, 'select count(*) from agency')).toEqual(before);
  });

  it('are taken in by nobody else', async () => {
    expect(codeOf(await create(admin, newAgency()))).toBe('FORBIDDEN');
    expect(codeOf(await create(officer, newAgency()))).toBe('FORBIDDEN');
  });

  it('are created once for one key', async () => {
    const key = 'one-agency-please';
    const first = await create(operator, newAgency(), key);
    expect(await create(operator, newAgency(), key)).toEqual(first);
    expect(codeOf(await create(operator, newAgency({ name: 'Another name' }), key))).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('are changed by their own admin, what is not named staying as it is', async () => {
    const id = admin.agencyId;
    const before = await row(id);
    idOf(await update(admin, { id, phone: '(740) 555-0101', jurisdictions: ['39047', '39141'] }));
    expect(await row(id)).toEqual({ ...before, phone: '(740) 555-0101', jurisdictionFips: ['39047', '39141'] });
    idOf(await update(admin, { id, phone: null, name: 'Agency renamed', jurisdictions: ['39141'] }));
    expect(await row(id)).toEqual({ ...before, name: 'Agency renamed', phone: null, jurisdictionFips: ['39141'] });
  });

  it('refuse a change of nothing, and of counties that do not exist', async () => {
    const id = admin.agencyId;
    expect(fieldOf(await update(admin, { id, name: null }))).toBe('input');
    expect(fieldOf(await update(admin, { id, jurisdictions: ['00000'] }))).toBe('input.jurisdictions[0]');
  });

  it('are not changed by their other members', async () => {
    expect(codeOf(await update(officer, { id: officer.agencyId, name: 'Mine' }))).toBe('FORBIDDEN');
  });

  it('give a foreign admin the same answer as an id that does not exist', async () => {
    const foreign = await update(stranger, { id: admin.agencyId, name: 'Mine' });
    expect(codeOf(foreign)).toBe('NOT_FOUND');
    expect(foreign).toEqual(await update(stranger, { id: randomUUID(), name: 'Mine' }));
    expect((await row(admin.agencyId))?.name).not.toBe('Mine');
  });

  it('are coordinated by an active outreach team, and by nothing else', async () => {
    const id = admin.agencyId;
    const team = await buildAgency(db.database, { kind: 'OUTREACH_TEAM' });
    const closed = await buildAgency(db.database, { kind: 'OUTREACH_TEAM', isActive: false });
    idOf(await update(admin, { id, coordinatingAgencyId: team.id }));
    expect(await agencies.agencyFacts(db.unitOfWork.reader(stranger), id)).toMatchObject({
      id,
      kind: 'LAW_ENFORCEMENT',
      coordinatingAgencyId: team.id,
      isActive: true,
    });
    for (const other of [stranger.agencyId, closed.id, randomUUID(), id]) {
      const result = await update(admin, { id, coordinatingAgencyId: other });
      expect([codeOf(result), fieldOf(result)]).toEqual(['INVALID_INPUT', 'input.coordinatingAgencyId']);
    }
    idOf(await update(admin, { id, coordinatingAgencyId: null }));
    expect((await row(id))?.coordinatingAgencyId).toBeNull();
  });

  it('are closed and opened by the operator only, who cannot close its own', async () => {
    const { id } = await buildAgency(db.database, { kind: 'SCHOOL' });
    const own = await update(admin, { id: admin.agencyId, isActive: false });
    expect([codeOf(own), fieldOf(own)]).toEqual(['FORBIDDEN', 'input.isActive']);
    expect(codeOf(await update(operator, { id: operator.agencyId, isActive: false }))).toBe('ILLEGAL_TRANSITION');
    idOf(await update(operator, { id, isActive: false }));
    expect((await row(id))?.isActive).toBe(false);
    expect((await list({ kind: 'SCHOOL', isActive: true })).nodes).toEqual([]);
    expect((await list({ kind: 'SCHOOL', isActive: null })).nodes.map((node) => node.id)).toEqual([id]);
  });

  it('sign nobody in while they are closed', async () => {
    const liaison = await buildStaff(
      db.database,
      await buildAgency(db.database, { kind: 'SCHOOL', isActive: false }),
      'SCHOOL_LIAISON',
    );
    expect(await db.unitOfWork.signIn(TEST_ISSUER, liaison.id, liaison.agencyId, 'SCHOOL_LIAISON')).toBeNull();
  });

  it('are listed by kind, state and county, page after page', async () => {
    const made: string[] = [];
    for (let i = 0; i < 5; i++) {
      made.push(
        (await buildAgency(db.database, { kind: 'HOSPITAL', state: 'WV', jurisdictions: ['54003', '54037'] })).id,
      );
    }
    await buildAgency(db.database, { kind: 'HOSPITAL', state: 'WV', jurisdictions: ['54037'] });
    const filter = { kind: 'HOSPITAL', state: 'WV', countyFips: '54003' } as const;
    const seen: string[] = [];
    for (let after: string | null = null, hasMore = true; hasMore;) {
      const page: Awaited<ReturnType<typeof list>> = await list({ ...filter, first: 2, after });
      seen.push(...page.nodes.map((node) => node.id));
      after = page.pageInfo.endCursor;
      hasMore = page.pageInfo.hasNextPage;
    }
    expect(seen).toEqual([...made].sort());
  });
});

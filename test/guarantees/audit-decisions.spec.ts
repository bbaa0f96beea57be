import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/access';
import { Refusal } from '../../src/kernel/refusal';
import { Unavailable } from '../../src/platform/database/failures';
import { systemActor } from '../../src/platform/database/system-actor';
import { asOwner, buildActor } from '../builders/agencies';
import { openApp, type TestApp } from '../setup/app';

interface Row {
  readonly kind: string;
  readonly action: string;
  readonly refusal: string | null;
  readonly subject_type: string | null;
  readonly subject_id: string | null;
  readonly details: object;
  readonly decision_id: string;
  readonly signed: number;
}

const RENAME = `mutation($id: ID!, $name: String) { updateAgency(input: { id: $id, name: $name }) {
  __typename ... on Agency { id name } ... on Refused { code } } }`;

describe('the audit trail', () => {
  let app: TestApp;
  let officer: Actor;
  let admin: Actor;

  const trailOf = (actor: Actor): Promise<Row[]> =>
    asOwner<Row>(
      app.database,
      'select *, octet_length(mac) as signed from audit_entry where actor_id = $1 order by position',
      [actor.id],
    );

  beforeAll(async () => {
    app = await openApp();
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    officer = await buildActor(app.database, 'LAW_ENFORCEMENT', 'OFFICER');
    admin = await buildActor(app.database, 'LAW_ENFORCEMENT', 'AGENCY_ADMIN');
  });

  it('has a signed row for what was done, and one decision for all rows of a command', async () => {
    const [first, second] = [randomUUID(), randomUUID()];
    await app.unitOfWork.run(admin, { name: 'both' }, (tx) => {
      tx.audit({ action: 'one', subjectType: 'Test', subjectId: first, details: { b: 1, a: 'x' } });
      tx.audit({ action: 'two', subjectType: 'Test', subjectId: second });
      return Promise.resolve({ id: first });
    });
    const rows = await trailOf(admin);
    expect(rows.map(({ kind, action, signed }) => [kind, action, signed])).toEqual([
      ['COMMAND', 'one', 32],
      ['COMMAND', 'two', 32],
    ]);
    expect(new Set(rows.map(({ decision_id }) => decision_id)).size).toBe(1);
  });

  it('has what a command was refused, and nothing of what it had noted', async () => {
    const referralId = randomUUID();
    const before = new Refusal('NO_CAPACITY', 'No place is left for Sample Person.');
    await app.unitOfWork.run(officer, { name: 'placeReferral', input: { note: 'free text', referralId } }, (tx) => {
      tx.emit({ name: 'never', subjectType: 'Test', subjectId: referralId });
      return Promise.resolve(before);
    });
    expect(await trailOf(officer)).toEqual([
      expect.objectContaining({
        kind: 'REFUSAL',
        action: 'placeReferral',
        refusal: 'NO_CAPACITY',
        subject_type: 'Referral',
        subject_id: referralId,
        details: {},
        signed: 32,
      }),
    ]);
  });

  it('has what the guard refused, named as clients call it', async () => {
    const ask = await app.as(officer);
    const id = officer.agencyId;
    const { errors, status } = await ask(RENAME, { id: id.toUpperCase(), name: 'Other' });
    expect([status, errors[0]?.extensions['code']]).toEqual([403, 'FORBIDDEN']);
    expect(await trailOf(officer)).toEqual([
      expect.objectContaining({
        kind: 'REFUSAL',
        action: 'updateAgency',
        refusal: 'FORBIDDEN',
        subject_type: 'Agency',
        subject_id: id,
      }),
    ]);
  });

  it('has nothing of calls without a sign-in, nor of tasks of Handrail that find nothing to do', async () => {
    const count = async () => (await asOwner(app.database, 'select from audit_entry')).length;
    const before = await count();
    await app.speaking(null)(RENAME, { id: officer.agencyId });
    await app.unitOfWork.runAsSystem(officer.agencyId, { name: 'expireOffer' }, () =>
      Promise.resolve(new Refusal('NOT_FOUND', 'No such offer due.')),
    );
    expect(await count()).toBe(before);
  });

  it('takes a reading, in a transaction of its own', async () => {
    const note = { action: 'referral', subjectType: 'Referral', subjectId: randomUUID() };
    await app.unitOfWork.note(officer, { kind: 'READ', requestId: 'r-1', purpose: 'TREATMENT' }, [note]);
    await app.unitOfWork.note(systemActor(officer.agencyId), { kind: 'READ' }, [note]);
    expect(await trailOf(officer)).toEqual([
      expect.objectContaining({ kind: 'READ', purpose: 'TREATMENT', request_id: 'r-1', subject_id: note.subjectId }),
    ]);
  });

  describe('when it cannot be written', () => {
    beforeEach(() => asOwner(app.database, 'revoke insert on audit_entry from handrail_app, handrail_worker'));
    afterEach(() =>
      asOwner(
        app.database,
        'grant insert (id, at, agency_id, actor_kind, actor_id, role, action, subject_type, subject_id, details, request_id, decision_id, kind, refusal, purpose, key_id, mac) on audit_entry to handrail_app, handrail_worker',
      ),
    );

    it('lets no command happen', async () => {
      const ask = await app.as(admin);
      const answer = await ask(RENAME, { id: admin.agencyId, name: 'Never' });
      expect([answer.status, answer.errors[0]?.extensions['code'], answer.data]).toEqual([503, 'RETRY_LATER', null]);
      expect(await asOwner(app.database, "select from agency where name = 'Never'")).toEqual([]);
    });

    it('tells no refusal', async () => {
      const refused = app.unitOfWork.run(officer, { name: 'placeReferral' }, () =>
        Promise.resolve(new Refusal('NO_CAPACITY', 'No place is left.')),
      );
      await expect(refused).rejects.toBeInstanceOf(Unavailable);
      const answer = await (await app.as(officer))(RENAME, { id: officer.agencyId });
      expect([answer.status, answer.errors[0]?.extensions['code']]).toEqual([503, 'RETRY_LATER']);
      const read = { action: 'referral', subjectType: 'Referral', subjectId: officer.id };
      await expect(app.unitOfWork.note(officer, { kind: 'READ' }, [read])).rejects.toBeInstanceOf(Unavailable);
    });
  });
});

import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/access';
import { isRefusal } from '../../src/kernel/refusal';
import { SignedOut } from '../../src/platform/database/failures';
import { asOwner, buildActor, buildAgency, buildStaff, type BuiltAgency } from '../builders/agencies';
import { codeOf, fieldOf, idOf, membersOf, someone } from '../builders/members';
import { TestUnitOfWork } from '../setup/unit-of-work';

describe('staff', () => {
  let db: TestUnitOfWork;
  let members: ReturnType<typeof membersOf>;
  let police: BuiltAgency;
  let operator: Actor;
  let admin: Actor;
  let officer: Actor;
  let stranger: Actor;

  beforeAll(async () => {
    db = await TestUnitOfWork.open();
    members = membersOf(db.unitOfWork);
    police = await buildAgency(db.database);
    operator = await buildActor(db.database, 'PLATFORM', 'PLATFORM_ADMIN');
    admin = await buildStaff(db.database, police, 'AGENCY_ADMIN');
    officer = await buildStaff(db.database, police, 'OFFICER');
    stranger = await buildActor(db.database, 'TREATMENT_PROVIDER', 'AGENCY_ADMIN');
  });
  afterAll(() => db.close());

  describe('adding staff', () => {
    it('lets a person in, who can sign in at once', async () => {
      const input = someone('OFFICER');
      const id = idOf(await members.add(admin, input));
      expect(await members.member(admin, id)).toMatchObject({
        displayName: 'New member',
        role: 'OFFICER',
        isActive: true,
      });
      expect(await members.signIn(input.subject, police.id, 'OFFICER')).toMatchObject({
        membershipId: id,
        scopes: null,
      });
      const audit = await asOwner(db.database, 'select action, details from audit_entry where subject_id = $1', [id]);
      expect(audit).toEqual([{ action: 'staff-member.added', details: { agencyId: police.id, role: 'OFFICER' } }]);
    });

    it('knows the same sign-in again at another agency, and shows neither what the other calls them', async () => {
      const input = { ...someone('OFFICER'), email: 'first@station.example' };
      const here = idOf(await members.add(admin, input));
      const other = { displayName: 'Other name', email: 'second@clinic.example' };
      const there = idOf(await members.add(stranger, { ...input, ...other, role: 'PROVIDER_STAFF' }));
      const nameless = idOf(
        await members.add(stranger, { ...input, displayName: 'Third name', email: null, role: 'PRIVACY_OFFICER' }),
      );
      expect(await members.member(admin, here)).toMatchObject({ displayName: 'New member', email: input.email });
      expect(await members.member(stranger, there)).toMatchObject(other);
      expect(await members.member(stranger, nameless)).toMatchObject({ displayName: 'Third name', email: null });
      const moved = idOf(await members.changeRole(admin, { staffMemberId: here, role: 'EVIDENCE_CUSTODIAN' }));
      expect(await members.member(admin, moved)).toMatchObject({ displayName: 'New member', email: input.email });
      const accounts = await asOwner(db.database, 'select display_name as name from account where subject = $1', [
        input.subject,
      ]);
      expect(accounts).toEqual([{ name: 'New member' }]);
      const kept = await asOwner<{ sealed: Buffer }>(
        db.database,
        'select email_sealed as sealed from membership where id = any($1) order by created_at, id',
        [[here, there, moved]],
      );
      expect(kept.filter(({ sealed }) => sealed.includes('@') && sealed.includes('example'))).toEqual([]);
      expect(new Set(kept.map(({ sealed }) => sealed.toString('hex'))).size).toBe(3);
    });

    it('refuses a role held already, and one the agency cannot give', async () => {
      const input = someone('OFFICER');
      idOf(await members.add(admin, input));
      expect(codeOf(await members.add(admin, input))).toBe('ALREADY_EXISTS');
      const result = await members.add(admin, { ...input, role: 'PROVIDER_STAFF' });
      expect([codeOf(result), fieldOf(result)]).toEqual(['INVALID_INPUT', 'input.role']);
    });

    it('is for the agency’s admin: others are refused, and a foreign agency is not found', async () => {
      expect(codeOf(await members.add(officer, someone('OFFICER')))).toBe('FORBIDDEN');
      const foreign = await members.add(stranger, someone('OFFICER', { agencyId: police.id }));
      expect(codeOf(foreign)).toBe('NOT_FOUND');
      expect(foreign).toEqual(await members.add(stranger, someone('OFFICER', { agencyId: randomUUID() })));
    });

    it('adds one person for one key', async () => {
      const input = someone('OFFICER');
      const first = await members.add(admin, input, 'one-officer');
      expect(await members.add(admin, input, 'one-officer')).toEqual(first);
      expect(codeOf(await members.add(admin, someone('OFFICER'), 'one-officer'))).toBe('IDEMPOTENCY_KEY_REUSED');
    });

    it('adds one membership when many ask at once', async () => {
      const input = someone('OFFICER');
      const results = await Promise.all(Array.from({ length: 12 }, () => members.add(admin, input)));
      expect(results.map(codeOf).sort()).toEqual([...Array<string>(11).fill('ALREADY_EXISTS'), 'DONE']);
    });
  });

  describe('the operator', () => {
    it('appoints the first admin of an agency, once, and sees nobody by it', async () => {
      const { id: agencyId } = await buildAgency(db.database, { kind: 'HOSPITAL' });
      const id = idOf(await members.add(operator, someone('AGENCY_ADMIN', { agencyId })));
      expect(await members.member(operator, id)).toBeNull();
      const second = await members.add(operator, someone('AGENCY_ADMIN', { agencyId }));
      expect([codeOf(second), fieldOf(second)]).toEqual(['FORBIDDEN', 'input.agencyId']);
    });

    it('appoints one admin when two operators ask at once', async () => {
      const { id: agencyId } = await buildAgency(db.database, { kind: 'EMS' });
      const both = [1, 2].map(() => members.add(operator, someone('AGENCY_ADMIN', { agencyId })));
      expect((await Promise.all(both)).map(codeOf).sort()).toEqual(['DONE', 'FORBIDDEN']);
    });

    it('appoints nobody else there, but manages its own people', async () => {
      const { id: agencyId } = await buildAgency(db.database, { kind: 'HOSPITAL' });
      const result = await members.add(operator, someone('HOSPITAL_STAFF', { agencyId }));
      expect([codeOf(result), fieldOf(result)]).toEqual(['FORBIDDEN', 'input.role']);
      const id = idOf(await members.add(operator, someone('PLATFORM_ADMIN')));
      expect(codeOf(await members.end(operator, { staffMemberId: id }))).toBe('DONE');
      expect(codeOf(await members.end(operator, { staffMemberId: operator.membershipId }))).toBe('ILLEGAL_TRANSITION');
    });
  });

  describe('changing and ending', () => {
    it('gives another role by ending the one and opening the other', async () => {
      const input = someone('OFFICER');
      const old = idOf(await members.add(admin, input));
      const id = idOf(await members.changeRole(admin, { staffMemberId: old, role: 'PRIVACY_OFFICER' }));
      expect(await members.member(admin, old)).toMatchObject({ role: 'OFFICER', isActive: false });
      expect(await members.member(admin, id)).toMatchObject({ role: 'PRIVACY_OFFICER', isActive: true });
      expect(await members.signIn(input.subject, police.id, 'OFFICER')).toBeNull();
      expect(await members.signIn(input.subject, police.id, 'PRIVACY_OFFICER')).not.toBeNull();
    });

    it('refuses the role they hold, a role the agency cannot give, and a membership that has ended', async () => {
      const staffMemberId = idOf(await members.add(admin, someone('OFFICER')));
      expect(codeOf(await members.changeRole(admin, { staffMemberId, role: 'OFFICER' }))).toBe('ALREADY_EXISTS');
      expect(codeOf(await members.changeRole(admin, { staffMemberId, role: 'ANALYST' }))).toBe('INVALID_INPUT');
      idOf(await members.end(admin, { staffMemberId }));
      expect(codeOf(await members.changeRole(admin, { staffMemberId, role: 'PRIVACY_OFFICER' }))).toBe(
        'ILLEGAL_TRANSITION',
      );
      expect(codeOf(await members.end(admin, { staffMemberId }))).toBe('ILLEGAL_TRANSITION');
    });

    it('puts a member out with the next statement', async () => {
      const leaver = await buildStaff(db.database, police, 'OFFICER');
      await db.unitOfWork.reader(leaver).query({ name: 'probe', text: 'select 1' });
      idOf(await members.end(admin, { staffMemberId: leaver.membershipId }));
      await expect(db.unitOfWork.reader(leaver).query({ name: 'probe', text: 'select 1' })).rejects.toBeInstanceOf(
        SignedOut,
      );
      await expect(members.add(leaver, someone('OFFICER'))).rejects.toBeInstanceOf(SignedOut);
    });

    it('is for the agency’s admin: a colleague is refused, a foreign id and a random id sound the same', async () => {
      const mine = { staffMemberId: officer.membershipId };
      expect(codeOf(await members.end(officer, mine))).toBe('FORBIDDEN');
      for (const asker of [stranger, operator]) {
        const random = { staffMemberId: randomUUID() };
        expect(await members.end(asker, mine)).toEqual(await members.end(asker, random));
        expect(codeOf(await members.end(asker, mine))).toBe('NOT_FOUND');
        const role = 'PRIVACY_OFFICER';
        expect(await members.changeRole(asker, { ...mine, role })).toEqual(
          await members.changeRole(asker, { ...random, role }),
        );
      }
      expect(await members.member(admin, officer.membershipId)).toMatchObject({ isActive: true });
    });
  });

  describe('the last admin', () => {
    it('stays until there is another', async () => {
      const agency = await buildAgency(db.database, { kind: 'SCHOOL' });
      const first = await buildStaff(db.database, agency, 'AGENCY_ADMIN');
      const mine = { staffMemberId: first.membershipId };
      expect(codeOf(await members.end(first, mine))).toBe('ILLEGAL_TRANSITION');
      expect(codeOf(await members.changeRole(first, { ...mine, role: 'SCHOOL_LIAISON' }))).toBe('ILLEGAL_TRANSITION');
      idOf(await members.add(first, someone('AGENCY_ADMIN')));
      expect(codeOf(await members.end(first, mine))).toBe('DONE');
    });

    it('does not count a partner system or one who has left', async () => {
      const agency = await buildAgency(db.database, { kind: 'SCHOOL' });
      const first = await buildStaff(db.database, agency, 'AGENCY_ADMIN');
      await buildStaff(db.database, agency, 'AGENCY_ADMIN', { kind: 'SERVICE_ACCOUNT', scopes: ['Agency:read'] });
      const leaver = await buildStaff(db.database, agency, 'AGENCY_ADMIN');
      idOf(await members.end(first, { staffMemberId: leaver.membershipId }));
      const result = await members.end(first, { staffMemberId: first.membershipId });
      expect(isRefusal(result) && result.details['reason']).toBe('LAST_ADMIN');
    });

    it('is left when two admins put each other out at once', async () => {
      for (let round = 0; round < 5; round++) {
        const agency = await buildAgency(db.database, { kind: 'SCHOOL' });
        const [one, two] = [
          await buildStaff(db.database, agency, 'AGENCY_ADMIN'),
          await buildStaff(db.database, agency, 'AGENCY_ADMIN'),
        ];
        const results = await Promise.allSettled([
          members.end(one, { staffMemberId: two.membershipId }),
          members.end(two, { staffMemberId: one.membershipId }),
        ]);
        expect(results.filter((r) => r.status === 'fulfilled' && !isRefusal(r.value))).toHaveLength(1);
      }
    });
  });

  describe('walls', () => {
    it('show an agency its own staff only, page after page', async () => {
      const agency = await buildAgency(db.database, { kind: 'CHILD_SERVICES' });
      const own = await buildStaff(db.database, agency, 'AGENCY_ADMIN');
      for (let i = 0; i < 4; i++) await members.add(own, someone('CHILD_SERVICES_WORKER'));
      const first = await members.staffPage(own, 3);
      const rest = await members.staffPage(own, 3, first.pageInfo.endCursor);
      expect([first.nodes.length, rest.nodes.length, rest.pageInfo.hasNextPage]).toEqual([3, 2, false]);
      const ids = [...first.nodes, ...rest.nodes].map((node) => node.id);
      expect(new Set(ids).size).toBe(5);
      expect(ids).not.toContain(officer.membershipId);
    });

    it('hide members and accounts of other agencies in the database too', async () => {
      const count = async (asker: Actor, table: 'account' | 'membership', id: string) =>
        (
          await db.unitOfWork
            .reader(asker)
            .query({ name: `see_${table}`, text: `select id from ${table} where id = $1` }, [id])
        ).length;
      expect(await count(admin, 'membership', officer.membershipId)).toBe(1);
      expect(await count(admin, 'account', officer.id)).toBe(1);
      for (const asker of [stranger, operator]) {
        expect(await count(asker, 'membership', officer.membershipId)).toBe(0);
        expect(await count(asker, 'account', officer.id)).toBe(0);
      }
    });
  });
});

import { randomUUID } from 'node:crypto';
import { sampleActor, sampleAgencies } from '../../src/sample';
import type { Ask } from '../setup/app';
import { EmergencyWard, inEmergency } from './emergency';

const REQUEST = `mutation ($input: RequestAccountingInput!) { requestAccounting(input: $input) { __typename
  ... on AccountingRequest { id state personId requestedAt coversFrom dueAt agency { id } recordedBy { id } } ... on Refused { code } } }`;
const ANSWER = `mutation ($input: AnswerAccountingInput!) { answerAccounting(input: $input) { __typename
  ... on AccountingRequest { id state answeredAt } ... on Refused { code } } }`;
const QUEUE = `query ($state: AccountingState) { accountingRequests(state: $state) { nodes { id state } } }`;
const LIST = `query ($id: ID!, $first: Int, $after: String) { accountingOfDisclosures(accountingRequestId: $id, first: $first, after: $after) {
  nodes { id at role purpose what fields basis consentScopes isPart2 recipient { id } discloser { id } } pageInfo { hasNextPage endCursor } } }`;
const CARE = 'query ($id: ID!) { referral(id: $id) { id state offers { id state } } }';
const WHO = 'query ($id: ID!) { referral(id: $id) { id need { age } person { familyName } } }';

interface Line {
  readonly id: string;
  readonly role: string;
  readonly purpose: string;
  readonly what: string[];
  readonly fields: string[];
  readonly basis: string;
  readonly recipient: { readonly id: string };
  readonly discloser: { readonly id: string };
}
interface Page {
  readonly nodes: Line[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

describe('who was told of a person', () => {
  let ward: EmergencyWard;
  let referralId: string;
  let personId: string;
  let breakGlassId: string;
  let hospital: Ask;
  let operator: Ask;

  beforeAll(async () => {
    ward = await EmergencyWard.open();
    const phone = ward.phone();
    referralId = await ward.inTreatment(phone, {}, 'hospital');
    personId = await ward.personOf(referralId);
    breakGlassId = String((await ward.break('medic', { phone }))['id']);
    await ward.record('medic', breakGlassId);
    for (const [user, query] of [
      ['provider', WHO],
      ['coordinator', CARE],
      ['hospital', WHO],
    ] as const) {
      expect((await ward.ask(user, query, { id: referralId }, {})).data).toMatchObject({
        referral: { id: referralId },
      });
    }
    hospital = await ward.privacyOfficer('hospital');
    operator = await ward.privacyOfficer('operator');
  });
  afterAll(() => ward.close());

  const request = (user: 'hospital' | 'provider' | 'medic', input: object = {}) =>
    ward.said(ward.ask(user, REQUEST, { input: { personId, ...input } }, {}));
  const listFor = async (ask: Ask, id: unknown, page: object = { first: 50 }): Promise<Page | null> => {
    const { data, errors } = await ask<{ accountingOfDisclosures: Page | null }>(LIST, { id, ...page });
    expect(errors).toEqual([]);
    return data?.accountingOfDisclosures ?? null;
  };
  const stateIn = async (ask: Ask, id: unknown, state: string): Promise<number> => {
    const { data } = await ask<{ accountingRequests: { nodes: { id: string }[] } }>(QUEUE, { state });
    return data?.accountingRequests.nodes.filter((one) => one.id === id).length ?? 0;
  };

  it('starts a clock of thirty days over three years, for a person the agency knows', async () => {
    const asked = await request('hospital');
    expect(asked).toMatchObject({
      state: 'OPEN',
      personId,
      agency: { id: sampleAgencies.hospital.id },
      recordedBy: { id: sampleAgencies.hospital.id },
    });
    const at = (name: string) => Date.parse(String(asked[name]));
    expect(at('dueAt') - at('requestedAt')).toBe(30 * 86_400_000);
    expect(new Date(at('requestedAt')).getUTCFullYear() - new Date(at('coversFrom')).getUTCFullYear()).toBe(3);
    expect(await request('medic')).toMatchObject({ code: 'NOT_FOUND' });
    expect(await request('hospital', { personId: randomUUID() })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await ward.said(ward.ask('analyst', REQUEST, { input: { personId } }, {}))).toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('is a clock of who answers: it reminds, is breached at the deadline, and tells the operator once', async () => {
    const clockOf = async (id: unknown) => {
      const [clock] = await ward.app.owner<Record<string, unknown>>(
        `select owner_agency_id as owner, due_at as "dueAt", breach_count as "breachCount", ended_how as "endedHow" from clock
         where kind = 'ACCOUNTING_ANSWERED' and subject_id = $1`,
        [id],
      );
      return clock;
    };
    const told = (id: unknown) =>
      ward.app.owner<{ name: string; tell: string | null }>(
        `select e.name, e.payload->>'tell' as tell from outbox_event e join clock c on c.id = e.subject_id
         where c.subject_id = $1 order by e.position`,
        [id],
      );
    const answer = (id: unknown) => hospital(ANSWER, { input: { accountingRequestId: id } });
    const [asked, late] = [await request('hospital'), await request('hospital')];
    expect(await clockOf(asked['id'])).toEqual({
      owner: sampleAgencies.hospital.id,
      dueAt: new Date(String(asked['dueAt'])),
      breachCount: 0,
      endedHow: null,
    });
    await ward.region.wait(24 * 24 * 60);
    expect(await told(asked['id'])).toEqual([{ name: 'clock.reminded', tell: 'OWNER' }]);
    await answer(asked['id']);
    expect(await clockOf(asked['id'])).toMatchObject({ breachCount: 0, endedHow: 'MET' });
    await ward.region.wait(6 * 24 * 60);
    await ward.region.wait(24 * 60);
    expect(await told(late['id'])).toEqual([
      { name: 'clock.reminded', tell: 'OWNER' },
      { name: 'clock.breached', tell: null },
      { name: 'clock.escalated', tell: 'OWNER' },
      { name: 'clock.escalated', tell: 'OPERATOR' },
    ]);
    await answer(late['id']);
    expect(await clockOf(late['id'])).toMatchObject({ breachCount: 1, endedHow: 'BREACHED' });
    const clocks = await hospital<{ dueClocks: unknown }>('{ dueClocks(first: 1) { nodes { id } } }');
    expect(clocks.errors[0]?.extensions['code']).toBe('FORBIDDEN');
  });

  it('is answered for police by the operator alone: whom their words told is where the person was taken', async () => {
    const sent = await ward.personOf(await ward.inTreatment(ward.phone()));
    const ask = (source: string) => ward.said(ward.ask('officer', REQUEST, { input: { personId: sent, source } }, {}));
    expect(await ask('OWN_AGENCY')).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await ask('INTERMEDIARY')).toMatchObject({ state: 'OPEN' });
  });

  it('lists what the agency’s words told, to whom, why and on what, and nothing it read of its own', async () => {
    const { id } = await request('hospital');
    const { nodes } = (await listFor(hospital, id))!;
    expect(
      nodes.every(
        ({ discloser, recipient }) => discloser.id === sampleAgencies.hospital.id && recipient.id !== discloser.id,
      ),
    ).toBe(true);
    expect(nodes).toContainEqual(
      expect.objectContaining({
        recipient: { id: sampleAgencies.detox.id },
        role: 'PROVIDER_STAFF',
        purpose: 'TREATMENT',
        what: expect.arrayContaining(['what you need: substances, medication, pregnancy and the like']),
        fields: expect.arrayContaining(['Referral.need', 'Person.familyName']),
        basis: 'NO_CONSENT_NEEDED',
      }),
    );
    expect(nodes).toContainEqual(
      expect.objectContaining({
        recipient: { id: sampleAgencies.ems.id },
        role: 'MEDIC',
        purpose: 'MEDICAL_EMERGENCY',
        basis: 'MEDICAL_EMERGENCY',
      }),
    );
  });

  it('has what is told of the person’s referrals, and of all agencies where the operator answers', async () => {
    const detox = await ward.privacyOfficer('detox');
    const own = await request('provider');
    const { nodes } = (await listFor(detox, own['id']))!;
    expect(nodes).toContainEqual(
      expect.objectContaining({
        recipient: { id: sampleAgencies.outreach.id },
        what: ['where in treatment you are'],
        fields: expect.arrayContaining(['Offer.id']),
      }),
    );
    const asked = await request('hospital', { source: 'INTERMEDIARY' });
    expect(asked).toMatchObject({
      agency: { id: sampleAgencies.operator.id },
      recordedBy: { id: sampleAgencies.hospital.id },
    });
    const all = (await listFor(operator, asked['id']))!.nodes;
    const [{ n } = { n: -1 }] = await ward.app.owner<{ n: number }>(
      'select count(*)::int as n from disclosure where subject_id in ($1, $2)',
      [personId, referralId],
    );
    expect(all).toHaveLength(n);
    expect(new Set(all.map(({ discloser }) => discloser.id))).toEqual(
      new Set([sampleAgencies.hospital.id, sampleAgencies.detox.id]),
    );
    expect(await listFor(hospital, asked['id'])).toBeNull();
    expect(await listFor(operator, own['id'])).toBeNull();
    expect(await listFor(operator, randomUUID())).toBeNull();
  });

  it('lists what was told of every record of a person who is on file twice, and of their records elsewhere', async () => {
    const phone = ward.phone();
    const who = { givenName: 'Wilhelmina', familyName: 'Quarles', birthDate: '1961-11-27' };
    const twice = [await ward.inTreatment(phone, who, 'hospital'), await ward.inTreatment(phone, who, 'hospital')];
    const referrals = [...twice, await ward.inTreatment(phone, who)];
    for (const id of referrals) await ward.ask('provider', WHO, { id }, {});
    const persons = await Promise.all(referrals.map((id) => ward.personOf(id)));
    const told = async (subjects: string[], only: string | null) => {
      const rows = await ward.app.owner<{ id: string }>(
        `select id from disclosure where subject_id = any($1) and from_agency_id <> to_agency_id
           and ($2::uuid is null or from_agency_id = $2) order by at, id`,
        [subjects, only],
      );
      return rows.map(({ id }) => id);
    };
    const asked = { personId: persons[0] };
    const own = await listFor(hospital, (await request('hospital', asked))['id']);
    const all = await listFor(operator, (await request('hospital', { ...asked, source: 'INTERMEDIARY' }))['id']);
    const lines = (page: Page | null) => page?.nodes.map(({ id }) => id);
    expect(lines(own)).toEqual(await told([...twice, ...persons.slice(0, 2)], sampleAgencies.hospital.id));
    expect(lines(all)).toEqual(await told([...referrals, ...persons], null));
  });

  it('gives every line once, page by page', async () => {
    const { id } = await request('hospital', { source: 'INTERMEDIARY' });
    const whole = (await listFor(operator, id))!.nodes.map((line) => line.id);
    const seen: string[] = [];
    for (let after: string | null = null, hasMore = true; hasMore;) {
      const { nodes, pageInfo }: Page = (await listFor(operator, id, { first: 1, after }))!;
      seen.push(...nodes.map((line) => line.id));
      [after, hasMore] = [pageInfo.endCursor, pageInfo.hasNextPage];
    }
    expect(seen).toEqual(whole);
  });

  it('is read by privacy officers only, and that they read it is on the trail', async () => {
    const { id } = await request('hospital');
    for (const user of ['hospital', 'medic', 'provider', 'admin', 'platform-admin'] as const) {
      const { errors } = await ward.ask(user, LIST, { id }, {});
      expect([user, errors[0]?.extensions['code']]).toEqual([user, 'FORBIDDEN']);
    }
    await listFor(hospital, id);
    const readings = await ward.app.owner(
      `select agency_id from audit_entry where kind = 'READ' and action = 'accountingOfDisclosures' and subject_id = $1
         and purpose = 'OVERSIGHT' and details -> 'AccountingRequest' -> 'ids' ? $2`,
      [personId, id],
    );
    expect(readings).toEqual([{ agency_id: sampleAgencies.hospital.id }]);
    const strange = ward.app.unitOfWork.reader(sampleActor('medic'));
    expect(await strange.query({ name: 'in', text: 'select 1 from app.disclosures_in($1)' }, [id])).toEqual([]);
  });

  it('cannot be asked of another agency, nor for somebody unknown, past the service', async () => {
    const write = (agencyId: string, about: string) =>
      ward.app.unitOfWork.run(sampleActor('hospital'), { name: 'write' }, async (tx) => {
        const text = `insert into accounting_request (person_id, agency_id, recorded_by_agency_id, recorded_by, requested_at, covers_from, due_at)
          values ($1, $2, app.agency(), $3, app.now(), app.now() - interval '1 year', app.now() + interval '1 day')`;
        await tx.query({ name: 'write', text }, [about, agencyId, tx.actor.id]);
        return { id: '' };
      });
    await expect(write(sampleAgencies.detox.id, personId)).rejects.toMatchObject({ code: '42501' });
    const unknown = await ward.app.owner<{ id: string }>("insert into person (language) values ('en') returning id");
    await expect(write(sampleAgencies.hospital.id, unknown[0]?.id ?? '')).rejects.toMatchObject({ code: '42501' });
  });

  it('is overdue after its thirty days, until it is answered, once', async () => {
    const { id } = await request('hospital');
    expect(await stateIn(hospital, id, 'OPEN')).toBe(1);
    ward.app.clock.advance(30 * 24 * 60 + 1);
    expect([await stateIn(hospital, id, 'OPEN'), await stateIn(hospital, id, 'OVERDUE')]).toEqual([0, 1]);
    const input = { accountingRequestId: id };
    expect(await ward.said(operator(ANSWER, { input }))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await ward.said(hospital(ANSWER, { input }))).toMatchObject({
      state: 'ANSWERED',
      answeredAt: expect.any(String),
    });
    expect(await ward.said(hospital(ANSWER, { input }))).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    expect(await stateIn(hospital, id, 'OVERDUE')).toBe(0);
  });

  it('goes back three years from the request, and not on after it', async () => {
    const early = await request('hospital');
    const before = (await listFor(hospital, early['id']))!.nodes.length;
    expect(before).toBeGreaterThan(0);
    ward.app.clock.advance(60);
    await ward.ask('provider', WHO, { id: referralId }, inEmergency);
    expect((await listFor(hospital, early['id']))!.nodes).toHaveLength(before);
    const { nodes } = (await listFor(hospital, (await request('hospital'))['id']))!;
    expect(nodes).toHaveLength(before + 1);
    ward.app.clock.advance(3 * 366 * 24 * 60);
    expect((await listFor(hospital, (await request('hospital'))['id']))!.nodes).toEqual([]);
  });
});

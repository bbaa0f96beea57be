import { randomUUID } from 'node:crypto';
import { ClocksService } from '../../src/clocks';
import { sampleActor, sampleAgencies, samplePrograms } from '../../src/sample';
import type { Ask } from '../setup/app';
import { documented, EmergencyWard, inEmergency, RECORD } from './emergency';
import { detoxNeed } from './region';

interface Review {
  readonly id: string;
  readonly state: string;
  readonly finding: string | null;
  readonly breakGlass: Readonly<Record<string, unknown>>;
}
const QUEUE = `query ($state: ReviewState) { breakGlassReviews(state: $state, first: 40) { nodes { id state dueAt finding reviewedAt
  breakGlass { id nature ground openedAt isActive medicalPersonnel affiliation role discloser personId agency { id } record { familyName } } } } }`;
const REVIEW = `mutation ($input: ReviewBreakGlassInput!) { reviewBreakGlass(input: $input) { __typename
  ... on BreakGlassReview { id state finding } ... on Refused { code } } }`;

describe('a medical emergency', () => {
  let ward: EmergencyWard;
  beforeAll(async () => {
    ward = await EmergencyWard.open();
  });
  afterAll(() => ward.close());

  const queueOf = async (ask: Ask, breakGlassId: unknown, state: string | null = null): Promise<Review[]> => {
    const { data, errors } = await ask<{ breakGlassReviews: { nodes: Review[] } }>(QUEUE, { state });
    expect(errors).toEqual([]);
    return data!.breakGlassReviews.nodes.filter(({ breakGlass }) => breakGlass['id'] === breakGlassId);
  };
  const ledgerOf = (breakGlassId: unknown) =>
    ward.app.owner<{ from: string; purpose: string; what: object; role: string }>(
      `select from_agency_id as "from", purpose, what, role from disclosure where what -> 'EmergencyRecord' -> 'ids' ? $1 order by at`,
      [breakGlassId],
    );

  it('shows a medic what a doctor needs, found by telephone, and each word of it is on the ledger', async () => {
    const phone = ward.phone();
    await ward.inTreatment(phone);
    const opened = await ward.break('medic', { phone: phone.replaceAll('-', ' ') });
    expect(opened).toMatchObject({ __typename: 'BreakGlass', nature: 'OVERDOSE', isActive: true });
    expect(opened['record']).toEqual({ familyName: 'Sample' });
    expect(Date.parse(String(opened['endsAt'])) - Date.parse(String(opened['openedAt']))).toBe(4 * 3_600_000);
    const before = (await ledgerOf(opened['id'])).length;
    expect(await ward.record('medic', String(opened['id']))).toEqual({
      id: opened['id'],
      givenName: 'Jo',
      familyName: 'Sample',
      birthDate: '1990-02-03',
      currentMedications: ['BUPRENORPHINE'],
      substances: ['OPIOIDS', 'ALCOHOL'],
      pregnant: true,
      needAsOf: expect.any(String),
      treatingProgram: samplePrograms.detox.name,
      treatingProgramPhone: samplePrograms.detox.phone,
      withheld: [],
    });
    const lines = (await ledgerOf(opened['id'])).slice(before);
    expect(new Set(lines.map(({ from }) => from))).toEqual(
      new Set([sampleAgencies.police.id, sampleAgencies.detox.id]),
    );
    expect(lines.every(({ purpose, role }) => purpose === 'MEDICAL_EMERGENCY' && role === 'MEDIC')).toBe(true);
  });

  it('finds the person by name and birth date or by a referral as well, and by nothing that is not exact', async () => {
    const familyName = `Family ${randomUUID()}`;
    const referralId = await ward.inTreatment(ward.phone(), { familyName });
    const named = { givenName: 'jo', familyName: ` ${familyName.toUpperCase()} `, birthDate: '1990-02-03' };
    expect(await ward.break('hospital', named)).toMatchObject({ isActive: true });
    expect(await ward.break('provider-women', { referralId })).toMatchObject({ isActive: true });
    expect(await ward.break('medic', { ...named, birthDate: '1990-02-04' })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await ward.break('medic', { ...named, birthDate: null })).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await ward.break('medic', { ...named, referralId })).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await ward.break('medic', {})).toMatchObject({ code: 'INVALID_INPUT' });
  });

  /** One grant: the record that is found, and the other beside it, each before the privacy officers of its own words. */
  const opensBoth = async (named: object, personId: string, otherId: string): Promise<void> => {
    const opened = await ward.break('medic', named);
    const id = String(opened['id']);
    const [other, ...more] = opened['linked'] as { id: string; record: object }[];
    expect(more).toEqual([]);
    expect(other?.record).toEqual({ givenName: 'Theodora', treatingProgram: null });
    const stored = 'select person_id as person, opened_with as "with" from break_glass where id = any($1) order by id';
    expect(await ward.app.owner(stored, [[id, other?.id]])).toEqual([
      { person: personId, with: null },
      { person: otherId, with: id },
    ]);
    expect(await ledgerOf(other?.id)).toMatchObject([{ from: sampleAgencies.hospital.id, role: 'MEDIC' }]);
    const [hospital, police] = [await ward.privacyOfficer('hospital'), await ward.privacyOfficer('police')];
    expect([(await queueOf(hospital, other?.id)).length, (await queueOf(hospital, id)).length]).toEqual([1, 0]);
    expect([(await queueOf(police, other?.id)).length, (await queueOf(police, id)).length]).toEqual([0, 1]);
    const { data } = await police<{ breakGlassReviews: { nodes: { breakGlass: { id: string; linked: object[] } }[] } }>(
      '{ breakGlassReviews(first: 40) { nodes { breakGlass { id linked { id } } } } }',
    );
    // Of the other record an officer hears only where it is in their agency’s words.
    expect(data!.breakGlassReviews.nodes.find(({ breakGlass }) => breakGlass.id === id)?.breakGlass.linked).toEqual([]);
    expect(await ward.end('medic', String(other?.id))).toMatchObject({ isActive: false });
    expect([await ward.record('medic', id), await ward.record('medic', String(other?.id))]).toEqual([null, null]);
    expect(await ward.end('medic', id)).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
  };

  it('finds a person who is on file twice, opens both, the record in treatment first, and nobody once the two are taken for two', async () => {
    const named = { givenName: 'Theodora', familyName: 'Vanterpool', birthDate: '1957-06-19' };
    const phone = ward.phone();
    const treated = await ward.inTreatment(phone, named);
    const person = { ...named, sex: 'FEMALE', phone };
    const later = await ward.region.refer('hospital', { pathway: 'HOSPITAL_REFERRAL', person, need: detoxNeed });
    const personId = await ward.personOf(treated);
    expect(await ward.personOf(later)).not.toBe(personId);
    for (const lookup of [{ phone }, named]) {
      const { id } = await ward.break('medic', lookup);
      expect(await ward.app.owner('select person_id as id from break_glass where id = $1', [id])).toEqual([
        { id: personId },
      ]);
    }
    await opensBoth(named, personId, await ward.personOf(later));
    await ward.app.owner('update person_cluster set cluster_id = person_id where person_id = any($1)', [
      [personId, await ward.personOf(later)],
    ]);
    for (const lookup of [{ phone }, named]) {
      expect(await ward.break('medic', lookup)).toMatchObject({ code: 'NOT_FOUND' });
    }
  });

  it('does not tell nobody from several', async () => {
    const phone = ward.phone();
    await ward.inTreatment(phone);
    await ward.inTreatment(phone, {
      givenName: 'Bartholomew',
      familyName: 'Ostrander',
      birthDate: '1948-12-30',
      sex: 'MALE',
    });
    const several = await ward.break('medic', { phone });
    expect(several).toMatchObject({ code: 'NOT_FOUND' });
    expect(several).toEqual(await ward.break('medic', { phone: ward.phone() }));
    expect(several).toEqual(await ward.break('medic', { referralId: randomUUID() }));
  });

  it.each([
    ['nature', '42 CFR 2.51(c)(4)'],
    ['ground', '42 CFR 2.51(a)(1)'],
    ['discloser', '42 CFR 2.51(c)(2)'],
  ])('is refused without its %s, which is named', async (name, element) => {
    const phone = ward.phone();
    await ward.inTreatment(phone);
    const refused = await ward.break('medic', { phone, [name]: null });
    expect(refused).toMatchObject({ code: 'EMERGENCY_INCOMPLETE', field: `input.${name}`, details: { element } });
    expect(await ward.app.owner('select 1 from audit_entry where refusal = $1', ['EMERGENCY_INCOMPLETE'])).not.toEqual(
      [],
    );
  });

  it('is for medical personnel who say that it is one, and for nobody else', async () => {
    const phone = ward.phone();
    await ward.inTreatment(phone);
    for (const user of [
      'officer',
      'school',
      'outreach',
      'coordinator',
      'admin',
      'privacy',
      'analyst',
      'platform-admin',
      'child-services',
      'partner',
    ] as const) {
      expect([user, await ward.break(user, { phone }, {} as typeof inEmergency)]).toMatchObject([
        user,
        { code: 'FORBIDDEN' },
      ]);
    }
    const unsaid = await ward.break('medic', { phone }, {} as typeof inEmergency);
    expect(unsaid).toMatchObject({ code: 'FORBIDDEN', field: 'handrail-purpose' });
    expect(
      await ward.app.owner(
        'select 1 from break_glass b join person p on p.id = b.person_id join referral r on r.person_id = p.id where b.opened_by = $1',
        [sampleActor('officer').id],
      ),
    ).toEqual([]);
  });

  it('opens nothing to another agency, another role or another purpose, and no other path', async () => {
    const phone = ward.phone();
    const referralId = await ward.inTreatment(phone);
    const id = String((await ward.break('medic', { phone }))['id']);
    expect(await ward.record('hospital', id)).toBeNull();
    for (const user of ['officer', 'school', 'privacy', 'admin', 'platform-admin'] as const) {
      const { data, errors } = await ward.ask(user, RECORD, { id }, {});
      expect([user, data?.['emergencyRecord'] ?? null, errors[0]?.extensions['code']]).toEqual([
        user,
        null,
        'FORBIDDEN',
      ]);
    }
    const otherwise = await ward.record('medic', id, {} as typeof inEmergency);
    expect(Object.entries(otherwise ?? {}).filter(([name, value]) => name !== 'withheld' && value !== null)).toEqual(
      [],
    );
    expect(otherwise?.['withheld']).toContainEqual({ field: 'familyName', reason: 'PURPOSE' });
    const referral = await ward.ask('medic', 'query ($id: ID!) { referral(id: $id) { id } }', { id: referralId });
    expect(referral.data).toEqual({ referral: null });
    const reader = ward.app.unitOfWork.reader(sampleActor('medic'));
    for (const table of ['person', 'referral', 'consent', 'episode']) {
      expect(await reader.query({ name: table, text: `select 1 from ${table}` })).toEqual([]);
    }
  });

  it('is over by itself, or when somebody ends it, with the next statement', async () => {
    const phone = ward.phone();
    await ward.inTreatment(phone);
    const first = String((await ward.break('medic', { phone }))['id']);
    const second = String((await ward.break('medic', { phone }))['id']);
    expect(await ward.end('hospital', first)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await ward.end('medic', first)).toMatchObject({ isActive: false, endedAt: expect.any(String) });
    expect(await ward.end('medic', first)).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    expect(await ward.record('medic', first)).toBeNull();
    expect(await ward.record('medic', second)).toMatchObject({ familyName: 'Sample' });
    ward.app.clock.advance(4 * 60 + 1);
    expect(await ward.record('medic', second)).toBeNull();
    expect(await ward.end('medic', second)).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
  });

  it('is before the privacy officers of both sides at once, with every element, and overdue after three days', async () => {
    const phone = ward.phone();
    const personId = await ward.personOf(await ward.inTreatment(phone));
    const opened = await ward.break('medic', { phone, nature: 'SEIZURE' });
    expect(opened).toMatchObject({ isActive: true });
    const id = opened['id'];
    const [ems, police, detox, women] = await Promise.all(
      (['ems', 'police', 'detox', 'women'] as const).map((agency) => ward.privacyOfficer(agency)),
    );
    for (const officer of [ems, police, detox]) {
      const [review, ...others] = await queueOf(officer!, id, 'WAITING');
      expect(others).toEqual([]);
      expect(review?.breakGlass).toMatchObject({
        nature: 'SEIZURE',
        ground: 'CONSENT_CANNOT_BE_OBTAINED',
        medicalPersonnel: 'Sample medic',
        affiliation: sampleAgencies.ems.name,
        role: 'MEDIC',
        discloser: documented.discloser,
        agency: { id: sampleAgencies.ems.id },
        personId,
        record: null,
      });
    }
    expect(await queueOf(women!, id)).toEqual([]);
    const events = await ward.app.owner('select name from outbox_event where subject_id = $1', [id]);
    expect(events).toEqual([{ name: 'break-glass.opened' }]);

    ward.app.clock.advance(72 * 60 + 1);
    const [overdue] = await queueOf(detox!, id, 'OVERDUE');
    expect(overdue).toMatchObject({ state: 'OVERDUE', finding: null });
    await ward.app.app.get(ClocksService).sweep();
    const clocks = () =>
      ward.app.owner<{ endedHow: string | null; breachCount: number }>(
        `select c.ended_how as "endedHow", c.breach_count as "breachCount" from clock c join break_glass_review v on v.id = c.subject_id
         where v.break_glass_id = $1 and c.owner_agency_id = v.agency_id order by c.ended_how nulls last, c.id`,
        [id],
      );
    const waiting = await clocks();
    expect(waiting.length).toBeGreaterThan(1);
    expect(waiting).toEqual(waiting.map(() => ({ endedHow: null, breachCount: 1 })));
    const find = async (ask: Ask, finding: string, reviewId = overdue!.id) =>
      (await ask<{ reviewBreakGlass: object }>(REVIEW, { input: { reviewId, finding } })).data?.reviewBreakGlass;
    expect(await find(women!, 'JUSTIFIED')).toMatchObject({ code: 'NOT_FOUND' });
    expect(await find(detox!, 'NEEDS_FOLLOW_UP')).toMatchObject({ state: 'REVIEWED', finding: 'NEEDS_FOLLOW_UP' });
    expect(await find(detox!, 'NOT_JUSTIFIED')).toMatchObject({ finding: 'NOT_JUSTIFIED' });
    expect(await find(detox!, 'JUSTIFIED')).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    expect(await queueOf(detox!, id, 'OVERDUE')).toEqual([]);
    expect(await queueOf(ems!, id, 'OVERDUE')).toHaveLength(1);
    expect(await clocks()).toMatchObject([{ endedHow: 'BREACHED' }, { endedHow: null }, ...waiting.slice(2)]);
  });

  it('leaves medical personnel no say in the review, and nobody a way to change the documentation', async () => {
    const { errors } = await ward.ask('medic', QUEUE, {});
    expect(errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    const asMedic = (text: string) =>
      ward.app.unitOfWork.run(sampleActor('medic'), { name: 'write' }, async (tx) => {
        await tx.query({ name: text, text });
        return { id: '' };
      });
    for (const column of ['ends_at', 'nature', 'discloser_sealed', 'person_id']) {
      await expect(asMedic(`update break_glass set ${column} = ${column}`)).rejects.toMatchObject({ code: '42501' });
    }
    await expect(asMedic('insert into break_glass default values')).rejects.toMatchObject({ code: '42501' });
    await expect(asMedic('insert into break_glass_review default values')).rejects.toMatchObject({ code: '42501' });
  });
});

import type { Actor } from '../../src/access';
import type { PersonInput } from '../../src/people';
import { PersonLinkCommandsService } from '../../src/people/person-link-commands.service';
import { ReferralIntakeService } from '../../src/referrals';
import { buildActor, buildAgency, buildStaff } from '../builders/agencies';
import { buildOverdoseReport, CHILLICOTHE, eventsBehind } from '../builders/overdoses';
import { areOne, codeOf, decide, doubt, personOf, somebody, takeIn, withPhone } from '../builders/person-links';
import { buildReferral, buildSubmission, done } from '../builders/referrals';
import { openApp, type Answer, type TestApp } from '../setup/app';

let app: TestApp;
let officer: Actor;
let medic: Actor;
let nurse: Actor;
let colleague: Actor;

beforeAll(async () => {
  app = await openApp();
  officer = await buildActor(app.database, 'LAW_ENFORCEMENT', 'OFFICER');
  medic = await buildActor(app.database, 'EMS', 'MEDIC');
  nurse = await buildActor(app.database, 'HOSPITAL', 'HOSPITAL_STAFF');
  colleague = await buildStaff(app.database, { id: nurse.agencyId, kind: 'HOSPITAL' }, 'HOSPITAL_STAFF');
});
afterAll(() => app.close());

describe('deciding who is who', () => {
  const QUEUE =
    'query ($after: String) { personLinks(first: 20, after: $after) { nodes { id state strength conflict person { givenName } otherPerson { givenName birthDate } evidence { comparison agreement bits } decisions { step toState byWhom } } } }';

  it('shows the evidence side by side to those who know both', async () => {
    const { link, one, other } = await doubt(app, nurse);
    const ask = await app.as(nurse);
    const { data, errors } = await ask<{ personLinks: { nodes: { id: string }[] } }>(QUEUE);
    expect(errors).toEqual([]);
    const shown = data?.personLinks.nodes.find(({ id }) => id === link.id);
    expect(shown).toMatchObject({
      ...{ state: 'OPEN', otherPerson: { birthDate: null } },
      decisions: [{ step: 'FIND', toState: 'OPEN', byWhom: 'HANDRAIL' }],
    });
    expect(shown).toHaveProperty(
      'evidence',
      expect.arrayContaining([expect.objectContaining({ comparison: 'phone', agreement: 'AGREES' })]),
    );
    const person = await ask<{ personLinks: object }>('{ personLinks { nodes { person { id links { id } } } } }');
    expect(JSON.stringify(person)).toContain(link.id);
    const reads = await app.owner<{ subject: string }>(
      "select distinct subject_id as subject from audit_entry where kind = 'READ' and actor_id = $1 and subject_id = any($2)",
      [nurse.id, [one, other]],
    );
    expect(reads).toHaveLength(2);
    expect(JSON.stringify(await (await app.as(officer))(QUEUE))).not.toContain(link.id);
    expect(codeOf(await decide(app, officer, link.id, 'confirm'))).toBe('NOT_FOUND');
  });

  it('lets one of two decide who decide at once', async () => {
    for (let round = 0; round < 3; round++) {
      const { link, one, other } = await doubt(app, nurse);
      const answers = await Promise.all([
        decide(app, nurse, link.id, 'confirm'),
        decide(app, colleague, link.id, 'reject'),
      ]);
      expect(answers.map(codeOf).sort()).toEqual(['DONE', 'ILLEGAL_TRANSITION']);
      const [confirmed] = answers.map(codeOf);
      expect(await areOne(app, one, other)).toBe(confirmed === 'DONE');
      expect(await app.owner('select from person_link_decision where link_id = $1', [link.id])).toHaveLength(2);
    }
  });

  it('undoes and splits without forgetting anything', async () => {
    const { link, one, other } = await doubt(app, nurse);
    for (const [step, isOne] of [
      ['confirm', true],
      ['split', false],
      ['reopen', false],
      ['confirm', true],
      ['reopen', false],
      ['reject', false],
    ] as const) {
      done(await decide(app, nurse, link.id, step));
      expect(await areOne(app, one, other)).toBe(isOne);
    }
    expect(await decide(app, nurse, link.id, 'confirm')).toMatchObject({
      code: 'ILLEGAL_TRANSITION',
      details: { allowed: ['reopen'] },
    });
    const history = await app.owner<{ step: string; actor: string | null }>(
      'select step, actor_id as actor from person_link_decision where link_id = $1 order by at, id',
      [link.id],
    );
    expect(history.map(({ step }) => step)).toEqual([
      'FIND',
      'CONFIRM',
      'SPLIT',
      'REOPEN',
      'CONFIRM',
      'REOPEN',
      'REJECT',
    ]);
    expect(history.slice(1).every(({ actor }) => actor === nurse.id)).toBe(true);
  });

  it('follows a merge and a split with the overdoses of the two', async () => {
    const occurredAt = new Date(Date.now() - 90_000_000);
    const [first, second] = [
      await buildOverdoseReport(app, nurse, { occurredAt, where: CHILLICOTHE, person: somebody() }),
      await buildOverdoseReport(app, nurse, { occurredAt, where: CHILLICOTHE, person: somebody() }),
    ];
    const behind = async () =>
      (await eventsBehind(app)).filter(({ reports }) => reports.includes(first) || reports.includes(second)).length;
    const input = {
      personId: await personOf(app, 'overdose_report', first),
      samePersonId: await personOf(app, 'overdose_report', second),
    };
    expect(await behind()).toBe(2);
    const link = done(await app.app.get(PersonLinkCommandsService).merge(nurse, input, { name: 'test' }));
    await app.runDue();
    expect(await behind()).toBe(1);
    expect(codeOf(await app.app.get(PersonLinkCommandsService).merge(nurse, input, { name: 'test' }))).toBe(
      'ILLEGAL_TRANSITION',
    );
    done(await decide(app, nurse, link, 'split'));
    await app.runDue();
    expect(await behind()).toBe(2);
  });

  it('refuses what makes no sense, by code', async () => {
    const commands = app.app.get(PersonLinkCommandsService);
    const [own, foreign] = [await takeIn(app, nurse, somebody()), await takeIn(app, officer, somebody())];
    expect(await commands.merge(nurse, { personId: own, samePersonId: own }, { name: 'test' })).toMatchObject({
      code: 'INVALID_INPUT',
      details: { field: 'input.samePersonId' },
    });
    expect(codeOf(await commands.merge(nurse, { personId: own, samePersonId: foreign }, { name: 'test' }))).toBe(
      'NOT_FOUND',
    );
    const admin = await buildStaff(app.database, { id: nurse.agencyId, kind: 'HOSPITAL' }, 'AGENCY_ADMIN');
    const { link } = await doubt(app, nurse);
    expect(codeOf(await decide(app, admin, link.id, 'confirm'))).toBe('FORBIDDEN');
  });
});

describe('looking for somebody', () => {
  const FIND =
    'query ($givenName: String, $familyName: String, $birthDate: Date, $phone: String, $first: Int, $after: String) { findPersons(givenName: $givenName, familyName: $familyName, birthDate: $birthDate, phone: $phone, first: $first, after: $after) { nodes { strength person { id givenName } evidence { comparison agreement } } pageInfo { hasNextPage endCursor } } }';
  const purpose = { 'handrail-purpose': 'TREATMENT' };
  interface Matches {
    readonly nodes: { strength: string; person: { id: string } }[];
    readonly pageInfo: { hasNextPage: boolean; endCursor: string };
  }
  type Found = Answer<{ findPersons: Matches }>;
  const find = async (
    actor: Actor,
    by: PersonInput & { first?: number; after?: string },
    headers: Record<string, string> = purpose,
  ): Promise<Found> => (await app.as(actor))(FIND, { ...by }, headers);

  it('finds those the agency knows, however they are spelled, and says how sure it is', async () => {
    const person = withPhone();
    const id = await takeIn(app, nurse, { ...person, givenName: 'Francisco' });
    const slip = { givenName: 'Paco', familyName: person.familyName!, birthDate: person.birthDate! };
    expect((await find(nurse, slip)).data?.findPersons.nodes).toMatchObject([{ strength: 'CERTAIN', person: { id } }]);
    const vague = await find(nurse, { givenName: 'Francisco', phone: person.phone! });
    expect(vague.data?.findPersons.nodes).toMatchObject([
      { strength: expect.stringMatching(/LIKELY|POSSIBLE/), person: { id } },
    ]);
    const called = await find(nurse, { phone: person.phone! });
    expect(called.data?.findPersons.nodes).toMatchObject([{ strength: 'POSSIBLE', person: { id } }]);
    expect((await find(medic, slip)).data?.findPersons.nodes).toEqual([]);
  });

  it('is told in pages, each on the trail, and goes on where the last one ended', async () => {
    const { familyName, birthDate } = somebody();
    const told = { familyName: familyName!, birthDate: birthDate! };
    const all = [];
    for (const givenName of ['Abel', 'Berta', 'Cyrus']) all.push(await takeIn(app, nurse, { ...told, givenName }));
    const one = (await find(nurse, { ...told, first: 2 })).data?.findPersons;
    expect(one).toMatchObject({ nodes: [{}, {}], pageInfo: { hasNextPage: true } });
    const two = (await find(nurse, { ...told, first: 2, after: one!.pageInfo.endCursor })).data?.findPersons;
    expect(two).toMatchObject({ nodes: [{}], pageInfo: { hasNextPage: false } });
    const ids = [...one!.nodes, ...two!.nodes].map(({ person }) => person.id);
    expect(ids.sort()).toEqual(all.sort());
    const forged = await find(nurse, { ...told, after: 'forged' });
    expect(forged.errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'after' });
  });

  it('is refused without a purpose and with too little, and is on the trail whether or not it finds anybody', async () => {
    const by = { givenName: 'Nobody', familyName: 'Anywhere' };
    const { errors } = await find(nurse, by, {});
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'handrail-purpose' });
    for (const little of [{ givenName: 'Nobody' }, {}, { birthDate: '1980-01-01' }]) {
      expect((await find(nurse, little)).errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
    }
    const searches = () =>
      app.owner(
        "select from audit_entry where action = 'persons.searched' and actor_id = $1 and purpose = 'TREATMENT'",
        [nurse.id],
      );
    const before = (await searches()).length;
    expect((await find(nurse, by)).data?.findPersons.nodes).toEqual([]);
    expect(await searches()).toHaveLength(before + 1);
    const [{ details }] = (await app.owner<{ details: object }>(
      "select details from audit_entry where action = 'persons.searched' order by at desc limit 1",
    )) as [{ details: object }];
    expect(details).toEqual({ by: ['givenName', 'familyName'], found: 0 });
    const admin = await buildStaff(app.database, { id: nurse.agencyId, kind: 'HOSPITAL' }, 'AGENCY_ADMIN');
    expect((await find(admin, by, {})).errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('leads to a referral of the person on file, and to no double', async () => {
    const [person, pathway] = [somebody(), 'HOSPITAL_REFERRAL'] as const;
    const personId = await personOf(app, 'overdose_report', await buildOverdoseReport(app, nurse, { person }));
    const { person: _, ...known } = buildSubmission({ pathway, personId });
    const referral = await buildReferral(app, nurse, known);
    expect(await personOf(app, 'referral', referral)).toBe(personId);
    const [{ episodes }] = (await app.owner<{ episodes: number }>(
      'select count(*)::int as episodes from episode where person_id = $1',
      [personId],
    )) as [{ episodes: number }];
    expect(episodes).toBe(1);
    const intake = app.app.get(ReferralIntakeService);
    const again = (input: object, who = nurse) =>
      intake.submit(
        who,
        { ...buildSubmission({ pathway: who === nurse ? pathway : 'FIRST_RESPONDER_REFERRAL' }), ...input },
        { name: 'test' },
      );
    expect(codeOf(await again({ personId, person: null }))).toBe('ALREADY_EXISTS');
    expect(await again({ personId })).toMatchObject({ code: 'INVALID_INPUT', details: { field: 'input.personId' } });
    expect(codeOf(await again({ personId, person: null }, medic))).toBe('NOT_FOUND');
  });

  it('finds nobody by what the agency may not see of them', async () => {
    const person = somebody();
    const id = await takeIn(app, officer, person);
    const team = await buildAgency(app.database, { kind: 'OUTREACH_TEAM' });
    const coordinator = await buildStaff(app.database, team, 'COORDINATOR');
    await app.owner(
      "insert into person_party (agency_id, person_id, basis) values ($1, $2, 'COORDINATION_WITH_CONSENT')",
      [team.id, id],
    );
    const by = { familyName: person.familyName!, birthDate: person.birthDate! };
    const { data } = await find(coordinator, by, { 'handrail-purpose': 'CARE_COORDINATION' });
    expect(data?.findPersons.nodes).toEqual([]);
  });
});

import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/access';
import { consent } from '../../src/cli/walkthrough/people';
import { ConsentsService } from '../../src/consent';
import { RevocationService } from '../../src/consent';
import { isRefusal, type Refusal } from '../../src/kernel/refusal';
import { LinkagePassService } from '../../src/people/linkage-pass.service';
import type { PersonInput } from '../../src/people';
import { ReferralIntakeService } from '../../src/referrals';
import { PersonLinkCommandsService } from '../../src/people/person-link-commands.service';
import type { Done } from '../../src/platform/database/unit-of-work';
import { buildActor, buildAgency, buildStaff } from '../builders/agencies';
import { buildBedPool } from '../builders/capacity';
import { buildOverdoseReport, CHILLICOTHE, eventsBehind } from '../builders/overdoses';
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

const command = () => ({ name: 'test' });
const letters = () =>
  randomUUID()
    .replace(/[^a-f]/g, '')
    .slice(0, 5);
let day = 0;
/** Somebody whom nobody resembles. */
const somebody = (traits: PersonInput = {}): PersonInput => {
  day += 37;
  const birthDate = new Date(Date.UTC(1960, 0, day)).toISOString().slice(0, 10);
  return { givenName: `Q${letters()}o`, familyName: `Z${letters()}ix`, birthDate, sex: 'MALE', ...traits };
};
const takeIn = async (actor: Actor, person: PersonInput): Promise<string> => {
  const pathway = actor.role === 'HOSPITAL_STAFF' ? 'HOSPITAL_REFERRAL' : 'FIRST_RESPONDER_REFERRAL';
  return personOf('referral', await buildReferral(app, actor, buildSubmission({ person, pathway })));
};
const personOf = async (table: string, id: string): Promise<string> => {
  const [row] = await app.owner<{ person: string }>(`select person_id as person from ${table} where id = $1`, [id]);
  return row!.person;
};
interface Link {
  readonly id: string;
  readonly state: string;
}
const linkOf = async (one: string, other: string): Promise<Link | undefined> => {
  const rows = await app.owner<Link>(
    'select id, state from person_link where left_person_id = least($1::uuid, $2::uuid) and right_person_id = greatest($1::uuid, $2::uuid)',
    [one, other],
  );
  return rows[0];
};
const clusterOf = async (...ids: string[]): Promise<string[]> => {
  const rows = await app.owner<{ cluster: string }>(
    'select coalesce(c.cluster_id, a.id) as cluster from unnest($1::uuid[]) with ordinality a(id, at) left join person_cluster c on c.person_id = a.id order by a.at',
    [ids],
  );
  return rows.map(({ cluster }) => cluster);
};
const areOne = async (...ids: string[]): Promise<boolean> => new Set(await clusterOf(...ids)).size === 1;
const decide = (actor: Actor, linkId: string, step: 'confirm' | 'reject' | 'split' | 'reopen') =>
  app.app.get(PersonLinkCommandsService).decide(actor, { linkId, step }, command());
const codeOf = (answer: Done | Refusal): string => (isRefusal(answer) ? answer.code : 'DONE');

/** The same person, but for a birth date that nobody wrote down: not beyond doubt. */
const doubtful = ({ givenName = null, familyName = null, phone = null }: PersonInput): PersonInput => ({
  ...{ givenName, familyName, phone },
});
/** As a resolver would have read it. */
const signature = () => ({ ...consent('TREATMENT_PAYMENT_OPERATIONS'), signedAt: new Date(Date.now() - 3_600_000) });
const withPhone = () => somebody({ phone: `740-555-${String(1000 + day)}` });
/** Two records of a hospital that may be one person. */
const doubt = async (): Promise<{ one: string; other: string; link: Link }> => {
  const person = withPhone();
  const [one, other] = [await takeIn(nurse, person), await takeIn(nurse, doubtful(person))];
  return { one, other, link: (await linkOf(one, other))! };
};

describe('at intake', () => {
  it('links the person of another agency beyond doubt, and shows it to neither', async () => {
    const person = somebody();
    const first = await takeIn(officer, person);
    const second = await personOf('overdose_report', await buildOverdoseReport(app, medic, { person }));
    expect(await linkOf(first, second)).toMatchObject({ state: 'LINKED' });
    expect(await areOne(first, second)).toBe(true);
    for (const [actor, own, foreign] of [
      [officer, first, second],
      [medic, second, first],
    ] as const) {
      const ask = await app.as(actor);
      const links = await ask(
        'query { a: personLinks(state: LINKED) { nodes { id } } b: personLinks { nodes { id } } }',
      );
      expect(JSON.stringify(links)).not.toContain(foreign);
      expect(links.data).toEqual({ a: { nodes: [] }, b: { nodes: [] } });
      const trail = await app.owner<{ about: string }>(
        "select concat(action, subject_id, details) as about from audit_entry where agency_id = $1 and (action like 'person-link%' or details::text like '%' || $2 || '%')",
        [actor.agencyId, foreign],
      );
      expect([trail, own]).toEqual([[], own]);
    }
  });

  it('asks a human about doubtful ones, and keeps whoever resembles nobody for themselves', async () => {
    const { one, other, link } = await doubt();
    expect(link.state).toBe('OPEN');
    expect(await areOne(one, other)).toBe(false);
    const stranger = await takeIn(nurse, somebody());
    expect(
      await app.owner('select from person_link where $1 in (left_person_id, right_person_id)', [stranger]),
    ).toEqual([]);
  });

  it('finds crossed names, nicknames and slips, and takes no nameless one for anybody', async () => {
    const person = somebody({ givenName: 'Robert' });
    const first = await takeIn(officer, person);
    const crossed = { ...person, givenName: person.familyName ?? null, familyName: 'Robert' };
    const called = { ...person, givenName: 'Bob' };
    expect(await linkOf(first, await takeIn(medic, crossed))).toMatchObject({ state: 'LINKED' });
    expect(await linkOf(first, await takeIn(nurse, called))).toMatchObject({ state: 'LINKED' });
    const nameless = await takeIn(nurse, { ageYears: 30, sex: 'MALE' });
    expect(
      await app.owner('select from person_link where $1 in (left_person_id, right_person_id)', [nameless]),
    ).toEqual([]);
  });

  it('makes two agencies’ reports of one named person one event, in whatever order word comes', async () => {
    const occurredAt = new Date(Date.now() - 7_200_000);
    const [person, named] = [somebody(), somebody()];
    const report = (actor: Actor, whom: PersonInput, minutes: number) =>
      buildOverdoseReport(app, actor, {
        ...{ occurredAt: new Date(occurredAt.getTime() + minutes * 60_000), where: CHILLICOTHE, person: whom },
      });
    const both = [await report(officer, person, 0), await report(medic, person, 100)];
    const two = [await report(officer, named, 0), await report(medic, somebody(), 100)];
    const behind = (await eventsBehind(app)).filter(({ reports }) =>
      reports.some((id) => [...both, ...two].includes(id)),
    );
    expect(behind.map(({ reports }) => reports.length).sort()).toEqual([1, 1, 2]);
  });

  it('keeps nothing readable of what people are found by', async () => {
    await takeIn(nurse, somebody({ givenName: 'Unreadable' }));
    const rows = await app.owner<{ key: string; evidence: string }>(
      `select encode(key, 'escape') as key, (select string_agg(evidence::text, '') from person_link) as evidence from person_block`,
    );
    const kept = JSON.stringify(rows).toLowerCase();
    expect(rows.length).toBeGreaterThan(5);
    for (const word of ['unreadable', 'robert', '740555', '1960']) expect(kept).not.toContain(word);
  });

  it('catches two who come in at the same moment a little later', async () => {
    const person = somebody();
    const ids = await Promise.all([officer, medic, nurse].map((actor) => takeIn(actor, person)));
    for (const id of ids) await app.app.get(LinkagePassService).compare(id);
    expect(await areOne(...ids)).toBe(true);
  });
});

describe('the wall around a Part 2 program', () => {
  const clinicOf = async (): Promise<Actor> => {
    const { agencyId } = await buildBedPool(app.database, { program: { part2Program: true } });
    return buildStaff(app.database, { id: agencyId, kind: 'TREATMENT_PROVIDER' }, 'PROVIDER_STAFF');
  };
  const treatedAt = async (clinic: Actor, person: PersonInput): Promise<string> => {
    const submission = buildSubmission({ person, pathway: 'SELF_REFERRAL', consents: [signature()] as never });
    return personOf('referral', await buildReferral(app, clinic, submission));
  };

  it('is passed with the person’s consent, towards treatment and not towards police, and closes when it is taken back', async () => {
    const [clinic, person] = [await clinicOf(), somebody()];
    const police = await takeIn(officer, person);
    const ward = await takeIn(nurse, person);
    const patient = await treatedAt(clinic, person);
    expect(await linkOf(patient, police)).toBeUndefined();
    expect(await linkOf(patient, ward)).toMatchObject({ state: 'LINKED' });
    // Through the ward the clinic’s record would have been one with that of the police.
    const [ofPolice, ofWard, ofPatient] = await clusterOf(police, ward, patient);
    expect(ofPatient).not.toBe(ofPolice);
    expect([ofPolice, ofPatient]).toContain(ofWard);
    done(
      await app.app
        .get(RevocationService)
        .revokeOfPerson(clinic, { personId: patient, askedBy: 'PERSON', method: 'WRITTEN' }, command()),
    );
    expect(await areOne(patient, ward)).toBe(false);
  });

  it('closes when the consent ends by its date', async () => {
    const [clinic, person] = [await clinicOf(), somebody()];
    const ids = [await takeIn(nurse, person), await treatedAt(clinic, person)];
    expect(await areOne(...ids)).toBe(true);
    await app.owner("update consent set expires_at = now() - interval '1 minute' where person_id = $1", [ids[1]]);
    await app.app.get(LinkagePassService).sweep();
    expect(await areOne(...ids)).toBe(false);
  });

  it('keeps Handrail and people from tying the two without consent; once there is one it is seen', async () => {
    const person = somebody();
    const ward = await takeIn(nurse, person);
    const { agencyId } = medic;
    await app.owner('update person set is_part2 = true where id = $1', [ward]);
    const [own] = await app.owner<{ id: string }>(
      `with made as (insert into person (given_name, family_name, birth_date, sex, source_agency_id) values ($1, $2, $3, 'MALE', $4) returning id),
         known as (insert into person_party (agency_id, person_id, basis) select a, id, 'INTAKE' from made, unnest(array[$4::uuid, $5::uuid]) a)
       select id from made`,
      [person.givenName, person.familyName, person.birthDate, agencyId, nurse.agencyId],
    );
    await app.app.get(LinkagePassService).compare(own!.id);
    expect(await linkOf(ward, own!.id)).toBeUndefined();
    const merge = () =>
      app.app.get(PersonLinkCommandsService).merge(nurse, { personId: ward, samePersonId: own!.id }, command());
    expect(await merge()).toMatchObject({
      code: 'CONSENT_REQUIRED',
      details: { scope: 'TREATMENT_PAYMENT_OPERATIONS' },
    });
    const { scope: _, ...signed } = signature();
    done(await app.app.get(ConsentsService).recordForPerson(nurse, { personId: ward, ...signed } as never, command()));
    expect(
      await app.owner(
        "select from pgboss.job where data::text like '%compare-person%' and data::text like '%' || $1 || '%'",
        [ward],
      ),
    ).not.toEqual([]);
    await app.app.get(LinkagePassService).compare(ward);
    expect(await areOne(ward, own!.id)).toBe(true);
  });
});

describe('deciding who is who', () => {
  const QUEUE =
    'query ($after: String) { personLinks(first: 20, after: $after) { nodes { id state strength conflict person { givenName } otherPerson { givenName birthDate } evidence { comparison agreement bits } decisions { step toState byWhom } } } }';

  it('shows the evidence side by side to those who know both', async () => {
    const { link, one, other } = await doubt();
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
    expect(codeOf(await decide(officer, link.id, 'confirm'))).toBe('NOT_FOUND');
  });

  it('lets one of two decide who decide at once', async () => {
    for (let round = 0; round < 3; round++) {
      const { link, one, other } = await doubt();
      const answers = await Promise.all([decide(nurse, link.id, 'confirm'), decide(colleague, link.id, 'reject')]);
      expect(answers.map(codeOf).sort()).toEqual(['DONE', 'ILLEGAL_TRANSITION']);
      const [confirmed] = answers.map(codeOf);
      expect(await areOne(one, other)).toBe(confirmed === 'DONE');
      expect(await app.owner('select from person_link_decision where link_id = $1', [link.id])).toHaveLength(2);
    }
  });

  it('undoes and splits without forgetting anything', async () => {
    const { link, one, other } = await doubt();
    for (const [step, isOne] of [
      ['confirm', true],
      ['split', false],
      ['reopen', false],
      ['confirm', true],
      ['reopen', false],
      ['reject', false],
    ] as const) {
      done(await decide(nurse, link.id, step));
      expect(await areOne(one, other)).toBe(isOne);
    }
    expect(await decide(nurse, link.id, 'confirm')).toMatchObject({
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
      personId: await personOf('overdose_report', first),
      samePersonId: await personOf('overdose_report', second),
    };
    expect(await behind()).toBe(2);
    const link = done(await app.app.get(PersonLinkCommandsService).merge(nurse, input, command()));
    await app.runDue();
    expect(await behind()).toBe(1);
    expect(codeOf(await app.app.get(PersonLinkCommandsService).merge(nurse, input, command()))).toBe(
      'ILLEGAL_TRANSITION',
    );
    done(await decide(nurse, link, 'split'));
    await app.runDue();
    expect(await behind()).toBe(2);
  });

  it('refuses what makes no sense, by code', async () => {
    const commands = app.app.get(PersonLinkCommandsService);
    const [own, foreign] = [await takeIn(nurse, somebody()), await takeIn(officer, somebody())];
    expect(await commands.merge(nurse, { personId: own, samePersonId: own }, command())).toMatchObject({
      code: 'INVALID_INPUT',
      details: { field: 'input.samePersonId' },
    });
    expect(codeOf(await commands.merge(nurse, { personId: own, samePersonId: foreign }, command()))).toBe('NOT_FOUND');
    const admin = await buildStaff(app.database, { id: nurse.agencyId, kind: 'HOSPITAL' }, 'AGENCY_ADMIN');
    const { link } = await doubt();
    expect(codeOf(await decide(admin, link.id, 'confirm'))).toBe('FORBIDDEN');
  });
});

describe('looking for somebody', () => {
  const FIND =
    'query ($givenName: String, $familyName: String, $birthDate: Date, $phone: String, $first: Int) { findPersons(givenName: $givenName, familyName: $familyName, birthDate: $birthDate, phone: $phone, first: $first) { strength person { id givenName } evidence { comparison agreement } } }';
  const purpose = { 'handrail-purpose': 'TREATMENT' };
  type Found = Answer<{ findPersons: { strength: string; person: { id: string } }[] }>;
  const find = async (actor: Actor, by: PersonInput, headers: Record<string, string> = purpose): Promise<Found> =>
    (await app.as(actor))(FIND, { ...by }, headers);

  it('finds those the agency knows, however they are spelled, and says how sure it is', async () => {
    const person = withPhone();
    const id = await takeIn(nurse, { ...person, givenName: 'Francisco' });
    const slip = { givenName: 'Paco', familyName: person.familyName!, birthDate: person.birthDate! };
    expect((await find(nurse, slip)).data?.findPersons).toMatchObject([{ strength: 'CERTAIN', person: { id } }]);
    const vague = await find(nurse, { givenName: 'Francisco', phone: person.phone! });
    expect(vague.data?.findPersons).toMatchObject([
      { strength: expect.stringMatching(/LIKELY|POSSIBLE/), person: { id } },
    ]);
    expect((await find(medic, slip)).data?.findPersons).toEqual([]);
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
    expect((await find(nurse, by)).data?.findPersons).toEqual([]);
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
    const personId = await personOf('overdose_report', await buildOverdoseReport(app, nurse, { person }));
    const { person: _, ...known } = buildSubmission({ pathway, personId });
    const referral = await buildReferral(app, nurse, known);
    expect(await personOf('referral', referral)).toBe(personId);
    const [{ episodes }] = (await app.owner<{ episodes: number }>(
      'select count(*)::int as episodes from episode where person_id = $1',
      [personId],
    )) as [{ episodes: number }];
    expect(episodes).toBe(1);
    const intake = app.app.get(ReferralIntakeService);
    const again = (input: object, who = nurse) =>
      intake.submit(
        who,
        { ...buildSubmission({ pathway: who === nurse ? pathway : 'FIRST_RESPONDER_REFERRAL' }), ...input } as never,
        command(),
      );
    expect(codeOf(await again({ personId, person: null }))).toBe('ALREADY_EXISTS');
    expect(await again({ personId })).toMatchObject({ code: 'INVALID_INPUT', details: { field: 'input.personId' } });
    expect(codeOf(await again({ personId, person: null }, medic))).toBe('NOT_FOUND');
  });

  it('finds nobody by what the agency may not see of them', async () => {
    const person = somebody();
    const id = await takeIn(officer, person);
    const team = await buildAgency(app.database, { kind: 'OUTREACH_TEAM' });
    const coordinator = await buildStaff(app.database, team, 'COORDINATOR');
    await app.owner(
      "insert into person_party (agency_id, person_id, basis) values ($1, $2, 'COORDINATION_WITH_CONSENT')",
      [team.id, id],
    );
    const by = { familyName: person.familyName!, birthDate: person.birthDate! };
    const { data } = await find(coordinator, by, { 'handrail-purpose': 'CARE_COORDINATION' });
    expect(data?.findPersons).toEqual([]);
  });
});

describe('everybody on file', () => {
  it('is compared once by a job that goes on where it stopped', async () => {
    const person = somebody();
    const ids = [await takeIn(officer, person), await takeIn(medic, person)];
    await app.owner('delete from person_link_decision');
    await app.owner('delete from person_link');
    await app.owner('delete from person_block');
    await app.owner('update person_cluster set cluster_id = person_id');
    await app.owner('delete from linkage_pass');
    await app.app.get(LinkagePassService).sweep();
    await app.app.get(LinkagePassService).finish();
    expect(await areOne(...ids)).toBe(true);
    const [pass] = await app.owner<{ persons: number; finished: boolean; all: number }>(
      'select persons, finished_at is not null as finished, (select count(*)::int from person) as all from linkage_pass',
    );
    expect(pass).toMatchObject({ finished: true, persons: pass!.all });
  });
});

import type { Actor } from '../../src/access';
import { consent } from '../../src/cli/walkthrough/people';
import { ConsentsService, RevocationService } from '../../src/consent';
import type { PersonInput } from '../../src/people';
import { LinkagePassService } from '../../src/people/linkage-pass.service';
import { PersonLinkCommandsService } from '../../src/people/person-link-commands.service';
import { buildActor, buildStaff } from '../builders/agencies';
import { buildBedPool } from '../builders/capacity';
import { buildOverdoseReport, CHILLICOTHE, eventsBehind } from '../builders/overdoses';
import { areOne, clusterOf, doubt, linkOf, personOf, somebody, takeIn, withPhone } from '../builders/person-links';
import { buildReferral, buildSubmission, done } from '../builders/referrals';
import { openApp, type TestApp } from '../setup/app';

let app: TestApp;
let officer: Actor;
let medic: Actor;
let nurse: Actor;

beforeAll(async () => {
  app = await openApp();
  officer = await buildActor(app.database, 'LAW_ENFORCEMENT', 'OFFICER');
  medic = await buildActor(app.database, 'EMS', 'MEDIC');
  nurse = await buildActor(app.database, 'HOSPITAL', 'HOSPITAL_STAFF');
});
afterAll(() => app.close());

/** As a resolver would have read it. */
const signature = () => ({ ...consent('TREATMENT_PAYMENT_OPERATIONS'), signedAt: new Date(Date.now() - 3_600_000) });

describe('at intake', () => {
  it('links the person of another agency beyond doubt, and shows it to neither', async () => {
    const person = somebody();
    const first = await takeIn(app, officer, person);
    const second = await personOf(app, 'overdose_report', await buildOverdoseReport(app, medic, { person }));
    expect(await linkOf(app, first, second)).toMatchObject({ state: 'LINKED' });
    expect(await areOne(app, first, second)).toBe(true);
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
    const { one, other, link } = await doubt(app, nurse);
    expect(link.state).toBe('OPEN');
    expect(await areOne(app, one, other)).toBe(false);
    const known = withPhone();
    const namesake = { ...withPhone(), givenName: known.givenName ?? null, birthDate: known.birthDate ?? null };
    const pair = [await takeIn(app, nurse, known), await takeIn(app, nurse, namesake)] as const;
    expect(await linkOf(app, ...pair)).toMatchObject({ state: 'OPEN' });
    const stranger = await takeIn(app, nurse, somebody());
    expect(
      await app.owner('select from person_link where $1 in (left_person_id, right_person_id)', [stranger]),
    ).toEqual([]);
  });

  it('finds crossed names, nicknames and slips, and takes no nameless one for anybody', async () => {
    const person = somebody({ givenName: 'Robert' });
    const first = await takeIn(app, officer, person);
    const crossed = { ...person, givenName: person.familyName ?? null, familyName: 'Robert' };
    const called = { ...person, givenName: 'Bob' };
    expect(await linkOf(app, first, await takeIn(app, medic, crossed))).toMatchObject({ state: 'LINKED' });
    expect(await linkOf(app, first, await takeIn(app, nurse, called))).toMatchObject({ state: 'LINKED' });
    const nameless = await takeIn(app, nurse, { ageYears: 30, sex: 'MALE' });
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
    await takeIn(app, nurse, somebody({ givenName: 'Unreadable' }));
    const rows = await app.owner<{ key: string; evidence: string }>(
      `select encode(key, 'escape') as key, (select string_agg(evidence::text, '') from person_link) as evidence from person_block`,
    );
    const kept = JSON.stringify(rows).toLowerCase();
    expect(rows.length).toBeGreaterThan(5);
    for (const word of ['unreadable', 'robert', '740555', '1960']) expect(kept).not.toContain(word);
  });

  it('catches two who come in at the same moment a little later', async () => {
    const person = somebody();
    const ids = await Promise.all([officer, medic, nurse].map((actor) => takeIn(app, actor, person)));
    for (const id of ids) await app.app.get(LinkagePassService).compare(id);
    expect(await areOne(app, ...ids)).toBe(true);
  });
});

describe('the wall around a Part 2 program', () => {
  const clinicOf = async (): Promise<Actor> => {
    const { agencyId } = await buildBedPool(app.database, { program: { part2Program: true } });
    return buildStaff(app.database, { id: agencyId, kind: 'TREATMENT_PROVIDER' }, 'PROVIDER_STAFF');
  };
  const treatedBy = async (actor: Actor, submission: Parameters<typeof buildSubmission>[0]): Promise<string> =>
    personOf(app, 'referral', await buildReferral(app, actor, buildSubmission(submission)));
  const treatedAt = async (clinic: Actor, person: PersonInput): Promise<string> => {
    const submission = buildSubmission({ person, pathway: 'SELF_REFERRAL', consents: [signature()] as never });
    return personOf(app, 'referral', await buildReferral(app, clinic, submission));
  };

  it('is passed with the person’s consent, towards treatment and not towards police, and closes when it is taken back', async () => {
    const [clinic, person] = [await clinicOf(), somebody()];
    const police = await takeIn(app, officer, person);
    const ward = await takeIn(app, nurse, person);
    const patient = await treatedAt(clinic, person);
    expect(await linkOf(app, patient, police)).toBeUndefined();
    expect(await linkOf(app, patient, ward)).toMatchObject({ state: 'LINKED' });
    // Through the ward the clinic’s record would have been one with that of the police.
    const [ofPolice, ofWard, ofPatient] = await clusterOf(app, police, ward, patient);
    expect(ofPatient).not.toBe(ofPolice);
    expect([ofPolice, ofPatient]).toContain(ofWard);
    done(
      await app.app
        .get(RevocationService)
        .revokeOfPerson(clinic, { personId: patient, askedBy: 'PERSON', method: 'WRITTEN' }, { name: 'test' }),
    );
    expect(await areOne(app, patient, ward)).toBe(false);
  });

  it('closes when the consent ends by its date', async () => {
    const [clinic, person] = [await clinicOf(), somebody()];
    const ids = [await takeIn(app, nurse, person), await treatedAt(clinic, person)];
    expect(await areOne(app, ...ids)).toBe(true);
    await app.owner("update consent set expires_at = now() - interval '1 minute' where person_id = $1", [ids[1]]);
    await app.app.get(LinkagePassService).sweep();
    expect(await areOne(app, ...ids)).toBe(false);
  });

  it('keeps Handrail and people from tying the two without consent; once there is one it is seen', async () => {
    const person = somebody();
    const ward = await takeIn(app, nurse, person);
    const { agencyId } = medic;
    await app.owner('update person set is_part2 = true where id = $1', [ward]);
    const [own] = await app.owner<{ id: string }>(
      `with made as (insert into person (given_name, family_name, birth_date, sex, source_agency_id) values ($1, $2, $3, 'MALE', $4) returning id),
         known as (insert into person_party (agency_id, person_id, basis) select a, id, 'INTAKE' from made, unnest(array[$4::uuid, $5::uuid]) a)
       select id from made`,
      [person.givenName, person.familyName, person.birthDate, agencyId, nurse.agencyId],
    );
    await app.app.get(LinkagePassService).compare(own!.id);
    expect(await linkOf(app, ward, own!.id)).toBeUndefined();
    const merge = () =>
      app.app.get(PersonLinkCommandsService).merge(nurse, { personId: ward, samePersonId: own!.id }, { name: 'test' });
    expect(await merge()).toMatchObject({
      code: 'CONSENT_REQUIRED',
      details: { scope: 'TREATMENT_PAYMENT_OPERATIONS' },
    });
    const { scope: _, ...signed } = signature();
    done(
      await app.app
        .get(ConsentsService)
        .recordForPerson(nurse, { personId: ward, ...signed } as never, { name: 'test' }),
    );
    expect(
      await app.owner(
        "select from pgboss.job where data::text like '%compare-person%' and data::text like '%' || $1 || '%'",
        [ward],
      ),
    ).not.toEqual([]);
    await app.app.get(LinkagePassService).compare(ward);
    expect(await areOne(app, ward, own!.id)).toBe(true);
  });

  // After the test of what ends by its date: the worker that runs here looks for that once in ten minutes.
  it('is taken back on all records that the agency knows to be one, and on none that it does not know', async () => {
    const person = somebody();
    const atHospital = () =>
      treatedBy(nurse, { person, pathway: 'HOSPITAL_REFERRAL', consents: [signature()] as never });
    const [one, other] = [await atHospital(), await atHospital()];
    const team = await treatedBy(medic, { person, consents: [signature()] as never });
    expect(await areOne(app, one, other, team)).toBe(true);
    const active = () =>
      Promise.all(
        [one, other, team].map(
          async (id) =>
            (await app.owner('select from consent where person_id = $1 and revoked_at is null', [id])).length,
        ),
      );
    expect(await active()).toEqual([1, 1, 1]);
    const revocation = app.app.get(RevocationService);
    const takeBack = { personId: one, askedBy: 'PERSON', method: 'ORAL' } as const;
    // A child by one of the records: nobody but the person ends what it agreed to, whichever record is named.
    await app.owner("update person set birth_date = current_date - interval '13 years 1 month' where id = $1", [other]);
    const represented = { ...takeBack, askedBy: 'LEGAL_REPRESENTATIVE' } as const;
    const answer = await revocation.revokeOfPerson(nurse, represented, { name: 'test' });
    expect(answer).toMatchObject({ code: 'INVALID_INPUT', details: { field: 'input.askedBy' } });
    expect(await active()).toEqual([1, 1, 1]);
    done(await revocation.revokeOfPerson(nurse, takeBack, { name: 'test' }));
    expect(await active()).toEqual([0, 0, 1]);
    expect(
      await app.owner(
        "select from audit_entry where action = 'consents.revoked' and agency_id = $1 and subject_id = any($2)",
        [nurse.agencyId, [one, other, team]],
      ),
    ).toHaveLength(2);
    await app.runDue();
    const states = await app.owner('select state from referral where person_id = any($1)', [[one, other]]);
    expect(states).toEqual([{ state: 'RECALLED' }, { state: 'RECALLED' }]);
  });

  it('does not follow a third record, of which the agency does not know, from one of its own to the other', async () => {
    const person = somebody();
    const consents = [signature()] as never;
    const [one, other] = [await treatedBy(medic, { person, consents }), await treatedBy(medic, { person, consents })];
    const third = await takeIn(app, officer, person);
    await app.owner(
      'update person_link set state = $3 where left_person_id = least($1::uuid, $2::uuid) and right_person_id = greatest($1::uuid, $2::uuid)',
      [one, other, 'OPEN'],
    );
    expect(await areOne(app, one, other, third)).toBe(true);
    const takeBack = { personId: one, askedBy: 'PERSON', method: 'ORAL' } as const;
    done(await app.app.get(RevocationService).revokeOfPerson(medic, takeBack, { name: 'test' }));
    const left = await app.owner(
      'select person_id as id from consent where person_id = any($1) and revoked_at is null',
      [[one, other]],
    );
    expect(left).toEqual([{ id: other }]);
  });
});

describe('everybody on file', () => {
  it('is compared once by a job that goes on where it stopped', async () => {
    const person = somebody();
    const ids = [await takeIn(app, officer, person), await takeIn(app, medic, person)];
    await app.owner('delete from person_link_decision');
    await app.owner('delete from person_link');
    await app.owner('delete from person_block');
    await app.owner('update person_cluster set cluster_id = person_id');
    await app.owner('delete from linkage_pass');
    await app.app.get(LinkagePassService).sweep();
    await app.app.get(LinkagePassService).finish();
    expect(await areOne(app, ...ids)).toBe(true);
    const [pass] = await app.owner<{ persons: number; finished: boolean; all: number }>(
      'select persons, finished_at is not null as finished, (select count(*)::int from person) as all from linkage_pass',
    );
    expect(pass).toMatchObject({ finished: true, persons: pass!.all });
  });
});

import { Injectable } from '@nestjs/common';
import type { ConsentScope, FieldClass, Relation } from '../access';
import type { Pathway, Race, Sex } from '../kernel/vocabulary';
import { selectList } from '../platform/database/columns';
import { newId } from '../platform/database/new-id';
import type { Reader } from '../platform/database/reader';
import { sql, type Statement } from '../platform/database/statement';
import type { SystemTx, Tx } from '../platform/database/tx';
import { FieldCipher } from '../platform/encryption/field-cipher';
import { sealedField } from '../platform/encryption/sealed-field';
import { EpisodeEntity } from './episode.entity';
import type { KnownAge } from './age';
import type { Candidate } from './linkage/engine/register/place-person';
import type { Provenance } from './linkage/engine/register/provenance';
import { PersonEntity, type PartyBasis } from './person.entity';
import { e164 } from './phone-number';

interface Known {
  readonly relations: Relation[];
  readonly consents: ConsentScope[];
  readonly part2: FieldClass[];
}
export type PersonRow = Omit<PersonEntity, 'createdAt' | 'phoneIndex'> & Known;
export type EpisodeRow = EpisodeEntity & Known;

/** What intake knows of a person; all of it may be unknown. */
export interface Identity {
  readonly givenName: string | null;
  readonly familyName: string | null;
  /** `YYYY-MM-DD`. */
  readonly birthDate: string | null;
  readonly sex: Sex | null;
  readonly race: Race | null;
  readonly phone: string | null;
  readonly language: string;
}

/** One exact way to look for a person in a medical emergency; the others are null. */
export interface EmergencyLookup {
  readonly referralId: string | null;
  readonly phone: string | null;
  readonly identity: { readonly givenName: string; readonly familyName: string; readonly birthDate: string } | null;
}

/** An agency that sees from now on who a person is, and why. */
export interface Shown {
  readonly agencyId: string;
  readonly personId: string;
  readonly basis: PartyBasis;
}

type Described = Provenance &
  Pick<Candidate, 'cluster'> &
  Pick<PersonEntity, 'givenName' | 'familyName' | 'birthDate' | 'sex' | 'phone'>;
/** What linkage compares of a person, where it comes from, and whom it is taken for. */
export type LinkagePerson = Candidate & Provenance;

const PHONE = sealedField('person', 'phone', e164);

// Row-level security shows a person or an episode to agencies that know the person, and to nobody else; the basis says how well.
const known = (personId: string): string =>
  `array[(select case when pp.basis like '%\\_WITH\\_CONSENT' then 'KNOWN_BY_CONSENT' else 'KNOWN' end from person_party pp
     where pp.person_id = ${personId} and pp.agency_id = app.agency())] as relations,
   app.active_consents(${personId}, app.agency()) as consents`;
const personPart2 = `case when p.is_part2 and p.source_agency_id <> app.agency() then '{IDENTITY}'::text[] else '{}' end as part2`;
// That an episode has ended is a program’s word, for whoever did not take the person in themselves: of every episode alike, or
// the reason it is withheld for would tell that a program has them.
const episodePart2 = `case when exists (select 1 from person_party pp
    where pp.person_id = e.person_id and pp.agency_id = app.agency() and pp.basis = 'ACCEPTANCE') then '{}'::text[] else '{CARE}' end as part2`;
// A date travels as text: the driver’s Date would move it by the time zone.
const personColumns = selectList(PersonEntity, 'p', ['phoneIndex', 'race']).replace(
  'p.birth_date as',
  'p.birth_date::text as',
);
const personsById = sql<PersonRow>(
  `select ${personColumns}, ${known('p.id')}, ${personPart2} from person p where p.id = any($1::uuid[])`,
);
const linkedTo = sql<PersonRow>(
  `select ${personColumns}, ${known('p.id')}, ${personPart2} from person p where p.id in (select app.linked_records($1, app.agency()))`,
);
// As the agency was told it last, with a referral or a report of an overdose.
const ageTold = sql<NonNullable<KnownAge['told']>>(
  `select told.years, told.at from (
     select (r.need ->> 'age')::int, r.submitted_at from referral r where r.person_id = $1
     union all select o.age_years, o.occurred_at from overdose_report o where o.person_id = $1) told(years, at)
   where told.years is not null order by told.at desc limit 1`,
);
const idsByPhone = sql<{ id: string }>('select id from person where phone_index = any($1::bytea[]) order by id');
const findInEmergency = sql<{ id: string }>(
  `with found as materialized (select app.find_in_emergency($1, $2, $3, $4, $5) as id)
   select f.id from found f where f.id is not null
   union all select id from (select o.person_id as id from found f join person_cluster c on c.person_id = f.id
     join person_cluster o on o.cluster_id = c.cluster_id and o.person_id <> f.id order by o.person_id) linked`,
);
const episodesById = sql<EpisodeRow>(
  `select ${selectList(EpisodeEntity, 'e')}, ${known('e.person_id')}, ${episodePart2} from episode e where e.id = any($1::uuid[])`,
);
const lockEpisode = sql<EpisodeRow>(
  `select ${selectList(EpisodeEntity, 'e')}, ${known('e.person_id')}, ${episodePart2} from episode e where e.id = $1 for no key update of e`,
);
const insertPerson = sql(
  `insert into person (id, given_name, family_name, birth_date, sex, race, phone_sealed, phone_index, language)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
);
const takeIn = sql(`insert into person_party (agency_id, person_id, basis) values ($1, $2, 'INTAKE')`);
// Whoever took the person in goes on knowing them by that.
const showAccepted = sql(
  `insert into person_party (agency_id, person_id, basis) values ($1, $2, 'ACCEPTANCE')
   on conflict (agency_id, person_id) do update set basis = excluded.basis, until = null
   where person_party.basis like '%\\_WITH\\_CONSENT'`,
);
// Of a consent and an acknowledgement at one time each would miss the other: the second waits, and sees both.
const lockPersons = sql('select 1 from person where id = any($1::uuid[]) order by id for no key update');
const hideConsented = sql(
  `delete from person_party where person_id = any($1::uuid[]) and basis like '%\\_WITH\\_CONSENT'
     and app.known_until(basis, person_id, agency_id) = '-infinity'`,
);
const renewConsented = sql(
  `update person_party set until = app.known_until(basis, person_id, agency_id)
   where person_id = any($1::uuid[]) and basis like '%\\_WITH\\_CONSENT'`,
);
// Whose part in a referral of the person lets them know who it is, if the person agrees: the relations of the access table.
const showConsented = sql<Shown>(
  `insert into person_party (agency_id, person_id, basis, until)
   select part.*, app.known_until(basis, person_id, agency_id) from (
     select o.agency_id, r.person_id, 'ACKNOWLEDGED_WITH_CONSENT' from referral r
       join offer o on o.referral_id = r.id and o.state = 'ACKNOWLEDGED' where r.person_id = any($1::uuid[])
     union select r.coordinating_agency_id, r.person_id, 'COORDINATION_WITH_CONSENT' from referral r
       where r.person_id = any($1::uuid[]) and r.coordinating_agency_id is not null) part(agency_id, person_id, basis)
   where app.known_until(basis, person_id, agency_id) <> '-infinity'
   on conflict (agency_id, person_id) do nothing returning agency_id as "agencyId", person_id as "personId", basis`,
);
// Whoever stands in no cluster is one of their own.
const clustersOf = sql<{ personId: string; clusterId: string }>(
  `select asked.id as "personId", coalesce(c.cluster_id, asked.id) as "clusterId"
   from unnest($1::uuid[]) asked(id) left join person_cluster c on c.person_id = asked.id`,
);
const membersOf = sql<{ personId: string; clusterId: string }>(
  `select c.person_id as "personId", c.cluster_id as "clusterId" from person_cluster c where c.cluster_id = any($1::uuid[])
   union select asked.id, asked.id from unnest($1::uuid[]) asked(id)
     where not exists (select 1 from person_cluster c where c.person_id = asked.id)`,
);
const described = `select p.id, p.given_name as "givenName", p.family_name as "familyName", p.birth_date::text as "birthDate", p.sex,
    p.phone_sealed as phone, p.is_part2 as "isPart2", p.source_agency_id as "sourceAgencyId", coalesce(c.cluster_id, p.id) as cluster
  from person p left join person_cluster c on c.person_id = p.id`;
const linkageRecords = sql<Described>(`${described} where p.id = any($1::uuid[])`);
// One list of keys: with OR in its place the planner reads everybody on file.
const linkageMembers = sql<Described>(
  `${described} where p.id in (select unnest($1::uuid[]) union select m.person_id from person_cluster m where m.cluster_id = any($1::uuid[]))`,
);
const openEpisode = sql(
  'insert into episode (id, person_id, opened_by_agency_id, pathway, opened_at) values ($1, $2, $3, $4, $5)',
);
const openEpisodeOf = sql<{ id: string }>(
  `select id from episode where person_id = $1 and opened_by_agency_id = $2 and closed_at is null order by opened_at desc, id desc limit 1`,
);
const closeEpisode = sql('update episode set closed_at = $2 where id = $1 and closed_at is null');
const reopenEpisode = sql('update episode set closed_at = null where id = $1');

@Injectable()
export class PeopleStore {
  constructor(private readonly fields: FieldCipher) {}

  async personsById(reader: Reader, ids: readonly string[]): Promise<PersonRow[]> {
    return this.fields.unseal(await reader.query(personsById, [ids]), 'phone', PHONE);
  }

  async linkedTo(tx: SystemTx, personId: string): Promise<PersonRow[]> {
    return this.fields.unseal(await tx.query(linkedTo, [personId]), 'phone', PHONE);
  }

  /**
   * Persons with this number, however it was written, among those the reader may see: for an actor those their agency knows,
   * for Handrail itself all. None for a number without area code.
   */
  async idsByPhone(reader: Reader, phone: string): Promise<string[]> {
    const indexes = this.fields.indexes(PHONE, phone);
    return indexes.length === 0 ? [] : (await reader.query(idsByPhone, [indexes])).map(({ id }) => id);
  }

  /**
   * The records of the one person that an exact look-up finds, whoever knows them; none for nobody and for several. First, of
   * those that were looked for, the one that is treated now, then the one with the latest need; after it the others of its
   * cluster. Only agencies with medical personnel find anybody.
   */
  async findInEmergency(tx: SystemTx, { referralId, phone, identity }: EmergencyLookup): Promise<string[]> {
    const { givenName = null, familyName = null, birthDate = null } = identity ?? {};
    const phones = phone === null ? [] : this.fields.indexes(PHONE, phone);
    const values = [referralId, phones, givenName, familyName, birthDate];
    return (await tx.query(findInEmergency, values)).map(({ id }) => id);
  }

  async ageTold(tx: Tx, personId: string): Promise<KnownAge['told']> {
    return (await tx.query(ageTold, [personId]))[0] ?? null;
  }

  clustersOf(tx: SystemTx | Reader, personIds: readonly string[]): Promise<{ personId: string; clusterId: string }[]> {
    return tx.query(clustersOf, [personIds]);
  }

  membersOf(tx: SystemTx | Reader, clusterIds: readonly string[]): Promise<{ personId: string; clusterId: string }[]> {
    return tx.query(membersOf, [clusterIds]);
  }

  /** Read as Handrail only: whoever has them on file. */
  linkageRecords(tx: SystemTx, ids: readonly string[]): Promise<LinkagePerson[]> {
    return this.described(tx, linkageRecords, ids);
  }

  /** All records of these clusters. */
  linkageMembers(tx: SystemTx, clusters: readonly string[]): Promise<LinkagePerson[]> {
    return this.described(tx, linkageMembers, clusters);
  }

  private async described(
    tx: SystemTx,
    statement: Statement<Described>,
    ids: readonly string[],
  ): Promise<LinkagePerson[]> {
    const rows = await this.fields.unseal(await tx.query(statement, [ids]), 'phone', PHONE);
    return rows.map(({ id, isPart2, sourceAgencyId, cluster, ...record }) => ({
      id,
      isPart2,
      sourceAgencyId,
      cluster,
      record,
    }));
  }

  episodesById(reader: Reader, ids: readonly string[]): Promise<EpisodeRow[]> {
    return reader.query(episodesById, [ids]);
  }

  /** Of two that go on with one episode the second waits for the first. */
  async lockEpisode(tx: Tx, id: string): Promise<EpisodeRow | undefined> {
    return (await tx.query(lockEpisode, [id])).at(0);
  }

  insertPerson(tx: Tx, identity: Identity): string {
    const id = newId();
    const { givenName, familyName, birthDate, sex, race, phone, language } = identity;
    const sealed = [this.fields.seal(PHONE, id, phone), this.fields.index(PHONE, phone)];
    tx.post(insertPerson, [id, givenName, familyName, birthDate, sex, race, ...sealed, language]);
    return id;
  }

  takeIn(tx: Tx, agencyId: string, personId: string): void {
    tx.post(takeIn, [agencyId, personId]);
  }

  showAccepted(tx: SystemTx, agencyId: string, personId: string): void {
    tx.post(showAccepted, [agencyId, personId]);
  }

  /** Hides, renews and shows by the consents as they are, and says to whom the persons were not shown before. */
  followConsents(tx: SystemTx, personIds: readonly string[]): Promise<Shown[]> {
    for (const statement of [lockPersons, hideConsented, renewConsented]) tx.post(statement, [personIds]);
    return tx.query(showConsented, [personIds]);
  }

  openEpisode(tx: Tx, personId: string, pathway: Pathway): string {
    const id = newId();
    tx.post(openEpisode, [id, personId, tx.actor.agencyId, pathway, tx.asOf]);
    return id;
  }

  async openEpisodeOf(tx: Tx, personId: string): Promise<string | null> {
    return (await tx.query(openEpisodeOf, [personId, tx.actor.agencyId]))[0]?.id ?? null;
  }

  reopenEpisode(tx: Tx, id: string): void {
    tx.post(reopenEpisode, [id]);
  }

  closeEpisode(tx: SystemTx, id: string): void {
    tx.post(closeEpisode, [id, tx.asOf]);
  }
}

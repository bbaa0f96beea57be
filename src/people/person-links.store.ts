import { Injectable } from '@nestjs/common';
import type { Facts } from '../access';
import { insertionOf, selectList } from '../platform/database/columns';
import { newId } from '../platform/database/new-id';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { SystemTx } from '../platform/database/tx';
import type { Keyset } from '../platform/graphql';
import type { Pair, Tie } from './linkage/engine/register/clusters';
import type { PairOnFile } from './linkage/engine/register/slips';
import type { ConsentNeeded, Provenance } from './linkage/engine/register/provenance';
import type { PersonLinkState } from './person-link.machine';
import type { Decider, LinkStep } from './link-words';
import { PersonLinkDecisionEntity, PersonLinkEntity } from './person-link.entity';

export type PersonLinkRow = PersonLinkEntity &
  Facts & {
    readonly foundAtText: string;
    /** Whose record is told of, and whose words it is: the other agency’s, where there is one. */
    readonly aboutPersonId: string;
    readonly sourceAgencyId: string | null;
  };

export type Member = Provenance & { readonly cluster: string };
export type NewLink = Omit<PersonLinkEntity, 'id' | 'foundAt' | 'decidedAt'>;

export interface Decision {
  readonly linkId: string;
  readonly step: LinkStep;
  readonly toState: PersonLinkState;
  readonly byWhom: Decider;
  readonly policyVersion: string;
}

const foreign = (side: string): string => `(${side}.is_part2 and ${side}.source_agency_id <> app.agency())`;
const agreed = (side: string): string => `app.active_consents(${side}.id, app.agency())`;
const shownBy = (side: string): string =>
  `exists (select 1 from person_party pp where pp.person_id = ${side}.id and pp.agency_id = app.agency() and pp.basis like '%\\_WITH\\_CONSENT')`;
// Row-level security shows a pair to agencies that know both. Of two Part 2 records both persons’ consents count.
const columns = `${selectList(PersonLinkEntity, 'l')},
  to_char(l.found_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "foundAtText",
  array[case when ${shownBy('a')} or ${shownBy('b')} then 'KNOWN_BY_CONSENT' else 'KNOWN' end] as relations,
  case when ${foreign('a')} or ${foreign('b')} then '{IDENTITY}'::text[] else '{}' end as part2,
  case when ${foreign('a')} and ${foreign('b')} then array(select unnest(${agreed('a')}) intersect select unnest(${agreed('b')}))
    when ${foreign('a')} then ${agreed('a')} when ${foreign('b')} then ${agreed('b')} else '{}' end as consents,
  case when a.source_agency_id <> app.agency() then a.id else b.id end as "aboutPersonId",
  case when a.source_agency_id <> app.agency() then a.source_agency_id else b.source_agency_id end as "sourceAgencyId"`;
const from = 'from person_link l join person a on a.id = l.left_person_id join person b on b.id = l.right_person_id';
const byIds = sql<PersonLinkRow>(`select ${columns} ${from} where l.id = any($1::uuid[])`);
const byPair = sql<PersonLinkRow>(`select ${columns} ${from} where l.left_person_id = $1 and l.right_person_id = $2`);
const ofPersons = sql<PersonLinkRow & { personId: string }>(
  `select ${columns}, p.id as "personId" from unnest($1::uuid[]) p(id) cross join lateral (
     select * from person_link x where x.left_person_id = p.id union all select * from person_link x where x.right_person_id = p.id) l
   join person a on a.id = l.left_person_id join person b on b.id = l.right_person_id order by l.found_at, l.id`,
);
const page = sql<PersonLinkRow>(
  `select ${columns} ${from} where l.state = $1 and not ${shownBy('a')} and not ${shownBy('b')}
     and l.left_person_id in (select pp.person_id from person_party pp where pp.agency_id = app.agency())
     and ($2::timestamptz is null or (l.found_at, l.id) < ($2, $3::uuid)) order by l.found_at desc, l.id desc limit $4`,
);
const decisionsOf = sql<PersonLinkDecisionEntity>(
  `select ${selectList(PersonLinkDecisionEntity, 'd')} from person_link_decision d where d.link_id = any($1::uuid[]) order by d.at, d.id`,
);
const pairedWith = sql<{ personId: string }>(
  `select right_person_id as "personId" from person_link where left_person_id = $1
   union select left_person_id from person_link where right_person_id = $1`,
);
const insertion = sql<{ id: string }>(
  `insert into person_link (id, left_person_id, right_person_id, state, probability, bits, evidence, conflict, policy_version, found_at, found_by, decided_at, decided_by)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict (left_person_id, right_person_id) do nothing returning id`,
);
const move = sql<{ id: string }>(
  `update person_link set state = $3, decided_at = $4, decided_by = $5 where id = $1 and state = $2 returning id`,
);
const decided = insertionOf(PersonLinkDecisionEntity, 'person_link_decision');
const takeTurn = sql(`select pg_advisory_xact_lock(hashtextextended('person-clusters', 0))`);
// Everybody whom ties lead to, whichever way.
const component = sql<Member>(
  `with recursive tied(id) as (
     select unnest($1::uuid[])
     union select case when l.left_person_id = t.id then l.right_person_id else l.left_person_id end
       from tied t join person_link l on l.state = 'LINKED' and (l.left_person_id = t.id or l.right_person_id = t.id))
   select p.id, p.is_part2 as "isPart2", p.source_agency_id as "sourceAgencyId", coalesce(c.cluster_id, p.id) as cluster
   from tied t join person p on p.id = t.id left join person_cluster c on c.person_id = p.id`,
);
const between = sql<Tie & { readonly state: PersonLinkState }>(
  `select left_person_id as left, right_person_id as right, bits, decided_by = 'HUMAN' as "isHuman", state from person_link
   where state <> 'OPEN' and left_person_id = any($1::uuid[]) and right_person_id = any($1::uuid[])`,
);
// Of all records of these persons; a pair of one person’s own is left out.
const pairsAmong = sql<PairOnFile>(
  `with member(id, cluster) as (
     select m.person_id, m.cluster_id from person_cluster m where m.cluster_id = any($1::uuid[])
     union select a.id, coalesce(c.cluster_id, a.id) from unnest($1::uuid[]) a(id) left join person_cluster c on c.person_id = a.id)
   select a.cluster as one, b.cluster as other, l.state = 'OPEN' as "isOpen", l.evidence, p.is_part2 or q.is_part2 as "isWalled"
   from member a join person_link l on l.left_person_id = a.id join member b on b.id = l.right_person_id and b.cluster <> a.cluster
     join person p on p.id = a.id join person q on q.id = b.id`,
);
const agreedAmong = sql<ConsentNeeded>(
  `select n.person_id as "personId", n.agency_id as "agencyId" from unnest($1::uuid[], $2::uuid[]) n(person_id, agency_id)
   where n.agency_id is not null and 'TREATMENT_PAYMENT_OPERATIONS' = any(app.active_consents(n.person_id, n.agency_id))`,
);
const setCluster = sql(
  `insert into person_cluster (person_id, cluster_id) select * from unnest($1::uuid[], $2::uuid[])
   on conflict (person_id) do update set cluster_id = excluded.cluster_id`,
);
const provenanceOf = sql<Provenance>(
  `select id, is_part2 as "isPart2", source_agency_id as "sourceAgencyId" from person where id = any($1::uuid[])`,
);

/** Pairs of records, what was decided of them, and the clusters that follow. */
@Injectable()
export class PersonLinksStore {
  byIds(reader: Reader, ids: readonly string[]): Promise<PersonLinkRow[]> {
    return reader.query(byIds, [ids]);
  }

  async byPair(reader: Reader, pair: Pair): Promise<PersonLinkRow | undefined> {
    return (await reader.query(byPair, [...pair].sort())).at(0);
  }

  ofPersons(reader: Reader, personIds: readonly string[]): Promise<(PersonLinkRow & { readonly personId: string })[]> {
    return reader.query(ofPersons, [personIds]);
  }

  /** Of the actor’s agency, the latest found first. */
  page(reader: Reader, state: PersonLinkState, after: Keyset | null, limit: number): Promise<PersonLinkRow[]> {
    return reader.query(page, [state, after?.createdAt ?? null, after?.id ?? null, limit]);
  }

  decisionsOf(reader: Reader, linkIds: readonly string[]): Promise<PersonLinkDecisionEntity[]> {
    return reader.query(decisionsOf, [linkIds]);
  }

  /** With whom the person makes a pair already, whatever was decided of it. */
  async pairedWith(tx: SystemTx, personId: string): Promise<ReadonlySet<string>> {
    return new Set((await tx.query(pairedWith, [personId])).map(({ personId: other }) => other));
  }

  /** The id of the new pair; null: it was there already. */
  async insert(tx: SystemTx, link: NewLink): Promise<string | null> {
    const { leftPersonId, rightPersonId, state, probability, bits, evidence, conflict, policyVersion } = link;
    const { foundBy, decidedBy } = link;
    const values = [leftPersonId, rightPersonId, state, probability, bits, JSON.stringify(evidence), conflict];
    const decidedAt = decidedBy === null ? null : tx.asOf;
    const all = [newId(), ...values, policyVersion, tx.asOf, foundBy, decidedAt, decidedBy];
    return (await tx.query(insertion, all))[0]?.id ?? null;
  }

  /** False: it is in another state by now. Of two who decide at once one is the first. */
  async move(
    tx: SystemTx,
    linkId: string,
    { from, to }: { from: PersonLinkState; to: PersonLinkState },
  ): Promise<boolean> {
    return (await tx.query(move, [linkId, from, to, tx.asOf, 'HUMAN'])).length > 0;
  }

  noteDecision(tx: SystemTx, decision: Decision): void {
    const isHuman = decision.byWhom === 'HUMAN';
    const by = isHuman ? { actorId: tx.actor.id, agencyId: tx.actor.agencyId } : { actorId: null, agencyId: null };
    tx.post(decided.statement, decided.valuesOf({ ...decision, ...by, id: newId(), at: tx.asOf }));
  }

  /** Clusters are drawn one after another: whoever waits here sees what was drawn before. */
  takeTurn(tx: SystemTx): void {
    tx.post(takeTurn);
  }

  component(tx: SystemTx, personIds: readonly string[]): Promise<Member[]> {
    return tx.query(component, [personIds]);
  }

  /** Decided pairs among these. */
  between(tx: SystemTx, personIds: readonly string[]): Promise<(Tie & { readonly state: PersonLinkState })[]> {
    return tx.query(between, [personIds]);
  }

  /** Pairs between records of these persons, whatever was decided of them. */
  pairsAmong(tx: SystemTx, clusterIds: readonly string[]): Promise<PairOnFile[]> {
    return tx.query(pairsAmong, [clusterIds]);
  }

  /** Which of these consents are in force. */
  async agreedAmong(tx: SystemTx, needed: readonly ConsentNeeded[]): Promise<ConsentNeeded[]> {
    if (needed.length === 0) return [];
    return tx.query(agreedAmong, [needed.map(({ personId }) => personId), needed.map(({ agencyId }) => agencyId)]);
  }

  provenanceOf(tx: SystemTx, personIds: readonly string[]): Promise<Provenance[]> {
    return tx.query(provenanceOf, [personIds]);
  }

  setClusters(tx: SystemTx, clusterOf: ReadonlyMap<string, string>): void {
    tx.post(setCluster, [[...clusterOf.keys()], [...clusterOf.values()]]);
  }
}

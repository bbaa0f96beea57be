import { Injectable } from '@nestjs/common';
import { mayRead } from '../access';
import { dayIn } from '../agencies';
import { ageOn } from '../kernel/clock';
import type { Pathway } from '../kernel/vocabulary';
import type { Reader } from '../platform/database/reader';
import type { SystemTx, Tx } from '../platform/database/tx';
import { ageAt, type KnownAge } from './age';
import { PeopleStore, type EmergencyLookup, type Identity, type PersonRow, type Shown } from './people.store';

/** People and their episodes, inside the transactions of other rooms. */
@Injectable()
export class PeopleService {
  constructor(private readonly store: PeopleStore) {}

  /**
   * Takes a person in and returns their id. The one place where identity is resolved: today every intake is a new person,
   * because a wrong link is a disclosure and no link is only a duplicate.
   */
  takeIn(tx: Tx, identity: Identity): string {
    const personId = this.store.insertPerson(tx, identity);
    this.store.takeIn(tx, tx.actor.agencyId, personId);
    tx.audit({ action: 'person.taken-in', subjectType: 'Person', subjectId: personId });
    return personId;
  }

  openEpisode(tx: Tx, personId: string, pathway: Pathway): string {
    const episodeId = this.store.openEpisode(tx, personId, pathway);
    tx.audit({
      action: 'episode.opened',
      subjectType: 'Episode',
      subjectId: episodeId,
      details: { personId, pathway },
    });
    return episodeId;
  }

  /** The open episode of a person whom the agency knows that it opened itself, the latest, or a new one. */
  async episodeOf(tx: Tx, personId: string, pathway: Pathway): Promise<string> {
    return (await this.store.openEpisodeOf(tx, personId)) ?? this.openEpisode(tx, personId, pathway);
  }

  /**
   * Goes on with an episode that the actor’s agency knows of; null: it knows of none. A closed one is open again: refusing it
   * would tell police and schools that treatment has ended, and so would a trail that told the two apart. Locks it.
   */
  async resumeEpisode(tx: Tx, episodeId: string): Promise<PersonRow | null> {
    const episode = await this.store.lockEpisode(tx, episodeId);
    if (!episode) return null;
    if (episode.closedAt !== null) this.store.reopenEpisode(tx, episodeId);
    tx.audit({ action: 'episode.resumed', subjectType: 'Episode', subjectId: episodeId });
    return (await this.store.personsById(tx, [episode.personId]))[0] ?? null;
  }

  /** A person the actor’s agency knows, or null. */
  async find(reader: Reader, personId: string): Promise<PersonRow | null> {
    return (await this.store.personsById(reader, [personId]))[0] ?? null;
  }

  /**
   * Every record of this person that the actor’s agency knows and may know to be theirs, this one included: by LINKED pairs of
   * which it knows both sides. What only somebody else’s record ties is not among them.
   */
  linkedTo(tx: SystemTx, personId: string): Promise<PersonRow[]> {
    return this.store.linkedTo(tx, personId);
  }

  /**
   * What says how old somebody is: the birth date, or else the age that was told. Of a birth date that is withheld from the actor, who
   * could find it by asking for one day after the other, the years of today, as the day is in the zone. The one place that knows.
   */
  async knownAgeOf(tx: Tx, person: PersonRow, zone: string): Promise<KnownAge> {
    const { id, birthDate } = person;
    if (birthDate === null) return { birthDate, told: await this.store.ageTold(tx, id) };
    if (mayRead(tx.actor, 'Person', 'birthDate', person)) return { birthDate, told: null };
    return { birthDate: null, told: { years: ageOn(birthDate, dayIn(zone, tx.asOf)), at: tx.asOf } };
  }

  /** Completed years today, as the day is in the zone; null: not known. */
  async ageOf(tx: Tx, person: PersonRow, zone: string): Promise<number | null> {
    return ageAt(await this.knownAgeOf(tx, person, zone), tx.asOf, zone);
  }

  /** The records of the one person that is found in a medical emergency, whoever knows them; none for nobody and for several. */
  findInEmergency(tx: SystemTx, lookup: EmergencyLookup): Promise<readonly string[]> {
    return this.store.findInEmergency(tx, lookup);
  }

  /**
   * Which persons on file are one person: person id → cluster id. Read as Handrail only; for an actor everybody is their own. That
   * two records are of one person is nobody’s to see: use it to count, to order and to find, and show nothing by it.
   */
  async clustersOf(reader: Reader, personIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.store.clustersOf(reader, personIds);
    return new Map(rows.map(({ personId, clusterId }) => [personId, clusterId]));
  }

  /** All records of these persons, whoever’s: cluster id → person ids. As `clustersOf`. */
  async membersOf(reader: Reader, clusterIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const members = new Map<string, string[]>();
    for (const { personId, clusterId } of await this.store.membersOf(reader, clusterIds)) {
      members.set(clusterId, [...(members.get(clusterId) ?? []), personId]);
    }
    return members;
  }

  closeEpisode(tx: SystemTx, episodeId: string): void {
    this.store.closeEpisode(tx, episodeId);
  }

  /** From here on the agency that takes the person sees who they are. */
  showToReceiver(tx: SystemTx, agencyId: string, personId: string): void {
    this.store.showAccepted(tx, agencyId, personId);
    noteShown(tx, { agencyId, personId, basis: 'ACCEPTANCE' });
  }

  /**
   * Who sees who these persons are on the strength of consents, by the consents and the parts in their referrals as they are in this
   * transaction: the one place that says so, for every step that changes either. It hides as well as it shows.
   */
  async followConsents(tx: SystemTx, personIds: readonly string[]): Promise<void> {
    for (const shown of await this.store.followConsents(tx, personIds)) noteShown(tx, shown);
  }
}

/** Who takes part is not for whoever records a consent: each finds it in its own trail. */
const noteShown = (tx: SystemTx, { agencyId, personId, basis }: Shown): void => {
  const trail = agencyId === tx.actor.agencyId ? tx : tx.inTrailOf(agencyId);
  trail.audit({ action: 'person.shown', subjectType: 'Person', subjectId: personId, details: { agencyId, basis } });
};

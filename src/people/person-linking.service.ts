import { Injectable } from '@nestjs/common';
import { addMinutes } from '../kernel/clock';
import type { SystemTx, Tx } from '../platform/database/tx';
import { defaultLinkagePolicy as policy } from './linkage/engine/default-policy';
import { clustersFrom, type Pair } from './linkage/engine/register/clusters';
import { placePerson, type Candidate, type Placement } from './linkage/engine/register/place-person';
import { consentsNeeded, mayBeTied, type ConsentNeeded, type Provenance } from './linkage/engine/register/provenance';
import { RegisterSearch, type Found } from './linkage/engine/register/register-search';
import { slipsAmong, type PairOnFile, type Slip } from './linkage/engine/register/slips';
import { wordsReader } from './linkage/words-reader';
import { PERSON_CLUSTER_CHANGED, PERSON_DOUBT_CHANGED } from './people.events';
import { PeopleStore } from './people.store';
import { COMPARE_PERSON } from './person-linking.tasks';
import { PersonLinksStore } from './person-links.store';
import { PersonRegisterStore } from './person-register.store';

const NOBODY: Placement = { linked: [], review: [] };
/** By then whoever came in at the same time has committed. */
const AGAIN_AFTER_MINUTES = 0.5;

const pairOf = (one: string, other: string): Pair => (one < other ? [one, other] : [other, one]);

const pairsAmong = <One>(all: readonly One[]): [One, One][] =>
  all.flatMap((one, at) => all.slice(at + 1).map((other): [One, One] => [one, other]));

/**
 * Finds out, as Handrail, which records are of one person. Nothing of it is shown to whoever caused it: entries go with the
 * transaction it is given, which should be `inTrailOf(null)`.
 */
@Injectable()
export class PersonLinkingService {
  constructor(
    private readonly people: PeopleStore,
    private readonly register: PersonRegisterStore,
    private readonly links: PersonLinksStore,
  ) {}

  /** Compares a person with everybody on file, writes down what was found, and makes them findable. Repeating it changes nothing. */
  async place(tx: SystemTx, personId: string): Promise<Placement> {
    const [self] = await this.people.linkageRecords(tx, [personId]);
    const reader = wordsReader();
    const asked = reader.read(self?.record ?? {});
    if (!self || Object.values(asked).every((value) => value === null)) return NOBODY;
    if (!(await this.register.isTurnFree(tx, asked))) this.compareLater(tx, personId, AGAIN_AFTER_MINUTES);
    this.register.keep(tx, personId, asked);
    const looked = await this.register.look(tx, asked, personId);
    if (looked.ids.length === 0) return NOBODY;
    const search = new RegisterSearch(self.record, looked, reader, policy);
    const placement = await this.placed(tx, self, looked.ids, search);
    const hasNewTie = await this.write(tx, personId, placement);
    if (hasNewTie) await this.drawClusters(tx, [personId]);
    return placement;
  }

  /** Looks at a person anew a little later, when what stands around them has been committed. */
  compareLater(tx: Tx, personId: string, minutes = 0): void {
    tx.enqueue({ name: COMPARE_PERSON, data: { personId }, startAt: addMinutes(tx.asOf, minutes) });
  }

  /** Draws the clusters anew that these persons are part of, by the pairs that stand and the consents in force. */
  async drawClusters(tx: SystemTx, personIds: readonly string[]): Promise<void> {
    this.links.takeTurn(tx);
    const members = await this.links.component(tx, personIds);
    const ids = members.map(({ id }) => id);
    const pairs = await this.links.between(tx, ids);
    const rejected = pairs.filter(({ state }) => state === 'REJECTED').map(({ left, right }): Pair => [left, right]);
    const ties = pairs.filter(({ state }) => state === 'LINKED');
    const walled = await this.walledAmong(tx, members);
    const drawn = clustersFrom(ids, ties, [...rejected, ...walled]);
    const moved = members.filter(({ id, cluster }) => drawn.get(id) !== cluster);
    if (moved.length === 0) return;
    // With the first record too: whoever looks from there finds the others.
    this.links.setClusters(tx, drawn);
    for (const { id } of moved) tx.emit({ name: PERSON_CLUSTER_CHANGED, subjectType: 'Person', subjectId: id });
  }

  /** Whether two records may be taken for one person: no wall between them, or the person has agreed. */
  async mayBeTied(tx: SystemTx, pair: Pair): Promise<boolean> {
    const [one, other] = await this.links.provenanceOf(tx, pair);
    if (!one || !other) return false;
    return mayBeTied(one, other, await this.links.agreedAmong(tx, consentsNeeded(one, other)));
  }

  /**
   * Which of these pairs of persons, whom place and time bring together, may be one but for a slip of the pen. One that weighs too little
   * by itself is written down as a doubt now, so that people can decide about it. For Handrail to join by, and nobody’s to see.
   */
  async slipsBetween(tx: SystemTx, pairs: readonly Pair[]): Promise<Slip[]> {
    if (pairs.length === 0) return [];
    const known = await this.links.pairsAmong(tx, [...new Set(pairs.flat())]);
    const isKnown = (pair: Pair) => known.some(({ one, other }) => pair.includes(one) && pair.includes(other));
    const found: PairOnFile[] = [];
    for (const pair of pairs.filter((one) => !isKnown(one))) found.push(...(await this.doubted(tx, pair)));
    return slipsAmong([...known, ...found], policy);
  }

  /** Compares two persons, by the records that they are known by, and writes down that they may be one. */
  private async doubted(tx: SystemTx, pair: Pair): Promise<PairOnFile[]> {
    const [self, candidate] = await this.people.linkageRecords(tx, pair);
    if (!self || !candidate || self.isPart2 || candidate.isPart2) return [];
    const reader = wordsReader();
    const looked = await this.register.look(tx, reader.read(self.record), self.id);
    const found = new RegisterSearch(self.record, looked, reader, policy).judged(candidate);
    const [one, other] = pair;
    const doubt = { one, other, isOpen: true, isWalled: false, evidence: found.evidence };
    if (slipsAmong([doubt], policy).length === 0) return [];
    await this.writeOne(tx, self.id, { ...found, outcome: 'REVIEW' });
    return [doubt];
  }

  /** For rooms that join by who may be one: the doubt about a pair came up, or was decided. */
  tellDoubt(tx: Tx, personId: string): void {
    tx.emit({ name: PERSON_DOUBT_CHANGED, subjectType: 'Person', subjectId: personId });
  }

  private async placed(
    tx: SystemTx,
    self: Provenance,
    found: readonly string[],
    search: RegisterSearch,
  ): Promise<Placement> {
    const known = await this.links.pairedWith(tx, self.id);
    const candidates = await this.withoutWalls(
      tx,
      self,
      found.filter((id) => !known.has(id)),
    );
    if (candidates.length === 0) return NOBODY;
    const clusters = [...new Set(candidates.map(({ cluster }) => cluster))];
    const others = await this.people.linkageMembers(tx, clusters);
    return placePerson(search, candidates, others);
  }

  private async withoutWalls(tx: SystemTx, self: Provenance, ids: readonly string[]): Promise<Candidate[]> {
    const candidates = await this.people.linkageRecords(tx, ids);
    const needed = candidates.flatMap((candidate) => consentsNeeded(self, candidate));
    const agreed = await this.links.agreedAmong(tx, needed);
    return candidates.filter((candidate) => mayBeTied(self, candidate, agreed));
  }

  private async walledAmong(tx: SystemTx, members: readonly Provenance[]): Promise<Pair[]> {
    const pairs = pairsAmong(members);
    const needed = pairs.flatMap(([one, other]): ConsentNeeded[] => consentsNeeded(one, other));
    const agreed = await this.links.agreedAmong(tx, needed);
    return pairs.filter(([one, other]) => !mayBeTied(one, other, agreed)).map(([one, other]) => [one.id, other.id]);
  }

  /** Whether anything was tied that was not before. */
  private async write(tx: SystemTx, personId: string, { linked, review }: Placement): Promise<boolean> {
    let isTied = false;
    for (const found of [...linked, ...review]) {
      const linkId = await this.writeOne(tx, personId, found);
      isTied ||= linkId !== null && found.outcome === 'LINKED';
    }
    return isTied;
  }

  private async writeOne(tx: SystemTx, personId: string, found: Found): Promise<string | null> {
    const [leftPersonId, rightPersonId] = pairOf(personId, found.id);
    const { probability, bits, evidence, conflict, outcome } = found;
    const toState = outcome === 'LINKED' ? 'LINKED' : 'OPEN';
    const { version: policyVersion } = policy;
    const decidedBy = toState === 'LINKED' ? 'HANDRAIL' : null;
    const judged = { probability, bits, evidence, conflict, policyVersion, state: toState } as const;
    const linkId = await this.links.insert(tx, {
      ...{ leftPersonId, rightPersonId, ...judged },
      ...{ foundBy: 'HANDRAIL', decidedBy },
    });
    if (linkId === null) return null;
    this.links.noteDecision(tx, { linkId, step: 'FIND', toState, byWhom: 'HANDRAIL', policyVersion });
    const action = toState === 'LINKED' ? 'person-link.linked' : 'person-link.proposed';
    tx.audit({ action, subjectType: 'PersonLink', subjectId: linkId, details: { policyVersion } });
    if (toState === 'OPEN') this.tellDoubt(tx, personId);
    return linkId;
  }
}

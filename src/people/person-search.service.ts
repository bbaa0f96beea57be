import { Injectable } from '@nestjs/common';
import { mayRead, purposeOf, purposesOfRole, type Actor } from '../access';
import { badInput, keysetOf, pageOf, type Connection, type Keyset } from '../platform/graphql';
import type { Reader } from '../platform/database/reader';
import { UnitOfWork } from '../platform/database/unit-of-work';
import type { FindPersonsArgs } from './find-persons.args';
import { defaultLinkagePolicy as policy } from './linkage/engine/default-policy';
import type { EvidenceLine } from './linkage/engine/register/agreement';
import { RegisterSearch, type Found } from './linkage/engine/register/register-search';
import { wordsReader } from './linkage/words-reader';
import { strengthOf, type MatchStrength } from './match-strength';
import { PeopleStore, type PersonRow } from './people.store';
import { PersonRegisterStore } from './person-register.store';

export type PersonMatchRow = Pick<PersonRow, 'relations' | 'consents' | 'part2' | 'sourceAgencyId'> & {
  /** Of the person, too. */
  readonly id: string;
  readonly personId: string;
  readonly strength: MatchStrength;
  readonly evidence: readonly EvidenceLine[];
};

const SOUGHT = ['givenName', 'familyName', 'birthDate', 'sex', 'phone'] as const;
/** What they are compared by: whoever may not see it of a person does not find the person by it. */
const COMPARED = ['givenName', 'familyName', 'birthDate', 'sex', 'phone'] as const;

const told = (args: FindPersonsArgs): (typeof SOUGHT)[number][] =>
  SOUGHT.filter((field) => (args[field] ?? '').trim() !== '');

/** Looks for a person before a second record of theirs is made. Every search is on the trail, whether or not it finds anybody. */
@Injectable()
export class PersonSearchService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly people: PeopleStore,
    private readonly register: PersonRegisterStore,
  ) {}

  /** Persons whom the actor’s agency knows, most likely first. Throws BAD_USER_INPUT where it is not said what for, or too little of whom. */
  async find(reader: Reader, args: FindPersonsArgs, requestId: string): Promise<Connection<PersonMatchRow>> {
    const { actor } = reader;
    const by = told(args);
    refuseUnasked(actor, by);
    const matches = await this.matching(reader, args);
    const ranks = new Map(matches.map(({ id }, rank) => [id, rank]));
    const rest = matches.slice(beginOf(ranks, keysetOf(args)));
    const page = pageOf(rest, args, ({ id }) => ({ id, createdAt: new Date(ranks.get(id) as number).toISOString() }));
    const act = { kind: 'READ', requestId, purpose: purposeOf(actor) } as const;
    const details = { by, found: page.nodes.length };
    await this.unitOfWork.note(actor, act, [
      { action: 'persons.searched', subjectType: null, subjectId: null, details },
    ]);
    return page;
  }

  private async matching(reader: Reader, { givenName, familyName, birthDate, sex, phone }: FindPersonsArgs) {
    const words = wordsReader();
    const asked = { givenName, familyName, birthDate, sex, phone } as const;
    const record = Object.fromEntries(Object.entries(asked).map(([field, value]) => [field, value ?? null]));
    const looked = await this.register.look(reader, words.read(record), null);
    const rows = (await this.people.personsById(reader, looked.ids)).filter((row) => isOpenTo(reader.actor, row));
    const search = new RegisterSearch(record, looked, words, policy);
    const found = search.sought(rows.map((row) => ({ id: row.id, record: row })));
    const byId = new Map(rows.map((row) => [row.id, row]));
    return found.map((one) => matchOf(one, byId.get(one.id) as PersonRow));
  }
}

/** Behind the last one told, also where the search finds them elsewhere by now: a cursor is a person, and the rank they had. */
const beginOf = (ranks: ReadonlyMap<string, number>, after: Keyset | null): number =>
  after === null ? 0 : (ranks.get(after.id) ?? Date.parse(after.createdAt)) + 1;

const matchOf = (found: Found, { id, relations, consents, part2, sourceAgencyId }: PersonRow): PersonMatchRow => ({
  ...{ id, personId: id, relations, consents, part2, sourceAgencyId },
  ...{ strength: strengthOf(found), evidence: found.evidence },
});

const isOpenTo = (actor: Actor, row: PersonRow): boolean =>
  COMPARED.every((field) => mayRead(actor, 'Person', field, row));

const refuseUnasked = (actor: Actor, by: readonly string[]): void => {
  if (actor.purpose === undefined) {
    const remedy = `Send the request header \`handrail-purpose\` with one of: ${purposesOfRole[actor.role].join(', ')}.`;
    throw badInput('A search for a person says what it is for.', 'handrail-purpose', remedy);
  }
  const isEnough = by.includes('phone') || (by.length >= 2 && by.some((field) => /Name|birthDate/.test(field)));
  if (!isEnough || by.join() === 'givenName,sex' || by.join() === 'familyName,sex' || by.join() === 'birthDate,sex') {
    const remedy = 'Send a telephone number, or two of givenName, familyName and birthDate.';
    throw badInput('Too little to tell one person from others.', 'givenName', remedy);
  }
};

import { Injectable } from '@nestjs/common';
import { mayDo, type Actor } from '../access';
import { counties, timeZoneOf } from '../agencies';
import { invalid, notFound, Refusal } from '../kernel/refusal';
import type { Reader } from '../platform/database/reader';
import type { Tx } from '../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import { keysetOf, pageOf, type Connection } from '../platform/graphql';
import { isReadable } from '../kernel/plain-words';
import type {
  CreateOutreachProgramInput,
  JoinOutreachTeamInput,
  OutreachProgramsArgs,
  UpdateOutreachProgramInput,
} from './outreach-program.inputs';
import { RosterService } from './roster/roster.service';
import { toldBy } from './telling-words';
import { OutreachProgramsStore, type OutreachProgramFacts, type OutreachProgramRow } from './outreach-programs.store';

const OWN = { relations: ['OWN_AGENCY'], consents: [] } as const;
const subjectOf = (subjectId: string) => ({ subjectType: 'OutreachProgram', subjectId });

interface Wanted {
  readonly facts: OutreachProgramFacts;
  readonly countyFips: readonly string[];
  readonly teamAgencyIds: readonly string[];
}

/** Outreach programs: the team, where it goes, and how. */
@Injectable()
export class OutreachProgramsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: OutreachProgramsStore,
    private readonly roster: RosterService,
  ) {}

  async page(reader: Reader, args: OutreachProgramsArgs): Promise<Connection<OutreachProgramRow>> {
    const after = keysetOf(args)?.id ?? null;
    return pageOf(await this.store.page(reader, args.countyFips ?? null, after, args.first + 1), args);
  }

  create(actor: Actor, input: CreateOutreachProgramInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      if (actor.agencyKind !== 'OUTREACH_TEAM' || !mayDo(actor, 'OutreachProgram', 'create', OWN)) return notYours();
      const { countyFips, teamAgencyIds, doorWords = null, dueHours = null, stopHours = null, ...facts } = input;
      const wanted: Wanted = {
        facts: { ...facts, doorWords, dueHours, stopHours, timeZone: zoneOf(countyFips), isActive: true },
        countyFips,
        teamAgencyIds,
      };
      const fault = await this.fault(tx, wanted, NOBODY);
      if (fault) return fault;
      const system = tx.asSystem();
      const id = this.store.insert(system, wanted.facts);
      if (!(await this.store.setArea(system, id, countyFips))) return areaTaken([]);
      this.store.setTeam(system, id, teamAgencyIds);
      await this.roster.takeOn(system, countyFips);
      tx.audit({ action: 'outreach-program.created', ...subjectOf(id) });
      return { id };
    });
  }

  update(actor: Actor, input: UpdateOutreachProgramInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const program = await this.store.find(tx, input.id);
      if (!program || !mayDo(actor, 'OutreachProgram', 'update', program)) return notFound('outreach program');
      const changed = Object.keys(input).filter((name) => name !== 'id');
      if (changed.length === 0) return invalid('input', 'Nothing is to change.', 'Name at least one change.');
      const wanted = changedBy(program, input);
      const fault = await this.fault(tx, wanted, program.id);
      if (fault) return fault;
      const system = tx.asSystem();
      this.store.update(system, program.id, wanted.facts);
      if (!(await this.store.setArea(system, program.id, wanted.countyFips))) return areaTaken([]);
      this.store.setTeam(system, program.id, wanted.teamAgencyIds);
      await this.roster.takeOn(system, wanted.countyFips);
      tx.audit({ action: 'outreach-program.updated', ...subjectOf(program.id), details: { changed } });
      return { id: program.id };
    });
  }

  /** By agreement: an agency joins where it was asked, and leaves when it wants. */
  join(actor: Actor, { programId, isMember }: JoinOutreachTeamInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      if (!mayDo(actor, 'OutreachProgram', 'join', OWN)) {
        return new Refusal('FORBIDDEN', 'The admin of an agency joins a team for it.', { remedy: 'Ask your admin.' });
      }
      const system = tx.asSystem();
      const isDone = isMember ? await this.store.join(system, programId) : await this.store.leave(system, programId);
      if (!isDone) return notFound('outreach program that asked your agency');
      const action = isMember ? 'outreach-team.joined' : 'outreach-team.left';
      tx.audit({ action, ...subjectOf(programId), details: { agencyId: actor.agencyId } });
      return { id: programId };
    });
  }

  private async fault(
    tx: Tx,
    { facts, countyFips, teamAgencyIds }: Wanted,
    programId: string,
  ): Promise<Refusal | null> {
    const told = factsFault(facts);
    if (told) return told;
    const at = countyFips.findIndex((fips) => !counties().isCounty(fips));
    if (at >= 0) {
      const remedy = 'Look the code up with `counties(state)`.';
      return invalid(`input.countyFips[${at}]`, 'No county has this code.', remedy);
    }
    if (countyFips.length === 0) {
      return invalid('input.countyFips', 'A program looks after one county at least.', 'Name its counties.');
    }
    const taken = await this.store.taken(tx, countyFips, programId);
    if (taken.length > 0) return areaTaken(taken);
    const [unknown] = await this.store.unknownAgencies(tx, teamAgencyIds);
    if (unknown === undefined && !teamAgencyIds.includes(tx.actor.agencyId)) return null;
    const index = teamAgencyIds.indexOf(unknown ?? tx.actor.agencyId);
    return invalid(`input.teamAgencyIds[${index}]`, 'That is no other active agency.', 'See `agencies`.');
  }
}

/** Matches no program: for one that has no id yet. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

const notYours = (): Refusal<'FORBIDDEN'> =>
  new Refusal('FORBIDDEN', 'Coordinators and admins of outreach teams keep outreach programs.');

const areaTaken = (countyFips: readonly string[]): Refusal<'ALREADY_EXISTS'> =>
  new Refusal('ALREADY_EXISTS', 'Another program looks after one of these counties.', {
    field: 'input.countyFips',
    countyFips,
    remedy: 'Leave them out, or agree with `outreachPrograms(countyFips)`.',
  });

const wordsFault = (name: string, text: string): Refusal | null => {
  if (!isReadable(text)) {
    const remedy = 'Leave pictures, invisible signs and other scripts out.';
    return invalid(`input.${name}`, 'It holds signs that cannot be compared with the words that tell.', remedy);
  }
  const telling = toldBy(text);
  if (telling.length === 0) return null;
  const message = `A stranger would learn why somebody came: ${telling.join(', ')}.`;
  return invalid(`input.${name}`, message, 'Use a name and words that any neighbor may read.');
};

const factsFault = (facts: OutreachProgramFacts): Refusal | null =>
  wordsFault('publicName', facts.publicName) ?? wordsFault('doorWords', facts.doorWords ?? '') ?? hoursFault(facts);

const hoursFault = ({ dueHours, stopHours }: OutreachProgramFacts): Refusal | null =>
  dueHours !== null && stopHours !== null && stopHours < dueHours
    ? invalid('input.stopHours', 'A case would end before it is due.', 'Send as many hours as dueHours, or more.')
    : null;

const zoneOf = ([first = '']: readonly string[]): string =>
  timeZoneOf(counties().county(first)?.state ?? '', first) ?? 'America/New_York';

/** Null takes these away; elsewhere it means the same as nothing. */
type Emptiable = 'doorWords' | 'dueHours' | 'stopHours';

const changedBy = (program: OutreachProgramRow, input: UpdateOutreachProgramInput): Wanted => {
  type Kept = Exclude<keyof OutreachProgramFacts, 'timeZone' | Emptiable>;
  const emptied = <Name extends Emptiable>(name: Name): OutreachProgramFacts[Name] =>
    input[name] === undefined ? program[name] : (input[name] as OutreachProgramFacts[Name]);
  const told = <Name extends Kept>(name: Name): OutreachProgramFacts[Name] =>
    (input[name] as OutreachProgramFacts[Name] | null | undefined) ?? program[name];
  const countyFips = input.countyFips ?? program.countyFips;
  return {
    countyFips,
    teamAgencyIds: input.teamAgencyIds ?? program.team.map(({ agencyId }) => agencyId),
    facts: {
      name: told('name'),
      publicName: told('publicName'),
      phone: told('phone'),
      timeZone: zoneOf(countyFips),
      leaveBehind: told('leaveBehind'),
      visitorKinds: told('visitorKinds'),
      isPlainClothes: told('isPlainClothes'),
      doorWords: emptied('doorWords'),
      dueHours: emptied('dueHours'),
      stopHours: emptied('stopHours'),
      isActive: told('isActive'),
    },
  };
};

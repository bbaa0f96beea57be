import { Injectable } from '@nestjs/common';
import { mayDo, type Actor } from '../access';
import { isRefusal, notFound, Refusal } from '../kernel/refusal';
import { newId } from '../platform/database/new-id';
import type { Reader } from '../platform/database/reader';
import type { Tx } from '../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import { keysetOf, pageOf, type Connection } from '../platform/graphql';
import { changedBy, differences } from './changes';
import { PoolMatchStore } from './pool-match.store';
import type { CreateProgramInput, ProgramsArgs, UpdateProgramInput } from './program.inputs';
import { intakeFault, settledPlace } from './program.rules';
import { ProgramsStore, type ProgramFacts, type ProgramRow } from './programs.store';
import { RoomClocks } from './room-clocks';

const OWN = { relations: ['OWN_AGENCY'], consents: [] } as const;

const notYours = (): Refusal<'FORBIDDEN'> =>
  new Refusal('FORBIDDEN', 'Only intake staff and the admin of a treatment provider keep its programs.', {
    remedy: 'Ask an admin of the provider.',
  });

const emptiable = [
  'street',
  'city',
  'postalCode',
  'phone',
  'countyFips',
  'latitude',
  'longitude',
  'servesOnly',
] as const;

const unsaid: ProgramFacts = {
  name: '',
  street: null,
  city: null,
  state: '',
  postalCode: null,
  phone: null,
  countyFips: null,
  latitude: null,
  longitude: null,
  timeZone: '',
  acceptanceMode: 'REVIEW',
  freshnessMinutes: 1440,
  part2Program: true,
  services: [],
  medicationsOffered: [],
  medicationsAccepted: [],
  payers: [],
  languages: ['en'],
  substances: [],
  servesOnly: null,
  acceptedPathways: [],
  admitsPregnant: false,
  intakeWindows: [],
  isActive: true,
};

const factNames = Object.keys(unsaid) as (keyof ProgramFacts)[];
const factsOf = (row: ProgramFacts): ProgramFacts =>
  Object.fromEntries(factNames.map((name) => [name, row[name]])) as unknown as ProgramFacts;

const movesOf = (before: ProgramFacts, after: ProgramFacts): boolean =>
  before.latitude !== after.latitude || before.longitude !== after.longitude || before.state !== after.state;

/** Service lines of a provider: kept by its own people, read by everybody. */
@Injectable()
export class ProgramsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: ProgramsStore,
    private readonly matches: PoolMatchStore,
    private readonly clocks: RoomClocks,
  ) {}

  async page(reader: Reader, args: ProgramsArgs): Promise<Connection<ProgramRow>> {
    const { agencyId = null, state = null, countyFips = null, levelOfCare = null, isActive = null } = args;
    const page = { first: args.first, after: keysetOf(args) };
    return pageOf(await this.store.list(reader, { agencyId, state, countyFips, levelOfCare, isActive }, page), args);
  }

  /** INVALID_INPUT for a place that cannot be; FORBIDDEN outside treatment providers. */
  create(actor: Actor, input: CreateProgramInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      if (actor.agencyKind !== 'TREATMENT_PROVIDER' || !mayDo(actor, 'Program', 'create', OWN)) return notYours();
      const facts = this.settled(changedBy(unsaid, input, emptiable), input.timeZone ?? null);
      if (isRefusal(facts)) return facts;
      const id = newId();
      await this.store.insert(tx, id, facts);
      this.tell(tx, 'program.created', id);
      return { id };
    });
  }

  /** NOT_FOUND for a program of another agency. */
  update(actor: Actor, input: UpdateProgramInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const program = await this.store.lock(tx, input.id);
      if (!program) return notFound('program of your agency');
      if (!mayDo(actor, 'Program', 'update', program)) return notYours();
      const before = factsOf(program);
      const wanted = changedBy(before, input, emptiable);
      // A program that moved is in the county of its new place, unless the provider says which.
      const isMoved = movesOf(before, wanted) && input.countyFips === undefined;
      const facts = this.settled(isMoved ? { ...wanted, countyFips: null } : wanted, wanted.timeZone);
      if (isRefusal(facts)) return facts;
      await this.store.update(tx, program.id, facts);
      await this.matches.refresh(tx, [program.id]);
      await this.clocks.watchCounts(tx.asSystem(), { programId: program.id });
      this.tell(tx, 'program.updated', program.id, { changed: differences(before, facts) });
      return { id: program.id };
    });
  }

  private settled(facts: ProgramFacts, timeZone: string | null): ProgramFacts | Refusal {
    const place = settledPlace({ ...facts, timeZone });
    if (isRefusal(place)) return place;
    return intakeFault(facts.intakeWindows) ?? { ...facts, ...place };
  }

  private tell(tx: Tx, name: string, subjectId: string, details: Record<string, unknown> = {}): void {
    tx.audit({ action: name, subjectType: 'Program', subjectId, details });
    tx.emit({ name, subjectType: 'Program', subjectId });
  }
}

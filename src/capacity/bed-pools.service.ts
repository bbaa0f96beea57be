import { Injectable } from '@nestjs/common';
import { mayDo, type Actor } from '../access';
import { invalid, isRefusal, notFound, Refusal } from '../kernel/refusal';
import { newId } from '../platform/database/new-id';
import type { Reader } from '../platform/database/reader';
import type { Tx } from '../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import { keysetOf, pageOf, type Connection } from '../platform/graphql';
import type { BedBoardArgs, CreateBedPoolInput, UpdateBedPoolInput } from './bed-pool.inputs';
import { BedPoolsStore, type BedPoolFacts, type BedPoolRow } from './bed-pools.store';
import { changedBy, differences } from './changes';
import { PoolMatchStore } from './pool-match.store';
import { ProgramsStore } from './programs.store';
import { RoomClocks } from './room-clocks';

const notYours = (): Refusal<'FORBIDDEN'> =>
  new Refusal('FORBIDDEN', 'Only intake staff and the admin of the provider keep its bed pools.', {
    remedy: 'Ask an admin of the provider.',
  });

const emptiable = ['minAge', 'maxAge'] as const;

const unsaid: BedPoolFacts = {
  name: '',
  levelOfCare: 'ASAM_1_0',
  sexes: ['FEMALE', 'MALE', 'OTHER'],
  minAge: null,
  maxAge: null,
  isActive: true,
};

const factsOf = ({ name, levelOfCare, sexes, minAge, maxAge, isActive }: BedPoolFacts): BedPoolFacts => ({
  name,
  levelOfCare,
  sexes,
  minAge,
  maxAge,
  isActive,
});

/** A program’s places of one sort. What is in them comes by census and holds, never from here. */
@Injectable()
export class BedPoolsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: BedPoolsStore,
    private readonly programs: ProgramsStore,
    private readonly matches: PoolMatchStore,
    private readonly clocks: RoomClocks,
  ) {}

  async board(reader: Reader, args: BedBoardArgs): Promise<Connection<BedPoolRow>> {
    const { state = null, countyFips = null, levelOfCare = null } = args;
    const filter = { state, countyFips, levelOfCare, onlyAvailable: args.onlyAvailable ?? false };
    const rows = await this.store.board(reader, filter, { first: args.first, after: keysetOf(args) });
    return pageOf(rows, args, ({ id, orderedAt }) => ({ id, createdAt: orderedAt }));
  }

  /** NOT_FOUND for a program of another agency, ALREADY_EXISTS for a name the program has given. */
  create(actor: Actor, input: CreateBedPoolInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const program = await this.programs.lock(tx, input.programId);
      if (!program) return notFound('program of your agency');
      if (!mayDo(actor, 'BedPool', 'create', program)) return notYours();
      const pool = { id: newId(), programId: program.id };
      const facts = await this.checked(tx, pool, changedBy(unsaid, input, emptiable));
      if (isRefusal(facts)) return facts;
      await this.store.insert(tx, pool, facts);
      await this.clocks.watchCounts(tx.asSystem(), { poolIds: [pool.id] });
      return this.done(tx, 'bed-pool.created', pool, Object.keys(facts));
    });
  }

  /** NOT_FOUND for a pool of another agency. Holds that exist stay, also when the pool is closed to new ones. */
  update(actor: Actor, input: UpdateBedPoolInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const pool = await this.lock(tx, input.id);
      if (!pool) return notFound('bed pool of your agency');
      if (!mayDo(actor, 'BedPool', 'update', pool)) return notYours();
      const before = factsOf(pool);
      const facts = await this.checked(tx, pool, changedBy(before, input, emptiable));
      if (isRefusal(facts)) return facts;
      await this.store.update(tx, pool.id, facts);
      const { isActive } = facts;
      if (isActive !== before.isActive) await this.clocks.switched(tx.asSystem(), { ...pool, isActive });
      await this.clocks.watchCounts(tx.asSystem(), { poolIds: [pool.id] });
      return this.done(tx, 'bed-pool.updated', pool, differences(before, facts));
    });
  }

  /** The program before the pool, as everywhere: whoever changes either has the program to itself. */
  private async lock(tx: Tx, id: string): Promise<BedPoolRow | undefined> {
    const [seen] = await this.store.byIds(tx, [id]);
    const program = seen && (await this.programs.lock(tx, seen.programId));
    return program && this.store.lock(tx, id);
  }

  private async checked(
    tx: Tx,
    pool: { readonly id: string; readonly programId: string },
    facts: BedPoolFacts,
  ): Promise<BedPoolFacts | Refusal> {
    if (facts.minAge !== null && facts.maxAge !== null && facts.minAge > facts.maxAge) {
      return invalid('input.minAge', 'The lowest age is above the highest.', 'Send minAge up to maxAge.');
    }
    if (!(await this.store.isNameTaken(tx, pool.programId, facts.name, pool.id))) return facts;
    return new Refusal('ALREADY_EXISTS', 'The program has a pool of this name.', {
      field: 'input.name',
      remedy: 'Choose another name or change the pool that has it.',
    });
  }

  private async done(
    tx: Tx,
    name: string,
    { id, programId }: { readonly id: string; readonly programId: string },
    changed: readonly string[],
  ): Promise<Done> {
    await this.programs.touch(tx, programId);
    await this.matches.refresh(tx, [programId]);
    tx.audit({ action: name, subjectType: 'BedPool', subjectId: id, details: { programId, changed } });
    tx.emit({ name, subjectType: 'BedPool', subjectId: id });
    return { id };
  }
}

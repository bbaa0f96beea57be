import { Injectable } from '@nestjs/common';
import { mayDo, NO_FACTS, type Actor } from '../access';
import { invalid, notFound, Refusal } from '../kernel/refusal';
import type { Reader } from '../platform/database/reader';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import { keysetOf, pageOf, type Connection, type ConnectionArgs } from '../platform/graphql';
import { answersOf, isForTheOwner } from './clock-kinds';
import { ClocksStore } from './clocks.store';
import { clockDefinitions, isLonger, isTerm } from './definitions';
import type { AnswerClockInput, SetClockInput } from './room-clock.type';
import { RoomClocksStore, type RoomClockRow } from './room-clocks.store';

/** What a provider’s people do about clocks of room, and what the operator sets. */
@Injectable()
export class RoomClocksService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: RoomClocksStore,
    private readonly clocks: ClocksStore,
  ) {}

  async page(reader: Reader, args: ConnectionArgs): Promise<Connection<RoomClockRow>> {
    const rows = await this.store.page(reader, args.first, keysetOf(args));
    return pageOf(rows, args, ({ id, dueAtText }) => ({ id, createdAt: dueAtText }));
  }

  /** Ends a clock that no other step ends. */
  answer(actor: Actor, { clockId, answer }: AnswerClockInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const clock = await this.store.lock(tx, clockId);
      if (!clock || !mayDo(actor, 'RoomClock', 'answer', clock)) return notFound('clock');
      const wrong = answerProblem(clock, answer, actor);
      if (wrong) return wrong;
      const ended = { subjectIds: [clock.subjectId], kinds: [clock.kind], how: 'MET' } as const;
      this.clocks.end(tx.asSystem(), ended, { answer, by: actor.id });
      tx.audit({ action: 'clock.answered', subjectType: 'Clock', subjectId: clock.id, details: { answer } });
      return { id: clock.id };
    });
  }

  set(actor: Actor, input: SetClockInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      if (!mayDo(actor, 'ClockSetting', 'set', NO_FACTS)) {
        return new Refusal('FORBIDDEN', 'Only the operator sets clocks.', { remedy: 'Ask the operator.' });
      }
      const { agencyId, programId = null, kind, lasts, validFrom } = input;
      const wrong = settingProblem(input, tx.asOf);
      if (wrong) return wrong;
      if (!(await this.store.isProgramOf(tx, agencyId, programId))) return notFound('agency, or program of it');
      const unlawful = overTheLaw(input, await this.stateOf(tx, agencyId, programId), validFrom ?? tx.asOf);
      if (unlawful) return unlawful;
      const setting = { agencyId, programId, kind, lasts, validFrom: validFrom ?? tx.asOf };
      const id = this.store.addSetting(tx.asSystem(), setting);
      const details = { agencyId, programId, kind, lasts };
      tx.audit({ action: 'clock.set', subjectType: 'ClockSetting', subjectId: id, details });
      return { id };
    });
  }

  private async stateOf(reader: Reader, agencyId: string, programId: string | null): Promise<string> {
    const [place] = programId
      ? await this.clocks.placesOfPrograms(reader, [programId])
      : await this.clocks.placesOfAgencies(reader, [agencyId]);
    return place?.state ?? '';
  }
}

/** Refuses a length or a time that cannot be. */
const settingProblem = ({ kind, lasts, validFrom }: SetClockInput, now: Date): Refusal | null => {
  if (!isTerm(lasts)) {
    return invalid('input.lasts', 'That is no length of a clock.', 'Send for example PT45M or P7D, at most P400D.');
  }
  const fixed = laidDownElsewhere(kind);
  if (fixed) return fixed;
  if (!validFrom || validFrom >= now) return null;
  return invalid('input.validFrom', 'What holds is not changed backwards.', 'Send a time to come, or leave it out.');
};

/** Refuses a length that is no operator’s to set. */
const laidDownElsewhere = (kind: SetClockInput['kind']): Refusal | null => {
  if (kind === 'CENSUS_FRESH') {
    const remedy = 'Change the program’s freshnessMinutes with updateProgram.';
    return invalid('input.kind', 'How long a census is good is the program’s own contract.', remedy);
  }
  if (kind === 'BRIDGE_ENDS' || kind === 'INTERIM_METHADONE_ENDS') {
    const remedy = 'Have it changed in the rules of the state: `bridgeHours` in rules/states.';
    return invalid('input.kind', 'How long medication may bridge a wait is laid down by law.', remedy);
  }
  return null;
};

/** Refuses a length that is longer than the law allows there. */
const overTheLaw = ({ kind, lasts }: SetClockInput, state: string, from: Date): Refusal | null => {
  const limit = clockDefinitions().legalLimit(state, kind, from);
  if (!limit || !isLonger(lasts, limit.lasts)) return null;
  return new Refusal('INVALID_INPUT', `${kind} is laid down by law and may only be shorter: ${limit.source}.`, {
    field: 'input.lasts',
    remedy: `Send ${limit.lasts} or less.`,
    atMost: limit.lasts,
    source: limit.source,
  });
};

/** Refuses an answer to a clock that has ended or is for its owner alone to answer, or that is no answer of its kind. */
export const answerProblem = (
  clock: Pick<RoomClockRow, 'kind' | 'ownerAgencyId' | 'endedAt'>,
  answer: AnswerClockInput['answer'],
  actor: Actor,
): Refusal | null => {
  const { kind, endedAt } = clock;
  if (endedAt !== null) return new Refusal('ILLEGAL_TRANSITION', 'This clock has ended.', { endedAt });
  if (isForTheOwner(clock, actor)) {
    const remedy = 'Ask them: only they know. What is late is told to you as well.';
    return new Refusal('FORBIDDEN', `${kind} is answered by its owner alone.`, { field: 'input.clockId', remedy });
  }
  const answers = answersOf(clock, actor);
  if (answers.includes(answer)) return null;
  const remedy =
    answers.length > 0 ? `Send one of: ${answers.join(', ')}.` : 'Do what is due; the step itself ends the clock.';
  return invalid('input.answer', `That is no answer to ${kind}.`, remedy);
};

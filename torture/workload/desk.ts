import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Dice } from '../dice';
import { isBy } from '../dice';
import { attemptOf, type Recorder } from '../history/recorder';
import type { World, WorldPerson } from '../world/world';
import type { Answered, ApiClient } from './api-client';
import { commands } from './commands';

/** What all people of a run share. */
export interface Office {
  readonly clients: readonly ApiClient[];
  readonly recorder: Recorder;
  readonly world: World;
  /** True while people work; after it they only finish what they began. */
  isOpen(): boolean;
  /** When nobody waits for anything any more. */
  isGivenUp(): boolean;
}

interface Sending {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Pushed in place of asked: the type of the news. */
  readonly push?: string | undefined;
}

const LATE_MS = [2_000, 15_000] as const;

/** One person’s way to the API: sends a command under a key until its answer is known, and takes down all of it. */
export class Desk {
  #sent = 0;
  readonly #late: Promise<unknown>[] = [];

  constructor(
    private readonly office: Office,
    readonly person: WorldPerson,
    private readonly dice: Dice,
  ) {}

  /** The answer, or null for one that was not to be had. */
  async look(query: string): Promise<Readonly<Record<string, unknown>> | null> {
    const { answered, attempt } = await this.#send({ query, variables: {} }, `r-${randomUUID()}`);
    this.office.recorder.read(this.person.name, attempt);
    return answered.end === 'ok' ? answered.data : null;
  }

  /** Gives a command and sees it through. Resolves with the record it answered; null: refused, or never known. */
  async give(command: string, subjectId: string): Promise<string | null> {
    const { dice, person, office } = this;
    const plan = commands[command];
    if (!plan) return null;
    // Seeded in what it asks, unique in its name: a key is never used by two runs on one database.
    const key = randomUUID();
    const variables = { ...plan.variables({ dice, person, world: office.world, subjectId }), key };
    const note = office.recorder.call({ key, person: person.name, command, subjectId: subjectId || null });
    const sending = { query: plan.document, variables, push: plan.push };
    const send = async (): Promise<Answered> => {
      const { answered, attempt } = await this.#send(sending, `${key}.${(this.#sent += 1)}`);
      note(attempt);
      return answered;
    };
    const isDoubled = isBy(dice, 0.06);
    const isLate = isBy(dice, 0.05);
    const doubled = isDoubled ? send() : null;
    const answered = await this.#until(send);
    await doubled;
    if (isLate) this.#late.push(this.#sendLate(send));
    return answered?.end === 'ok' ? answered.id : null;
  }

  /** What was to be sent late has been. */
  async finish(): Promise<void> {
    await Promise.all(this.#late);
  }

  /** Sends until the answer says what became of it. */
  async #until(send: () => Promise<Answered>): Promise<Answered | null> {
    for (let attempt = 0; !this.office.isGivenUp(); attempt++) {
      const answered = await send();
      // A token that a wrong clock does not believe is as good as no answer: the clock will be put right.
      if (answered.end === 'ok' || (answered.end === 'refused' && answered.code !== 'UNAUTHENTICATED')) return answered;
      await pause(50 + this.dice.next() * Math.min(1_000, 100 * 2 ** attempt));
    }
    return null;
  }

  async #sendLate(send: () => Promise<Answered>): Promise<void> {
    const [soonest, latest] = LATE_MS;
    for (const until = performance.now() + this.dice.between(soonest, latest); performance.now() < until;) {
      if (!this.office.isOpen()) break;
      await pause(200);
    }
    await send();
  }

  async #send({ query, variables, push }: Sending, requestId: string) {
    const { recorder, clients } = this.office;
    const client = this.dice.oneOf(clients);
    const from = recorder.now();
    const { token, door } = this.person;
    const answered =
      door && push
        ? await client.push({ door, requestId, id: String(variables['key']), type: push, data: variables['input'] })
        : await client.ask({ token, requestId, query, variables });
    const sent = { requestId, api: client.name, from, to: recorder.now() };
    return { answered, attempt: attemptOf(answered, sent) };
  }
}

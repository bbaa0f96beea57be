import { setTimeout as pause } from 'node:timers/promises';
import { diceFor, isBy, weighted, type Dice } from '../dice';
import { commands, OPEN_OFFERS, WORK_AT_HAND } from './commands';
import { Desk, type Office } from './desk';

interface Shown {
  readonly id: string;
  readonly state: string | null;
  readonly allowedActions: readonly string[] | null;
  readonly offers?: readonly Shown[] | null;
}

/** What somebody might do next: a command and what it is about. */
interface Choice {
  readonly command: string;
  readonly subjectId: string;
}

interface Worker {
  readonly desk: Desk;
  readonly dice: Dice;
}
type Turn = (worker: Worker) => Promise<void>;

const nodesOf = (data: Readonly<Record<string, unknown>> | null, field: string): readonly Shown[] =>
  (data?.[field] as { nodes?: readonly Shown[] } | null | undefined)?.nodes ?? [];

const choicesOf = (shown: readonly Shown[]): Choice[] =>
  shown
    .flatMap((one) => [one, ...(one.offers ?? [])])
    .flatMap(({ id, allowedActions }) => (allowedActions ?? []).map((command) => ({ command, subjectId: id })))
    .filter(({ command }) => command in commands);

/** Endings are rarer than steps forward, or nobody would ever arrive. */
const RARE: ReadonlySet<string> = new Set([
  'cancelReferral',
  'recallReferral',
  'turnPersonAway',
  'recordNoShow',
  'declineOffer',
]);
/** Now and then somebody does what the screen did not offer: a stale list, a wrong button. */
const WRONG_BUTTON = 0.08;

const isChosen = (dice: Dice, { command }: Choice): boolean => !RARE.has(command) || isBy(dice, 0.2);

const act = async ({ desk, dice }: Worker, shown: readonly Shown[]): Promise<void> => {
  const ids = shown.flatMap((one) => [one, ...(one.offers ?? [])]).map(({ id }) => id);
  if (ids.length > 0 && isBy(dice, WRONG_BUTTON)) {
    const command = dice.oneOf(
      Object.keys(commands).filter((name) => !['submitReferral', 'postCensus', 'pushCensus'].includes(name)),
    );
    await desk.give(command, dice.oneOf(ids));
    return;
  }
  const choices = choicesOf(shown).filter((choice) => isChosen(dice, choice));
  if (choices.length === 0) return;
  const { command, subjectId } = dice.oneOf(choices);
  await desk.give(command, subjectId);
};

const workAtHand: Turn = async (worker) => act(worker, nodesOf(await worker.desk.look(WORK_AT_HAND), 'referrals'));
const openOffers: Turn = async (worker) => act(worker, nodesOf(await worker.desk.look(OPEN_OFFERS), 'offers'));
const submit: Turn = async ({ desk }) => {
  await desk.give('submitReferral', '');
};
const push: Turn = async ({ desk, dice }) => {
  await desk.give('pushCensus', dice.oneOf(desk.person.pools).id);
  // Nobody counts beds all the time.
  await pause(dice.between(500, 3_000));
};
const count: Turn = async ({ desk, dice }) => {
  const { pools } = desk.person;
  if (pools.length > 0) await desk.give('postCensus', dice.oneOf(pools).id);
};

/** What each role does all day, and how often: another kind of caller (a partner’s webhook) is one more row. */
const days: Readonly<
  Record<string, { readonly turns: Readonly<Record<string, Turn>>; readonly weights: Record<string, number> }>
> = {
  OFFICER: { turns: { submit, workAtHand }, weights: { submit: 6, workAtHand: 4 } },
  PROVIDER_STAFF: { turns: { openOffers, workAtHand, count }, weights: { openOffers: 5, workAtHand: 6, count: 1 } },
  COORDINATOR: { turns: { workAtHand }, weights: { workAtHand: 1 } },
  PARTNER_SYSTEM: { turns: { push }, weights: { push: 1 } },
};

/** Between two turns; enough for two cores to keep up with ten people. */
const THINK_MS = [20, 250] as const;

/** All people of the world at work until the office closes and each has finished. */
export const work = async (office: Office, seed: number): Promise<void> => {
  const [shortest, longest] = THINK_MS;
  await Promise.all(
    office.world.people.map(async (person) => {
      const dice = diceFor(seed, person.name);
      const desk = new Desk(office, person, dice);
      const day = days[person.door ? 'PARTNER_SYSTEM' : person.role];
      while (day && office.isOpen()) {
        await day.turns[weighted(dice, day.weights)]?.({ desk, dice });
        await pause(dice.between(shortest, longest));
      }
      await desk.finish();
    }),
  );
};

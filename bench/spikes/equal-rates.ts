import { diceFrom } from '../../src/surveillance/engine/dice';
import { DAY_MS } from '../../src/surveillance/engine/timeline';
import { ours, type Watcher } from '../../src/surveillance/engine/watch';
import { eventsByPlace, evaluate, policyFor } from './evaluate';
import { during, inject, sizes, strongest, studyPlace } from './injections';
import type { StudyOptions } from './options';
import { pooling } from './pooled';
import { reference } from './references';
import type { StudyFile } from './study-files';

const METHODS = ['ours', 'sd2', 'earsC2', 'earsC3', 'ewma'] as const;
type Rival = (typeof METHODS)[number];
const BISECTIONS = 12;
/** Between these lies any limit that a rule can have: in margins of −ln p for ours, in deviations for the others. */
const LIMITS: readonly [number, number] = [-8, 40];

/** All rules on one file at one rate of false alarms, each with the laxest limit that raises no more. */
export interface AtRate {
  readonly falseAlarmsPerPlaceYear: number;
  /** Share of the injected spikes. */
  readonly found: Readonly<Record<string, number>>;
  /** Sizes of which another rule found more than ours. */
  readonly behindIn: readonly string[];
}

/** A rule that raises an alarm above this score; what ours does not judge, no limit makes it judge. */
const limited = (method: Rival, engine: Watcher, limit: number): Watcher => {
  if (method !== 'ours') return reference(method, limit);
  return {
    isDaily: false,
    assess(history, question) {
      const assessment = engine.assess(history, question);
      const isJudged = !(assessment.details['reasons'] as readonly string[]).includes('NOT_JUDGED');
      return { ...assessment, isSpike: isJudged && assessment.score > limit };
    },
  };
};

const laxest = (raisedAt: (limit: number) => number, alarms: number): number => {
  let [low, high] = LIMITS;
  for (let step = 0; step < BISECTIONS; step += 1) {
    const middle = (low + high) / 2;
    if (raisedAt(middle) > alarms) low = middle;
    else high = middle;
  }
  return high;
};

const nameOf = ({ name, hours }: (typeof sizes)[number]): string => `${name} in ${hours} h`;

/** By method and size, the strongest evidence each injected spike gave. */
const evidence = (file: StudyFile, engine: Watcher, { seed, injections }: StudyOptions) => {
  const byPlace = eventsByPlace(file.events);
  const pooledFor = pooling(byPlace, (file.events.at(-1)?.knownAt ?? 0) + DAY_MS);
  const places = [...byPlace].map(([place, events]) => studyPlace(place, events, pooledFor(place)));
  const dice = diceFrom(seed);
  const watchers = METHODS.map((method) => [method, limited(method, engine, -Infinity)] as const);
  return sizes
    .filter(({ events }) => events !== 0)
    .map((size) => {
      const scores: Record<string, number[]> = Object.fromEntries(METHODS.map((method) => [method, []]));
      for (let index = 0; index < injections; index += 1) {
        const injection = inject(places, size, dice);
        if (injection === null) continue;
        during(injection, () => {
          for (const [method, watcher] of watchers) scores[method]?.push(strongest(injection, watcher));
        });
      }
      return { size: nameOf(size), scores };
    });
};

const shareOver = (scores: readonly number[], limit: number): number =>
  scores.filter((score) => score > limit).length / Math.max(1, scores.length);

/**
 * All rules at the same rates of false alarms, ours too: each is given the laxest limit, found on the file itself, that raises no more
 * alarms than the rate allows. So nobody gains by where their usual limit happens to lie.
 */
export const atEqualRates = (file: StudyFile, options: StudyOptions, rates: readonly number[]): readonly AtRate[] => {
  const policy = policyFor(false, options.budget);
  const engine = ours(policy);
  const raised = new Map<string, number>();
  const raisedBy = (method: Rival) => (limit: number) => {
    const key = `${method}/${limit}`;
    const count =
      raised.get(key) ?? evaluate(file.events, limited(method, engine, limit), policy.quietHours).alerts.length;
    raised.set(key, count);
    return count;
  };
  const { placeYears } = evaluate(file.events, engine, policy.quietHours);
  const bySize = evidence(file, engine, options);
  return rates.map((rate) => {
    const limits = METHODS.map((method) => [method, laxest(raisedBy(method), Math.floor(rate * placeYears))] as const);
    const share = (scores: Readonly<Record<string, readonly number[]>>) =>
      Object.fromEntries(limits.map(([method, limit]) => [method, shareOver(scores[method] ?? [], limit)]));
    const all = Object.fromEntries(
      METHODS.map((method) => [method, bySize.flatMap(({ scores }) => scores[method] ?? [])]),
    );
    const behindIn = bySize.flatMap(({ size, scores }) => {
      const found = share(scores);
      return Math.max(...Object.values(found)) > (found['ours'] ?? 0) ? [size] : [];
    });
    const found = Object.fromEntries(
      Object.entries(share(all)).map(([method, one]) => [method, Number(one.toFixed(3))]),
    );
    return { falseAlarmsPerPlaceYear: rate, found, behindIn };
  });
};

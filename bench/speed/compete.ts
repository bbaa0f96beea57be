import type { Options } from '../options';
import type { Series } from './report';

const WARM_UP_SECONDS = 3;

/** Latencies of one round. */
export type Round<Contestant> = (contestant: Contestant, seconds: number) => Promise<number[]>;

/** In turn, there and back: whatever else the machine does falls on all alike, and nobody always comes after the same one. */
export const compete = async <Contestant extends { readonly name: string }>(
  contestants: readonly Contestant[],
  { rounds, seconds }: Pick<Options, 'rounds' | 'seconds'>,
  round: Round<Contestant>,
): Promise<Series[]> => {
  for (const contestant of contestants) await round(contestant, WARM_UP_SECONDS);
  const series = contestants.map(({ name }) => ({ name, rounds: [] as number[][] }));
  for (let turn = 0; turn < rounds; turn += 1) {
    const order = [...contestants.entries()];
    for (const [index, contestant] of turn % 2 === 0 ? order : order.reverse()) {
      series[index]?.rounds.push(await round(contestant, seconds));
    }
  }
  return series;
};

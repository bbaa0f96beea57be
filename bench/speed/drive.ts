/**
 * `clients` workers, each sending its next request when the last was answered, for so many seconds. Returns the latency of every
 * answered request in milliseconds; a worker stops early when `ask` says that there is nothing left to ask.
 */
export const drive = async (
  clients: number,
  seconds: number,
  ask: (client: number) => Promise<boolean>,
): Promise<number[]> => {
  const latencies: number[] = [];
  const until = performance.now() + seconds * 1000;
  const work = async (client: number): Promise<void> => {
    for (let at = performance.now(); at < until; at = performance.now()) {
      if (!(await ask(client))) throw new Error('the round ran out of records: seed more for each');
      latencies.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, client) => work(client)));
  return latencies;
};

import { setTimeout as pause } from 'node:timers/promises';
import type { Recorder } from '../history/recorder';
import { isReady, type ApiSeat, type Stage } from '../stage/stage';

/** Longer than any other fault explains, so that whoever judges sees what came too late. */
const PATIENCE_MS = 60_000;

const until = async (isSo: () => Promise<boolean>): Promise<number> => {
  const from = performance.now();
  while (performance.now() - from < PATIENCE_MS && !(await isSo())) await pause(25);
  return Math.round(performance.now() - from);
};

/** News from before the database came back that no worker has passed on yet. */
const waits = `select count(*)::int as waiting from outbox_event where fed is null and at < $1`;

/** Who is there to recover: one that is only starting has not got that far. */
export const apisAtWork = async ({ apis }: Stage): Promise<readonly ApiSeat[]> => {
  const areReady = await Promise.all(apis.map(({ port }) => isReady(port)));
  return apis.filter((_, n) => areReady[n]);
};

/** From the moment the database answers again: until the APIs that were at work say that they are ready, and the workers have caught up. */
export const measureRecovery = async (
  { stage, recorder }: { readonly stage: Stage; readonly recorder: Recorder },
  apisBefore: readonly ApiSeat[],
  after: string,
): Promise<void> => {
  await stage.database.untilBack();
  const at = recorder.now();
  const backAt = new Date();
  const apis = apisBefore.map(async ({ program, port }) => {
    const milliseconds = await until(() => (program.isRunning ? isReady(port) : Promise.resolve(true)));
    recorder.recovered({ of: program.name, what: `${program.name} after ${after}`, at, milliseconds });
  });
  const feed = async (): Promise<void> => {
    const milliseconds = await until(() =>
      stage.database.ask<{ waiting: number }>(waits, [backAt]).then(
        ([row]) => row?.waiting === 0,
        () => false,
      ),
    );
    recorder.recovered({ of: 'news', what: `news after ${after}`, at, milliseconds });
  };
  await Promise.all([...apis, feed()]);
};

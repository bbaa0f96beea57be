import { setTimeout as pause } from 'node:timers/promises';
import type { Dice } from '../dice';
import { isBy } from '../dice';
import { HAD_TO_BE_KILLED } from '../history/history';
import type { Recorder } from '../history/recorder';
import { migrateTogether } from '../stage/template';
import { seatsOf, untilReady, type Seat, type Stage } from '../stage/stage';
import { apisAtWork, measureRecovery } from './recovery';
import { holdConnections, letTimePass, lockTable, slowDown } from './saboteur';

export interface Scene {
  readonly stage: Stage;
  readonly dice: Dice;
  readonly recorder: Recorder;
  /** Milliseconds that a fault may last. */
  readonly lengthMs: number;
}

/** Does it and undoes it; answers what exactly it was. */
type Fault = (scene: Scene) => Promise<string>;

const restart = async ({ program }: Seat, dice: Dice): Promise<void> => {
  await program.end('SIGKILL');
  await pause(dice.between(50, 1_500));
  program.start();
};

const killApi: Fault = async ({ stage, dice }) => {
  const api = dice.oneOf(stage.apis);
  await restart(api, dice);
  return api.program.name;
};

/** Often while it holds tasks: news has just been made. */
const killWorker: Fault = async ({ stage, dice }) => {
  const worker = dice.oneOf(stage.workers);
  await restart(worker, dice);
  return worker.program.name;
};

const killBackend: Fault = async ({ stage, dice, recorder }) => {
  const apis = await apisAtWork(stage);
  await stage.database.killBackend(dice.next());
  await measureRecovery({ stage, recorder }, apis, 'a backend killed');
  return 'one backend';
};

const killServer: Fault = async ({ stage, dice, recorder, lengthMs }) => {
  // Mostly a moment, sometimes as long as an operator needs.
  const awayMs = isBy(dice, 0.3) ? Math.round(lengthMs) : dice.between(0, 1_500);
  const apis = await apisAtWork(stage);
  await stage.database.kill();
  await pause(awayMs);
  await measureRecovery({ stage, recorder }, apis, 'the server killed');
  return `away ${awayMs} ms`;
};

const throughTheProxy =
  (change: (seat: Seat) => void): Fault =>
  async ({ stage, dice, lengthMs }) => {
    const seat = dice.oneOf(seatsOf(stage));
    change(seat);
    await pause(dice.between(300, lengthMs));
    seat.toDatabase.clear();
    return seat.program.name;
  };

const loseCommits = throughTheProxy(({ toDatabase }) => {
  toDatabase.set({ losesCommits: true });
});
const cutDatabase = throughTheProxy(({ toDatabase }) => {
  toDatabase.set({ isShut: true });
});
const slowNetwork = throughTheProxy(({ toDatabase }) => {
  toDatabase.set({ delayMs: 80 });
});
/** Lines that are there die unnoticed; for a while new ones lead nowhere too. */
const halfOpen = throughTheProxy(({ toDatabase }) => {
  toDatabase.freeze();
  toDatabase.set({ isSilent: true });
});

const loseAnswers: Fault = async ({ stage, dice, lengthMs }) => {
  const api = dice.oneOf(stage.apis);
  api.fromClients.set({ losesAnswers: true });
  await pause(dice.between(200, Math.min(lengthMs, 3_000)));
  api.fromClients.clear();
  return api.program.name;
};

const clientsHalfOpen: Fault = async ({ stage, dice, lengthMs }) => {
  const api = dice.oneOf(stage.apis);
  api.fromClients.freeze();
  await pause(lengthMs);
  // By then whoever carried the lines has noticed.
  api.fromClients.cut();
  return api.program.name;
};

const skewClock: Fault = async ({ stage, dice, lengthMs }) => {
  const { program } = dice.oneOf(seatsOf(stage));
  const minutes = dice.oneOf([-300, -31, -6, -1, 1, 6, 20, 31]);
  program.skew(minutes * 60_000);
  await pause(lengthMs);
  program.skew(0);
  return `${program.name} ${minutes} min`;
};

/** As an operator rolls out a new image: one after the other, each asked to stop. */
export const rollOver: Fault = async ({ stage, recorder }) => {
  const ends: string[] = [];
  for (const { program, port } of stage.apis) {
    const from = recorder.now();
    const isByItself = await program.endWithin(60_000);
    const stopped = recorder.now();
    program.start();
    await untilReady(port);
    ends.push(
      `${program.name} ${isByItself ? 'stopped' : HAD_TO_BE_KILLED} after ${stopped - from} ms, back after ${recorder.now() - stopped} ms`,
    );
  }
  return ends.join('; ');
};

const migrateAtOnce: Fault = async ({ stage }) => {
  const { database } = stage;
  await migrateTogether(database.ownerUrl, database.addressesThrough(database.port));
  return 'five at once';
};

const fullDisk: Fault = async ({ stage, dice, recorder, lengthMs }) => {
  if (!stage.disk) return 'SKIPPED: no disk of its own can be mounted here';
  const apis = await apisAtWork(stage);
  stage.disk.fill();
  await pause(dice.between(500, Math.min(lengthMs, 4_000)));
  await stage.disk.free();
  await measureRecovery({ stage, recorder }, apis, 'the disk full');
  return 'filled to the last byte';
};

export const faults = {
  'kill-api': killApi,
  'kill-worker': killWorker,
  'kill-backend': killBackend,
  'kill-server': killServer,
  'lose-commits': loseCommits,
  'lose-answers': loseAnswers,
  'cut-database': cutDatabase,
  'slow-network': slowNetwork,
  'half-open': halfOpen,
  'clients-half-open': clientsHalfOpen,
  'exhaust-pool': holdConnections,
  'lock-table': lockTable,
  'slow-statements': slowDown,
  'skew-clock': skewClock,
  'time-passes': letTimePass,
  'migrate-at-once': migrateAtOnce,
  'full-disk': fullDisk,
  'roll-over': rollOver,
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof faults;
export const faultNames = Object.keys(faults) as FaultName[];

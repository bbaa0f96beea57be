import { setTimeout as pause } from 'node:timers/promises';
import { check } from './check/check';
import { diceFor } from './dice';
import { playFaults } from './faults/schedule';
import type { FaultName } from './faults/faults';
import { gather } from './history/facts';
import type { Facts, History, Violation } from './history/history';
import { complaintsOf } from './history/complaints';
import { Recorder } from './history/recorder';
import { Watcher } from './history/watcher';
import { plants, type PlantName } from './plants/plants';
import { calm, openStage, seatsOf, type Stage } from './stage/stage';
import { buildWorld } from './world/world';
import { ApiClient } from './workload/api-client';
import type { Office } from './workload/desk';
import { work } from './workload/people';

export interface SeedOptions {
  readonly seed: number;
  readonly seconds: number;
  readonly faults: readonly FaultName[];
  readonly plant: PlantName | null;
  readonly isKept: boolean;
}

export interface SeedResult {
  readonly seed: number;
  readonly history: History;
  readonly facts: Facts;
  readonly violations: readonly Violation[];
  /** Whether the bug that was asked for could be planted; null: none was. */
  readonly isPlanted: boolean | null;
  readonly logs: string;
  /** From the empty database to the verdict, seconds. */
  readonly took: number;
  /** Lines that the programs wrote as errors, by what they say. */
  readonly complaints: ReadonlyMap<string, number>;
}

/** After the last fault, for whoever still waits for an answer. */
const PATIENCE_MS = 90_000;
const AFTERMATH_MS = 3_000;

const playOn = async (stage: Stage, recorder: Recorder, options: SeedOptions): Promise<boolean | null> => {
  const { seed, seconds, faults: names, plant } = options;
  const owner = await stage.database.connect('builder');
  const clients = stage.apis.map(({ program, fromClients }) => new ApiClient(program.name, fromClients.port));
  const [client] = clients as [ApiClient];
  const dataDir = stage.environment(0)['HANDRAIL_DATA_DIR'] ?? '';
  const setting = { owner, dataDir, client, receiverUrl: stage.receiver.url };
  const world = await buildWorld(setting, diceFor(seed, 'world'));
  await owner.end();
  stage.receiver.behave(diceFor(seed, 'receiver'));
  let isOpen = true;
  let isGivenUp = false;
  const office: Office = { clients, recorder, world, isOpen: () => isOpen, isGivenUp: () => isGivenUp };
  const working = work(office, seed);
  const planting = plant ? plants[plant].plant(stage.database, seconds) : null;
  await playFaults({ seed, seconds, names }, stage, recorder);
  await pause(names.length === 0 ? seconds * 1_000 : 0);
  // People go on until there was something to break, and for a while with what became of it.
  if (await planting) await pause(AFTERMATH_MS);
  isOpen = false;
  stage.receiver.behave(null);
  await calm(stage);
  const timer = setTimeout(() => (isGivenUp = true), PATIENCE_MS);
  await working;
  clearTimeout(timer);
  for (const client of clients) client.close();
  return planting;
};

/** One seed from an empty database to its verdict. */
export const playSeed = async (template: string, options: SeedOptions): Promise<SeedResult> => {
  const began = performance.now();
  const recorder = new Recorder();
  const stage = await openStage(template, options.faults.includes('full-disk'));
  let isKept = options.isKept;
  try {
    const from = performance.now();
    for (const { program } of seatsOf(stage)) program.start();
    await calm(stage);
    stage.startMs = performance.now() - from;
    const watcher = new Watcher(stage.database, recorder);
    watcher.start();
    let isPlanted: boolean | null = null;
    try {
      isPlanted = await playOn(stage, recorder, options);
    } finally {
      await watcher.stop();
    }
    const facts = await gather(stage);
    const history = recorder.history();
    const violations = check(history, facts);
    isKept ||= violations.length > 0;
    const complaints = complaintsOf(stage.logs);
    const took = Math.round((performance.now() - began) / 1_000);
    return { seed: options.seed, history, facts, violations, isPlanted, logs: stage.logs, took, complaints };
  } catch (error) {
    isKept = true;
    throw new Error(`the run broke off; its logs are in ${stage.logs}`, { cause: error });
  } finally {
    await stage.close(isKept);
  }
};

import { Logger } from '@nestjs/common';
import { Unavailable } from '../database/failures';
import { BackOff } from './back-off';
import { DueSweep } from './due-sweep';

/** What is due, the stuck ones first. */
const worldOf = (stuck: number, sound: number) => {
  let now = 0;
  const due = Array.from({ length: stuck + sound }, (_, index) => ({ id: `${index}`, isStuck: index < stuck }));
  const gone = new Set<string>();
  const tries = new Map<string, number>();
  return {
    sweep: new DueSweep({ batch: 100, atOnce: 4 }, new BackOff(() => now)),
    gone,
    tries,
    wait: (ms: number) => (now += ms),
    find: (limit: number, resting: readonly string[]) =>
      Promise.resolve(due.filter(({ id }) => !gone.has(id) && !resting.includes(id)).slice(0, limit)),
    seen: (id: string) => tries.set(id, (tries.get(id) ?? 0) + 1),
    settle: (id: string) => {
      gone.add(id);
      return Promise.resolve(true);
    },
  };
};
type World = ReturnType<typeof worldOf>;
type How = (id: string) => Promise<boolean>;
const run = (world: World, stuck: How) =>
  world.sweep.run(world.find, ({ id, isStuck }) => {
    world.seen(id);
    return isStuck ? stuck(id) : world.settle(id);
  });

describe('what is due is worked off', () => {
  const logged = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
  beforeEach(() => logged.mockClear());
  afterAll(() => logged.mockRestore());

  it.each<[string, How]>([
    ['fail', () => Promise.reject(new Error('stuck'))],
    ['find nothing to do', () => Promise.resolve(false)],
  ])('in one sweep, behind more than a batch of others that %s', async (_, stuck) => {
    const world = worldOf(250, 30);
    await run(world, stuck).catch((error: unknown) => {
      expect(error).toMatchObject({ message: 'stuck' });
    });
    expect(world.gone.size).toBe(30);
    expect(new Set(world.tries.values())).toEqual(new Set([1]));
    await run(world, stuck);
    expect(world.tries.get('0')).toBe(1);
    world.wait(20_001);
    await run(world, stuck).catch(() => undefined);
    expect(world.tries.get('0')).toBe(2);
  });

  it('and each failure is logged with its id, however many there are', async () => {
    const world = worldOf(3, 1);
    await run(world, (id) => Promise.reject(new Error(`stuck ${id}`))).catch(() => undefined);
    const ids = logged.mock.calls.map(([line]) => (line as { id: string; fault: { message: string } }).fault.message);
    expect(ids.sort()).toEqual(['stuck 0', 'stuck 1', 'stuck 2']);
  });

  it('and what the database did not answer of does not rest', async () => {
    const world = worldOf(100, 1);
    const away = () => Promise.reject(new Unavailable('away', false));
    await expect(run(world, away)).rejects.toThrow('away');
    expect(world.gone.size).toBe(0);
    await run(world, world.settle);
    expect(world.gone.size).toBe(101);
  });
});

import type { Settings } from '../config';
import { WakeUp } from './wake-up';
import { Tasks } from './tasks';

const tasksFor = (databasePoolSize: number): Tasks => new Tasks({ databasePoolSize } as Settings);

describe('tasks fetched together', () => {
  it('are told apart by how each ended, whatever its neighbours did', async () => {
    const tasks = tasksFor(4);
    tasks.register('odd', ({ n = '' }) => (n === '1' ? Promise.reject(new Error('no')) : Promise.resolve()));
    tasks.registerBatch('all', () => Promise.reject(new Error('none of them')));
    tasks.registerBatch('mute', () => Promise.resolve([]));
    const asked = ['odd 0', 'all 0', 'odd 1', 'nobody 0', 'odd 2', 'mute 0'];
    const ended = await tasks.run(
      asked.map((one) => ({ name: one.split(' ')[0] ?? '', data: { n: one.split(' ')[1] ?? '' } })),
    );
    expect(ended.map(({ status }) => status)).toEqual([
      ...['fulfilled', 'rejected', 'rejected', 'rejected', 'fulfilled', 'rejected'],
    ]);
  });

  it('never work more at once than there are connections', async () => {
    const tasks = tasksFor(3);
    let [working, most] = [0, 0];
    tasks.register('work', async () => {
      most = Math.max(most, (working += 1));
      await new Promise((resolve) => setTimeout(resolve, 1));
      working -= 1;
    });
    await tasks.run(Array.from({ length: 20 }, () => ({ name: 'work', data: {} })));
    expect(most).toBe(3);
  });

  it('have one handler a kind', () => {
    const tasks = tasksFor(2);
    tasks.register('one', () => Promise.resolve());
    expect(() => tasks.register('one', () => Promise.resolve())).toThrow('two handlers');
  });
});

describe('sweeps', () => {
  it('are all made, whatever becomes of one, and the first failure is told at the end', async () => {
    const tasks = tasksFor(2);
    const made: string[] = [];
    const sweep = (name: string, fault?: string) =>
      tasks.registerSweep(() => {
        made.push(name);
        return fault === undefined ? Promise.resolve() : Promise.reject(new Error(fault));
      });
    sweep('one');
    sweep('two', 'no');
    sweep('three', 'never');
    sweep('four');
    await expect(tasks.sweep()).rejects.toThrow('no');
    expect(made).toEqual(['one', 'two', 'three', 'four']);
  });
});

describe('what is registered once the worker has begun', () => {
  it('is refused: it would never be called', () => {
    const tasks = tasksFor(2);
    const nothing = () => Promise.resolve();
    tasks.registerSweep(nothing);
    tasks.registerTail(nothing);
    const { sweeps, tails } = tasks.begin();
    expect([sweeps.length, tails.length]).toEqual([1, 1]);
    for (const late of [() => tasks.registerSweep(nothing), () => tasks.registerTail(nothing)]) {
      expect(late).toThrow('the worker has begun');
    }
  });
});

describe('a wake-up', () => {
  const isSoon = async (work: Promise<void>): Promise<boolean> =>
    Promise.race([work.then(() => true), new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 200))]);

  it('ends the wait, also when it comes before it, and only one', async () => {
    const wakeUp = new WakeUp();
    const waiting = wakeUp.wait(60_000);
    wakeUp.call();
    expect(await isSoon(waiting)).toBe(true);
    wakeUp.call();
    expect(await isSoon(wakeUp.wait(60_000))).toBe(true);
    expect(await isSoon(wakeUp.wait(300))).toBe(false);
  });
});

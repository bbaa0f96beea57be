import { startUpon } from './open-database';

describe('a start', () => {
  const open = () => {
    const closed: string[] = [];
    const server = { close: () => Promise.resolve(void closed.push('server')) };
    return { server, closed };
  };

  it('that fails closes what it opened, the last first, and says why it failed', async () => {
    const { server, closed } = open();
    const api = { close: () => Promise.resolve(void closed.push('api')) };
    const inUse = new Error('listen EADDRINUSE');
    const start = startUpon(server, () => startUpon(api, () => Promise.reject(inUse)));
    await expect(start).rejects.toBe(inUse);
    expect(closed).toEqual(['api', 'server']);
    const stuck = { close: () => Promise.reject(new Error('cannot be closed')) };
    await expect(startUpon(stuck, () => Promise.reject(inUse))).rejects.toBe(inUse);
  });

  it('that succeeds leaves it open', async () => {
    const { server, closed } = open();
    expect(await startUpon(server, () => Promise.resolve('ready'))).toBe('ready');
    expect(closed).toEqual([]);
  });
});

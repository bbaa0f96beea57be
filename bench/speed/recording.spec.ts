import { Client } from 'pg';
import { record } from './recording';

describe('a recording', () => {
  it('holds what the work sent, and nothing that went on beside it', async () => {
    const driver = Client.prototype as unknown as { query: (text: string) => Promise<{ rows: unknown[] }> };
    const real = driver.query;
    driver.query = () => Promise.resolve({ rows: [] });
    try {
      const [mine, other] = [new Client(), new Client()];
      let beat: () => void = () => undefined;
      const beside = new Promise<void>((resolve) => (beat = resolve)).then(async () => {
        await other.query('begin');
        await other.query('select key');
      });
      const transactions = await record(async () => {
        await mine.query('begin');
        beat();
        await beside;
        await mine.query('select one');
      });
      expect(transactions.map((sent) => sent.map(({ text }) => text))).toEqual([['begin', 'select one']]);
    } finally {
      driver.query = real;
    }
  });
});

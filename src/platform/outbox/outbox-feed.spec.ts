import type { Settings } from '../config';
import type { UnitOfWork } from '../database/unit-of-work';
import { Tasks } from '../jobs/tasks';
import { OutboxFeed } from './outbox-feed';

describe('the feed', () => {
  it('sends COMMIT with the line and waits for no answer before: a worker that stands still there would keep everybody’s turn', async () => {
    const fed = [500, 3];
    const sent: string[] = [];
    const runAsSystem = async (_agency: string, _command: unknown, work: (tx: unknown) => Promise<unknown>) => {
      let answer: (rows: unknown) => void = () => undefined;
      const put = ({ text }: { text: string }) => {
        sent.push(text.includes('advisory') ? 'turn' : 'line');
        return new Promise((resolve) => (answer = resolve));
      };
      const result = await work({ post: put, send: put, query: put });
      sent.push('commit');
      answer([{ fed: fed.shift() }]);
      return result;
    };
    const tasks = new Tasks({ databasePoolSize: 1 } as Settings);
    await new OutboxFeed({ runAsSystem } as unknown as UnitOfWork, tasks).advance();
    expect(sent).toEqual(['turn', 'line', 'commit', 'turn', 'line', 'commit']);
  }, 10_000);
});

import { Tasks } from '../../src/platform/jobs/tasks';
import { Subscribers } from '../../src/platform/outbox/subscribers';
import { buildReferral, buildRegion } from '../builders/referrals';
import { openApp, type TestApp } from '../setup/app';

describe('news whose task is gone', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openApp();
  });
  afterAll(() => app.close());

  it('is delivered by the sweep, in its order, and once its task has had its time', async () => {
    const { officer } = await buildRegion(app);
    const heard: string[] = [];
    for (const name of ['referral.submitted', 'referral.offered']) {
      app.app.get(Subscribers).on(name, (event) => {
        heard.push(event.name);
        return Promise.resolve();
      });
    }
    await buildReferral(app, officer);
    await app.owner(`delete from pgboss.job where name = 'tasks'`);
    await app.app.get(Tasks).sweep();
    expect(heard).toEqual([]);
    app.clock.advance(1);
    await app.app.get(Tasks).sweep();
    expect(heard).toEqual(['referral.submitted', 'referral.offered']);
    expect(await app.owner('select id from outbox_event where delivered_at is null')).toEqual([]);
    await app.app.get(Tasks).sweep();
    expect(heard).toHaveLength(2);
  });
});

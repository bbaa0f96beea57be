import request from 'supertest';
import { Messenger } from '../../src/platform/messaging';
import { openApp } from '../setup/app';

const words = { id: 'one', address: 'a@work.example', subject: 'Handrail', text: '<b>Something</b> waits for you.' };

describe('the outbox viewer', () => {
  it('shows what would have been sent, as a page and as JSON, and runs nothing of it', async () => {
    const app = await openApp();
    expect(await app.app.get(Messenger).send('EMAIL', words)).toMatchObject({ code: 'TAKEN' });
    const page = await request(app.app.getHttpServer()).get('/outbox');
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.text).toContain('&#60;b&#62;Something&#60;/b&#62; waits for you.');
    const { body } = await request(app.app.getHttpServer()).get('/outbox.json');
    expect(body).toMatchObject({ messages: [{ ...words, channel: 'EMAIL' }] });
    await app.close();
  });

  it('is not there where it is off, and then nothing is sent without a way', async () => {
    const app = await openApp({ HANDRAIL_OUTBOX: 'off' });
    expect(await app.app.get(Messenger).send('EMAIL', words)).toMatchObject({ code: 'NO_CHANNEL' });
    for (const path of ['/outbox', '/outbox.json']) {
      expect((await request(app.app.getHttpServer()).get(path)).status).toBe(404);
    }
    await app.close();
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { certificate, trustTestAuthority } from '../../../test/setup/certificates';
import { MailServer } from '../../../test/setup/mail-server';
import type { SmtpSetting } from '../config';
import { OutboundHttp, OutboundSocket } from '../outbound';
import { DevelopmentOutbox } from './development-outbox';
import { GatewayCarrier } from './gateway-carrier';
import type { Message } from './message';
import { Messenger } from './messenger';
import { attemptOn, SmtpCarrier } from './smtp-carrier';

const message: Message = {
  id: '0190a000-0000-7000-8000-000000000001',
  address: 'someone@work.example',
  subject: 'Handrail',
  text: 'Something waits for you.\nhttps://app.example\n',
};
const here = { privateRanges: [], mayUseLoopback: true };

describe('e-mail', () => {
  let mail: MailServer;
  const settingOf = (changes: Partial<SmtpSetting> = {}): SmtpSetting => ({
    ...{ host: '127.0.0.1', port: mail.port, isImplicitTls: false, isTlsRequired: false },
    ...{ user: 'handrail', password: 'secret-of-the-relay', from: 'handrail@example.org' },
    ...changes,
  });
  const carry = (changes: Partial<SmtpSetting> = {}, sockets = new OutboundSocket(here), words = message) =>
    new SmtpCarrier(settingOf(changes), sockets).carry(words);

  beforeAll(async () => {
    mail = await MailServer.open();
  });
  afterAll(() => mail.close());
  beforeEach(() => {
    Object.assign(mail, { rcptCode: 250, dataCode: 250 });
    mail.received.length = 0;
  });

  it('goes to the server as it stands, marked as nobody’s own writing', async () => {
    expect(await carry()).toEqual({ code: 'TAKEN', status: 250 });
    const [{ to, from, user, raw } = { to: '', from: '', user: '', raw: '' }] = mail.received;
    expect([to, from, user]).toEqual([message.address, 'handrail@example.org', 'handrail']);
    expect(raw).toContain(`Message-ID: <${message.id}@example.org>`);
    expect(raw).toMatch(/auto-submitted: auto-generated/i);
    expect(raw).toContain('Something waits for you.\r\nhttps://app.example\r\n');
  });

  it.each([
    [421, 'REFUSED'],
    [450, 'REFUSED'],
    [550, 'BAD_ADDRESS'],
    [553, 'BAD_ADDRESS'],
  ])('is refused at the recipient with %i: %s', async (code, word) => {
    mail.rcptCode = code;
    expect(await carry()).toEqual({ code: word, status: code });
  });

  it('is refused at the message with 554 for good, with 451 for now', async () => {
    mail.dataCode = 554;
    expect(await carry()).toEqual({ code: 'BAD_ADDRESS', status: 554 });
    mail.dataCode = 451;
    expect(await carry()).toEqual({ code: 'REFUSED', status: 451 });
  });

  it('that the server lets nobody in for is the operator’s trouble and no address’s', () => {
    const failed = { code: 'EAUTH', responseCode: 535, command: 'AUTH PLAIN' };
    expect(attemptOn(failed)).toEqual({ code: 'REFUSED', status: 535 });
    expect(attemptOn({ code: 'EENVELOPE', responseCode: 550, command: 'MAIL FROM' }).code).toBe('REFUSED');
    expect(attemptOn({ code: 'ETIMEDOUT' })).toEqual({ code: 'TIMEOUT', status: null });
  });

  it('is not handed over in clear where TLS is a must', async () => {
    expect((await carry({ isTlsRequired: true })).code).toBe('NOT_SECURE');
    expect(mail.received).toEqual([]);
  });

  it('is not handed over to a server whose certificate does not hold', async () => {
    // The library’s own certificate, of which it warns; that it does not hold is the point.
    const warned = jest.spyOn(console, 'error').mockImplementation();
    const self = await MailServer.open({ disabledCommands: [] });
    warned.mockRestore();
    expect((await carry({ port: self.port, isTlsRequired: true })).code).toBe('NOT_SECURE');
    expect(self.received).toEqual([]);
    await self.close();
  });

  it.each([
    ['from the first byte', { secure: true }, true],
    ['by STARTTLS', {}, false],
  ])('is handed over by TLS, %s, to the server that the certificate names', async (_, more, isImplicitTls) => {
    const safe = await MailServer.open({ ...certificate, ...more, disabledCommands: [], allowInsecureAuth: false });
    const to = { port: safe.port, host: 'localhost', isTlsRequired: true, isImplicitTls };
    expect((await carry(to)).code).toBe('NOT_SECURE');
    const trusted = trustTestAuthority();
    expect(await carry(to)).toEqual({ code: 'TAKEN', status: 250 });
    expect((await carry({ ...to, host: '127.0.0.1' })).code).toBe('NOT_SECURE');
    trusted.mockRestore();
    expect(safe.received.map(({ user, isSecure }) => [user, isSecure])).toEqual([['handrail', true]]);
    await safe.close();
  });

  it('leads to no internal address, by name or as it stands', async () => {
    const inside = new OutboundSocket({ privateRanges: [], mayUseLoopback: false });
    expect((await carry({}, inside)).code).toBe('HOST_REFUSED');
    expect((await carry({ host: 'localhost' }, inside)).code).toBe('HOST_REFUSED');
    expect(mail.received).toEqual([]);
  });

  it('says when nobody is there', async () => {
    const gone = await MailServer.open();
    const { port } = gone;
    await gone.close();
    expect((await carry({ port })).code).toBe('UNREACHABLE');
  });

  it('takes no header out of an address', async () => {
    const words = { ...message, address: 'a@work.example\r\nBcc: b@else.example' };
    await carry({}, new OutboundSocket(here), words);
    expect(mail.received.filter(({ to, raw }) => to.includes('else') || /^bcc:/im.test(raw))).toEqual([]);
  });
});

describe('a gateway', () => {
  let server: Server;
  let status = 202;
  const heard: { headers: Record<string, unknown>; body: unknown }[] = [];
  const urlOf = (): string => `http://localhost:${(server.address() as AddressInfo).port}/messages`;
  const carrier = (hosts = ['localhost'], mayUseLoopback = true) =>
    new GatewayCarrier(
      { url: urlOf(), token: 'token-of-the-provider' },
      new OutboundHttp({ hosts, privateRanges: [], mayUseLoopback }),
    );

  beforeAll(async () => {
    server = createServer((request, response) => {
      let text = '';
      request.on('data', (part: Buffer) => (text += part.toString()));
      request.on('end', () => {
        heard.push({ headers: request.headers, body: JSON.parse(text) });
        response.writeHead(status).end('{"who":"+13045550100"}');
      });
    });
    await new Promise<void>((ready) => server.listen(0, 'localhost', ready));
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('is told whom and what, with the token and a key that makes a second try the same', async () => {
    expect(await carrier().carry({ ...message, address: '+13045550100' })).toEqual({ code: 'TAKEN', status: 202 });
    const { id, subject: title, text } = message;
    expect(heard[0]?.body).toEqual({ id, to: '+13045550100', title, text });
    expect(heard[0]?.headers).toMatchObject({
      'idempotency-key': id,
      authorization: 'Bearer token-of-the-provider',
    });
  });

  it.each([
    [410, 'BAD_ADDRESS'],
    [422, 'BAD_ADDRESS'],
    [401, 'REFUSED'],
    [429, 'REFUSED'],
    [302, 'REFUSED'],
    [503, 'REFUSED'],
  ])('answers %i: %s', async (answered, code) => {
    status = answered;
    expect(await carrier().carry(message)).toEqual({ code, status: answered });
  });

  it('is called at its own host only, and never inside', async () => {
    expect((await carrier(['gateway.example']).carry(message)).code).toBe('HOST_REFUSED');
    expect((await carrier(['localhost'], false).carry(message)).code).toBe('HOST_REFUSED');
  });
});

describe('the development outbox', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'handrail-outbox-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps what would have been sent, over a restart, the newest first', async () => {
    const kept = new DevelopmentOutbox(join(folder, 'data'));
    expect(await kept.messages()).toEqual([]);
    expect(await kept.carrierOf('SMS').carry(message)).toEqual({ code: 'TAKEN', status: null });
    await kept.carrierOf('EMAIL').carry({ ...message, id: 'later' });
    const again = await new DevelopmentOutbox(join(folder, 'data')).messages();
    expect(again.map(({ id, channel }) => [id, channel])).toEqual([
      ['later', 'EMAIL'],
      [message.id, 'SMS'],
    ]);
  });

  it('grows no further than its two files', async () => {
    writeFileSync(join(folder, 'outbox.jsonl'), `${JSON.stringify({ pad: 'x'.repeat(600_000) })}\n`);
    const kept = new DevelopmentOutbox(folder);
    await kept.carrierOf('PUSH').carry(message);
    expect((await kept.messages()).map(({ channel }) => channel)).toEqual(['PUSH']);
  });
});

it('says of a channel without a way that there is none', async () => {
  const messenger = new Messenger({}, 'https://app.example');
  expect(messenger.carries('SMS')).toBe(false);
  expect(await messenger.send('SMS', message)).toEqual({ code: 'NO_CHANNEL', status: null });
});

import type { lookup } from 'node:dns';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Addresses } from './addresses';
import { OutboundRefused } from './guard';
import { OutboundHttp, type OutboundSettings } from './outbound-http';

describe('where a call may lead', () => {
  const open = new Addresses([]);

  it.each([
    ...[
      '127.0.0.1',
      '10.0.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '100.64.0.1',
      '169.254.169.254',
      '0.0.0.0',
      '224.0.0.1',
    ],
    ...['255.255.255.255', '198.18.0.1', '192.0.2.1', '::', '::1', 'fe80::1', 'fd00::1', 'fd00:ec2::254', 'ff02::1'],
    ...[
      '::ffff:127.0.0.1',
      '::ffff:8.8.8.8',
      '::ffff:0:7f00:1',
      '168.63.129.16',
      '64:ff9b::7f00:1',
      '2002:7f00:1::',
      '::7f00:1',
      '2001:db8::1',
      'not an address',
    ],
  ])('is not %s', (address) => {
    expect(open.mayConnect(address)).toBe(false);
  });

  it.each(['8.8.8.8', '172.32.0.1', '2606:4700::1111'])('is %s', (address) => {
    expect(open.mayConnect(address)).toBe(true);
  });

  it('is the operator’s own network where a range says so, and never the metadata of a cloud', () => {
    const own = new Addresses(['10.2.0.0/16', 'fd12::/16', '169.254.0.0/16']);
    expect(['10.2.0.9', 'fd12::9', '10.3.0.9', '169.254.169.254'].map((address) => own.mayConnect(address))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('the way out', () => {
  let server: Server;
  let answer: RequestListener;
  let at: string;
  let visits = 0;

  beforeAll(async () => {
    server = createServer((request, response) => {
      visits += 1;
      answer(request, response);
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    visits = 0;
    answer = (_, response) => void response.end('{"keys":[]}');
  });

  type Found = { address: string; family: number }[];
  const dnsOf = (...answers: Found[]) => {
    const asked: string[] = [];
    const dns = (name: string, _: object, done: (error: null, found: Found) => void): void => {
      asked.push(name);
      done(null, answers[Math.min(asked.length, answers.length) - 1] ?? []);
    };
    return { asked, dns: dns as unknown as typeof lookup };
  };
  const here: OutboundSettings = { hosts: ['127.0.0.1', 'localhost'], privateRanges: [], mayUseLoopback: true };
  const out = (settings: Partial<OutboundSettings> = {}, dns?: typeof lookup) =>
    new OutboundHttp({ ...here, ...settings }, dns);
  const why = (sent: Promise<unknown>): Promise<string> =>
    sent.then(
      () => 'answered',
      (error: unknown) => (error instanceof OutboundRefused ? error.message : String(error)),
    );

  it('answers what a listed host says', async () => {
    const { status, body } = await out().send(`${at}/keys`);
    expect([status, body.toString()]).toEqual([200, '{"keys":[]}']);
    expect(await (await out().fetch(`${at}/keys`)).json()).toEqual({ keys: [] });
  });

  it('calls nobody who is not on the list, and nobody by plain HTTP', async () => {
    expect(await why(out().send('https://elsewhere.example/'))).toBe('The host is not on the list.');
    const hosts = ['id.example'];
    expect(await why(out({ hosts }).send('http://id.example/'))).toBe('Only https is used.');
    expect(await why(out({ hosts }).send('ftp://id.example/'))).toBe('Only https is used.');
    expect(await why(out({ hosts }).send('https://me:secret@id.example/'))).toBe('An address carries no credentials.');
    expect(await why(out({ mayUseLoopback: false }).send(at))).toBe('Only https is used.');
    expect(visits).toBe(0);
  });

  it.each(['127.0.0.1', '10.0.0.1', '169.254.169.254', '::1', '::ffff:10.0.0.1'])(
    'does not follow a listed name to %s, by name or as it stands',
    async (address) => {
      const settings = { hosts: ['localhost', address], mayUseLoopback: false };
      const { dns } = dnsOf([{ address, family: address.includes(':') ? 6 : 4 }]);
      expect(await why(out(settings, dns).send('https://localhost/'))).toBe('The host leads to an address inside.');
      const literal = address.includes(':') ? `[${address}]` : address;
      expect(await why(out(settings, dns).send(`https://${literal}/`))).not.toBe('answered');
    },
  );

  it('refuses a name with one address outside and one inside', async () => {
    const { dns } = dnsOf([
      { address: '8.8.8.8', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ]);
    const settings = { hosts: ['localhost'], mayUseLoopback: false };
    expect(await why(out(settings, dns).send('https://localhost/'))).toBe('The host leads to an address inside.');
  });

  it('asks for a name once and connects to what it was told, so that a second answer changes nothing', async () => {
    const { port } = server.address() as AddressInfo;
    const { asked, dns } = dnsOf([{ address: '127.0.0.1', family: 4 }], [{ address: '10.0.0.1', family: 4 }]);
    expect((await out({}, dns).send(`http://localhost:${port}/`)).status).toBe(200);
    expect(asked).toEqual(['localhost']);
  });

  it('hands a redirect back and does not go there', async () => {
    answer = (_, response) => void response.writeHead(302, { location: `${at}/inside` }).end();
    expect((await out().send(at)).status).toBe(302);
    expect(visits).toBe(1);
  });

  it('stops reading an answer that is too large, and waiting for one that is too slow', async () => {
    answer = (_, response) => void response.end('x'.repeat(3000));
    expect(await why(out().send(at, { maxBytes: 2000 }))).toBe('The answer is too large.');
    answer = (_, response) => void response.write('x');
    expect(await why(out().send(at, { timeoutMs: 100 }))).toMatch(/abort|timeout/i);
    answer = () => undefined;
    expect(await why(out().send(at, { timeoutMs: 100 }))).toMatch(/abort|timeout/i);
  });

  it('sends what it is given', async () => {
    let heard = '';
    answer = (request, response) => {
      request.on('data', (part: Buffer) => (heard += part.toString()));
      request.on('end', () => void response.writeHead(201).end(request.method));
    };
    const sent = await out().send(at, {
      method: 'POST',
      body: '{"a":1}',
      headers: { 'content-type': 'application/json' },
    });
    expect([sent.status, sent.body.toString(), heard]).toEqual([201, 'POST', '{"a":1}']);
  });
});

import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { WebSocket } from 'ws';
import { Subscriptions } from '../../src/platform/live/subscriptions';

export interface LiveMessage {
  readonly id?: string;
  readonly type: string;
  readonly payload?: {
    readonly data?: Record<string, Record<string, unknown> | null> | null;
    readonly errors?: readonly LiveError[];
    readonly extensions?: { readonly disclosures: { readonly ledger: readonly LedgerLine[] } };
  };
}
interface LedgerLine {
  readonly id: string;
  readonly records: Readonly<Record<string, readonly string[]>>;
}
interface LiveError {
  readonly message: string;
  readonly extensions: Record<string, unknown>;
}
export interface Farewell {
  readonly code: number;
  readonly reason: string;
}

interface Connect {
  readonly protocol?: string | string[];
  readonly origin?: string;
  readonly path?: string;
}

const addressOf = (app: NestFastifyApplication): AddressInfo => app.getHttpServer().address() as AddressInfo;

/** The port of an app that listens, which `ask` and WebSockets need to be the same. */
export const listenTo = async (app: NestFastifyApplication): Promise<NestFastifyApplication> => {
  if (!app.getHttpServer().listening) await app.listen(0, '127.0.0.1');
  return app;
};

/** What a server was asked to take up, watched and left as it is: the protocol has no word for “taken up”. */
class TakenUp {
  static readonly #all = new WeakMap<Subscriptions, TakenUp>();
  readonly #answers: Promise<unknown>[] = [];
  #sent = 0;

  private constructor(subscriptions: Subscriptions) {
    const open = subscriptions.open.bind(subscriptions);
    jest.spyOn(subscriptions, 'open').mockImplementation((...given) => {
      const answer = open(...given);
      this.#answers.push(answer);
      return answer;
    });
  }

  static of(app: NestFastifyApplication): TakenUp {
    const subscriptions = app.get(Subscriptions, { strict: false });
    const known = TakenUp.#all.get(subscriptions) ?? new TakenUp(subscriptions);
    TakenUp.#all.set(subscriptions, known);
    return known;
  }

  /** Sends one more and waits until the server has taken up all that were sent, or `isAnswered` for another reason. */
  async after(send: () => void, isAnswered: () => boolean): Promise<void> {
    this.#sent = Math.max(this.#sent, this.#answers.length) + 1;
    const wanted = this.#sent;
    send();
    while (this.#answers.length < wanted && !isAnswered()) await pause(5);
    await Promise.allSettled(this.#answers);
  }
}

/** A client of graphql-transport-ws that shows every message and every farewell as it came. */
export class LiveClient {
  readonly messages: LiveMessage[] = [];
  readonly farewell: Promise<Farewell>;
  readonly #arrived = new Set<() => void>();
  #subscriptions = 0;

  private constructor(
    readonly socket: WebSocket,
    private readonly takenUp: TakenUp,
  ) {
    socket.on('message', (data: Buffer) => {
      this.messages.push(JSON.parse(data.toString()) as LiveMessage);
      for (const look of this.#arrived) look();
    });
    this.farewell = new Promise((resolve) => {
      socket.on('close', (code, reason) => {
        resolve({ code, reason: reason.toString() });
      });
    });
  }

  /** A socket that has said nothing yet. Throws with the status of a refused handshake. */
  static async open(app: NestFastifyApplication, connect: Connect = {}): Promise<LiveClient> {
    const { protocol = 'graphql-transport-ws', origin, path = '/graphql' } = connect;
    const url = `ws://127.0.0.1:${addressOf(app).port}${path}`;
    const socket = new WebSocket(url, protocol, { ...(origin !== undefined && { origin }), autoPong: true });
    const client = new LiveClient(socket, TakenUp.of(app));
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('unexpected-response', (_request, { statusCode }) => {
        reject(new Error(String(statusCode)));
        socket.terminate();
      });
      socket.on('error', reject);
    });
    return client;
  }

  /** Signed in, or the reason why not as an exception. */
  static async signedIn(app: NestFastifyApplication, token: string): Promise<LiveClient> {
    const client = await LiveClient.open(app);
    client.send({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
    const said = await Promise.race([client.until(({ type }) => type === 'connection_ack'), client.farewell]);
    if ('code' in said) throw new Error(`${said.code} ${said.reason}`);
    return client;
  }

  send(message: object | string): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** Begins a subscription; what happens from here on is news to it. */
  async subscribe(query: string, variables: Record<string, unknown> = {}): Promise<string> {
    const id = String(++this.#subscriptions);
    await this.takenUp.after(
      () => {
        this.send({ id, type: 'subscribe', payload: { query, variables } });
      },
      () => this.socket.readyState !== WebSocket.OPEN || this.messages.some((message) => message.id === id),
    );
    return id;
  }

  /** The first message, past or to come, that fits. */
  until(fits: (message: LiveMessage) => boolean, patienceMs = 240_000): Promise<LiveMessage> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#arrived.delete(look);
        reject(new Error(`no such message in ${patienceMs} ms; had ${JSON.stringify(this.messages)}`));
      }, patienceMs).unref();
      const look = (): void => {
        const found = this.messages.find(fits);
        if (!found) return;
        clearTimeout(timer);
        this.#arrived.delete(look);
        resolve(found);
      };
      this.#arrived.add(look);
      look();
    });
  }

  /** What came for a subscription so far. */
  heard(id = '1'): LiveMessage[] {
    return this.messages.filter((message) => message.id === id && message.type === 'next');
  }

  /** Waits for the nth event of a subscription, counted from 1, and gives its one record. */
  async event(nth = 1, id = '1'): Promise<Record<string, unknown> | null> {
    await this.until(() => this.heard(id).length >= nth);
    const data = this.heard(id)[nth - 1]?.payload?.data ?? {};
    return Object.values(data)[0] ?? null;
  }

  close(): void {
    this.socket.close();
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

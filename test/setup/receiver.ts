import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

export interface Received {
  readonly id: string;
  readonly headers: Record<string, string>;
  readonly text: string;
  readonly body: { readonly type: string; readonly timestamp: string; readonly data: Record<string, unknown> } & Record<
    string,
    unknown
  >;
}

const textOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
};

/** A partner’s receiver on this machine: keeps what it is sent and answers as it is told. */
export class Receiver {
  readonly received: Received[] = [];
  /** What it answers; 0: nothing at all, the connection is cut. */
  status = 204;
  headers: Record<string, string> = {};
  /** Its answers wait for this. */
  until: Promise<void> | null = null;

  private constructor(private readonly server: Server) {}

  static async open(): Promise<Receiver> {
    const server = createServer((request, response) => void receiver.#take(request, response));
    const receiver = new Receiver(server);
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    return receiver;
  }

  get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}/hooks`;
  }

  /** Ids of the records it was told of, in order. */
  subjects(): unknown[] {
    return this.received.map(({ body }) => body.data['id']);
  }

  /** Whether one of its signatures is by this secret, over exactly what came, at the time it says. */
  isSignedBy({ id, text, headers }: Received, secret: string): boolean {
    const at = new Date(Number(headers['webhook-timestamp']) * 1000);
    const signatures = (headers['webhook-signature'] ?? '').split(' ');
    return signatures.includes(new Webhook(secret).sign(id, at, text));
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  async #take(request: IncomingMessage, response: import('node:http').ServerResponse): Promise<void> {
    const text = await textOf(request);
    if (this.status === 0) {
      request.socket.destroy();
      return;
    }
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const body = JSON.parse(text) as Received['body'];
    this.received.push({ id: headers['webhook-id'] ?? '', headers, text, body });
    await this.until;
    response.writeHead(this.status, this.headers).end('{"never":"kept"}');
  }
}

import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
import type { BlockList } from 'node:net';
import type { Duplex } from 'node:stream';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost, ModuleRef } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { FastifyInstance } from 'fastify';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import { PinoLogger } from 'nestjs-pino';
import { WebSocketServer, type WebSocket } from 'ws';
import { printable } from '../graphql/text';
import { faults } from '../health/metrics';
import { describeFault } from '../logging/fault';
import { requestIdOf } from '../logging/request-id';
import { openRecord } from '../logging/request-record';
import { clientAddress, proxyList } from './client-address';
import { Connection } from './connection';
import { Connections } from './connections';
import { Entrance } from './entrance';
import { LiveFeed } from './live-feed';
import { LIMITS, LIVE_SETTINGS, type LiveSettings } from './live-settings';
import { openProtocol, type Protocol } from './protocol';
import { Subscriptions } from './subscriptions';

const PATH = '/graphql';
const USER_AGENT_LIMIT = 200;

const refuse = (socket: Duplex, status: number): void => {
  const message = STATUS_CODES[status] ?? 'Refused';
  const body = JSON.stringify({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] });
  const head = [
    `HTTP/1.1 ${status} ${message}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
};

const offersProtocol = ({ headers }: IncomingMessage): boolean =>
  (headers['sec-websocket-protocol'] ?? '').split(',').some((name) => name.trim() === GRAPHQL_TRANSPORT_WS_PROTOCOL);

/** WebSockets at the address of the API, on its own port. In a process without HTTP it does nothing. */
@Injectable()
export class LiveServer implements OnApplicationBootstrap {
  readonly #sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: LIMITS.messageBytes,
    perMessageDeflate: false,
    handleProtocols: () => GRAPHQL_TRANSPORT_WS_PROTOCOL,
  });
  readonly #proxies: BlockList;
  #protocol: Protocol | null = null;
  #isStopping = false;

  constructor(
    @Inject(LIVE_SETTINGS) private readonly settings: LiveSettings,
    private readonly http: HttpAdapterHost,
    private readonly modules: ModuleRef,
    private readonly feed: LiveFeed,
    private readonly connections: Connections,
    private readonly entrance: Entrance,
    private readonly subscriptions: Subscriptions,
    private readonly logger: PinoLogger,
  ) {
    this.#proxies = proxyList(settings.trustedProxies);
  }

  onApplicationBootstrap(): void {
    const adapter = this.http.httpAdapter as HttpAdapterHost['httpAdapter'] | undefined;
    const server = adapter?.getHttpServer() as Server | null;
    if (!adapter || !server) return;
    this.#protocol = openProtocol({
      schema: this.modules.get(GraphQLSchemaHost, { strict: false }).schema,
      entrance: this.entrance,
      subscriptions: this.subscriptions,
    });
    this.feed.start();
    this.connections.start();
    // The HTTP server waits for every socket before it is closed, and Apollo has it closed before Nest’s own hooks come.
    adapter.getInstance<FastifyInstance>().addHook('preClose', () => this.#stop());
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      this.#upgrade(request, socket, head);
    });
  }

  async #stop(): Promise<void> {
    this.#isStopping = true;
    await this.connections.closeAll();
    await this.feed.stop();
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // One that breaks off is its own affair.
    socket.on('error', () => undefined);
    const status = this.#refusalOf(request);
    if (status !== null) {
      refuse(socket, status);
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
      this.#open(webSocket, request);
    });
  }

  #refusalOf(request: IncomingMessage): number | null {
    const { origin, upgrade = '' } = request.headers;
    if (request.url?.split('?', 1)[0] !== PATH) return 404;
    if (upgrade.toLowerCase() !== 'websocket' || !offersProtocol(request)) return 400;
    // A page of another site would come with its visitor’s network, if not with a token.
    if (origin !== undefined && !this.settings.origins.includes(origin)) return 403;
    const isFull = this.connections.count >= this.settings.maxConnections;
    return isFull || this.#isStopping ? 503 : null;
  }

  #open(socket: WebSocket, request: IncomingMessage): void {
    const agent = request.headers['user-agent'];
    const record = openRecord(request, requestIdOf(request.headers['x-request-id']));
    const userAgent = agent === undefined ? null : printable(agent).slice(0, USER_AGENT_LIMIT);
    const connection = new Connection(socket, clientAddress(request, this.#proxies), record, userAgent);
    this.connections.add(connection);
    const openedAt = performance.now();
    // The protocol does not answer what comes with the handshake before this returns.
    const closed = this.#protocol?.opened(
      {
        protocol: socket.protocol,
        send: (text) => connection.send(text),
        close: (code = 1000, reason = '') => {
          connection.closeWith(code, reason);
        },
        onMessage: (handle) => {
          socket.on('message', (data: Buffer) => {
            if (connection.mayReceive()) {
              handle(data.toString()).catch((error: unknown) => {
                this.#report(connection, error);
              });
            }
          });
        },
      },
      { connection },
    );
    // Frames that break the rules: ws closes with the code that fits.
    socket.on('error', () => undefined);
    socket.on('close', (code, reason) => {
      this.connections.remove(connection);
      connection.closed(code);
      const durationMs = Math.round(performance.now() - openedAt);
      this.logger.info({ ...record, code, durationMs }, 'live connection closed');
      void closed?.(code, reason.toString());
    });
  }

  #report(connection: Connection, error: unknown): void {
    if (!connection.isOpen) return;
    faults.inc();
    this.logger.error({ requestId: connection.record.requestId, fault: describeFault(error) }, 'unexpected error');
    connection.close('fault');
  }
}

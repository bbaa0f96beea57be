import type { lookup } from 'node:dns';
import { connect, type Socket } from 'node:net';
import { Guard, OutboundRefused, type GuardSettings } from './guard';

export interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly timeoutMs: number;
}

/** A plain connection to a host the operator has named, for what is not HTTP: under the same guard. */
export class OutboundSocket {
  readonly #guard: Guard;

  /** `dns` is a seam for specs. */
  constructor(settings: GuardSettings, dns?: typeof lookup) {
    this.#guard = new Guard(settings, dns);
  }

  /** Throws `OutboundRefused`, or Node's own error when the other side cannot be reached. */
  async open({ host, port, timeoutMs }: Endpoint): Promise<Socket> {
    this.#guard.checkLiteral(host);
    const socket = connect({ host, port, lookup: this.#guard.lookup });
    return new Promise((settle, fail) => {
      const giveUp = (error: Error): void => {
        socket.destroy();
        fail(error);
      };
      const timer = setTimeout(() => giveUp(new OutboundRefused('Nobody answers.')), timeoutMs);
      socket.once('error', giveUp);
      socket.once('connect', () => {
        clearTimeout(timer);
        socket.off('error', giveUp);
        settle(socket);
      });
      socket.once('close', () => clearTimeout(timer));
    });
  }
}

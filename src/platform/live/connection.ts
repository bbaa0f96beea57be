import type { WebSocket } from 'ws';
import type { Actor } from '../../access';
import type { SignedIn } from '../auth/sign-in';
import { liveClosed } from '../health/metrics';
import { noteActor, type RequestRecord } from '../logging/request-record';
import { LIMITS } from './live-settings';

/** Why a connection is closed: what the client reads, by the codes of graphql-transport-ws and RFC 6455. */
export const CLOSINGS = {
  unauthorized: [4401, 'Unauthorized'],
  tokenExpired: [4401, 'token expired'],
  signedOut: [4401, 'signed out'],
  tooManySignIns: [4429, 'too many sign-ins: wait'],
  tooManyConnections: [4429, 'too many connections'],
  tooManyMessages: [4429, 'too many messages'],
  tooSlow: [1013, 'too slow: connect again and read anew'],
  tryAgainLater: [1013, 'try again later'],
  goingAway: [1001, 'going away'],
  fault: [1011, 'something went wrong'],
} as const;
export type Closing = keyof typeof CLOSINGS;

/** One client on one WebSocket: who it is, what it may still send, and its end. */
export class Connection {
  /** Set by a pong, unset by a beat. */
  isAlive = true;
  #signedIn: SignedIn | null = null;
  #expiry: NodeJS.Timeout | undefined;
  /** Why, once it is over; a label of the metrics. */
  #closing: string | null = null;
  #allowance: number = LIMITS.messageBurst;
  #countedAt = performance.now();

  constructor(
    private readonly socket: WebSocket,
    /** Where the handshake came from. */
    readonly address: string,
    readonly record: RequestRecord,
    readonly userAgent: string | null,
  ) {
    socket.on('pong', () => (this.isAlive = true));
  }

  get actor(): Actor | null {
    return this.#signedIn?.actor ?? null;
  }

  get isOpen(): boolean {
    return this.#closing === null && this.socket.readyState === this.socket.OPEN;
  }

  signIn(signedIn: SignedIn): void {
    this.#signedIn = signedIn;
    noteActor(this.record, signedIn.actor);
    const left = Math.max(0, signedIn.expiresAt - Date.now());
    this.#expiry = setTimeout(() => {
      this.close('tokenExpired');
    }, left).unref();
  }

  /**
   * Resolves when the network has taken it: until then the next event of the same subscription waits. A write that fails says that the
   * client has gone, often before the socket says so: no fault of anybody here, and nothing more is written.
   */
  send(text: string): Promise<void> {
    return new Promise((resolve) => {
      if (!this.isOpen) {
        resolve();
        return;
      }
      this.socket.send(text, (error) => {
        if (error) {
          this.#closing ??= 'lost';
          this.socket.terminate();
        }
        resolve();
      });
    });
  }

  /** False, and closed, when the client sends more than it may or reads less than it asks for. */
  mayReceive(): boolean {
    const now = performance.now();
    const earned = ((now - this.#countedAt) / 1000) * LIMITS.messagesPerSecond;
    this.#allowance = Math.min(LIMITS.messageBurst, this.#allowance + earned) - 1;
    this.#countedAt = now;
    if (this.#allowance < 0) this.close('tooManyMessages');
    else if (this.socket.bufferedAmount > LIMITS.bufferedBytes) this.close('tooSlow');
    return this.isOpen;
  }

  beat(): void {
    if (!this.isAlive) {
      this.#closing ??= 'silent';
      this.socket.terminate();
      return;
    }
    this.isAlive = false;
    this.socket.ping();
  }

  close(closing: Closing): void {
    const [code, reason] = CLOSINGS[closing];
    this.closeWith(code, reason, closing);
  }

  /** With a code of the protocol itself, unless told otherwise. */
  closeWith(code: number, reason: string, label = 'protocol'): void {
    if (this.#closing !== null) return;
    this.#closing = label;
    this.socket.close(code, reason);
    // The farewell waits behind what the client has not read, and a client that reads nothing would keep it all.
    setTimeout(() => {
      this.socket.terminate();
    }, LIMITS.farewellMs).unref();
  }

  /** The socket is gone. `code` is what the other side, or the network, said. */
  closed(code: number): void {
    clearTimeout(this.#expiry);
    liveClosed.inc({ reason: this.#closing ?? (code === 1006 ? 'lost' : 'byClient') });
    this.#closing ??= 'lost';
  }
}

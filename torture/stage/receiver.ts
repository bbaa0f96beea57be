import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isBy, type Dice } from '../dice';

/** Shares of what comes: answered with 500, and cut off without an answer. */
const REFUSED = 0.1;
const CUT = 0.05;
/** How long a slow receiver thinks, at most. */
const SLOW_MS = 400;

/** The partners’ receiver of webhooks: what it took, in the order in which it first came. It has its moods while faults are played. */
export class Receiver {
  readonly #taken: string[] = [];
  readonly #known = new Set<string>();
  #dice: Dice | null = null;

  readonly #server = createServer((request, response) => {
    request.resume().on('end', () => {
      const dice = this.#dice;
      if (dice && isBy(dice, CUT)) {
        request.socket.destroy();
        return;
      }
      const isRefused = dice !== null && isBy(dice, REFUSED);
      setTimeout(
        () => {
          const id = String(request.headers['webhook-id']);
          if (!isRefused && !this.#known.has(id)) {
            this.#known.add(id);
            this.#taken.push(id);
          }
          response.writeHead(isRefused ? 500 : 204).end();
        },
        dice ? dice.between(0, SLOW_MS) : 0,
      );
    });
  });

  /** Ids of what it answered with 204, each once. */
  get taken(): readonly string[] {
    return this.#taken;
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, 'localhost', resolve));
  }

  get url(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}/`;
  }

  /** null: it takes everything at once. */
  behave(dice: Dice | null): void {
    this.#dice = dice;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

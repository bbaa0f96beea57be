import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';

const NEWS = 'subscription { offerChanged { id state } }';

export interface Heard {
  readonly offerId: string;
  readonly state: string;
  /** By the clock of this process, milliseconds. */
  readonly at: number;
}

/** One member at a screen: everything it is told, and when. */
export class Subscriber {
  readonly heard: Heard[] = [];
  readonly #client: Client;

  constructor(port: number, token: string) {
    this.#client = createClient({
      url: `ws://127.0.0.1:${port}/graphql`,
      webSocketImpl: WebSocket,
      lazy: false,
      // Said below, once.
      onNonLazyError: () => undefined,
      retryAttempts: 0,
      connectionParams: { authorization: `Bearer ${token}` },
    });
    this.#client.subscribe<{ offerChanged: { id: string; state: string } }>(
      { query: NEWS },
      {
        next: ({ data }) => {
          const offer = data?.offerChanged;
          if (offer) this.heard.push({ offerId: offer.id, state: offer.state, at: performance.now() });
        },
        error: (error) => {
          console.error('a subscriber was cut off', (error as { code?: number }).code ?? error);
        },
        complete: () => undefined,
      },
    );
  }

  async close(): Promise<void> {
    await this.#client.dispose();
  }
}

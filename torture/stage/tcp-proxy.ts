import { connect, createServer, type Server, type Socket } from 'node:net';

/** What stands between two programs may do this to what passes. */
export interface Weather {
  /** Milliseconds that everything takes longer, either way. */
  readonly delayMs: number;
  /** Nobody gets through any more: connections are refused. */
  readonly isShut: boolean;
  /** New connections are taken and lead nowhere: nothing passes, nothing is closed. */
  readonly isSilent: boolean;
  /** Whoever asks for a COMMIT gets it, and is cut off before the answer. */
  readonly losesCommits: boolean;
  /** Answers are lost and the connection with them. */
  readonly losesAnswers: boolean;
}

const FAIR: Weather = { delayMs: 0, isShut: false, isSilent: false, losesCommits: false, losesAnswers: false };
/** A simple query of PostgreSQL’s protocol whose text is “commit”. */
const COMMIT = Buffer.from('Q\0\0\0\x0bcommit\0', 'latin1');
const CUT_AFTER_MS = 60;

/** One connection through the proxy. Frozen: a line that is dead at both ends and that nobody has told. */
class Line {
  #isFrozen = false;
  #isDeaf = false;
  readonly #due = { up: 0, down: 0 };

  constructor(
    private readonly near: Socket,
    private readonly far: Socket,
    private readonly weather: () => Weather,
  ) {
    near.on('data', (chunk: Buffer) => {
      this.#up(chunk);
    });
    far.on('data', (chunk: Buffer) => {
      this.#down(chunk);
    });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.setNoDelay(true);
      one.on('error', () => undefined);
      one.on('close', () => {
        if (!this.#isFrozen) other.destroy();
      });
    }
  }

  /** A frozen line ends when it is cut: one end of it may be gone, and the other does not know. */
  onEnd(isOver: () => void): void {
    const look = (): void => {
      if (this.near.destroyed && this.far.destroyed) isOver();
    };
    this.near.on('close', look);
    this.far.on('close', look);
  }

  freeze(): void {
    this.#isFrozen = true;
  }

  cut(): void {
    this.near.resetAndDestroy();
    this.far.resetAndDestroy();
  }

  #up(chunk: Buffer): void {
    if (this.#isFrozen) return;
    const weather = this.weather();
    if (weather.losesAnswers || (weather.losesCommits && chunk.includes(COMMIT))) this.#goDeaf();
    this.#pass('up', this.far, chunk);
  }

  #down(chunk: Buffer): void {
    if (!this.#isFrozen && !this.#isDeaf) this.#pass('down', this.near, chunk);
  }

  #goDeaf(): void {
    if (this.#isDeaf) return;
    this.#isDeaf = true;
    setTimeout(() => {
      this.cut();
    }, CUT_AFTER_MS);
  }

  /** Late, and still in order: nothing overtakes what was sent before it. */
  #pass(way: 'up' | 'down', to: Socket, chunk: Buffer): void {
    const due = Math.max(this.#due[way], performance.now() + this.weather().delayMs);
    this.#due[way] = due;
    const wait = due - performance.now();
    if (wait <= 0) {
      to.write(chunk);
      return;
    }
    setTimeout(() => {
      if (!to.destroyed && !this.#isFrozen) to.write(chunk);
    }, wait);
  }
}

/** A TCP proxy that the harness makes bad weather with. */
export class TcpProxy {
  #weather: Weather = FAIR;
  readonly #lines = new Set<Line>();

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async open(targetPort: number): Promise<TcpProxy> {
    // Half of a connection may be closed by its owner while the other half is still on its way.
    const server = createServer({ allowHalfOpen: false });
    const port = await new Promise<number>((resolve, reject) => {
      server.once('error', reject).listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    const proxy = new TcpProxy(server, port);
    server.on('connection', (near) => {
      proxy.#join(near, targetPort);
    });
    return proxy;
  }

  set(weather: Partial<Weather>): void {
    this.#weather = { ...this.#weather, ...weather };
    if (weather.isShut) this.cut();
  }

  clear(): void {
    this.#weather = FAIR;
  }

  /** Every line there is now is dead from here on, and neither end is told. New ones pass. */
  freeze(): void {
    for (const line of this.#lines) line.freeze();
  }

  cut(): void {
    for (const line of this.#lines) line.cut();
  }

  close(): void {
    this.cut();
    this.server.close();
  }

  #join(near: Socket, targetPort: number): void {
    if (this.#weather.isShut) {
      near.resetAndDestroy();
      return;
    }
    const line = new Line(near, connect({ port: targetPort, host: '127.0.0.1' }), () => this.#weather);
    if (this.#weather.isSilent) line.freeze();
    this.#lines.add(line);
    line.onEnd(() => this.#lines.delete(line));
  }
}

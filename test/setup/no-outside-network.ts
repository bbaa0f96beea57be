import { Socket } from 'node:net';

/** Kept on the prototype, which outlives a test file inside a worker: the guard is put on once. */
const attemptsKey = Symbol.for('handrail.outside-attempts');

type Connect = (this: Socket, ...args: unknown[]) => Socket;
type Guarded = Record<typeof attemptsKey, string[] | undefined>;

const isLoopback = (host: string): boolean =>
  ['', 'localhost', '::1', '[::1]', '0.0.0.0'].includes(host) || /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(host);

/** Node calls connect with (options), (port, host), (path) or its own normalised list whose first item is the options. */
const hostOf = (args: unknown[]): string => {
  const first: unknown = Array.isArray(args[0]) ? args[0][0] : args[0];
  const host: unknown = typeof first === 'object' && first !== null && 'host' in first ? first.host : args[1];
  return typeof host === 'string' ? host : '';
};

const prototype = Socket.prototype as unknown as Guarded & { connect: Connect };
const attempts = (prototype[attemptsKey] ??= guard());

function guard(): string[] {
  const found: string[] = [];
  const connect = prototype.connect;
  prototype.connect = function (...args) {
    const host = hostOf(args);
    if (isLoopback(host)) return connect.apply(this, args);
    found.push(host);
    throw new Error(
      `A test tried to reach ${host}: tests stay on this machine. Serve the answer from 127.0.0.1 instead.`,
    );
  };
  return found;
}

// The code under test may swallow the error above; the test must fail all the same.
afterEach(() => {
  const reached = attempts.splice(0);
  if (reached.length > 0) throw new Error(`Outside network attempted: ${[...new Set(reached)].join(', ')}.`);
});

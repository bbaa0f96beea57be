import { Agent, request } from 'node:http';
import { Webhook } from 'standardwebhooks';
import type { AttemptEnd } from '../history/history';
import type { Door } from '../world/partner-systems';

export interface Asked {
  readonly token: string;
  readonly requestId: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What a partner system pushes: signed when it is sent, under one id however often. */
export interface Pushed {
  readonly door: Door;
  readonly requestId: string;
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
}

export interface Answered {
  readonly end: AttemptEnd;
  readonly status: number;
  readonly code: string | null;
  readonly id: string | null;
  readonly data: Readonly<Record<string, unknown>> | null;
}

/** Longer than the API may take for anything: its own limit for a silent database is below. */
export const PATIENCE_MS = 45_000;

interface Posted {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly patienceMs: number;
}

interface GraphqlAnswer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

const lost = (code: string): Answered => ({ end: 'lost', status: 0, code, id: null, data: null });

const AGAIN = new Set(['RETRY_LATER', 'RATE_LIMITED']);
/** Errors that say the request was never run; anything else is a fault of Handrail’s. */
const NOT_RUN = new Set(['UNAUTHENTICATED', 'FORBIDDEN', 'BAD_USER_INPUT', 'BAD_REQUEST']);

const endOfError = (code: string): AttemptEnd => {
  if (AGAIN.has(code)) return 'retry';
  return NOT_RUN.has(code) ? 'refused' : 'fault';
};

/** The record a command answered: its own id, or that of the first pool of a census. */
const idOf = (answer: Readonly<Record<string, unknown>>): string | null => {
  const { id, pools } = answer as { id?: string; pools?: readonly { id: string }[] };
  return id ?? pools?.[0]?.id ?? null;
};

const unreadable = (status: number): Answered => ({ end: 'fault', status, code: 'UNREADABLE', id: null, data: null });

const parsed = (body: string): GraphqlAnswer | null => {
  try {
    return JSON.parse(body) as GraphqlAnswer;
  } catch {
    return null;
  }
};

/** An answer without an error: the command’s own yes or no, or what a query asked for. */
const readData = (status: number, data: Readonly<Record<string, unknown>>): Answered => {
  const [field] = Object.values(data) as (Readonly<Record<string, unknown>> | null | undefined)[];
  if (field?.['__typename'] === 'Refused') {
    // Done before under the same key, and gone on to others since: a yes, without the record.
    const isDone = (field['details'] as { isDone?: boolean } | undefined)?.isDone === true;
    if (isDone) return { end: 'ok', status, code: null, id: null, data };
    return { end: 'refused', status, code: String(field['code']), id: null, data };
  }
  return { end: 'ok', status, code: null, id: field ? idOf(field) : null, data };
};

const read = (status: number, body: string): Answered => {
  const answer = parsed(body);
  const [error] = answer?.errors ?? [];
  if (error) {
    const code = error.extensions?.code ?? 'UNCODED';
    return { end: endOfError(code), status, code, id: null, data: null };
  }
  return status === 200 && answer?.data ? readData(status, answer.data) : unreadable(status);
};

/** What a door answers: done, now or when the id came first, or a coded no. What the mutation itself refuses comes with 409 or 422. */
const readPushed = (status: number, body: string): Answered => {
  const answer = parsed(body);
  const code = answer?.errors?.[0]?.extensions?.code ?? null;
  if (status === 200) return { end: 'ok', status, code: null, id: null, data: null };
  if (code === null) return unreadable(status);
  const end = status === 409 || status === 422 ? 'refused' : endOfError(code);
  return { end, status, code, id: null, data: null };
};

/** What a phone or a desk speaks to one API with. Never throws: an answer that is lost is an answer too. */
export class ApiClient {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 256 });

  constructor(
    readonly name: string,
    private readonly port: number,
  ) {}

  ask({ token, requestId, query, variables }: Asked, patienceMs = PATIENCE_MS): Promise<Answered> {
    const headers = { authorization: `Bearer ${token}`, 'x-request-id': requestId };
    return this.#post({ path: '/graphql', headers, text: JSON.stringify({ query, variables }), patienceMs }, read);
  }

  push({ door, requestId, id, type, data }: Pushed): Promise<Answered> {
    const [text, at] = [JSON.stringify({ type, data }), new Date()];
    const headers = {
      'x-request-id': requestId,
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': new Webhook(door.secret).sign(id, at, text),
    };
    return this.#post({ path: door.path, headers, text, patienceMs: PATIENCE_MS }, readPushed);
  }

  #post({ path, headers, text, patienceMs }: Posted, readAnswer: typeof read): Promise<Answered> {
    return new Promise((resolve) => {
      const asked = request(
        {
          ...{ agent: this.#agent, host: '127.0.0.1', port: this.port, path, method: 'POST' },
          headers: {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(text),
            ...headers,
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => {
            clearTimeout(timer);
            resolve(readAnswer(response.statusCode ?? 0, Buffer.concat(chunks).toString()));
          });
          response.on('error', (error: NodeJS.ErrnoException) => {
            clearTimeout(timer);
            resolve(lost(error.code ?? error.message));
          });
        },
      );
      const timer = setTimeout(() => {
        resolve(lost('TIMEOUT'));
        asked.destroy();
      }, patienceMs);
      asked.on('error', (error: NodeJS.ErrnoException) => {
        clearTimeout(timer);
        resolve(lost(error.code ?? error.message));
      });
      asked.end(text);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

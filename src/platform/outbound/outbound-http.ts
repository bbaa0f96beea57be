import type { lookup } from 'node:dns';
import { request as overHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as overHttps } from 'node:https';
import { Guard, isLoopbackName, OutboundRefused, type GuardSettings } from './guard';

export interface OutboundSettings extends GuardSettings {
  /** Host names, in lower case, that may be called. Nothing else is. */
  readonly hosts: readonly string[];
}

export interface OutboundRequest {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** From the first look-up to the last byte. */
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
  /** The status is all that counts: nothing of the body is read. */
  readonly isStatusEnough?: boolean;
  /** Ends the call early. */
  readonly signal?: AbortSignal;
}

export interface OutboundAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 1024 * 1024;

/**
 * The only way out of the house. Calls listed hosts over https; connects to the very address it has checked, so that a
 * name cannot change its meaning between the check and the call; follows no redirect: a 3xx is the answer.
 */
export class OutboundHttp {
  readonly #hosts: ReadonlySet<string>;
  readonly #guard: Guard;
  readonly #mayUseLoopback: boolean;

  /** `dns` is a seam for specs. */
  constructor({ hosts, ...where }: OutboundSettings, dns?: typeof lookup) {
    this.#hosts = new Set(hosts);
    this.#guard = new Guard(where, dns);
    this.#mayUseLoopback = where.mayUseLoopback;
  }

  /** Throws `OutboundRefused`, or Node's own error when the other side cannot be reached. */
  async send(address: string | URL, request: OutboundRequest = {}): Promise<OutboundAnswer> {
    const url = this.#allowed(address);
    const timeout = AbortSignal.timeout(request.timeoutMs ?? TIMEOUT_MS);
    const options: RequestOptions = {
      method: request.method ?? 'GET',
      headers: { 'accept-encoding': 'identity', ...request.headers },
      lookup: this.#guard.lookup,
      // A connection of its own for each call: every one is checked, and none outlives its answer.
      agent: false,
      signal: request.signal ? AbortSignal.any([timeout, request.signal]) : timeout,
    };
    const response = await this.#open(url, options, request.body);
    const { statusCode: status = 0, headers } = response;
    if (request.isStatusEnough) response.destroy();
    return { status, headers, body: request.isStatusEnough ? Buffer.alloc(0) : await readAll(response, request) };
  }

  /** Whether `send` would call this address at all; where its name leads is looked at when it is called. */
  isListed(address: URL): boolean {
    try {
      this.#allowed(address);
      return true;
    } catch (error) {
      if (error instanceof OutboundRefused) return false;
      throw error;
    }
  }

  /** As `fetch`, for libraries that take one: GET only, no redirects. */
  readonly fetch = async (
    address: string | URL,
    { headers, signal }: { readonly headers?: Headers; readonly signal?: AbortSignal } = {},
  ): Promise<Response> => {
    const { status, body } = await this.send(address, {
      headers: Object.fromEntries(headers ?? []),
      ...(signal && { signal }),
    });
    // A Response knows no status below 200, and no body with some.
    if (status < 200 || status > 599) throw new OutboundRefused('The answer has no usable status.');
    return new Response([204, 205, 304].includes(status) ? null : new Uint8Array(body), { status });
  };

  #allowed(address: string | URL): URL {
    const url = new URL(address);
    const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
    if (!this.#hosts.has(host)) throw new OutboundRefused('The host is not on the list.');
    const isPlainHere = url.protocol === 'http:' && this.#mayUseLoopback && isLoopbackName(host);
    if (url.protocol !== 'https:' && !isPlainHere) throw new OutboundRefused('Only https is used.');
    if (url.username || url.password) throw new OutboundRefused('An address carries no credentials.');
    this.#guard.checkLiteral(host);
    return url;
  }

  #open(url: URL, options: RequestOptions, body: string | undefined): Promise<IncomingMessage> {
    return new Promise((settle, fail) => {
      const sent = (url.protocol === 'https:' ? overHttps : overHttp)(url, options, settle);
      sent.on('error', fail);
      sent.end(body);
    });
  }
}

const readAll = async (response: IncomingMessage, { maxBytes = MAX_BYTES }: OutboundRequest): Promise<Buffer> => {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > maxBytes) {
      response.destroy();
      throw new OutboundRefused('The answer is too large.');
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
};

import type { GatewaySetting } from '../config';
import { OutboundRefused, type OutboundHttp } from '../outbound';
import type { Attempt, AttemptCode, Carrier, Message } from './message';

const TIMEOUT_MS = 10_000;
/** The provider knows no such phone or device, or it has asked for nothing more. */
const OF_ADDRESS: ReadonlySet<number> = new Set([400, 404, 410, 422]);

const codeOf = (status: number): AttemptCode => {
  if (status >= 200 && status < 300) return 'TAKEN';
  return OF_ADDRESS.has(status) ? 'BAD_ADDRESS' : 'REFUSED';
};

/**
 * Text and push messages by a provider's HTTP door: `POST {"id","to","title","text"}` with a bearer token, and the id once more as
 * `Idempotency-Key`. 2xx is taken; 400, 404, 410 and 422 speak of the address; anything else is tried again.
 */
export class GatewayCarrier implements Carrier {
  constructor(
    private readonly setting: GatewaySetting,
    private readonly outbound: OutboundHttp,
  ) {}

  async carry({ id, address, subject, text }: Message): Promise<Attempt> {
    const { url, token } = this.setting;
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Handrail',
      'idempotency-key': id,
      authorization: `Bearer ${token}`,
    };
    const body = JSON.stringify({ id, to: address, title: subject, text });
    try {
      const request = { method: 'POST', headers, body, timeoutMs: TIMEOUT_MS, isStatusEnough: true } as const;
      const { status } = await this.outbound.send(url, request);
      return { code: codeOf(status), status };
    } catch (error) {
      if (error instanceof OutboundRefused) return { code: 'HOST_REFUSED', status: null };
      const isLate = ['TimeoutError', 'AbortError'].includes((error as Error).name);
      return { code: isLate ? 'TIMEOUT' : 'UNREACHABLE', status: null };
    }
  }
}

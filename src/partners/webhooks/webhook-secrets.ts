import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

const BYTES = 32;
const PREFIX = 'whsec_';

export interface NewSecret {
  readonly text: string;
  /** Names the member’s key under which it is made; null without one. */
  readonly keyCode: string | null;
}

/** As the specification writes them, so that any of its libraries takes them. */
export const newSecret = (keyCode: string | null): NewSecret => ({
  text: PREFIX + randomBytes(BYTES).toString('base64'),
  keyCode,
});

export interface Signed {
  readonly id: string;
  readonly at: Date;
  readonly body: string;
}

/** Headers by the Standard Webhooks specification. While secrets rotate, a signature by each: the receiver needs one. */
export const signedHeaders = ({ id, at, body }: Signed, secrets: readonly string[]): Record<string, string> => ({
  'content-type': 'application/json',
  'user-agent': 'Handrail-Webhooks',
  'webhook-id': id,
  'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
  'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
});

/** True when one of the secrets signed exactly this, within five minutes of now. */
export const isSigned = (
  body: string,
  headers: Readonly<Record<string, string>>,
  secrets: readonly string[],
): boolean =>
  secrets.some((secret) => {
    try {
      new Webhook(secret).verify(body, { ...headers }, { jsonParse: false });
      return true;
    } catch {
      return false;
    }
  });

import { isIP } from 'node:net';
import { createTransport, type Transporter } from 'nodemailer';
import type SMTPTransport from 'nodemailer/lib/smtp-transport';
import type { SmtpSetting } from '../config';
import { OutboundRefused, type OutboundSocket } from '../outbound';
import type { Attempt, AttemptCode, Carrier, Message } from './message';

const TIMEOUT_MS = 10_000;

type Socketed = Parameters<NonNullable<SMTPTransport.Options['getSocket']>>[1];

/** What the library says of a failure; its message repeats the address and is never used. */
interface SmtpFailure {
  readonly code?: string;
  /** Node's own, beneath the library's. */
  readonly originalCode?: string;
  readonly responseCode?: number;
  readonly command?: string;
  readonly cause?: unknown;
}

const NOT_SECURE = /^(ETLS|ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME)/;

/** Only what was said to the recipient’s own line, or to the message itself, is said of the address. */
const isOfAddress = (command: string | undefined): boolean => command === 'RCPT TO' || command === 'DATA';

const codeOf = ({ code = '', originalCode = code, responseCode = 0, command }: SmtpFailure): AttemptCode => {
  if (NOT_SECURE.test(code) || NOT_SECURE.test(originalCode)) return 'NOT_SECURE';
  if (responseCode >= 500 && isOfAddress(command)) return 'BAD_ADDRESS';
  if (responseCode >= 400) return 'REFUSED';
  return code === 'ETIMEDOUT' ? 'TIMEOUT' : 'UNREACHABLE';
};

/** What SMTP's answer means: 4xx is tried again, 5xx to the recipient is for good (RFC 5321, 4.2.1). */
export const attemptOn = (error: unknown): Attempt => {
  if (error instanceof OutboundRefused) return { code: 'HOST_REFUSED', status: null };
  const failure = error as SmtpFailure;
  return { code: codeOf(failure), status: failure.responseCode ?? null };
};

/** E-mail by the operator's mail server: over TLS, and by a connection the guard has looked at. */
export class SmtpCarrier implements Carrier {
  readonly #transport: Transporter<SMTPTransport.SentMessageInfo>;

  constructor(
    private readonly setting: SmtpSetting,
    sockets: OutboundSocket,
  ) {
    const { host, port, isImplicitTls, isTlsRequired, user, password } = setting;
    const options: SMTPTransport.Options = {
      ...{ host, port, secure: isImplicitTls, requireTLS: isTlsRequired && !isImplicitTls, ignoreTLS: !isTlsRequired },
      tls: { ...(isIP(host) === 0 && { servername: host }), minVersion: 'TLSv1.2', rejectUnauthorized: true },
      ...(user !== '' && { auth: { user, pass: password } }),
      ...{ greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS, connectionTimeout: TIMEOUT_MS },
      // Words come from here alone: nothing in them is read as a file or an address to fetch.
      ...{ disableFileAccess: true, disableUrlAccess: true, logger: false },
      getSocket: (_, settle) => void connected(sockets, setting, settle),
    };
    this.#transport = createTransport(options);
  }

  async carry({ id, address, subject, text }: Message): Promise<Attempt> {
    const { from } = this.setting;
    const messageId = `<${id}@${from.slice(from.indexOf('@') + 1)}>`;
    // No answer is awaited, and no holiday’s answer wanted (RFC 3834).
    const headers = { 'auto-submitted': 'auto-generated', 'x-auto-response-suppress': 'All' };
    try {
      await this.#transport.sendMail({ from, to: { name: '', address }, messageId, headers, subject, text });
      return { code: 'TAKEN', status: 250 };
    } catch (error) {
      return attemptOn(error);
    }
  }
}

const connected = async (sockets: OutboundSocket, { host, port }: SmtpSetting, settle: Socketed): Promise<void> => {
  try {
    settle(null, { connection: await sockets.open({ host, port, timeoutMs: TIMEOUT_MS }) });
  } catch (error) {
    settle(error as Error, {});
  }
};

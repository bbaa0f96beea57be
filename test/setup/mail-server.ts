import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface ReceivedMail {
  readonly to: string;
  readonly from: string;
  readonly user: string | null;
  readonly isSecure: boolean;
  readonly raw: string;
}

/** A real SMTP server on this machine: keeps what it is sent and answers as it is told. */
export class MailServer {
  readonly received: ReceivedMail[] = [];
  /** What it answers to a recipient: 250 takes it, anything else refuses with that code. */
  rcptCode = 250;
  /** The same to the message itself. */
  dataCode = 250;

  private constructor(private readonly server: SMTPServer) {}

  static async open(options: SMTPServerOptions = {}): Promise<MailServer> {
    const refusal = (code: number, address: string): Error =>
      Object.assign(new Error(`<${address}> refused`), { responseCode: code });
    const server: SMTPServer = new SMTPServer({
      authOptional: true,
      closeTimeout: 100,
      disabledCommands: ['STARTTLS'],
      disableReverseLookup: true,
      allowInsecureAuth: true,
      onAuth: ({ username = '' }, _, done) => done(null, { user: username }),
      onRcptTo: ({ address }, _, done) => {
        done(mail.rcptCode === 250 ? null : refusal(mail.rcptCode, address));
      },
      onData: (stream, session, done) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => {
          const { mailFrom, rcptTo } = session.envelope;
          const to = rcptTo[0]?.address ?? '';
          if (mail.dataCode !== 250) {
            done(refusal(mail.dataCode, to));
            return;
          }
          const raw = Buffer.concat(parts).toString();
          mail.received.push({
            ...{ to, from: mailFrom ? mailFrom.address : '', user: session.user ?? null, raw },
            isSecure: session.secure,
          });
          done();
        });
      },
      ...options,
    });
    const mail = new MailServer(server);
    server.on('error', () => undefined);
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', () => ready()));
    return mail;
  }

  get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  close(): Promise<void> {
    return new Promise((closed) => this.server.close(() => closed()));
  }
}

import type { Attempt, Carrier, Message, MessageChannel } from './message';
import { messagesSent } from '../health/metrics';

/** The one port to people outside Handrail: `constructor(private readonly messenger: Messenger)`. */
export class Messenger {
  constructor(
    private readonly carriers: Readonly<Partial<Record<MessageChannel, Carrier>>>,
    /** Where Handrail is opened: the only link a message has. */
    readonly appUrl: string,
  ) {}

  /** Whether the operator has set a way for this channel. */
  carries(channel: MessageChannel): boolean {
    return this.carriers[channel] !== undefined;
  }

  async send(channel: MessageChannel, message: Message): Promise<Attempt> {
    const attempt = (await this.carriers[channel]?.carry(message)) ?? { code: 'NO_CHANNEL' as const, status: null };
    messagesSent.inc({ channel, code: attempt.code });
    return attempt;
  }
}

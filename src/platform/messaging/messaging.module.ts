import { Module } from '@nestjs/common';
import { Settings } from '../config';
import { OutboundHttp, OutboundSocket } from '../outbound';
import { DevelopmentOutbox } from './development-outbox';
import { GatewayCarrier } from './gateway-carrier';
import type { Carrier, MessageChannel } from './message';
import { Messenger } from './messenger';
import { OutboxController } from './outbox.controller';
import { SmtpCarrier } from './smtp-carrier';

/** Each gateway may be called at its own host and nowhere else; partners’ addresses do not lead there. */
const gatewayOf = (settings: Settings, channel: 'sms' | 'push'): Carrier | undefined => {
  const gateway = settings.messaging[channel];
  if (!gateway) return undefined;
  const hosts = [new URL(gateway.url).hostname.replace(/^\[|\]$/g, '').toLowerCase()];
  return new GatewayCarrier(gateway, new OutboundHttp({ ...settings.outbound, hosts }));
};

const messengerOf = (settings: Settings, outbox: DevelopmentOutbox): Messenger => {
  const { smtp, hasOutbox, appUrl } = settings.messaging;
  const set: Partial<Record<MessageChannel, Carrier | undefined>> = {
    EMAIL: smtp && new SmtpCarrier(smtp, new OutboundSocket(settings.outbound)),
    SMS: gatewayOf(settings, 'sms'),
    PUSH: gatewayOf(settings, 'push'),
  };
  const carriers = Object.entries(set).flatMap(([channel, carrier]) => {
    const kept = hasOutbox ? outbox.carrierOf(channel as MessageChannel) : undefined;
    const one = carrier ?? kept;
    return one ? [[channel, one] as const] : [];
  });
  return new Messenger(Object.fromEntries(carriers), appUrl);
};

/** Messages to people outside Handrail: one port, and a carrier for each channel the operator has set. */
@Module({
  controllers: [OutboxController],
  providers: [
    {
      provide: DevelopmentOutbox,
      inject: [Settings],
      useFactory: (settings: Settings) => new DevelopmentOutbox(settings.dataDir),
    },
    { provide: Messenger, inject: [Settings, DevelopmentOutbox], useFactory: messengerOf },
  ],
  exports: [Messenger, DevelopmentOutbox],
})
export class MessagingModule {}

export { OutboundRefused, type GuardSettings } from './guard';
export { OutboundHttp, type OutboundAnswer, type OutboundRequest } from './outbound-http';
export { type OutboundSettings } from './outbound-http';
export { OutboundModule } from './outbound.module';
export { OutboundSocket } from './outbound-socket';

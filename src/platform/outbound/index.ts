export { OutboundHttp, OutboundRefused, type OutboundAnswer, type OutboundRequest } from './outbound-http';
export { type OutboundSettings } from './outbound-http';
export { OutboundModule } from './outbound.module';

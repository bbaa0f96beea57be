export { Connections } from './connections';
export { LiveModule } from './live.module';
export type { LiveSettings } from './live-settings';
export type { News } from './mailbox';
export { Topics, type Topic, type TopicPlan } from './topics';

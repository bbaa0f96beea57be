export { DevelopmentOutbox } from './development-outbox';
export { attemptCodes, messageChannels } from './message';
export type { Attempt, AttemptCode, Message, MessageChannel } from './message';
export { MessagingModule } from './messaging.module';
export { Messenger } from './messenger';

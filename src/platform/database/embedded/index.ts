export { ensureLogin } from './login';
export { type EmbeddedOptions, type EmbeddedServer, startEmbedded } from './start-embedded';

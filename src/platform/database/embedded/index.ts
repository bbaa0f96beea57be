export { ensureLogins, type Login } from './login';
export { type EmbeddedOptions, type EmbeddedServer, startEmbedded } from './start-embedded';

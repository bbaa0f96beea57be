/** What an operator may set of live news. */
export interface LiveSettings {
  /** Whether clients may ask for the schema, as with POST. */
  readonly introspection: boolean;
  /** Web pages that may connect, by origin. Programs, which send none, always may. */
  readonly origins: readonly string[];
  /** Whose word is believed on where a client is. */
  readonly trustedProxies: readonly string[];
  /** Connections of this process, signed in or not. */
  readonly maxConnections: number;
  /** Events read and answered at the same time: they share the database’s connections with requests. */
  readonly answersAtOnce: number;
}

export const LIVE_SETTINGS = Symbol('LIVE_SETTINGS');

/** What nobody needs to set. Milliseconds and bytes. */
export const LIMITS = {
  signInMs: 5_000,
  /** For a process that has just started to find its place in the news. */
  openFeedMs: 3_000,
  connectionsOfOneActor: 10,
  subscriptionsOfOneConnection: 20,
  messageBytes: 64 * 1024,
  /** Unread answers of one connection, beyond which it is closed when it asks for more. */
  bufferedBytes: 1024 * 1024,
  /** Messages a client may send at once, and how many more a second. */
  messageBurst: 60,
  messagesPerSecond: 10,
  /** A client that is silent over a whole beat is gone. */
  beatMs: 15_000,
  /** How soon the end of a membership closes what is open. */
  checkMs: 5_000,
  /** For a client to answer that it has read the close. */
  farewellMs: 2_000,
} as const;

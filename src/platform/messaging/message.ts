/** Ways to reach somebody outside Handrail. */
export const messageChannels = {
  EMAIL: 'E-mail.',
  SMS: 'A text message to a phone.',
  PUSH: 'A push message, by the token of a device.',
} as const;
export type MessageChannel = keyof typeof messageChannels;

/** One message to one address. Its words are fixed texts: nothing about anybody is in it. */
export interface Message {
  /** The same for every attempt, so that a second copy is known as one. */
  readonly id: string;
  readonly address: string;
  readonly subject: string;
  readonly text: string;
}

/** How an attempt ended. Never an answer’s words: they repeat addresses. */
export const attemptCodes = {
  TAKEN: 'The other side has taken it for delivery.',
  BAD_ADDRESS: 'The address is refused for good.',
  REFUSED: 'Refused for now, or for a reason that is not the address.',
  UNREACHABLE: 'No connection, or it broke.',
  TIMEOUT: 'No answer in time.',
  NOT_SECURE: 'The other side offers no TLS, or shows a certificate that does not hold.',
  HOST_REFUSED: 'The host leads to an internal address.',
  NO_CHANNEL: 'The operator has set no way for this channel.',
} as const;
export type AttemptCode = keyof typeof attemptCodes;

export interface Attempt {
  readonly code: AttemptCode;
  /** Of SMTP or HTTP, where there was one. */
  readonly status: number | null;
}

/** One way to carry messages. Answers, never throws, for whatever the other side does. */
export interface Carrier {
  carry(message: Message): Promise<Attempt>;
}

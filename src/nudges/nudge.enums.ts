import { enumOf } from '../platform/graphql';
import { attemptCodes, messageChannels } from '../platform/messaging';
import { nudgeKindNames, nudgeKinds, type NudgeKind } from './nudge-kinds';
import type { NudgeMessageState } from './nudge-message.machine';
import { nudgeLanguages } from './nudge-texts';
import { nudgeRhythms } from './nudge-times';
import type { NudgeAddressState } from './nudge.entity';

const kinds = Object.fromEntries(nudgeKindNames.map((kind) => [kind, nudgeKinds[kind].description])) as Record<
  NudgeKind,
  string
>;
export const NudgeKindEnum = enumOf('NudgeKind', kinds, 'Why somebody was told that something waits.');
export const NudgeChannelEnum = enumOf('NudgeChannel', messageChannels, 'A way to reach a person outside Handrail.');
export const NudgeRhythmEnum = enumOf('NudgeRhythm', nudgeRhythms, 'How soon one is told of what is not urgent.');
export const NudgeLanguageEnum = enumOf('NudgeLanguage', nudgeLanguages, 'The language of messages.');

const addressStates: Record<NudgeAddressState, string> = {
  UNCONFIRMED: 'A code was sent to it; it is not used before the code has come back.',
  CONFIRMED: 'It is used.',
  BROKEN: 'The other side refuses it for good: set it again, or another.',
};
export const NudgeAddressStateEnum = enumOf('NudgeAddressState', addressStates, 'Whether an address is used.');

const messageStates: Record<NudgeMessageState, string> = {
  QUEUED: 'On its way; tried again at `nextAttemptAt` where it was tried.',
  SENT: 'Taken by the mail server or the gateway.',
  FAILED: 'Not taken within a day, or the address is refused for good.',
  DROPPED: 'Not sent: nothing in it was for them any more, or the address was taken back.',
};
export const NudgeMessageStateEnum = enumOf('NudgeMessageState', messageStates, 'How far a message came.');

export const messageCodes = {
  ...attemptCodes,
  NOT_THEIRS: 'Nothing of what it was to tell was for them any more.',
  ADDRESS_GONE: 'The address was taken back or changed.',
} as const;
export type MessageCode = keyof typeof messageCodes;
export const NudgeMessageCodeEnum = enumOf('NudgeMessageCode', messageCodes, 'How an attempt ended.');

import { enumOf } from '../platform/graphql';
import { leaveBehinds, packetParts } from './outreach.words';

export const LeaveBehindEnum = enumOf('LeaveBehind', leaveBehinds, 'What a team leaves at a door.');
export const PacketPartEnum = enumOf('PacketPart', packetParts, 'A part of a packet.');

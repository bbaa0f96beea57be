/** What a team leaves at a door. */
export const leaveBehinds = {
  NEVER: 'Nothing is printed and nothing is left',
  CONTACT_ONLY: 'A card that says who came by and how to reach them, and nothing else (current guidance; the default)',
  PLAIN_CARD: 'The card with lines to call at any hour that tell a stranger nothing',
  BAG: 'The whole packet, in a bag: Ross County’s practice. Its outside page is as plain as the card',
} as const;
export type LeaveBehind = keyof typeof leaveBehinds;

/** The parts of a packet. */
export const packetParts = {
  OUTSIDE: 'What a stranger may see',
  PLAIN_LINES: 'Lines to call that tell a stranger nothing',
  MEETINGS: 'Support-group meetings near the place within seven days',
  PLACES: 'Programs near the place with room by a census that is still fresh',
  PRIMER: 'How to use naloxone',
  LINES: 'Lines to call in a crisis',
  TEAM: 'What the team can do, and its number',
} as const;
export type PacketPart = keyof typeof packetParts;

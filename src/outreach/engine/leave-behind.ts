type Parts = readonly ('OUTSIDE' | 'PLAIN_LINES' | 'MEETINGS' | 'PLACES' | 'PRIMER' | 'LINES' | 'TEAM')[];

const printed: Readonly<Record<'NEVER' | 'CONTACT_ONLY' | 'PLAIN_CARD' | 'BAG', Parts>> = {
  NEVER: [],
  CONTACT_ONLY: ['OUTSIDE'],
  PLAIN_CARD: ['OUTSIDE', 'PLAIN_LINES'],
  BAG: ['OUTSIDE', 'MEETINGS', 'PLACES', 'PRIMER', 'LINES', 'TEAM'],
};

/** Which parts of a packet a program of this policy prints, in order; none: it prints nothing. */
export const printedParts = (policy: keyof typeof printed): Parts => printed[policy];

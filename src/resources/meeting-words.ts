/** Where a meeting is held. */
export const venueKinds = {
  IN_PERSON: 'At a place',
  ONLINE: 'By video or telephone only',
  HYBRID: 'At a place, and by video or telephone',
} as const;
export type VenueKind = keyof typeof venueKinds;

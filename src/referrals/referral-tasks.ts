/** Tasks of this room, as they stand in the queue. */
export const EXPIRE_HOLD = 'expire-hold';
export const EXPIRE_OFFER = 'expire-offer';
export const FILL_PLACES = 'fill-places';
